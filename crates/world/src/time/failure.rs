//! Work of AWS's that ends badly, because somebody ordered it.

use model::ds::types::{
    CaEnrollmentPolicyStatus, CertificateState, DataAccessStatus, DirectoryConfigurationStatus, DirectoryStage,
    DomainControllerStatus, IpRouteStatusMsg, LDAPSStatus, RadiusStatus, SchemaExtensionStatus, ShareStatus,
    SnapshotStatus, TopicStatus, TrustState, UpdateStatus,
};

use crate::time::timers::Timer;
use crate::world::World;

/// How work is to end.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Failure {
    /// In which status.
    pub ending: Ending,
    /// Why, for statuses that come with a reason.
    pub reason: Option<String>,
}

/// A status in which work ends badly, of what the work was about.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Ending {
    /// A directory that was to become active.
    Directory(DirectoryStage),
    /// A directory that was to become active in an additional Region.
    Region(DirectoryStage),
    /// A directory that was to be restored.
    Restore(DirectoryStage),
    /// A share.
    Share(ShareStatus),
    /// A trust.
    Trust(TrustState),
    /// An IP route.
    IpRoute(IpRouteStatusMsg),
    /// A domain controller that was added.
    DomainController(DomainControllerStatus),
    /// A certificate.
    Certificate(CertificateState),
    /// LDAP over TLS.
    Ldaps(LDAPSStatus),
    /// Multi-factor authentication.
    Radius(RadiusStatus),
    /// The enrollment policy.
    CaEnrollment(CaEnrollmentPolicyStatus),
    /// Directory data access.
    DataAccess(DataAccessStatus),
    /// An assessment, which has no enumeration of its own.
    Assessment,
    /// An update of a hybrid directory.
    HybridUpdate(UpdateStatus),
    /// A snapshot.
    Snapshot(SnapshotStatus),
    /// A schema extension.
    SchemaExtension(SchemaExtensionStatus),
    /// Settings.
    Settings(DirectoryConfigurationStatus),
    /// An update of the setup.
    Update(UpdateStatus),
    /// An event topic.
    EventTopic(TopicStatus),
}

impl Ending {
    /// The status, as answers show it.
    pub fn status(self) -> &'static str {
        match self {
            Self::Directory(stage) | Self::Region(stage) | Self::Restore(stage) => stage.as_str(),
            Self::Share(status) => status.as_str(),
            Self::Trust(state) => state.as_str(),
            Self::IpRoute(status) => status.as_str(),
            Self::DomainController(status) => status.as_str(),
            Self::Certificate(state) => state.as_str(),
            Self::Ldaps(status) => status.as_str(),
            Self::Radius(status) => status.as_str(),
            Self::CaEnrollment(status) => status.as_str(),
            Self::DataAccess(status) => status.as_str(),
            Self::Assessment => "FAILED",
            Self::HybridUpdate(status) | Self::Update(status) => status.as_str(),
            Self::Snapshot(status) => status.as_str(),
            Self::SchemaExtension(status) => status.as_str(),
            Self::Settings(status) => status.as_str(),
            Self::EventTopic(status) => status.as_str(),
        }
    }
}

impl World {
    /// The last of the numbers that order what is made.
    pub fn last_sequence(&self) -> u64 {
        self.sequence
    }

    /// Has the timers that were set after a number, and that a failure is about, bring the failure.
    pub fn fail_since(&mut self, sequence: u64, failure: &Failure, is_about: impl Fn(&Timer) -> bool) {
        let set = self.timers.iter().filter(|((_, place), timer)| *place > sequence && is_about(timer));
        let keys: Vec<_> = set.map(|(key, _)| *key).collect();
        for key in keys {
            if let Some(timer) = self.timers.remove(&key) {
                self.timers.insert(key, Timer::Failing(Box::new(timer), failure.clone()));
            }
        }
    }
}
