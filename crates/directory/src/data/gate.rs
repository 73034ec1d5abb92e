//! What every operation asks before it looks at an object.

use std::borrow::Cow;
use std::sync::Arc;

use compact_str::CompactString;
use model::DirectoryId;
use model::ds::types::{DataAccessStatus, DirectoryStage, TrustState};
use model::ds_data::ErrorCode;
use model::ds_data::errors::{AccessDeniedReason, DirectoryUnavailableReason, ValidationExceptionReason};
use world::{Directory, Domain, DomainKey, Object, Tx, View, World};

use super::built_in;
use super::error::{Result, invalid};
use crate::error::{Coded, require};
use crate::lookup::{self, Seen};

/// Why a realm cannot be used, or an object in it not be changed.
#[derive(Clone, Debug, PartialEq)]
pub enum RealmError {
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
    Unknown,
    /// A realm whose side of the trust is gone or changed.
    Trust,
    /// A trusted realm whose domain controllers do not answer.
    TrustedDomain,
    /// An object outside of the customer's organizational unit.
    NotWritable(CompactString),
    /// The account name is taken.
    NameTaken(CompactString),
}

impl Coded<ErrorCode> for RealmError {
    fn code(&self) -> ErrorCode {
        match self {
            // The model's words: an unknown directory is a matter of access.
            Self::UnknownDirectory(_) => ErrorCode::AccessDeniedException(Some(AccessDeniedReason::IamAuth)),
            Self::DirectoryType => invalid(ValidationExceptionReason::InvalidDirectoryType),
            Self::SecondaryRegion => invalid(ValidationExceptionReason::InvalidSecondaryRegion),
            Self::DataDisabled => ErrorCode::AccessDeniedException(Some(AccessDeniedReason::DataDisabled)),
            Self::Unavailable(_) => {
                ErrorCode::DirectoryUnavailableException(Some(DirectoryUnavailableReason::InvalidDirectoryState))
            }
            Self::Unknown => invalid(ValidationExceptionReason::InvalidRealm),
            Self::Trust => ErrorCode::DirectoryUnavailableException(Some(DirectoryUnavailableReason::TrustAuthFailure)),
            Self::TrustedDomain => {
                ErrorCode::DirectoryUnavailableException(Some(DirectoryUnavailableReason::DirectoryTimeout))
            }
            Self::NotWritable(_) => ErrorCode::AccessDeniedException(Some(AccessDeniedReason::DirectoryAuth)),
            Self::NameTaken(_) => ErrorCode::ConflictException,
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            Self::UnknownDirectory(id) => format!("You do not have access to directory {id}.").into(),
            Self::DirectoryType => "The directory type does not support this operation.".into(),
            Self::SecondaryRegion => "The operation is supported in the primary Region of the directory only.".into(),
            Self::DataDisabled => "Directory data access is not enabled for the directory.".into(),
            Self::Unavailable(id) => format!("Directory {id} is not in a valid state.").into(),
            Self::Unknown => "The realm is not the directory's domain or a domain that it trusts.".into(),
            Self::Trust => "The trust with the realm could not be used.".into(),
            Self::TrustedDomain => "The realm did not answer in time.".into(),
            Self::NotWritable(name) => {
                format!("You do not have access to {name}: it is not in your organizational unit.").into()
            }
            Self::NameTaken(name) => format!("An object with the name {name} already exists.").into(),
        }
    }
}

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
    let directory = match lookup::find(view, id).ok_or_else(|| RealmError::UnknownDirectory(id.clone()))? {
        Seen::Own(directory) => directory,
        Seen::Shared(_) => return Err(RealmError::DirectoryType.into()),
    };
    require(lookup::has_data(directory), RealmError::DirectoryType)?;
    require(directory.region == view.caller.region, RealmError::SecondaryRegion)?;
    let domain = directory.domain.as_deref().ok_or(RealmError::DirectoryType)?;
    require(directory.data_access == DataAccessStatus::Enabled, RealmError::DataDisabled)?;
    require(directory.primary().stage == DirectoryStage::Active, RealmError::Unavailable(id.clone()))?;
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
    let trust = world.trust_with(own.directory, &DomainKey::new(realm)).ok_or(RealmError::Unknown)?;
    require(trust.is_outgoing() && trust.state == TrustState::Verified, RealmError::Unknown)?;
    let directory = world.verified_trust(own.directory, realm).ok_or(RealmError::Trust)?;
    // Inferred: nobody answers for a domain that is being restored or deleted, or that the customer's own servers hold.
    require(directory.primary().stage == DirectoryStage::Active, RealmError::TrustedDomain)?;
    let domain = directory.domain.as_deref().ok_or(RealmError::TrustedDomain)?;
    Ok(Realm { world, directory, domain })
}

/// The domain that a read is about.
pub fn read<'w>(view: &View<'w>, id: &DirectoryId, name: Option<&str>) -> Result<Realm<'w>> {
    realm(open(view, id)?, name)
}

/// The domain of a directory that was opened, to be changed.
pub fn domain_mut<'t>(tx: &'t mut Tx<'_>, id: &DirectoryId) -> &'t mut Domain {
    let domain = tx.directory_mut(id).domain.as_mut();
    Arc::make_mut(domain.expect("a directory that was opened has a domain"))
}

impl Realm<'_> {
    /// Whether it is the same domain.
    pub fn is(self, other: Realm<'_>) -> bool {
        self.directory.id == other.directory.id
    }

    /// Requires an account name that no object has.
    pub fn require_free(self, name: &CompactString) -> Result<()> {
        Ok(require(self.domain.object(name).is_none(), RealmError::NameTaken(name.clone()))?)
    }

    /// Requires an object of the customer's own organizational unit: customers write nowhere else.
    pub fn require_writable(self, object: Object<'_>) -> Result<()> {
        let is_own = built_in::is_customers(&self.directory.short_name, object.container());
        Ok(require(is_own, RealmError::NotWritable(object.sam_account_name().into()))?)
    }

    /// Requires a group whose members customers may change: one of theirs, or one that AWS made to delegate its rights.
    pub fn require_open_to_members(self, group: Object<'_>) -> Result<()> {
        if group.container() == built_in::DELEGATED_GROUPS { Ok(()) } else { self.require_writable(group) }
    }

    /// Requires an object that customers may delete.
    // Inferred: Active Directory would let Admin delete itself; AWS needs it, so it is kept from that.
    pub fn require_deletable(self, object: Object<'_>) -> Result<()> {
        self.require_writable(object)?;
        let may_go = object.rid() != built_in::ADMIN_RID;
        Ok(require(may_go, RealmError::NotWritable(object.sam_account_name().into()))?)
    }
}
