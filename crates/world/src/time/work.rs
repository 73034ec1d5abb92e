//! What services finish later: the one list of its kinds.
//!
//! A kind of work is a value that says what it is about. What happens when it is due stands in the service's file of
//! the resource. Work that finds its resource gone, or in another state than it expects, does nothing.

use compact_str::CompactString;
use model::ds::types::{
    CaEnrollmentPolicyStatus, CertificateState, DataAccessStatus, DirectoryConfigurationStatus, DirectoryStage,
    DomainControllerStatus, IpRouteStatusMsg, LDAPSStatus, RadiusStatus, SchemaExtensionStatus, ShareStatus,
    SnapshotStatus, TopicStatus, TrustState, UpdateStatus,
};
use model::organizations::types::CreateAccountFailureReason;
use model::{AccountId, CreateAccountRequestId, DirectoryId, HandshakeId, SnapshotId, TrustId};
use strum::{EnumDiscriminants, VariantArray};

use crate::region::Region;

/// Work of a service.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Work {
    /// Of AWS Organizations.
    Organizations(OrganizationsWork),
    /// Of AWS Directory Service.
    Directory(DirectoryWork),
}

impl From<OrganizationsWork> for Work {
    fn from(work: OrganizationsWork) -> Self {
        Self::Organizations(work)
    }
}

impl From<DirectoryWork> for Work {
    fn from(work: DirectoryWork) -> Self {
        Self::Directory(work)
    }
}

/// How work ends badly, because a fault says so.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Failure<S> {
    /// In which status.
    pub status: S,
    /// Why, for statuses that come with a reason.
    pub reason: Option<String>,
}

/// What AWS Organizations finishes later.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum OrganizationsWork {
    /// A request to create an account ends.
    CreateAccount(CreateAccountWork),
    /// A closing account is closed.
    CloseAccount(CloseAccountWork),
    /// A closed account's 90 days are over. Every service lets go of what it has of the account.
    RemoveAccount(RemoveAccountWork),
    /// A handshake that nobody answered expires.
    ExpireHandshake(ExpireHandshakeWork),
    /// A handshake that ended 30 days ago is forgotten.
    ForgetHandshake(ForgetHandshakeWork),
}

/// A request to create an account ends.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CreateAccountWork {
    /// The request.
    pub request: CreateAccountRequestId,
    /// Why it fails, because a fault says so.
    pub failure: Option<CreateAccountFailureReason>,
}

/// A closing account is closed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CloseAccountWork {
    /// The account.
    pub account: AccountId,
}

/// A closed account's 90 days are over.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RemoveAccountWork {
    /// The account.
    pub account: AccountId,
}

/// A handshake that nobody answered expires.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ExpireHandshakeWork {
    /// The handshake.
    pub handshake: HandshakeId,
}

/// A handshake that ended 30 days ago is forgotten.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ForgetHandshakeWork {
    /// The handshake.
    pub handshake: HandshakeId,
}

/// What AWS Directory Service finishes later.
#[derive(Clone, Debug, EnumDiscriminants, Eq, PartialEq)]
#[strum_discriminants(name(DirectoryWorkKind), derive(VariantArray), doc = "A kind of [`DirectoryWork`].")]
pub enum DirectoryWork {
    /// A directory enters a stage in its primary Region.
    Directory(StageWork),
    /// A directory enters a stage in an additional Region.
    Region(RegionWork),
    /// A directory is restored.
    Restore(RestoreWork),
    /// A share gets a status.
    Share(ShareWork),
    /// The owner's list forgets a deleted share.
    ForgetShare(ForgetShareWork),
    /// Directory data access gets a status.
    DataAccess(DataAccessWork),
    /// A trust gets a state.
    Trust(TrustWork),
    /// An IP route gets a status.
    IpRoute(IpRouteWork),
    /// A domain controller gets a status.
    DomainController(DomainControllerWork),
    /// A certificate gets a state.
    Certificate(CertificateWork),
    /// LDAP over TLS is ready.
    Ldaps(LdapsWork),
    /// A change to RADIUS settings is done.
    Radius(RadiusWork),
    /// The enrollment policy gets a status.
    CaEnrollment(CaEnrollmentWork),
    /// An assessment gets its next status.
    Assessment(AssessmentWork),
    /// An assessment by AWS is forgotten.
    ForgetAssessment(ForgetAssessmentWork),
    /// AWS assesses a hybrid directory.
    SystemAssessment(SystemAssessmentWork),
    /// An update of a hybrid directory is done.
    HybridUpdate(HybridUpdateWork),
    /// A snapshot gets a status.
    Snapshot(SnapshotWork),
    /// The service takes its snapshot of the day.
    DailySnapshot(DailySnapshotWork),
    /// A schema extension gets a status.
    SchemaExtension(SchemaExtensionWork),
    /// The settings of a directory that are being changed get a status.
    Settings(SettingsWork),
    /// An update of a directory's setup is done.
    Update(UpdateWork),
    /// The service has looked for an event topic.
    EventTopic(EventTopicWork),
}

/// A directory enters a stage in its primary Region.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct StageWork {
    /// The directory.
    pub directory: DirectoryId,
    /// The stage.
    pub stage: DirectoryStage,
    /// How its creation fails.
    pub failure: Option<Failure<DirectoryStage>>,
}

/// A directory enters a stage in an additional Region.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RegionWork {
    /// The directory.
    pub directory: DirectoryId,
    /// The Region.
    pub region: Region,
    /// The stage.
    pub stage: DirectoryStage,
    /// How it fails.
    pub failure: Option<Failure<DirectoryStage>>,
}

