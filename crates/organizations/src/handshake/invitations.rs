//! Invitations of accounts to an organization.

use std::time::Duration;

use model::organizations::ErrorCode::{DuplicateHandshakeException, HandshakeNotFoundException};
use model::organizations::errors::HandshakeConstraintViolationExceptionReason::{
    AccountNumberLimitExceeded, AlreadyInAnOrganization, HandshakeRateLimitExceeded,
    InviteDisabledDuringEnableAllFeatures,
};
use model::organizations::types::{AccountJoinedMethod, ActionType, HandshakeState, InviteAccountToOrganizationInput};
use model::{HandshakeId, OrganizationId, Timestamp};
use world::{Handshake, Organization, Recipient, Tx, View, World};

use crate::account::membership;
use crate::error::{Result, require};
use crate::handshake::{handshakes, proposals, sliding_window};
use crate::{free_text, lookup, tags};

/// The time over which the quota of invitations counts.
const QUOTA_WINDOW: Duration = Duration::from_hours(24);

pub fn invite(tx: &mut Tx<'_>, input: InviteAccountToOrganizationInput) -> Result<Handshake> {
    let recipient = proposals::recipient(input.target)?;
    free_text::require_plain([input.notes.as_deref()])?;
    let tags = tags::from_request(input.tags)?;
    tags::require_allowed(&tx.view(), tags::resource_type::ACCOUNT, &tags)?;
    let now = tx.now;
    sliding_window::drop_before(&mut lookup::organization_mut(tx)?.invitations, now, QUOTA_WINDOW);
    require_invitable(&tx.view(), &recipient)?;
    let proposed = proposals::propose(tx, ActionType::Invite, Some(recipient.clone()))?;
    let invitation = Handshake { notes: input.notes, tags, ..proposed };
    let organization = lookup::organization_mut(tx)?;
    organization.open_invitations.insert(recipient.key(), invitation.id.clone());
    organization.invitations.insert((now, invitation.sequence), invitation.id.clone());
    proposals::send(tx.world, invitation.clone());
    Ok(invitation)
}

/// Requires that the caller's organization can invite the account now.
fn require_invitable(view: &View<'_>, recipient: &Recipient) -> Result<()> {
    let organization = lookup::organization(view)?;
    let quotas = &view.world.settings.quotas;
    let keys = recipient_keys(view.world, recipient);
    let invited = keys.iter().any(|name| organization.open_invitations.contains_key(name));
    require(organization.migration.is_none(), InviteDisabledDuringEnableAllFeatures)?;
    // Inferred: a member of another organization can be invited, because it can change the organization when it
    // accepts.
    require(!is_member(view.world, organization, recipient), AlreadyInAnOrganization)?;
    require(!invited, DuplicateHandshakeException)?;
    require(organization.n_accounts() < quotas.accounts, AccountNumberLimitExceeded)?;
    let invitations_max = quotas.invitations.max(quotas.accounts);
    require(organization.invitations.len() < invitations_max, HandshakeRateLimitExceeded)?;
    Ok(())
}

fn is_member(world: &World, organization: &Organization, recipient: &Recipient) -> bool {
    let account = world.recipient_account(recipient);
    account.and_then(|account| world.organization_of(account)).is_some_and(|found| found.id == organization.id)
}

/// All keys of a recipient: an account's id and its e-mail.
fn recipient_keys(world: &World, recipient: &Recipient) -> Vec<Recipient> {
    match world.recipient_account(recipient) {
        Some(account) => {
            let email = Recipient::Email(world.account_or_standalone(account).email.clone());
            vec![Recipient::Account(account), email.key()]
        }
        None => vec![recipient.key()],
    }
}

/// Adds the caller to the organization that invited it. A member of another organization leaves that one, if it can.
pub fn accept(tx: &mut Tx<'_>, invitation: &Handshake) -> Result<()> {
    let (account, inviting) = (tx.caller.account, &invitation.sender.organization);
    let view = tx.view();
    let organization = view.world.organization(inviting).ok_or(HandshakeNotFoundException)?;
    let here = view.world.organization_of(account).is_some_and(|found| found.id == *inviting);
    require(!here, AlreadyInAnOrganization)?;
    // The count already includes this invitation.
    let n_accounts = organization.n_accounts();
    require(n_accounts <= view.world.settings.quotas.accounts, AccountNumberLimitExceeded)?;
    membership::leave(tx, account)?;
    membership::join(tx.world, inviting, account, AccountJoinedMethod::Invited, invitation.tags.clone(), tx.now);
    Ok(())
}

/// Removes an invitation that ended from the inviting organization. An accepted one no longer counts for the quota.
pub fn close(world: &mut World, invitation: &Handshake, state: HandshakeState) {
    let Some(organization) = world.organization_mut(&invitation.sender.organization) else { return };
    if let Some(recipient) = &invitation.recipient {
        organization.open_invitations.remove(&recipient.key());
    }
    if state == HandshakeState::Accepted {
        organization.invitations.remove(&(invitation.requested_at, invitation.sequence));
    }
}

/// Cancels all open invitations of an organization.
pub fn withdraw_all(world: &mut World, organization: &OrganizationId, at: Timestamp) {
    let open: Vec<HandshakeId> = world
        .organization(organization)
        .into_iter()
        .flat_map(|found| found.open_invitations.values().cloned())
        .collect();
    for invitation in open {
        handshakes::end(world, &invitation, HandshakeState::Canceled, at);
    }
}
