//! Work that ends badly. Hardly any rule here leads to it, so it comes when it is ordered: one table says which operations start work
//! that can end how, and one function lets a timer bring the failure in place of what it is set for.

use model::Timestamp;
use model::ds::types::{
    CaEnrollmentPolicyStatus, CertificateState, DataAccessStatus, DirectoryConfigurationStatus, DirectoryStage,
    DomainControllerStatus, IpRouteStatusMsg, LDAPSStatus, RadiusStatus, SchemaExtensionStatus, ShareStatus,
    SnapshotStatus, TopicStatus, TrustState, UpdateStatus,
};
use world::{Ending, Failure, Timer, TrustFault, World};

use crate::directory::{connection, data_access, directories, regions};
use crate::hybrid::{assessment_reports, assessments, hybrid_directories};
use crate::maintenance::{settings, snapshots, updates};
use crate::monitoring::event_topics;
use crate::network::{domain_controllers, ip_routes};
use crate::schema::{import, schema_extensions};
use crate::security::{ca_enrollment, certificates, ldaps, radius};
use crate::sharing::shares;
use crate::timers;
use crate::trust::trusts;

/// A line of the table.
struct Row {
    operations: &'static [&'static str],
    /// How the work can end that they start.
    endings: &'static [Ending],
    /// Whether the model has a member that says why.
    tells_reason: bool,
}

const CREATIONS: &[&str] = &["ConnectDirectory", "CreateDirectory", "CreateHybridAD", "CreateMicrosoftAD"];

const fn told(operations: &'static [&'static str], endings: &'static [Ending]) -> Row {
    Row { operations, endings, tells_reason: true }
}

const fn untold(operations: &'static [&'static str], endings: &'static [Ending]) -> Row {
    Row { operations, endings, tells_reason: false }
}

/// The table.
static TABLE: &[Row] = &[
    told(
        CREATIONS,
        &[
            Ending::Directory(DirectoryStage::Failed),
            Ending::Directory(DirectoryStage::Impaired),
            Ending::Directory(DirectoryStage::Inoperable),
        ],
    ),
    told(&["AddRegion"], &[Ending::Region(DirectoryStage::Failed)]),
    told(&["RestoreFromSnapshot"], &[Ending::Restore(DirectoryStage::RestoreFailed)]),
    untold(&["CreateSnapshot"], &[Ending::Snapshot(SnapshotStatus::Failed)]),
    untold(&["ShareDirectory", "AcceptSharedDirectory"], &[Ending::Share(ShareStatus::ShareFailed)]),
    untold(&["RejectSharedDirectory"], &[Ending::Share(ShareStatus::RejectFailed)]),
    told(&["CreateTrust"], &[Ending::Trust(TrustState::Failed), Ending::Trust(TrustState::VerifyFailed)]),
    told(&["UpdateTrust"], &[Ending::Trust(TrustState::UpdateFailed), Ending::Trust(TrustState::VerifyFailed)]),
    told(&["VerifyTrust"], &[Ending::Trust(TrustState::VerifyFailed)]),
    told(&["DeleteTrust"], &[Ending::Trust(TrustState::Failed)]),
    told(&["AddIpRoutes"], &[Ending::IpRoute(IpRouteStatusMsg::AddFailed)]),
    told(&["RemoveIpRoutes"], &[Ending::IpRoute(IpRouteStatusMsg::RemoveFailed)]),
    told(&["UpdateNumberOfDomainControllers"], &[Ending::DomainController(DomainControllerStatus::Failed)]),
    told(&["RegisterCertificate"], &[Ending::Certificate(CertificateState::RegisterFailed)]),
    told(&["DeregisterCertificate"], &[Ending::Certificate(CertificateState::DeregisterFailed)]),
    told(&["EnableLDAPS"], &[Ending::Ldaps(LDAPSStatus::EnableFailed)]),
    untold(&["EnableRadius", "UpdateRadius"], &[Ending::Radius(RadiusStatus::Failed)]),
    told(
        &["EnableCAEnrollmentPolicy"],
        &[
            Ending::CaEnrollment(CaEnrollmentPolicyStatus::Failed),
            Ending::CaEnrollment(CaEnrollmentPolicyStatus::Impaired),
        ],
    ),
    told(&["DisableCAEnrollmentPolicy"], &[Ending::CaEnrollment(CaEnrollmentPolicyStatus::Failed)]),
    untold(
        &["EnableDirectoryDataAccess", "DisableDirectoryDataAccess"],
        &[Ending::DataAccess(DataAccessStatus::Failed)],
    ),
    told(&["StartADAssessment"], &[Ending::Assessment]),
    told(&["UpdateHybridAD"], &[Ending::HybridUpdate(UpdateStatus::UpdateFailed)]),
    told(&["StartSchemaExtension"], &[Ending::SchemaExtension(SchemaExtensionStatus::Failed)]),
    told(&["UpdateSettings"], &[Ending::Settings(DirectoryConfigurationStatus::Failed)]),
    told(&["UpdateDirectorySetup"], &[Ending::Update(UpdateStatus::UpdateFailed)]),
    untold(
        &["RegisterEventTopic"],
        &[
            Ending::EventTopic(TopicStatus::TopicNotFound),
            Ending::EventTopic(TopicStatus::Failed),
            Ending::EventTopic(TopicStatus::Deleted),
        ],
    ),
];

