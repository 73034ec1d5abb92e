//! New handshakes: their recipient, their content, and how they are sent.

use std::time::Duration;

use model::organizations::errors::InvalidInputExceptionReason::{
    InvalidEmailAddressTarget, InvalidPartyTypeTarget, InvalidPattern,
};
use model::organizations::types::{ActionType, HandshakeParty, HandshakePartyType, HandshakeState};
use world::{ExpireHandshakeWork, Handshake, OrganizationsWork, Recipient, Sender, Tags, Tx, World};

use crate::account::email;
use crate::error::{Result, require};
use crate::{ids, lookup};

/// The time in which an invitation can be accepted.
const INVITATION_LIFETIME: Duration = Duration::from_hours(15 * 24);
/// The time in which the handshakes of a change to all features can be accepted.
const MIGRATION_LIFETIME: Duration = Duration::from_hours(90 * 24);

/// The recipient that a request names: an account, by its id or its e-mail.
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

/// Makes a handshake of the caller's organization.
pub fn propose(tx: &mut Tx<'_>, action: ActionType, recipient: Option<Recipient>) -> Result<Handshake> {
    let (id, sequence) = (ids::handshake(tx.world), tx.world.next_sequence());
    let organization = lookup::organization(&tx.view())?;
    let management = tx.world.account_or_standalone(organization.management);
    let lifetime = match action {
        ActionType::Invite | ActionType::TransferResponsibility => INVITATION_LIFETIME,
        _ => MIGRATION_LIFETIME,
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
        expires_at: tx.now.after(lifetime),
        notes: None,
        tags: Tags::new(),
        parent: None,
        transfer: None,
    })
}

/// Stores a handshake and sets the timer of its expiration.
pub fn send(world: &mut World, handshake: Handshake) {
    let work = ExpireHandshakeWork { handshake: handshake.id.clone() };
    world.at(handshake.expires_at, OrganizationsWork::ExpireHandshake(work));
    world.put_handshake(handshake);
}
