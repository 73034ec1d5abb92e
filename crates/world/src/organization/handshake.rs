//! Handshakes.

use std::sync::Arc;

use compact_str::CompactString;
use imbl::OrdMap;
use model::organizations::types::{ActionType, HandshakeState, OrganizationFeatureSet, ResponsibilityTransferType};
use model::{AccountId, HandshakeId, OrganizationId, ResponsibilityTransferId, Timestamp};

use crate::page::merged;
use crate::tags::Tags;
use crate::world::World;

/// An agreement that one party proposes to another.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Handshake {
    pub id: HandshakeId,
    pub sequence: u64,
    /// What is proposed.
    pub action: ActionType,
    pub state: HandshakeState,
    /// Who proposes.
    pub sender: Sender,
    /// To whom; none where the organization agrees with itself, as in `ENABLE_ALL_FEATURES`.
    pub recipient: Option<Recipient>,
    pub requested_at: Timestamp,
    /// When it expires unanswered.
    pub expires_at: Timestamp,
    /// The proposer's words.
    pub notes: Option<String>,
    /// Tags that the account gets when it joins.
    pub tags: Tags,
    /// The handshake that this one is a part of.
    pub parent: Option<HandshakeId>,
    /// What a `TRANSFER_RESPONSIBILITY` is about.
    pub transfer: Option<ProposedTransfer>,
}

/// A responsibility transfer as it is proposed; it stays readable here when the transfer itself is forgotten.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ProposedTransfer {
    pub id: ResponsibilityTransferId,
    /// What is handed over.
    pub kind: ResponsibilityTransferType,
    /// When the proposer takes over.
    pub starts_at: Timestamp,
}

/// The organization that proposes, as it was then.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Sender {
    pub organization: OrganizationId,
    pub management: AccountId,
    /// That account's e-mail.
    pub email: CompactString,
    /// That account's name.
    pub name: CompactString,
    /// The organization's features.
    pub feature_set: OrganizationFeatureSet,
}

/// Whom a handshake is meant for, as the sender named it.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Recipient {
    Account(AccountId),
    /// Whoever has this e-mail.
    Email(CompactString),
}

/// An organization's way to all features.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Migration {
    /// The handshake that the management account accepts last.
    pub parent: HandshakeId,
    /// The members that have not approved yet, and their handshakes.
    pub waiting: OrdMap<AccountId, HandshakeId>,
}

impl Handshake {
    /// Whether it still can be answered.
    pub fn is_live(&self) -> bool {
        matches!(self.state, HandshakeState::Requested | HandshakeState::Open)
    }
}

impl World {
    pub fn handshake(&self, id: &HandshakeId) -> Option<&Handshake> {
        self.handshakes.get(id).map(Arc::as_ref)
    }

    /// The account that a recipient means, where there is one.
    pub fn recipient_account(&self, recipient: &Recipient) -> Option<AccountId> {
        match recipient {
            Recipient::Account(id) => Some(*id),
            Recipient::Email(email) => self.account_by_email(email),
        }
    }

    /// Adds a handshake, or replaces it with a later state of itself.
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

    /// The handshakes that an organization sent, of one action or of all, after a place in the list.
    pub fn handshakes_sent_by(
        &self,
        organization: &OrganizationId,
        action: Option<ActionType>,
        after: Option<u64>,
    ) -> impl Iterator<Item = (u64, &Handshake)> {
        let of = |action| listed(&self.handshakes_sent, organization.clone(), action, after);
        merged(actions(action).into_iter().map(of).collect::<Vec<_>>())
            .filter_map(|(sequence, id)| Some((sequence, self.handshake(id)?)))
    }

    /// The handshakes that reached an account, by its number or by its e-mail, of one action or of all, after a place
    /// in the list.
    pub fn handshakes_received_by(
        &self,
        account: AccountId,
        action: Option<ActionType>,
        after: Option<u64>,
    ) -> impl Iterator<Item = (u64, &Handshake)> {
        let email = Recipient::Email(self.account_or_standalone(account).email.clone()).key();
        let names = [Recipient::Account(account), email];
        let of = |action| names.clone().map(|name| listed(&self.handshakes_received, name, action, after));
        merged(actions(action).into_iter().flat_map(of).collect::<Vec<_>>())
            .filter_map(|(sequence, id)| Some((sequence, self.handshake(id)?)))
    }
}

fn actions(one: Option<ActionType>) -> Vec<ActionType> {
    one.map_or_else(|| ActionType::ALL.to_vec(), |one| vec![one])
}

/// What somebody sent or received of an action, after a place in the list.
fn listed<K: Clone + Ord>(
    handshakes: &OrdMap<(K, ActionType, u64), HandshakeId>,
    who: K,
    action: ActionType,
    after: Option<u64>,
) -> impl Iterator<Item = (u64, &HandshakeId)> {
    let range = (who.clone(), action, after.map_or(0, |last| last + 1))..=(who, action, u64::MAX);
    handshakes.range(range).map(|((.., sequence), id)| (*sequence, id))
}

impl Recipient {
    /// The recipient without regard to the case of an e-mail.
    #[must_use]
    pub fn key(&self) -> Self {
        match self {
            Self::Account(id) => Self::Account(*id),
            Self::Email(email) => Self::Email(email.to_lowercase()),
        }
    }
}