/// How the work can end badly that an operation starts.
pub fn endings(operation: &str) -> &'static [Ending] {
    row(operation).map_or(&[], |row| row.endings)
}

/// Whether answers say why work that an operation starts ended badly.
pub fn tells_reason(operation: &str) -> bool {
    row(operation).is_some_and(|row| row.tells_reason)
}

fn row(operation: &str) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.operations.contains(&operation))
}

/// Has the work fail that a call of an operation started, which set its timers after a number.
pub fn fail_later(world: &mut World, sequence: u64, operation: &str, status: &str, reason: Option<String>) {
    if let Some(ending) = endings(operation).iter().copied().find(|ending| ending.status() == status) {
        world.fail_since(sequence, &Failure { ending, reason }, |timer| is_about(ending, timer));
    }
}

/// Lets a timer bring a failure, or hands the failure on where that timer only leads to the one that ends the work.
pub fn fire(world: &mut World, at: Timestamp, timer: Timer, failure: &Failure) {
    if ends(world, failure.ending, &timer) {
        let reason = failure.reason.clone().or_else(|| usual_reason(world, failure.ending, &timer));
        return fail(world, at, timer, failure.ending, reason);
    }
    let (sequence, fired) = (world.last_sequence(), timer.clone());
    timers::fire(world, at, timer);
    world.fail_since(sequence, failure, |next| is_about(failure.ending, next) && is_of_the_same(&fired, next));
}

/// Whether a timer belongs to work that can end so.
fn is_about(ending: Ending, timer: &Timer) -> bool {
    matches!(
        (ending, timer),
        (Ending::Directory(_), Timer::Directory(..))
            | (Ending::Region(_), Timer::Region(..))
            | (Ending::Restore(_), Timer::Restored(_))
            | (Ending::Share(_), Timer::Share(..))
            | (Ending::Trust(_), Timer::Trust(..))
            | (Ending::IpRoute(_), Timer::IpRoute(..))
            | (Ending::DomainController(_), Timer::DomainController(..))
            | (Ending::Certificate(_), Timer::Certificate(..))
            | (Ending::Ldaps(_), Timer::LdapsEnabled(..))
            | (Ending::Radius(_), Timer::RadiusCompleted(..))
            | (Ending::CaEnrollment(_), Timer::CaEnrollment(..))
            | (Ending::DataAccess(_), Timer::DataAccess(..))
            | (Ending::Assessment, Timer::Assessment(_))
            | (Ending::HybridUpdate(_), Timer::Assessment(_) | Timer::HybridUpdate(..))
            | (Ending::Snapshot(_), Timer::Snapshot(..))
            | (Ending::SchemaExtension(_), Timer::SchemaExtension(..))
            | (Ending::Settings(_), Timer::Settings(..))
            | (Ending::Update(_), Timer::DirectoryUpdated(..))
            | (Ending::EventTopic(_), Timer::EventTopic(..))
    )
}

/// Whether a timer goes on with what another one began. A trust that gets in place wakes its other half too.
fn is_of_the_same(fired: &Timer, next: &Timer) -> bool {
    match (fired, next) {
        (Timer::Trust(fired, _), Timer::Trust(next, _)) => fired == next,
        _ => true,
    }
}

/// Whether a timer is the one at which the work ends.
fn ends(world: &World, ending: Ending, timer: &Timer) -> bool {
    match (ending, timer) {
        (Ending::Directory(_), Timer::Directory(_, stage)) | (Ending::Region(_), Timer::Region(_, _, stage)) => {
            *stage != DirectoryStage::Creating
        }
        (Ending::Trust(TrustState::Failed), Timer::Trust(_, state)) => {
            matches!(state, TrustState::Created | TrustState::Deleted)
        }
        (Ending::Trust(TrustState::UpdateFailed), Timer::Trust(_, state)) => *state == TrustState::Updated,
        (Ending::Trust(_), Timer::Trust(_, state)) => *state == TrustState::Verified,
        (Ending::SchemaExtension(_), Timer::SchemaExtension(_, _, status)) => {
            *status == SchemaExtensionStatus::Replicating
        }
        (Ending::Settings(_), Timer::Settings(_, status)) => *status == DirectoryConfigurationStatus::Updated,
        (Ending::Assessment, Timer::Assessment(id)) => {
            world.assessment(id).is_some_and(|found| found.status == world::AssessmentStatus::InProgress)
        }
        (Ending::HybridUpdate(_), timer) => matches!(timer, Timer::HybridUpdate(..)),
        _ => true,
    }
}

