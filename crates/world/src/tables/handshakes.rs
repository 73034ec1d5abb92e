//! The handshakes of a world, by sender and by recipient.

use std::sync::Arc;

use imbl::OrdMap;
use model::organizations::types::ActionType;
use model::{AccountId, HandshakeId, OrganizationId};

use crate::organization::handshake::{Handshake, Recipient};
use crate::page::merged;
use crate::world::World;

impl World {
    pub fn handshake(&self, id: &HandshakeId) -> Option<&Handshake> {
        self.handshakes.get(id).map(Arc::as_ref)
    }

    /// The account that a recipient names. None where no account has the e-mail.
    pub fn recipient_account(&self, recipient: &Recipient) -> Option<AccountId> {
        match recipient {
            Recipient::Account(id) => Some(*id),
            Recipient::Email(email) => self.account_by_email(email),
        }
    }

    /// Adds or replaces a handshake.
    pub fn put_handshake(&mut self, handshake: Handshake) {
        let (organization, id) = (handshake.sender.organization.clone(), &handshake.id);
        self.handshakes_sent.insert((organization, handshake.action, handshake.sequence), id.clone());
        if let Some(recipient) = &handshake.recipient {
            self.handshakes_received.insert((recipient.key(), handshake.action, handshake.sequence), id.clone());
        }
        self.handshakes.insert(handshake.id.clone(), Arc::new(handshake));
    }

    pub fn forget_handshake(&mut self, id: &HandshakeId) {
        if let Some(handshake) = self.handshakes.remove(id) {
            let (action, sequence) = (handshake.action, handshake.sequence);
            self.handshakes_sent.remove(&(handshake.sender.organization.clone(), action, sequence));
            if let Some(recipient) = &handshake.recipient {
                self.handshakes_received.remove(&(recipient.key(), action, sequence));
            }
        }
    }

    /// The handshakes that an organization sent, of one action or of all, after a sequence.
    pub fn handshakes_sent_by(
        &self,
        organization: &OrganizationId,
        action: Option<ActionType>,
        after: Option<u64>,
    ) -> impl Iterator<Item = (u64, &Handshake)> {
        let sent = |action| listed(&self.handshakes_sent, organization.clone(), action, after);
        merged(actions(action).into_iter().map(sent).collect::<Vec<_>>())
            .filter_map(|(sequence, id)| Some((sequence, self.handshake(id)?)))
    }

    /// The handshakes that were sent to an account by its number or by its e-mail, of one action or of all, after a
    /// sequence.
    pub fn handshakes_received_by(
        &self,
        account: AccountId,
        action: Option<ActionType>,
        after: Option<u64>,
    ) -> impl Iterator<Item = (u64, &Handshake)> {
        let email = Recipient::Email(self.account_or_standalone(account).email.clone()).key();
        let names = [Recipient::Account(account), email];
        let received = |action| names.clone().map(|name| listed(&self.handshakes_received, name, action, after));
        merged(actions(action).into_iter().flat_map(received).collect::<Vec<_>>())
            .filter_map(|(sequence, id)| Some((sequence, self.handshake(id)?)))
    }
}

fn actions(one: Option<ActionType>) -> Vec<ActionType> {
    one.map_or_else(|| ActionType::ALL.to_vec(), |one| vec![one])
}

/// The handshakes of one sender or recipient and one action, after a sequence.
fn listed<K: Clone + Ord>(
    handshakes: &OrdMap<(K, ActionType, u64), HandshakeId>,
    party: K,
    action: ActionType,
    after: Option<u64>,
) -> impl Iterator<Item = (u64, &HandshakeId)> {
    let range = (party.clone(), action, after.map_or(0, |last| last + 1))..=(party, action, u64::MAX);
    handshakes.range(range).map(|((.., sequence), id)| (*sequence, id))
}
