//! The rates of requests at which AWS throttles (API reference and administration guide). A world applies them if its
//! settings say so.
//!
//! AWS also allows at most ten concurrent requests for a directory. That limit is left out: a call here ends before the
//! next one starts, so the number of waiting requests depends on the machine and not on the calls.

use std::borrow::Cow;

use model::Access;
use model::ds::types::DirectoryEdition;
use model::ds_data::ErrorCode;
use world::{Directory, DirectoryKind};

use crate::error::Coded;

/// Why a call is throttled.
#[derive(Clone, Debug, PartialEq)]
pub enum RequestRateError {
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

/// Requests a second for an account, over all operations.
pub const OF_ACCOUNT: u32 = 100;

/// Requests a second for a directory, separately for reads and writes.
// Inferred: a directory without data has the rate of the Standard edition.
pub fn of_directory(directory: &Directory, access: Access) -> u32 {
    match directory.kind {
        DirectoryKind::MicrosoftAd(edition) => of_edition(edition, access),
        DirectoryKind::SimpleAd | DirectoryKind::Connector => of_edition(DirectoryEdition::Standard, access),
    }
}

/// Requests a second for a directory of an edition.
pub fn of_edition(edition: DirectoryEdition, access: Access) -> u32 {
    let writes = if edition == DirectoryEdition::Enterprise { 8 } else { 4 };
    if access == Access::Read { 2 * writes } else { writes }
}
