//! What every operation asks before it looks at the domain.

use std::sync::Arc;

use model::DirectoryId;
use model::ds::types::{DataAccessStatus, DirectoryStage};
use world::{Directory, Domain, Tx, View};

use super::error::{Error, Result};
use crate::error::require;
use crate::lookup::{self, Seen};

/// A directory whose data may be used, and its domain.
pub fn open<'w>(view: &View<'w>, id: &DirectoryId) -> Result<(&'w Directory, &'w Domain)> {
    let directory = match lookup::find(view, id).ok_or_else(|| Error::UnknownDirectory(id.clone()))? {
        Seen::Own(directory) => directory,
        Seen::Shared(_) => return Err(Error::DirectoryType),
    };
    require(lookup::has_data(directory), Error::DirectoryType)?;
    require(directory.region == view.caller.region, Error::SecondaryRegion)?;
    let domain = directory.domain.as_deref().ok_or(Error::DirectoryType)?;
    require(directory.data_access == DataAccessStatus::Enabled, Error::DataDisabled)?;
    require(directory.primary().stage == DirectoryStage::Active, Error::Unavailable(id.clone()))?;
    Ok((directory, domain))
}

/// The domain of a directory that was opened, to be changed.
pub fn domain_mut<'t>(tx: &'t mut Tx<'_>, id: &DirectoryId) -> Result<&'t mut Domain> {
    let directory = tx.world.directory_mut(id).ok_or_else(|| Error::UnknownDirectory(id.clone()))?;
    directory.domain.as_mut().map(Arc::make_mut).ok_or(Error::DirectoryType)
}

/// Requires the directory's own domain, which is also what no realm means.
// Inferred: a trailing dot, which the model's pattern takes, means the same domain.
pub fn require_realm(directory: &Directory, realm: Option<&str>) -> Result<()> {
    let own = |realm: &str| realm.strip_suffix('.').unwrap_or(realm).eq_ignore_ascii_case(&directory.name);
    require(realm.is_none_or(own), Error::Realm)
}