/// Ends the work that a timer belongs to.
fn fail(world: &mut World, at: Timestamp, timer: Timer, ending: Ending, reason: Option<String>) {
    match (ending, timer) {
        (Ending::Directory(stage), Timer::Directory(id, _)) => directories::fail(world, at, &id, stage, reason),
        (Ending::Region(stage), Timer::Region(id, region, _)) => regions::fail(world, at, &id, &region, stage, reason),
        (Ending::Restore(stage), Timer::Restored(id)) => {
            snapshots::restored(world, at, &id, stage, reason.as_deref());
        }
        (Ending::Share(status), Timer::Share(id, _)) => shares::settle(world, at, &id, status),
        (Ending::Trust(state), Timer::Trust(id, due)) => {
            trusts::fail(world, at, &id, due, state, reason.map_or(TrustFault::NoOtherHalf, TrustFault::Ordered));
        }
        (Ending::IpRoute(status), Timer::IpRoute(id, region, block, _)) => {
            ip_routes::settle(world, &id, &region, &block, status, reason);
        }
        (Ending::DomainController(status), Timer::DomainController(id, region, place, _)) => {
            domain_controllers::settle(world, at, &id, &region, place, status, reason);
        }
        (Ending::Certificate(state), Timer::Certificate(id, region, certificate, _)) => {
            certificates::settle(world, &id, &region, &certificate, state, reason);
        }
        (Ending::Ldaps(status), Timer::LdapsEnabled(id, region)) => {
            ldaps::settle(world, at, &id, &region, status, reason);
        }
        (Ending::Radius(status), Timer::RadiusCompleted(id, region, change)) => {
            radius::settle(world, &id, &region, change, status);
        }
        (Ending::CaEnrollment(status), Timer::CaEnrollment(id, _)) => {
            ca_enrollment::settle(world, at, &id, status, reason);
        }
        (Ending::DataAccess(status), Timer::DataAccess(id, _)) => data_access::settle(world, &id, status),
        (Ending::Assessment, Timer::Assessment(id)) => {
            assessments::fail(world, at, &id, reason.unwrap_or_else(|| assessment_reports::TESTS_FAILED.to_owned()));
        }
        (Ending::HybridUpdate(status), Timer::HybridUpdate(id, place)) => {
            hybrid_directories::settle(world, at, &id, place, status, reason);
        }
        (Ending::Snapshot(status), Timer::Snapshot(id, _)) => snapshots::settle(world, &id, status),
        (Ending::SchemaExtension(_), Timer::SchemaExtension(id, place, _)) => {
            schema_extensions::fail(world, at, &id, place, reason.unwrap_or_default());
        }
        (Ending::Settings(status), Timer::Settings(id, _)) => {
            settings::settle(world, at, &id, status, reason.as_deref());
        }
        (Ending::Update(status), Timer::DirectoryUpdated(id, region, place)) => {
            updates::finish(world, at, &id, &region, place, status, reason);
        }
        (Ending::EventTopic(status), Timer::EventTopic(id, region, topic)) => {
            event_topics::settle(world, &id, &region, &topic, status);
        }
        (_, timer) => timers::fire(world, at, timer),
    }
}

/// What AWS says of such a failure where nobody ordered other words, as far as it is documented (administration guide, the
/// troubleshooting of AD Connector, trusts and schema extensions).
fn usual_reason(world: &World, ending: Ending, timer: &Timer) -> Option<String> {
    match (ending, timer) {
        (Ending::Directory(DirectoryStage::Failed), Timer::Directory(id, _)) => {
            connection::dead(world.directory(id)?.global.connection.as_ref()?)
        }
        (Ending::SchemaExtension(_), _) => Some(import::unreadable()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use model::ds::{OPERATIONS, SERVICE};

    use super::*;

    #[test]
    fn every_operation_stands_in_the_table_once_with_different_statuses() {
        for operation in TABLE.iter().flat_map(|row| row.operations) {
            assert!(SERVICE.operation(operation).is_some(), "the model has no {operation}");
            let rows = TABLE.iter().filter(|row| row.operations.contains(operation)).count();
            assert_eq!(rows, 1, "{operation}");
            let mut statuses: Vec<_> = endings(operation).iter().map(|ending| ending.status()).collect();
            statuses.sort_unstable();
            statuses.dedup();
            assert_eq!(statuses.len(), endings(operation).len(), "{operation}");
        }
        assert!(OPERATIONS.iter().any(|operation| endings(operation.name).is_empty()));
    }
}
