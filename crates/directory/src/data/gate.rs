//! What every operation asks before it looks at an object.

use std::sync::Arc;

use model::DirectoryId;
use model::ds::types::{DataAccessStatus, DirectoryStage, TrustState};
use world::{Directory, Domain, DomainKey, Object, Tx, View, World};

use super::built_in;
use super::error::{Error, Result};
use crate::error::require;
use crate::lookup::{
    Seen, {self},
};

/// A domain, and the directory whose domain it is.
#[derive(Clone, Copy)]
pub struct Realm<'w> {
    /// The world that it is in.
    pub world: &'w World,
    /// The directory.
    pub directory: &'w Directory,
    /// Its domain.
    pub domain: &'w Domain,
}

/// A directory whose data may be used, with its own domain.
pub fn open<'w>(view: &View<'w>, id: &DirectoryId) -> Result<Realm<'w>> {
    let directory = match lookup::find(view, id).ok_or_else(|| Error::UnknownDirectory(id.clone()))? {
        Seen::Own(directory) => directory,
        Seen::Shared(_) => return Err(Error::DirectoryType),
    };
    require(lookup::has_data(directory), Error::DirectoryType)?;
    require(directory.region == view.caller.region, Error::SecondaryRegion)?;
    let domain = directory.domain.as_deref().ok_or(Error::DirectoryType)?;
    require(directory.data_access == DataAccessStatus::Enabled, Error::DataDisabled)?;
    require(directory.primary().stage == DirectoryStage::Active, Error::Unavailable(id.clone()))?;
    Ok(Realm { world: view.world, directory, domain })
}

/// The domain that a realm names to a directory: its own, which is also what no realm means, or one that it trusts.
///
/// This is the one place that decides what a realm is.
// Inferred: a trailing dot, which the model's pattern takes, means the same domain.
pub fn realm<'w>(own: Realm<'w>, realm: Option<&str>) -> Result<Realm<'w>> {
    let is_own = |realm: &&str| DomainKey::new(realm) == DomainKey::new(&own.directory.name);
    realm.filter(|realm| !is_own(realm)).map_or(Ok(own), |realm| trusted(own, realm))
}

/// The domain of a directory of this world, whoever owns it, that a directory trusts. Whether its own data access is
/// enabled does not matter: the trusting directory's domain controllers ask its domain controllers.
// Inferred: a trust that is verified has been seen to work, so what is missing on the other side since then is a
// failure of the trust and not a wrong realm. A domain outside of this world never gets that far: its trusts cannot be
// verified.
fn trusted<'w>(own: Realm<'w>, realm: &str) -> Result<Realm<'w>> {
    let world = own.world;
    let trust = world.trust_with(own.directory, &DomainKey::new(realm)).ok_or(Error::Realm)?;
    require(trust.is_outgoing() && trust.state == TrustState::Verified, Error::Realm)?;
    let directory = world.verified_trust(own.directory, realm).ok_or(Error::Trust)?;
    // Inferred: nobody answers for a domain that is being restored or deleted, or that the customer's own servers hold.
    require(directory.primary().stage == DirectoryStage::Active, Error::TrustedDomain)?;
    let domain = directory.domain.as_deref().ok_or(Error::TrustedDomain)?;
    Ok(Realm { world, directory, domain })
}

/// The domain that a read is about.
pub fn read<'w>(view: &View<'w>, id: &DirectoryId, name: Option<&str>) -> Result<Realm<'w>> {
    realm(open(view, id)?, name)
}

/// The domain of a directory that was opened, to be changed.
pub fn domain_mut<'t>(tx: &'t mut Tx<'_>, id: &DirectoryId) -> Result<&'t mut Domain> {
    let directory = tx.world.directory_mut(id).ok_or_else(|| Error::UnknownDirectory(id.clone()))?;
    directory.domain.as_mut().map(Arc::make_mut).ok_or(Error::DirectoryType)
}

impl Realm<'_> {
    /// Whether it is the same domain.
    pub fn is(self, other: Realm<'_>) -> bool {
        self.directory.id == other.directory.id
    }

    /// Requires an object of the customer's own organizational unit: customers write nowhere else.
    pub fn require_writable(self, object: Object<'_>) -> Result<()> {
        let is_own = built_in::is_customers(&self.directory.short_name, object.container());
        require(is_own, Error::NotWritable(object.sam_account_name().into()))
    }

    /// Requires a group whose members customers may change: one of theirs, or one that AWS made to delegate its rights.
    pub fn require_open_to_members(self, group: Object<'_>) -> Result<()> {
        if group.container() == built_in::DELEGATED_GROUPS { Ok(()) } else { self.require_writable(group) }
    }

    /// Requires an object that customers may delete.
    // Inferred: Active Directory would let Admin delete itself; AWS needs it, so it is kept from that.
    pub fn require_deletable(self, object: Object<'_>) -> Result<()> {
        self.require_writable(object)?;
        require(object.rid() != built_in::ADMIN_RID, Error::NotWritable(object.sam_account_name().into()))
    }
}
