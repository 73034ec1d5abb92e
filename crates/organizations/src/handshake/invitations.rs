//! Invitations: handshakes that ask an account to join.

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
use crate::handshake::{handshakes, ledger, proposals};
use crate::{free_text, lookup, tags};

/// How far the quota of invitations looks back.
const RATE_WINDOW: Duration = Duration::from_hours(24);

/// Invites an account.
pub fn invite(tx: &mut Tx<'_>, input: InviteAccountToOrganizationInput) -> Result<Handshake> {
    let recipient = proposals::recipient(input.target)?;
    free_text::require_plain([input.notes.as_deref()])?;
    let tags = tags::of_request(input.tags)?;
    tags::require_allowed(&tx.view(), tags::resource_type::ACCOUNT, &tags)?;
    let now = tx.now;
    ledger::forget_before(&mut lookup::organization_mut(tx)?.invitations, now, RATE_WINDOW);
    require_invitable(&tx.view(), &recipient)?;
    let proposed = proposals::propose(tx, ActionType::Invite, Some(recipient.clone()))?;
    let invitation = Handshake { notes: input.notes, tags, ..proposed };
    let organization = lookup::organization_mut(tx)?;
    organization.open_invitations.insert(recipient.key(), invitation.id.clone());
    organization.invitations.insert((now, invitation.sequence), invitation.id.clone());
    proposals::send(tx.world, invitation.clone());
    Ok(invitation)
}

/// Whether the caller's organization can invite that account now.
fn require_invitable(view: &View<'_>, recipient: &Recipient) -> Result<()> {
    let organization = lookup::organization(view)?;
    let quotas = &view.world.settings.quotas;
    let invited_as = names(view.world, recipient);
    let invited = invited_as.iter().any(|name| organization.open_invitations.contains_key(name));
    require(organization.migration.is_none(), InviteDisabledDuringEnableAllFeatures)?;
    // Inferred: a member of another organization can be invited, since accepting lets it change over.
    require(!is_member(view.world, organization, recipient), AlreadyInAnOrganization)?;
    require(!invited, DuplicateHandshakeException)?;
    require(organization.n_accounts() < quotas.accounts, AccountNumberLimitExceeded)?;
    let rate = quotas.invitations.max(quotas.accounts);
    require(organization.invitations.len() < rate, HandshakeRateLimitExceeded)?;
    Ok(())
}

fn is_member(world: &World, organization: &Organization, recipient: &Recipient) -> bool {
    let account = world.recipient_account(recipient);
    account.and_then(|account| world.organization_of(account)).is_some_and(|found| found.id == organization.id)
}

/// All the ways to name a recipient: an account's number and its e-mail mean the same one.
fn names(world: &World, recipient: &Recipient) -> Vec<Recipient> {
    match world.recipient_account(recipient) {
        Some(account) => {
            let email = Recipient::Email(world.account_or_standalone(account).email.clone());
            vec![Recipient::Account(account), email.key()]
        }
        None => vec![recipient.key()],
    }
}

/// The caller joins the organization that invited it. A member of another one changes over, if it can leave there.
pub fn accept(tx: &mut Tx<'_>, invitation: &Handshake) -> Result<()> {
    let (account, inviting) = (tx.caller.account, &invitation.sender.organization);
    let view = tx.view();
    let organization = view.world.organization(inviting).ok_or(HandshakeNotFoundException)?;
    let here = view.world.organization_of(account).is_some_and(|found| found.id == *inviting);
    require(!here, AlreadyInAnOrganization)?;
    // This invitation has its place in the count already.
    let n_accounts = organization.n_accounts();
    require(n_accounts <= view.world.settings.quotas.accounts, AccountNumberLimitExceeded)?;
    membership::leave(tx, account)?;
    membership::join(tx.world, inviting, account, AccountJoinedMethod::Invited, invitation.tags.clone(), tx.now);
    Ok(())
}

/// What the inviting organization keeps of an invitation that ends: one that was accepted does not count against its
/// rate.
pub fn settle(world: &mut World, invitation: &Handshake, state: HandshakeState) {
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
