//! Errors of this service: every way in which it refuses, and the model's code and reason for each.

use compact_str::CompactString;
use model::ds_data::ErrorCode;
use model::ds_data::errors::{AccessDeniedReason, DirectoryUnavailableReason, ValidationExceptionReason};
use model::{DirectoryId, Refusal, ServiceError};

use super::messages;

/// What a handler answers.
pub type Result<T> = std::result::Result<T, Error>;

/// A refusal, named by what is wrong. `messages.rs` has the text of each.
#[derive(Clone, Debug, PartialEq)]
pub enum Error {
    /// Too many requests in too short a time.
    Throttled,
    /// No such directory in the caller's account and Region.
    UnknownDirectory(DirectoryId),
    /// A directory without users and groups of its own, or somebody else's.
    DirectoryType,
    /// An additional Region of the directory.
    SecondaryRegion,
    /// Directory data access is not enabled.
    DataDisabled,
    /// The directory is not active.
    Unavailable(DirectoryId),
    /// A realm that is neither the directory's nor one that it trusts.
    Realm,
    /// A realm whose side of the trust is gone or changed.
    Trust,
    /// A trusted realm whose domain controllers do not answer.
    TrustedDomain,
    /// A token that this list did not give.
    NextToken,
    /// No such user.
    UnknownUser(CompactString),
    /// No such group.
    UnknownGroup(CompactString),
    /// No such user, group or computer.
    UnknownMember(CompactString),
    /// An object outside of the customer's organizational unit.
    NotWritable(CompactString),
    /// The account name is taken.
    NameTaken(CompactString),
    /// A client token that was used with other parameters.
    TokenReused,
    /// An attribute that has a member of its own, or is named twice.
    DuplicateAttribute(CompactString),
    /// An attribute that is unknown.
    UnknownAttribute(CompactString),
    /// An attribute that users do not have.
    NotOfUsers(CompactString),
    /// An attribute that groups do not have.
    NotOfGroups(CompactString),
    /// An attribute that objects cannot be searched for by.
    NotSearched(CompactString),
    /// An attribute that the directory keeps itself.
    ReadOnlyAttribute(CompactString),
    /// A value of another type than the attribute's.
    AttributeValue(CompactString),
    /// A search for something with a wildcard in it.
    SearchString,
    /// An attribute or a value to add that is there.
    AttributeExists(CompactString),
    /// An attribute or a value to remove that is not there.
    AttributeMissing(CompactString),
    /// An update of nothing.
    NothingToChange,
    /// A scope that a group cannot get.
    Scope,
    /// A member that the group cannot have.
    Nesting,
    /// A member that the group has.
    AlreadyMember(CompactString),
    /// A member to remove that the group does not have.
    NotMember(CompactString),
}

impl Error {
    /// The model's code, with its reason.
    pub fn code(&self) -> ErrorCode {
        let invalid = |reason| ErrorCode::ValidationException(Some(reason));
        match self {
            Self::Throttled => ErrorCode::ThrottlingException,
            // The model's words: an unknown directory is a matter of access.
            Self::UnknownDirectory(_) => ErrorCode::AccessDeniedException(Some(AccessDeniedReason::IamAuth)),
            Self::DataDisabled => ErrorCode::AccessDeniedException(Some(AccessDeniedReason::DataDisabled)),
            Self::Unavailable(_) => {
                ErrorCode::DirectoryUnavailableException(Some(DirectoryUnavailableReason::InvalidDirectoryState))
            }
            Self::Trust => ErrorCode::DirectoryUnavailableException(Some(DirectoryUnavailableReason::TrustAuthFailure)),
            Self::TrustedDomain => {
                ErrorCode::DirectoryUnavailableException(Some(DirectoryUnavailableReason::DirectoryTimeout))
            }
            Self::NotWritable(_) => ErrorCode::AccessDeniedException(Some(AccessDeniedReason::DirectoryAuth)),
            Self::UnknownUser(_) | Self::UnknownGroup(_) | Self::UnknownMember(_) | Self::NotMember(_) => {
                ErrorCode::ResourceNotFoundException
            }
            Self::NameTaken(_) | Self::TokenReused | Self::AlreadyMember(_) => ErrorCode::ConflictException,
            Self::DirectoryType => invalid(ValidationExceptionReason::InvalidDirectoryType),
            Self::SecondaryRegion => invalid(ValidationExceptionReason::InvalidSecondaryRegion),
            Self::Realm => invalid(ValidationExceptionReason::InvalidRealm),
            Self::NextToken => invalid(ValidationExceptionReason::InvalidNextToken),
            Self::DuplicateAttribute(_) => invalid(ValidationExceptionReason::DuplicateAttribute),
            Self::UnknownAttribute(_) => invalid(ValidationExceptionReason::InvalidAttributeName),
            Self::NotOfUsers(_) => invalid(ValidationExceptionReason::InvalidAttributeForUser),
            Self::ReadOnlyAttribute(_) => invalid(ValidationExceptionReason::InvalidAttributeForModify),
            Self::NotOfGroups(_) => invalid(ValidationExceptionReason::InvalidAttributeForGroup),
            Self::NotSearched(_) => invalid(ValidationExceptionReason::InvalidAttributeForSearch),
            Self::AttributeValue(_) | Self::SearchString => invalid(ValidationExceptionReason::InvalidAttributeValue),
            Self::AttributeExists(_) => invalid(ValidationExceptionReason::AttributeExists),
            Self::AttributeMissing(_) => invalid(ValidationExceptionReason::MissingAttribute),
            // Inferred: Active Directory says that it is unwilling, which is no more precise.
            Self::Scope | Self::Nesting => invalid(ValidationExceptionReason::LdapUnsupportedOperation),
            Self::NothingToChange => ErrorCode::ValidationException(None),
        }
    }
}

impl From<world::BadToken> for Error {
    fn from(_: world::BadToken) -> Self {
        Self::NextToken
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::Service(ServiceError::new(error.code(), messages::text(&error)))
    }
}
