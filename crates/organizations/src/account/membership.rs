//! How an account joins an organization, and how it leaves it, whoever wants it.

use model::organizations::ErrorCode::MasterCannotLeaveOrganizationException;
use model::organizations::errors::ConstraintViolationExceptionReason::{
    AccountCannotLeaveOrganization, CannotRemoveDelegatedAdministratorFromOrg, WaitPeriodActive,
};
use model::organizations::types::{AccountJoinedMethod, AccountState};
use model::{AccountId, OrganizationId, Timestamp};
use world::{Tags, Tx, View, World};

use crate::error::{Result, require};
use crate::handshake::all_features;
use crate::tags;

/// Puts a standalone account into the root of an organization, with the tags that were meant for it.
pub fn join(
    world: &mut World,
    organization: &OrganizationId,
    account: AccountId,
    method: AccountJoinedMethod,
    tags: Tags,
    at: Timestamp,
) {
    world.join(organization, account, method, at);
    if let Some(organization) = world.organization_mut(organization) {
        tags::put(organization, &account.to_string(), tags);
    }
}

/// Takes an account out of its organization, if it can leave.
pub fn leave(tx: &mut Tx<'_>, account: AccountId) -> Result<()> {
    require_can_leave(&tx.view(), account)?;
    depart(tx.world, account, tx.now);
    Ok(())
}

/// Whether an account can become standalone. One that is in no organization already is.
fn require_can_leave(view: &View<'_>, id: AccountId) -> Result<()> {
    let Some(organization) = view.world.organization_of(id) else { return Ok(()) };
    let account = view.world.account_or_standalone(id);
    let membership = account.member();
    let created = membership.joined_method == AccountJoinedMethod::Created;
    let young = created && view.now.since(membership.joined_at) < view.world.settings.quotas.minimum_age;
    let closed = matches!(account.state, AccountState::PendingClosure | AccountState::Closed);
    let delegated = organization.delegated_administrators.contains_key(&id);
    require(organization.management != id, MasterCannotLeaveOrganizationException)?;
    require(!young, WaitPeriodActive)?;
    // Inferred: a closed account stays for its 90 days, and no other reason of the model fits.
    require(!closed, AccountCannotLeaveOrganization)?;
    require(!delegated, CannotRemoveDelegatedAdministratorFromOrg)?;
    Ok(())
}

/// Takes an account out of its organization, which stops waiting for its approval.
pub fn depart(world: &mut World, account: AccountId, at: Timestamp) {
    let Some(organization) = world.organization_of(account).map(|found| found.id.clone()) else { return };
    world.depart(account);
    all_features::excuse(world, &organization, account, at);
}
