//! Errors of this service: every way in which it refuses, and the model's code for each.

use compact_str::CompactString;
use model::ds::ErrorCode;
use model::ds::types::{DataAccessStatus, DirectoryStage, ShareStatus};
use model::{AccountId, DirectoryId, Refusal, ServiceError};

use crate::directory::{credentials, regions};
use crate::hybrid::hybrid_directories;
use crate::maintenance::{settings, snapshots, updates};
use crate::messages;
use crate::monitoring::{event_topics, log_subscriptions};
use crate::network::{domain_controllers, ip_routes, networks};
use crate::schema::schema_extensions;
use crate::security::security_error::SecurityError;
use crate::trust::{conditional_forwarders, trusts};

/// What a handler answers.
pub type Result<T> = std::result::Result<T, Error>;

/// A refusal, named by what is wrong. `messages.rs` has the text of each.
#[derive(Clone, Debug, PartialEq)]
pub enum Error {
    /// No such directory in the caller's account and Region, for most operations.
    UnknownEntity(DirectoryId),
    /// The same, for the operations whose model has the newer error.
    UnknownDirectory(DirectoryId),
    /// What a directory of that kind does not have, with the error that the operation's model has for it, and the text.
    WrongKind(ErrorCode, &'static str),
    /// The directory is in a stage in which this cannot be done.
    Stage(DirectoryId, DirectoryStage),
    /// The same, for the operations whose model has an error for it.
    Unavailable(DirectoryId, DirectoryStage),
    /// A token that this list did not give.
    NextToken,
    /// A filter by ids that names none.
    NoDirectoryIds,

    /// Simple AD is not offered in the Region.
    NoSimpleAd,
    /// A Simple AD directory without a network.
    NoVpcSettings,
    /// The fully qualified name.
    Name,
    /// The NetBIOS name.
    ShortName,
    /// What is wrong with the network.
    Network(networks::Refused),
    /// Another service had to be asked, and did not answer; with the reason.
    Unreachable(CompactString),
    /// A password that names the administrator.
    Password,
    /// An edition that is not made this way.
    Edition,
    /// IP versions that the type does not have.
    NetworkType,
    /// No DNS server that the network can ask.
    NoDnsServers,
    /// So many directories, the most there may be.
    DirectoryLimit(usize),
    /// More tags than a directory can have, when it is created.
    CreationTags,
    /// The directory is shared.
    StillShared,

    /// What is wrong with an alias, an account, a user, or a computer.
    Credentials(credentials::Refused),
    /// What is wrong with an assessment or an update of a hybrid directory.
    Hybrid(hybrid_directories::Refused),

    /// A share's target that is no account number.
    TargetMalformed(String),
    /// A share's target that is the owner itself.
    TargetIsOwner(AccountId),
    /// A share's target outside the owner's organization.
    TargetOutside(AccountId),
    /// A share's target that is suspended or being closed.
    TargetInactive(AccountId),
    /// Sharing inside the organization of an account that is in none.
    NotInOrganization,
    /// Sharing inside an organization without all features.
    NotAllFeatures,
    /// Sharing inside the organization from a member account.
    NotManagement,
    /// Sharing inside an organization that does not let Directory Service in.
    NoTrustedAccess,
    /// The directory is shared with the account.
    AlreadyShared(AccountId),
    /// The shared directory is accepted.
    AlreadyAccepted(DirectoryId),
    /// The directory is shared with so many accounts, the most there may be.
    ShareLimit(usize),
    /// The directory is not shared with the account.
    NotShared(AccountId),
    /// A directory of the caller's own, where a shared one is wanted.
    NotASharedDirectory(DirectoryId),
    /// A share that does not wait for an answer.
    NotPending(DirectoryId, ShareStatus),
    /// A share that is on its way to another status.
    ShareInTransition(DirectoryId, ShareStatus),

    /// More tags than a directory can have.
    TagLimit,
    /// A key with AWS's own prefix.
    ReservedTagKey,

    /// The directory is in additional Regions.
    StillInRegions,
    /// Something about a Region.
    Region(regions::Refused),

    /// Directory data access is, or will soon be, as wanted.
    DataAccessAlready(DataAccessStatus),
    /// Directory data access is on its way to another status.
    DataAccessInTransition(DataAccessStatus),

    /// Something about a trust.
    Trust(trusts::Refused),
    /// Something about a conditional forwarder.
    ConditionalForwarder(conditional_forwarders::Refused),
    /// Something about IP routes.
    IpRoute(ip_routes::Refused),
    /// Something about domain controllers.
    DomainController(domain_controllers::Refused),
    /// What is wrong with certificates and what needs them.
    Security(SecurityError),
    /// A snapshot.
    Snapshot(snapshots::Refused),
    /// A schema extension.
    SchemaExtension(schema_extensions::Refused),
    /// A change of settings.
    Setting(settings::Refused),
    /// A log subscription.
    LogSubscription(log_subscriptions::Refused),
    /// An event topic.
    EventTopic(event_topics::Refused),
    /// An update of the setup.
    Update(updates::Refused),
}

impl Error {
    /// The model's code.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::UnknownEntity(_) => ErrorCode::EntityDoesNotExistException,
            Self::UnknownDirectory(_) => ErrorCode::DirectoryDoesNotExistException,
            Self::WrongKind(code, _) => *code,
            Self::Unavailable(..) | Self::DataAccessInTransition(_) => ErrorCode::DirectoryUnavailableException,
            Self::NextToken => ErrorCode::InvalidNextTokenException,
            Self::Stage(..) | Self::NoSimpleAd | Self::StillShared | Self::ShareInTransition(..) => {
                ErrorCode::ClientException
            }
            Self::NoDirectoryIds
            | Self::NoVpcSettings
            | Self::Name
            | Self::ShortName
            | Self::Password
            | Self::Edition
            | Self::NetworkType
            | Self::NoDnsServers
            | Self::NotASharedDirectory(_)
            | Self::NotPending(..)
            | Self::ReservedTagKey => ErrorCode::InvalidParameterException,
            Self::Network(refused) => refused.code(),
            // Never rendered: it becomes a refusal of its own.
            Self::Unreachable(_) => ErrorCode::ServiceException,
            Self::Credentials(refused) => refused.code(),
            Self::Hybrid(refused) => refused.code(),

