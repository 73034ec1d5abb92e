//! What happens later by itself.

use compact_str::CompactString;
use model::ds::types::{
    CaEnrollmentPolicyStatus, CertificateState, DataAccessStatus, DirectoryConfigurationStatus, DirectoryStage,
    DomainControllerStatus, IpRouteStatusMsg, SchemaExtensionStatus, ShareStatus, SnapshotStatus, TrustState,
};
use model::{AccountId, CreateAccountRequestId, DirectoryId, HandshakeId, SnapshotId, Timestamp, TrustId};

use crate::context::Region;
use crate::time::failure::Failure;
use crate::time::waits::Wait;
use crate::world::World;

/// Something that is due at a time, and is handled in the file of the resource that it belongs to. A timer that finds its resource
/// gone or in another state than it expects does nothing.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Timer {
    /// A request to create an account ends.
    CreateAccount(CreateAccountRequestId),
    /// A closing account is closed.
    AccountClosed(AccountId),
    /// A closed account's 90 days are over.
    AccountRemoved(AccountId),
    /// A handshake nobody answered expires.
    HandshakeExpired(HandshakeId),
    /// A handshake that ended 30 days ago is forgotten.
    HandshakeForgotten(HandshakeId),
    /// A directory enters a stage.
    Directory(DirectoryId, DirectoryStage),
    /// A share gets a status.
    Share(DirectoryId, ShareStatus),
    /// The owner's list forgets a deleted share.
    ShareForgotten(DirectoryId),
    /// Directory data access gets a status.
    DataAccess(DirectoryId, DataAccessStatus),
    /// A directory enters a stage in an additional Region.
    Region(DirectoryId, Region, DirectoryStage),

    /// A trust gets a state.
    Trust(TrustId, TrustState),
    /// An IP route of a directory in a Region, by the block that it comes to, gets a status.
    IpRoute(DirectoryId, Region, CompactString, IpRouteStatusMsg),
    /// A domain controller of a directory in a Region, by its place in lists, gets a status.
    DomainController(DirectoryId, Region, u64, DomainControllerStatus),
    /// A certificate of a directory in a Region gets a state.
    Certificate(DirectoryId, Region, CompactString, CertificateState),
    /// LDAP over TLS is ready in a Region.
    LdapsEnabled(DirectoryId, Region),
    /// A change to a directory's RADIUS settings in a Region is done.
    RadiusCompleted(DirectoryId, Region, u64),
    /// The enrollment policy gets a status.
    CaEnrollment(DirectoryId, CaEnrollmentPolicyStatus),

    /// An assessment gets on by a status.
    Assessment(CompactString),
    /// An assessment by AWS is forgotten.
    AssessmentForgotten(CompactString),
    /// AWS assesses a hybrid directory.
    SystemAssessment(DirectoryId),
    /// An update of a hybrid directory, by place in lists, gets on.
    HybridUpdate(DirectoryId, u64),

    /// A snapshot gets a status.
    Snapshot(SnapshotId, SnapshotStatus),
    /// The service takes its snapshot of the day.
    DailySnapshot(DirectoryId),
    /// A directory is as its snapshot was.
    Restored(DirectoryId),
    /// A schema extension, by its place in the directory's list, gets a status.
    SchemaExtension(DirectoryId, u64, SchemaExtensionStatus),
    /// The settings of a directory that are being changed get a status.
    Settings(DirectoryId, DirectoryConfigurationStatus),
    /// An update in a Region, by its place in the list, is done.
    DirectoryUpdated(DirectoryId, Region, u64),
    /// The service has looked for an event topic of a directory in a Region.
    EventTopic(DirectoryId, Region, CompactString),

    /// What another timer is set for ends badly.
    Failing(Box<Timer>, Failure),
}

impl World {
    /// Sets a timer for work that takes AWS a while, scaled by the world's pace.
    pub fn after(&mut self, now: Timestamp, wait: Wait, timer: Timer) {
        self.at(now.after(self.settings.pace.scale(wait.real())), timer);
    }

    /// Sets a timer for a deadline of the calendar.
    pub fn at(&mut self, due: Timestamp, timer: Timer) {
        let sequence = self.next_sequence();
        self.timers.insert((due, sequence), timer);
    }

    /// When the next timer is due.
    pub fn next_due(&self) -> Option<Timestamp> {
        self.timers.get_min().map(|((due, _), _)| *due)
    }

    /// Takes the next timer that is due at `now`, with its own time.
    pub fn take_due(&mut self, now: Timestamp) -> Option<(Timestamp, Timer)> {
        let key = self.timers.get_min().map(|(key, _)| *key).filter(|(due, _)| *due <= now)?;
        self.timers.remove(&key).map(|timer| (key.0, timer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::Settings;

    #[test]
    fn timers_fire_in_order_of_time_then_of_setting() {
        let at = Timestamp::from_millis;
        let timer = |id: &str| Timer::HandshakeExpired(id.into());
        let mut world = World::new(Settings::default());
        world.at(at(20), timer("third"));
        world.at(at(10), timer("first"));
        world.at(at(10), timer("second"));
        assert_eq!(world.take_due(at(9)), None);
        assert_eq!(world.take_due(at(20)), Some((at(10), timer("first"))));
        assert_eq!(world.take_due(at(20)), Some((at(10), timer("second"))));
        assert_eq!(world.take_due(at(20)), Some((at(20), timer("third"))));
        assert_eq!(world.next_due(), None);
    }
}
