//! What finishes later.

use model::ds::types::{DirectoryStage, LDAPSStatus, RadiusStatus, TopicStatus, UpdateStatus};
use model::{AccountId, DirectoryId, Timestamp};
use world::{Timer, World};

use crate::directory::{data_access, directories, regions};
use crate::failures;
use crate::hybrid::{assessments, hybrid_directories};
use crate::maintenance::{settings, snapshots, updates};
use crate::monitoring::event_topics;
use crate::network::{domain_controllers, ip_routes};
use crate::schema::schema_extensions;
use crate::security::{ca_enrollment, certificates, ldaps, radius};
use crate::sharing::shares;
use crate::trust::trusts;

/// Does what a timer of this service is set for; other timers are none of its business.
pub fn fire(world: &mut World, at: Timestamp, timer: Timer) {
    match timer {
        Timer::Directory(id, stage) => directories::enter(world, at, &id, stage),
        Timer::Share(id, status) => shares::settle(world, at, &id, status),
        Timer::ShareForgotten(id) => world.forget_share(&id),
        Timer::DataAccess(id, status) => data_access::settle(world, &id, status),
        Timer::Region(id, region, stage) => regions::enter(world, at, &id, &region, stage),

        Timer::Trust(id, state) => trusts::enter(world, at, &id, state),
        Timer::IpRoute(id, region, block, status) => ip_routes::settle(world, &id, &region, &block, status, None),
        Timer::DomainController(id, region, place, status) => {
            domain_controllers::settle(world, at, &id, &region, place, status, None);
        }
        Timer::Certificate(id, region, certificate, state) => {
            certificates::settle(world, &id, &region, &certificate, state, None);
        }
        Timer::LdapsEnabled(id, region) => ldaps::settle(world, at, &id, &region, LDAPSStatus::Enabled, None),
        Timer::RadiusCompleted(id, region, change) => {
            radius::settle(world, &id, &region, change, RadiusStatus::Completed);
        }
        Timer::CaEnrollment(id, status) => ca_enrollment::settle(world, at, &id, status, None),

        Timer::Assessment(id) => assessments::advance(world, at, &id),
        Timer::AssessmentForgotten(id) => world.remove_assessment(&id),
        Timer::SystemAssessment(id) => assessments::watch(world, at, &id),
        Timer::HybridUpdate(id, place) => {
            hybrid_directories::settle(world, at, &id, place, UpdateStatus::Updated, None);
        }

        Timer::Snapshot(id, status) => snapshots::settle(world, &id, status),
        Timer::DailySnapshot(id) => snapshots::take_daily(world, at, &id),
        Timer::Restored(id) => snapshots::restored(world, at, &id, DirectoryStage::Active, None),
        Timer::SchemaExtension(id, place, status) => schema_extensions::enter(world, at, &id, place, status),
        Timer::Settings(id, status) => settings::settle(world, at, &id, status, None),
        Timer::DirectoryUpdated(id, region, place) => {
            updates::finish(world, at, &id, &region, place, UpdateStatus::Updated, None);
        }
        Timer::EventTopic(id, region, topic) => {
            event_topics::settle(world, &id, &region, &topic, TopicStatus::Registered);
        }

        Timer::Failing(timer, failure) => failures::fire(world, at, *timer, &failure),
        Timer::AccountRemoved(account) => leave(world, at, account),
        _ => {}
    }
}

/// An account that is closed for good takes its directories and assessments with it, and its side of other accounts' shares.
// Inferred: AWS documents that content of a closed account is deleted after 90 days, and nothing on shares.
fn leave(world: &mut World, at: Timestamp, account: AccountId) {
    let ids: Vec<DirectoryId> = world.listed_in_all_regions(account).cloned().collect();
    world.remove_assessments_of(account);
    for id in &ids {
        if world.share(id).is_some() {
            shares::delete(world, at, id);
        } else {
            world.remove_directory(id);
        }
    }
}
