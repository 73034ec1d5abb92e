//! What handlers look up, with the error for what is not there.

use model::organizations::ErrorCode;
use model::organizations::ErrorCode::{
    AWSOrganizationsNotInUseException, AccountNotFoundException, PolicyNotFoundException, TargetNotFoundException,
};
use model::organizations::types::PolicyType;
use model::{AccountId, OrganizationalUnitId, ParentId, PolicyId};
use world::{Account, Organization, Policy, Target, Tx, View};

use crate::error::{Result, require};
use crate::policy::policy_types::{
    Managed, {self},
};

/// A policy that an organization has.
#[derive(Clone, Copy)]
pub enum AnyPolicy<'w> {
    /// One that AWS wrote.
    Managed(&'static Managed),
    /// One that the organization wrote.
    Written(&'w Policy),
}

impl AnyPolicy<'_> {
    /// What it is about.
    pub fn kind(self) -> PolicyType {
        match self {
            Self::Managed(managed) => managed.kind,
            Self::Written(policy) => policy.kind,
        }
    }
}

/// The caller's organization.
pub fn organization<'w>(view: &View<'w>) -> Result<&'w Organization> {
    Ok(view.world.organization_of(view.caller.account).ok_or(AWSOrganizationsNotInUseException)?)
}

/// A member of the caller's organization, the management account included.
pub fn member<'w>(view: &View<'w>, id: AccountId) -> Result<&'w Account> {
    let organization = organization(view)?;
    let account = view.world.account(id).ok_or(AccountNotFoundException)?;
    let here = account.membership.as_ref().is_some_and(|membership| membership.organization == organization.id);
    require(here, AccountNotFoundException)?;
    Ok(account)
}

/// The caller's organization, which must have that root or unit.
pub fn organization_with_parent<'w>(view: &View<'w>, id: &ParentId, otherwise: ErrorCode) -> Result<&'w Organization> {
    let organization = organization(view)?;
    require(organization.has_parent(id), otherwise)?;
    Ok(organization)
}

/// The caller's organization, to be changed.
pub fn organization_mut<'t>(tx: &'t mut Tx<'_>) -> Result<&'t mut Organization> {
    let id = organization(&tx.view())?.id.clone();
    Ok(tx.world.organization_mut(&id).ok_or(AWSOrganizationsNotInUseException)?)
}

/// A policy of an organization; AWS's own are in every one.
pub fn policy<'w>(organization: &'w Organization, id: &PolicyId) -> Result<AnyPolicy<'w>> {
    let managed = policy_types::managed_by_id(id).map(AnyPolicy::Managed);
    let policy = managed.or_else(|| organization.policies.get(id).map(AnyPolicy::Written));
    Ok(policy.ok_or(PolicyNotFoundException)?)
}

/// The root, a unit or an account of the caller's organization.
pub fn target(view: &View<'_>, id: &str) -> Result<Target> {
    let organization = organization(view)?;
    let unit = OrganizationalUnitId::from(id);
    if let Ok(account) = id.parse::<AccountId>() {
        member(view, account).map_err(|_| TargetNotFoundException)?;
        return Ok(Target::Account(account));
    }
    if organization.root.as_str() == id {
        return Ok(Target::Root);
    }
    require(organization.unit(&unit).is_some(), TargetNotFoundException)?;
    Ok(Target::Unit(unit))
}
