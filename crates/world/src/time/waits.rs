//! How long AWS takes: the one table of durations.

use std::time::Duration;

/// Work that AWS finishes later. The pace of a world scales these; deadlines, which follow the calendar, are not among them.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Wait {
    /// From `CreateAccount` to the account (recorded runs: 3 s to tens of seconds).
    CreateAccount,
    /// From `CloseAccount` to the closed account (user guide: a few minutes).
    CloseAccount,
    /// From a directory's creation until AWS starts on it.
    DirectoryRequested,
    /// From Creating to Active: Managed Microsoft AD, Standard (measured acceptance tests: 23 min with deletion).
    MicrosoftAdStandard,
    /// From Creating to Active: Managed Microsoft AD, Enterprise (measured: 32 min with deletion).
    MicrosoftAdEnterprise,
    /// From Creating to Active: AD Connector (documented: several minutes).
    Connector,
    /// From Creating to Failed: AD Connector (clients see it in the first minutes).
    ConnectorFailed,
    /// From PENDING to IN_PROGRESS of an assessment.
    AssessmentPending,
    /// From IN_PROGRESS to the end of an assessment (documented: 30 minutes or more).
    Assessment,
    /// From the assessment of an update of a hybrid directory until it is done.
    HybridUpdate,
    /// From Creating to Active: Simple AD (one creation measured: 7 min 10 s).
    SimpleAd,
    /// From `DeleteDirectory` until the directory is gone.
    DirectoryDeleted,
    /// From Sharing to PendingAcceptance (clients poll every 10 s).
    ShareSent,
    /// From Sharing to Shared (recorded: 71 s from creation with a prompt acceptance).
    ShareReady,
    /// From Rejecting to Rejected.
    ShareRejected,
    /// From Deleting to Deleted (minutes to tens of minutes).
    ShareDeleted,
    /// From Deleted until the owner's list forgets the share. The service keeps to it at any pace.
    ShareForgotten,
    /// Between Enabling and Enabled, or Disabling and Disabled, of directory data access.
    DataAccess,
    /// From Creating to Active in an additional Region (clients wait up to 180 min).
    RegionAdded,
    /// From `RemoveRegion` until the directory is gone from the Region (clients wait up to 90 min).
    RegionRemoved,

    /// From Creating to Created of a trust (clients give creation and verification 10 min).
    TrustCreated,
    /// From Updating to Updated of a trust.
    TrustUpdated,
    /// From Created or Updated to Verifying of a trust.
    TrustVerifying,
    /// From Verifying to Verified or VerifyFailed of a trust.
    TrustVerified,
    /// From Deleting of a trust until it is gone (clients give it 5 min).
    TrustDeleted,
    /// From Adding to Added of an IP route, and from Removing until it is gone.
    IpRoute,
    /// From Creating to Active of a domain controller (documented: up to 45 min).
    DomainControllerCreated,
    /// From Deleting of a domain controller until it is gone.
    DomainControllerDeleted,
    /// Between Registering and Registered, or Deregistering and gone, of a certificate.
    Certificate,
    /// From Enabling to Enabled, of LDAP over TLS.
    LdapsEnabled,
    /// From Creating to Completed, of RADIUS settings.
    RadiusCompleted,
    /// Between InProgress and Success, or Disabling and Disabled, of an enrollment policy.
    CaEnrollment,

    /// From Creating to Completed of a snapshot (documented: several minutes).
    Snapshot,
    /// From Restoring to Active: Managed Microsoft AD (documented: two to three hours).
    RestoreMicrosoftAd,
    /// From Restoring to Active: Simple AD (documented: minutes).
    RestoreSimpleAd,
    /// From Initializing of a schema extension until AWS starts on it.
    SchemaInitialized,
    /// From UpdatingSchema to Replicating, or to Failed.
    SchemaUpdated,
    /// From Replicating to Completed, and from RollbackInProgress to Cancelled.
    SchemaReplicated,
    /// From CancelInProgress to RollbackInProgress.
    SchemaCancelled,
    /// From Requested to Updating of directory settings.
    SettingsRequested,
    /// From Updating to Updated of directory settings (acceptance tests wait for 30 min in all).
    SettingsUpdated,
    /// From Updating to Active of an update of the setup.
    DirectoryUpdated,
    /// From Impaired to Active (documented: within 40 minutes, where maintenance is the cause).
    Impairment,
    /// From the registration of an event topic until the service has looked for it.
    EventTopic,
}

impl Wait {
    /// AWS's typical duration.
    pub const fn real(self) -> Duration {
        match self {
            Self::DirectoryRequested => Duration::from_mins(1),
            Self::MicrosoftAdStandard => Duration::from_mins(22),
            Self::MicrosoftAdEnterprise => Duration::from_mins(30),
            Self::SimpleAd => Duration::from_mins(7),
            Self::Connector => Duration::from_mins(4),
            Self::DirectoryDeleted => Duration::from_mins(5),
            Self::CreateAccount => Duration::from_secs(30),
            Self::CloseAccount | Self::ShareDeleted | Self::DataAccess => Duration::from_mins(3),
            Self::AssessmentPending => Duration::from_mins(1),
            Self::Assessment => Duration::from_mins(30),
            Self::HybridUpdate => Duration::from_mins(10),
            Self::ConnectorFailed => Duration::from_mins(2),
            Self::ShareSent => Duration::from_secs(20),
            Self::ShareReady => Duration::from_secs(40),
            Self::ShareRejected => Duration::from_secs(30),
            Self::RegionAdded => Duration::from_mins(40),
            Self::RegionRemoved => Duration::from_mins(20),
            Self::ShareForgotten => Duration::from_mins(30),

            Self::TrustVerifying => Duration::from_secs(10),
            Self::TrustCreated | Self::TrustUpdated | Self::TrustVerified | Self::TrustDeleted | Self::IpRoute => {
                Duration::from_mins(1)
            }
            Self::DomainControllerCreated => Duration::from_mins(30),
            Self::DomainControllerDeleted => Duration::from_mins(15),
            Self::Certificate => Duration::from_secs(30),
            Self::LdapsEnabled | Self::RadiusCompleted => Duration::from_mins(2),
            Self::CaEnrollment => Duration::from_mins(5),
            Self::SchemaInitialized | Self::SchemaCancelled | Self::SettingsRequested | Self::EventTopic => {
                Duration::from_mins(1)
            }
            Self::Snapshot | Self::SchemaReplicated => Duration::from_mins(15),
            Self::SchemaUpdated | Self::RestoreSimpleAd => Duration::from_mins(10),
            Self::SettingsUpdated => Duration::from_mins(20),
            Self::DirectoryUpdated => Duration::from_hours(1),
            Self::Impairment => Duration::from_mins(40),
            Self::RestoreMicrosoftAd => Duration::from_mins(150),
        }
    }
}
