//! The checks of every operation before it looks at an object: the directory and the realm.

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

/// Why a directory or a realm cannot be used, or an object in it not be changed.
#[derive(Clone, Debug, PartialEq)]
pub enum RealmError {
    /// No such directory in the caller's account and Region.
    UnknownDirectory(DirectoryId),
    /// The type of directory has no data, or the directory is another account's.
    DirectoryType,
    /// The Region is an additional one of the directory.
    SecondaryRegion,
    /// Directory data access is not enabled.
    DataDisabled,
    /// The directory is not active.
    Unavailable(DirectoryId),
    /// The realm is neither the directory's domain nor one that it trusts.
    Unknown,
    /// The other side of the trust is gone or changed.
    Trust,
    /// The domain controllers of a trusted realm do not answer.
    TrustedDomain,
    /// The object is outside of the customer's organizational unit.
    NotWritable(CompactString),
    /// Another object has the account name.
    NameTaken(CompactString),
}

impl Coded<ErrorCode> for RealmError {
    fn code(&self) -> ErrorCode {
        match self {
            // The model treats an unknown directory as denied access.
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

/// The domain of a directory.
#[derive(Clone, Copy)]
pub struct Realm<'w> {
    pub world: &'w World,
    pub directory: &'w Directory,
    pub domain: &'w Domain,
}

/// The domain of the caller's directory, if Directory Service Data may be used on it.
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

/// The domain that a realm names in a request for a directory: its own domain, or one that it trusts. No realm stands
/// for its own domain.
// Inferred: a trailing dot makes no difference. The model's pattern allows it.
pub fn realm<'w>(own: Realm<'w>, realm: Option<&str>) -> Result<Realm<'w>> {
    let is_own = |realm: &&str| DomainKey::new(realm) == DomainKey::new(&own.directory.name);
    realm.filter(|realm| !is_own(realm)).map_or(Ok(own), |realm| trusted_realm(own, realm))
}

/// A domain of any account in this world that a directory trusts. Its own data access may be disabled: the domain
/// controllers of the trusting directory ask its domain controllers.
// Inferred: a verified trust worked before. If the other side is missing now, that is a failure of the trust and not a
// wrong realm. A trust with a domain outside of this world is never verified.
fn trusted_realm<'w>(own: Realm<'w>, realm: &str) -> Result<Realm<'w>> {
    let world = own.world;
    let trust = world.trust_with(own.directory, &DomainKey::new(realm)).ok_or(RealmError::Unknown)?;
    require(trust.is_outgoing() && trust.state == TrustState::Verified, RealmError::Unknown)?;
    let directory = world.verified_trust(own.directory, realm).ok_or(RealmError::Trust)?;
    // Inferred: domain controllers do not answer while the directory is restored or deleted. Those of a customer's own
    // domain do not answer here either.
    require(directory.primary().stage == DirectoryStage::Active, RealmError::TrustedDomain)?;
    let domain = directory.domain.as_deref().ok_or(RealmError::TrustedDomain)?;
    Ok(Realm { world, directory, domain })
}

/// The domain of a read: [`open`], then [`realm`].
pub fn read<'w>(view: &View<'w>, id: &DirectoryId, name: Option<&str>) -> Result<Realm<'w>> {
    realm(open(view, id)?, name)
}

/// The domain of a directory that [`open`] found, to be changed.
pub fn domain_mut<'t>(tx: &'t mut Tx<'_>, id: &DirectoryId) -> &'t mut Domain {
    let domain = tx.directory_mut(id).domain.as_mut();
    Arc::make_mut(domain.expect("`open` found the domain"))
}

impl Realm<'_> {
    /// Whether both are the same domain.
    pub fn is_same(self, other: Realm<'_>) -> bool {
        self.directory.id == other.directory.id
    }

    /// Requires that no object has the account name.
    pub fn require_free(self, name: &CompactString) -> Result<()> {
        Ok(require(self.domain.object(name).is_none(), RealmError::NameTaken(name.clone()))?)
    }

    /// Requires an object in the customer's own organizational unit. Customers change no others.
    pub fn require_writable(self, object: Object<'_>) -> Result<()> {
        let is_own = built_in::is_in_customer_unit(&self.directory.short_name, object.container());
        Ok(require(is_own, RealmError::NotWritable(object.sam_account_name().into()))?)
    }

    /// Requires a group whose members customers may change: one of their own, or one to which AWS delegates rights.
    pub fn require_open_to_members(self, group: Object<'_>) -> Result<()> {
        if group.container() == built_in::DELEGATED_GROUPS { Ok(()) } else { self.require_writable(group) }
    }

    /// Requires an object that customers may delete.
    // Inferred: Active Directory would delete Admin. AWS needs the user, so it is taken to refuse the deletion.
    pub fn require_deletable(self, object: Object<'_>) -> Result<()> {
        self.require_writable(object)?;
        let is_deletable = object.rid() != built_in::ADMIN_RID;
        Ok(require(is_deletable, RealmError::NotWritable(object.sam_account_name().into()))?)
    }
}
