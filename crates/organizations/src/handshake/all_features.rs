//! The change from consolidated billing to all features: one handshake for the organization, and one for the approval
//! of each invited member.

use imbl::OrdMap;
use model::organizations::errors::ConstraintViolationExceptionReason::AllFeaturesMigrationOrganizationSizeLimitExceeded;
use model::organizations::errors::HandshakeConstraintViolationExceptionReason::{
    OrganizationAlreadyHasAllFeatures, OrganizationIsAlreadyPendingAllFeaturesMigration,
};
use model::organizations::types::{AccountJoinedMethod, ActionType, HandshakeState, OrganizationFeatureSet};
use model::{AccountId, OrganizationId, Timestamp};
use world::{Handshake, Migration, Organization, Recipient, Tx, View, World};

use crate::error::{Result, require};
use crate::handshake::{handshakes, invitations, proposals};
use crate::lookup;

/// Starts the change and asks every invited member for approval. Returns the handshake that the management account
/// accepts at the end.
pub fn start(tx: &mut Tx<'_>) -> Result<Handshake> {
    require_startable(&tx.view())?;
    let members = invited_members(&tx.view(), lookup::organization(&tx.view())?);
    let state = if members.is_empty() { HandshakeState::Open } else { HandshakeState::Requested };
    let parent = Handshake { state, ..proposals::propose(tx, ActionType::EnableAllFeatures, None)? };
    // Open invitations are for consolidated billing only.
    invitations::withdraw_all(tx.world, &parent.sender.organization, tx.now);
    // The parent's timer is set before those of the approvals, so it is due first, and its work cancels them.
    proposals::send(tx.world, parent.clone());
    let mut waiting = OrdMap::new();
    for member in members {
        let approval = proposals::propose(tx, ActionType::ApproveAllFeatures, Some(Recipient::Account(member)))?;
        waiting.insert(member, approval.id.clone());
        proposals::send(tx.world, Handshake { parent: Some(parent.id.clone()), ..approval });
    }
    lookup::organization_mut(tx)?.migration = Some(Migration { parent: parent.id.clone(), waiting });
    Ok(parent)
}

fn require_startable(view: &View<'_>) -> Result<()> {
    let organization = lookup::organization(view)?;
    let accounts_max = view.world.settings.quotas.migration_accounts;
    require(organization.feature_set != OrganizationFeatureSet::All, OrganizationAlreadyHasAllFeatures)?;
    require(organization.migration.is_none(), OrganizationIsAlreadyPendingAllFeaturesMigration)?;
    require(organization.n_members() <= accounts_max, AllFeaturesMigrationOrganizationSizeLimitExceeded)?;
    Ok(())
}

/// The members that joined by invitation. Created members need not approve.
fn invited_members(view: &View<'_>, organization: &Organization) -> Vec<AccountId> {
    let invited = |id: &AccountId| {
        let membership = view.world.account(*id).and_then(|account| account.membership.as_ref());
        membership.is_some_and(|found| found.joined_method == AccountJoinedMethod::Invited)
    };
    let members = organization.members(0).map(|(_, id)| id);
    members.filter(|id| *id != organization.management && invited(id)).collect()
}

/// Accepts the approval of the calling member.
pub fn approve(tx: &mut Tx<'_>, handshake: &Handshake) {
    stop_waiting(tx.world, &handshake.sender.organization, tx.caller.account);
}

/// Cancels the approval of a member that left.
pub fn drop_approval(world: &mut World, organization: &OrganizationId, account: AccountId, at: Timestamp) {
    let migration = world.organization(organization).and_then(|found| found.migration.as_ref());
    if let Some(approval) = migration.and_then(|migration| migration.waiting.get(&account)).cloned() {
        handshakes::end(world, &approval, HandshakeState::Canceled, at);
        stop_waiting(world, organization, account);
    }
}

/// Stops waiting for a member. After the last one the management account can complete the change.
fn stop_waiting(world: &mut World, organization: &OrganizationId, account: AccountId) {
    let Some(found) = world.organization_mut(organization) else { return };
    let Some(migration) = &mut found.migration else { return };
    migration.waiting.remove(&account);
    if migration.waiting.is_empty() {
        let parent = migration.parent.clone();
        if let Some(parent) = world.handshake(&parent).cloned() {
            world.put_handshake(Handshake { state: HandshakeState::Open, ..parent });
        }
    }
}

/// Enables all features. This cannot be undone.
pub fn complete(tx: &mut Tx<'_>, handshake: &Handshake) {
    let organization = tx.world.organization_mut(&handshake.sender.organization);
    let organization = organization.expect("an organization outlives its open handshakes");
    organization.feature_set = OrganizationFeatureSet::All;
    organization.migration = None;
}

/// Cancels the change, if there is one, with all open approvals.
pub fn cancel(world: &mut World, organization: &OrganizationId, at: Timestamp) {
    let Some(migration) = world.organization_mut(organization).and_then(|found| found.migration.take()) else { return };
    handshakes::end(world, &migration.parent, HandshakeState::Canceled, at);
    for approval in migration.waiting.values() {
        handshakes::end(world, approval, HandshakeState::Canceled, at);
    }
}
