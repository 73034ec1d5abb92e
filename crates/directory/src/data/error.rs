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
    /// A realm that is not the directory's.
    Realm,
    /// A token that this list did not give.
    NextToken,
    /// No such user.
    UnknownUser(CompactString),
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
    /// An attribute that the directory keeps itself.
    ReadOnlyAttribute(CompactString),
    /// A value of another type than the attribute's.
    AttributeValue(CompactString),
}

impl Error {
    /// The model's code, with its reason.
    pub fn code(&self) -> ErrorCode {
        let invalid = |reason| ErrorCode::ValidationException(Some(reason));
        match self {
            // The model's words: an unknown directory is a matter of access.
            Self::UnknownDirectory(_) => ErrorCode::AccessDeniedException(Some(AccessDeniedReason::IamAuth)),
            Self::DataDisabled => ErrorCode::AccessDeniedException(Some(AccessDeniedReason::DataDisabled)),
            Self::Unavailable(_) => {
                ErrorCode::DirectoryUnavailableException(Some(DirectoryUnavailableReason::InvalidDirectoryState))
            }
            Self::UnknownUser(_) => ErrorCode::ResourceNotFoundException,
            Self::NameTaken(_) | Self::TokenReused => ErrorCode::ConflictException,
            Self::DirectoryType => invalid(ValidationExceptionReason::InvalidDirectoryType),
            Self::SecondaryRegion => invalid(ValidationExceptionReason::InvalidSecondaryRegion),
            Self::Realm => invalid(ValidationExceptionReason::InvalidRealm),
            Self::NextToken => invalid(ValidationExceptionReason::InvalidNextToken),
            Self::DuplicateAttribute(_) => invalid(ValidationExceptionReason::DuplicateAttribute),
            Self::UnknownAttribute(_) => invalid(ValidationExceptionReason::InvalidAttributeName),
            Self::NotOfUsers(_) => invalid(ValidationExceptionReason::InvalidAttributeForUser),
            Self::ReadOnlyAttribute(_) => invalid(ValidationExceptionReason::InvalidAttributeForModify),
            Self::AttributeValue(_) => invalid(ValidationExceptionReason::InvalidAttributeValue),
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
