//! How many requests AWS takes, as the model's text of a throttled call says. A world keeps to them where it is told to.

use model::ds::types::DirectoryEdition;
use model::{Access, Refusal};
use world::{Directory, DirectoryKind};

use super::error::Error;

/// The requests a second that AWS takes of an account, whatever they are about.
pub const OF_ACCOUNT: u32 = 100;

/// The requests a second that AWS takes for a directory, reads and writes apart.
// Inferred: a directory that has no data to be asked for is counted as the smaller edition.
pub fn of_directory(directory: &Directory, access: Access) -> u32 {
    let writes = if directory.kind == DirectoryKind::MicrosoftAd(DirectoryEdition::Enterprise) { 8 } else { 4 };
    if access == Access::Read { 2 * writes } else { writes }
}

/// The answer to a call that comes too soon after others.
pub fn throttled() -> Refusal {
    Error::Throttled.into()
}
