//! Look-ups of handlers, with the error for each missing resource.

use model::organizations::ErrorCode;
use model::organizations::ErrorCode::{
    AWSOrganizationsNotInUseException, AccountNotFoundException, PolicyNotFoundException, TargetNotFoundException,
};
use model::{AccountId, OrganizationalUnitId, ParentId, PolicyId};
use world::{AnyPolicy, ListedAccount, Organization, Target, Tx, View};

use crate::error::{Result, require};

/// The caller's organization.
pub fn organization<'w>(view: &View<'w>) -> Result<&'w Organization> {
    Ok(view.world.organization_of(view.caller.account).ok_or(AWSOrganizationsNotInUseException)?)
}

/// A member of the caller's organization. The management account is one too.
pub fn member<'w>(view: &View<'w>, id: AccountId) -> Result<&'w ListedAccount> {
    let organization = organization(view)?;
    let account = view.world.account(id).ok_or(AccountNotFoundException)?;
    let here = account.membership.as_ref().is_some_and(|membership| membership.organization == organization.id);
    require(here, AccountNotFoundException)?;
    Ok(account)
}

/// The caller's organization. It must have the root or unit.
pub fn organization_with_parent<'w>(view: &View<'w>, id: &ParentId, otherwise: ErrorCode) -> Result<&'w Organization> {
    let organization = organization(view)?;
    require(organization.has_parent(id), otherwise)?;
    Ok(organization)
}

/// The caller's organization, for changes.
pub fn organization_mut<'t>(tx: &'t mut Tx<'_>) -> Result<&'t mut Organization> {
    let id = organization(&tx.view())?.id.clone();
    Ok(tx.world.organization_mut(&id).ok_or(AWSOrganizationsNotInUseException)?)
}

/// A policy of an organization. Every organization has AWS's managed policies.
pub fn policy<'w>(organization: &'w Organization, id: &PolicyId) -> Result<AnyPolicy<'w>> {
    Ok(organization.policy(id).ok_or(PolicyNotFoundException)?)
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