            Self::DirectoryLimit(_) | Self::CreationTags => ErrorCode::DirectoryLimitExceededException,
            Self::TargetMalformed(_) | Self::TargetIsOwner(_) | Self::TargetOutside(_) | Self::TargetInactive(_) => {
                ErrorCode::InvalidTargetException
            }
            Self::NotInOrganization | Self::NotAllFeatures | Self::NotManagement | Self::NoTrustedAccess => {
                ErrorCode::OrganizationsException
            }
            Self::AlreadyShared(_) | Self::AlreadyAccepted(_) => ErrorCode::DirectoryAlreadySharedException,
            Self::ShareLimit(_) => ErrorCode::ShareLimitExceededException,
            Self::NotShared(_) => ErrorCode::DirectoryNotSharedException,
            Self::StillInRegions => ErrorCode::ClientException,
            Self::Region(refused) => refused.code(),

            Self::TagLimit => ErrorCode::TagLimitExceededException,
            Self::DataAccessAlready(_) => ErrorCode::DirectoryInDesiredStateException,

            Self::Trust(refused) => refused.code(),
            Self::ConditionalForwarder(refused) => refused.code(),
            Self::IpRoute(refused) => refused.code(),
            Self::DomainController(refused) => refused.code(),
            Self::Security(error) => error.code(),
            Self::Snapshot(refused) => refused.code(),
            Self::SchemaExtension(refused) => refused.code(),
            Self::Setting(refused) => refused.code(),
            Self::LogSubscription(refused) => refused.code(),
            Self::EventTopic(refused) => refused.code(),
            Self::Update(refused) => refused.code(),
        }
    }
}

impl From<world::BadToken> for Error {
    fn from(_: world::BadToken) -> Self {
        Self::NextToken
    }
}

/// The reason why another service could not be asked.
impl From<&CompactString> for Error {
    fn from(reason: &CompactString) -> Self {
        Self::Unreachable(reason.clone())
    }
}

impl From<SecurityError> for Error {
    fn from(error: SecurityError) -> Self {
        Self::Security(error)
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        match error {
            Error::Unreachable(reason) => Self::Unreachable(reason.into_string().into()),
            error => Self::Service(ServiceError::new(error.code(), messages::text(&error))),
        }
    }
}

/// A precondition: what is refused otherwise is named right there.
pub fn require<E>(held: bool, otherwise: E) -> std::result::Result<(), E> {
    if held { Ok(()) } else { Err(otherwise) }
}
