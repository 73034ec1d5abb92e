//! Handshakes before they are answered: to whom one goes, what is in it, and how it is sent.

use std::time::Duration;

use model::organizations::errors::InvalidInputExceptionReason::{
    InvalidEmailAddressTarget, InvalidPartyTypeTarget, InvalidPattern,
};
use model::organizations::types::{ActionType, HandshakeParty, HandshakePartyType, HandshakeState};
use world::{ExpireHandshakeWork, Handshake, OrganizationsWork, Recipient, Sender, Tags, Tx, World};

use crate::account::email;
use crate::error::{Result, require};
use crate::{ids, lookup};

/// How long invitations can be answered.
const INVITATION_LASTS: Duration = Duration::from_hours(15 * 24);
/// How long all that belongs to the move to all features can be answered.
const MIGRATION_LASTS: Duration = Duration::from_hours(90 * 24);

/// Who a target is: an account, by its number or by its e-mail.
pub fn recipient(target: HandshakeParty) -> Result<Recipient> {
    match target.kind {
        HandshakePartyType::Account => Ok(Recipient::Account(target.id.parse().map_err(|_| InvalidPattern)?)),
        HandshakePartyType::Email => {
            require(email::is_valid(&target.id), InvalidEmailAddressTarget)?;
            Ok(Recipient::Email(target.id.into()))
        }
        HandshakePartyType::Organization => Err(InvalidPartyTypeTarget.into()),
    }
}

/// A handshake that the caller's organization can send.
pub fn propose(tx: &mut Tx<'_>, action: ActionType, recipient: Option<Recipient>) -> Result<Handshake> {
    let (id, sequence) = (ids::handshake(tx.world), tx.world.next_sequence());
    let organization = lookup::organization(&tx.view())?;
    let management = tx.world.account_or_standalone(organization.management);
    let lasts = match action {
        ActionType::Invite | ActionType::TransferResponsibility => INVITATION_LASTS,
        _ => MIGRATION_LASTS,
    };
    Ok(Handshake {
        id,
        sequence,
        action,
        state: HandshakeState::Open,
        sender: Sender {
            organization: organization.id.clone(),
            management: management.id,
            email: management.email.clone(),
            name: management.name.clone(),
            feature_set: organization.feature_set,
        },
        recipient,
        requested_at: tx.now,
        expires_at: tx.now.after(lasts),
        notes: None,
        tags: Tags::new(),
        parent: None,
        transfer: None,
    })
}

/// Sends a handshake, which expires if nobody answers it.
pub fn send(world: &mut World, handshake: Handshake) {
    let work = ExpireHandshakeWork { handshake: handshake.id.clone() };
    world.at(handshake.expires_at, OrganizationsWork::ExpireHandshake(work));
    world.put_handshake(handshake);
}
