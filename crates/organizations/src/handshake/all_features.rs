//! The move from consolidated billing to all features: one handshake for the organization, and one for each invited
//! member.

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

/// Starts the move, and asks every invited member. Answers the handshake that the management account accepts last.
pub fn start(tx: &mut Tx<'_>) -> Result<Handshake> {
    require_startable(&tx.view())?;
    let asked = invited_members(&tx.view(), lookup::organization(&tx.view())?);
    let state = if asked.is_empty() { HandshakeState::Open } else { HandshakeState::Requested };
    let parent = Handshake { state, ..proposals::propose(tx, ActionType::EnableAllFeatures, None)? };
    // Open invitations promise consolidated billing.
    invitations::withdraw_all(tx.world, &parent.sender.organization, tx.now);
    // Set before those of its parts, the parent's timer is due first, and its work cancels them.
    proposals::send(tx.world, parent.clone());
    let mut waiting = OrdMap::new();
    for member in asked {
        let asks = proposals::propose(tx, ActionType::ApproveAllFeatures, Some(Recipient::Account(member)))?;
        waiting.insert(member, asks.id.clone());
        proposals::send(tx.world, Handshake { parent: Some(parent.id.clone()), ..asks });
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

/// Members that were invited; those that were created have no say.
fn invited_members(view: &View<'_>, organization: &Organization) -> Vec<AccountId> {
    let invited = |id: &AccountId| {
        let membership = view.world.account(*id).and_then(|account| account.membership.as_ref());
        membership.is_some_and(|found| found.joined_method == AccountJoinedMethod::Invited)
    };
    let members = organization.members(0).map(|(_, id)| id);
    members.filter(|id| *id != organization.management && invited(id)).collect()
}

/// A member approves.
pub fn approve(tx: &mut Tx<'_>, handshake: &Handshake) {
    answered(tx.world, &handshake.sender.organization, tx.caller.account);
}

/// A member that left need not approve any more.
pub fn excuse(world: &mut World, organization: &OrganizationId, account: AccountId, at: Timestamp) {
    let migration = world.organization(organization).and_then(|found| found.migration.as_ref());
    if let Some(asked) = migration.and_then(|migration| migration.waiting.get(&account)).cloned() {
        handshakes::end(world, &asked, HandshakeState::Canceled, at);
        answered(world, organization, account);
    }
}

/// Waits for a member no longer; after the last one the management account can complete the move.
fn answered(world: &mut World, organization: &OrganizationId, account: AccountId) {
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

/// The organization has all features from now on, for good.
pub fn complete(tx: &mut Tx<'_>, handshake: &Handshake) {
    let organization = tx.world.organization_mut(&handshake.sender.organization);
    let organization = organization.expect("an organization outlives its open handshakes");
    organization.feature_set = OrganizationFeatureSet::All;
    organization.migration = None;
}

/// Ends the move, if there is one, with every question that is still open.
pub fn abandon(world: &mut World, organization: &OrganizationId, at: Timestamp) {
    let Some(migration) = world.organization_mut(organization).and_then(|found| found.migration.take()) else { return };
    handshakes::end(world, &migration.parent, HandshakeState::Canceled, at);
    for asked in migration.waiting.values() {
        handshakes::end(world, asked, HandshakeState::Canceled, at);
    }
}
