//! How many requests AWS takes, as the service's reference and its guide say. A world keeps to them where it is told
//! to.
//!
//! AWS also takes no more than ten requests at once for a directory, and that is left out: a call here is over before
//! the next one is looked at, so how many wait at the same time says something about the machine and nothing about the
//! calls.

use std::borrow::Cow;

use model::Access;
use model::ds::types::DirectoryEdition;
use model::ds_data::ErrorCode;
use world::{Directory, DirectoryKind};

use crate::error::Coded;

/// Why a call is not taken.
#[derive(Clone, Debug, PartialEq)]
pub enum RequestRateError {
    /// Too many requests in too short a time.
    Exceeded,
}

impl Coded<ErrorCode> for RequestRateError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Exceeded => ErrorCode::ThrottlingException,
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            Self::Exceeded => "The limit on requests has been exceeded.".into(),
        }
    }
}

/// The requests a second that AWS takes of an account, whatever they are about.
pub const OF_ACCOUNT: u32 = 100;

/// The requests a second that AWS takes for a directory, reads and writes apart.
// Inferred: a directory that has no data to be asked for is counted as the smaller edition.
pub fn of_directory(directory: &Directory, access: Access) -> u32 {
    match directory.kind {
        DirectoryKind::MicrosoftAd(edition) => of_edition(edition, access),
        DirectoryKind::SimpleAd | DirectoryKind::Connector => of_edition(DirectoryEdition::Standard, access),
    }
}

/// The same for the directories of an edition.
pub fn of_edition(edition: DirectoryEdition, access: Access) -> u32 {
    let writes = if edition == DirectoryEdition::Enterprise { 8 } else { 4 };
    if access == Access::Read { 2 * writes } else { writes }
}
