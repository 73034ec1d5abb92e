//! Membership: how accounts join and leave an organization.

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

/// Adds a standalone account with its tags to the root of an organization.
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
        tags::set(organization, &account.to_string(), tags);
    }
}

/// Removes an account from its organization, if it can leave.
pub fn leave(tx: &mut Tx<'_>, account: AccountId) -> Result<()> {
    require_can_leave(&tx.view(), account)?;
    remove(tx.world, account, tx.now);
    Ok(())
}

/// Requires that an account can become standalone. An account without organization is so already.
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
    // Inferred: a closed account stays a member for its 90 days, and no other reason of the model fits.
    require(!closed, AccountCannotLeaveOrganization)?;
    require(!delegated, CannotRemoveDelegatedAdministratorFromOrg)?;
    Ok(())
}

/// Removes an account from its organization, which then does not need its approval of all features.
pub fn remove(world: &mut World, account: AccountId, at: Timestamp) {
    let Some(organization) = world.organization_of(account).map(|found| found.id.clone()) else { return };
    world.depart(account);
    all_features::drop_approval(world, &organization, account, at);
}