/// A directory is as its snapshot was.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RestoreWork {
    /// The directory.
    pub directory: DirectoryId,
    /// How it fails.
    pub failure: Option<Failure<DirectoryStage>>,
}

/// A share gets a status.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ShareWork {
    /// The shared directory.
    pub share: DirectoryId,
    /// The status.
    pub status: ShareStatus,
    /// How it fails.
    pub failure: Option<Failure<ShareStatus>>,
}

/// The owner's list forgets a deleted share.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ForgetShareWork {
    /// The shared directory.
    pub share: DirectoryId,
}

/// Directory data access gets a status.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DataAccessWork {
    /// The directory.
    pub directory: DirectoryId,
    /// The status.
    pub status: DataAccessStatus,
    /// How it fails.
    pub failure: Option<Failure<DataAccessStatus>>,
}

/// A trust gets a state.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TrustWork {
    /// The trust.
    pub trust: TrustId,
    /// The state.
    pub state: TrustState,
    /// How it fails.
    pub failure: Option<Failure<TrustState>>,
}

/// An IP route of a directory in a Region gets a status.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct IpRouteWork {
    /// The directory.
    pub directory: DirectoryId,
    /// The Region.
    pub region: Region,
    /// The block of addresses.
    pub block: CompactString,
    /// The status.
    pub status: IpRouteStatusMsg,
    /// How it fails.
    pub failure: Option<Failure<IpRouteStatusMsg>>,
}

/// A domain controller of a directory in a Region gets a status.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DomainControllerWork {
    /// The directory.
    pub directory: DirectoryId,
    /// The Region.
    pub region: Region,
    /// The controller.
    pub sequence: u64,
    /// The status.
    pub status: DomainControllerStatus,
    /// How it fails.
    pub failure: Option<Failure<DomainControllerStatus>>,
}

/// A certificate of a directory in a Region gets a state.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CertificateWork {
    /// The directory.
    pub directory: DirectoryId,
    /// The Region.
    pub region: Region,
    /// The certificate's id.
    pub certificate: CompactString,
    /// The state.
    pub state: CertificateState,
    /// How it fails.
    pub failure: Option<Failure<CertificateState>>,
}

/// LDAP over TLS is ready in a Region.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LdapsWork {
    /// The directory.
    pub directory: DirectoryId,
    /// The Region.
    pub region: Region,
    /// How it fails.
    pub failure: Option<Failure<LDAPSStatus>>,
}

/// A change to a directory's RADIUS settings in a Region is done.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RadiusWork {
    /// The directory.
    pub directory: DirectoryId,
    /// The Region.
    pub region: Region,
    /// The change.
    pub sequence: u64,
    /// How it fails.
    pub failure: Option<Failure<RadiusStatus>>,
}

/// The enrollment policy gets a status.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CaEnrollmentWork {
    /// The directory.
    pub directory: DirectoryId,
    /// The status.
    pub status: CaEnrollmentPolicyStatus,
    /// How it fails.
    pub failure: Option<Failure<CaEnrollmentPolicyStatus>>,
}

/// An assessment gets its next status.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AssessmentWork {
    /// The assessment.
    pub assessment: CompactString,
    /// What fails.
    pub failure: Option<Failure<AssessmentEnding>>,
}

/// What ends badly with an assessment, or after it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum AssessmentEnding {
    /// The assessment itself.
    Failed,
    /// The update of a hybrid directory that waits for it.
    Update(UpdateStatus),
}

/// An assessment by AWS is forgotten.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ForgetAssessmentWork {
    /// The assessment.
    pub assessment: CompactString,
}

/// AWS assesses a hybrid directory.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SystemAssessmentWork {
    /// The directory.
    pub directory: DirectoryId,
}

/// An update of a hybrid directory is done.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct HybridUpdateWork {
    /// The directory.
    pub directory: DirectoryId,
    /// The update.
    pub sequence: u64,
    /// How it fails.
    pub failure: Option<Failure<UpdateStatus>>,
}

/// A snapshot gets a status.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SnapshotWork {
    /// The snapshot.
    pub snapshot: SnapshotId,
    /// How it fails.
    pub failure: Option<Failure<SnapshotStatus>>,
}

/// The service takes its snapshot of the day.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DailySnapshotWork {
    /// The directory.
    pub directory: DirectoryId,
}

/// A schema extension gets a status.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SchemaExtensionWork {
    /// The directory.
    pub directory: DirectoryId,
    /// The extension.
    pub sequence: u64,
    /// The status.
    pub status: SchemaExtensionStatus,
    /// How it fails.
    pub failure: Option<Failure<SchemaExtensionStatus>>,
}

/// The settings of a directory that are being changed get a status.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SettingsWork {
    /// The directory.
    pub directory: DirectoryId,
    /// The status.
    pub status: DirectoryConfigurationStatus,
    /// How it fails.
    pub failure: Option<Failure<DirectoryConfigurationStatus>>,
}

/// An update of a directory's setup in a Region is done.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct UpdateWork {
    /// The directory.
    pub directory: DirectoryId,
    /// The Region.
    pub region: Region,
    /// The update.
    pub sequence: u64,
    /// How it fails.
    pub failure: Option<Failure<UpdateStatus>>,
}

/// The service has looked for an event topic of a directory in a Region.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EventTopicWork {
    /// The directory.
    pub directory: DirectoryId,
    /// The Region.
    pub region: Region,
    /// The topic's name.
    pub topic: CompactString,
    /// How it fails.
    pub failure: Option<Failure<TopicStatus>>,
}
