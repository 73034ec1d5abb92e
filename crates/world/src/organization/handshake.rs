//! Handshakes.

use compact_str::CompactString;
use imbl::OrdMap;
use model::organizations::types::{ActionType, HandshakeState, OrganizationFeatureSet, ResponsibilityTransferType};
use model::{AccountId, HandshakeId, OrganizationId, ResponsibilityTransferId, Timestamp};

use crate::tags::Tags;

/// An agreement that one party proposes to another.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Handshake {
    pub id: HandshakeId,
    pub sequence: u64,
    pub action: ActionType,
    pub state: HandshakeState,
    pub sender: Sender,
    /// None where the organization asks itself, as in `ENABLE_ALL_FEATURES`.
    pub recipient: Option<Recipient>,
    /// The account that accepted it, also where it was invited by its e-mail.
    pub accepted_by: Option<AccountId>,
    pub requested_at: Timestamp,
    /// When it expires, if it is not answered.
    pub expires_at: Timestamp,
    pub notes: Option<String>,
    /// Tags that the account gets when it joins.
    pub tags: Tags,
    /// The handshake that this one is a part of.
    pub parent: Option<HandshakeId>,
    /// The transfer that a `TRANSFER_RESPONSIBILITY` proposes.
    pub transfer: Option<ProposedTransfer>,
}

/// A responsibility transfer as it is proposed. It stays readable here after the transfer itself is forgotten.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ProposedTransfer {
    pub id: ResponsibilityTransferId,
    pub kind: ResponsibilityTransferType,
    /// When the proposer takes the responsibility.
    pub starts_at: Timestamp,
}

/// The organization that proposes, as it was at that time.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Sender {
    pub organization: OrganizationId,
    pub management: AccountId,
    /// The e-mail of the management account.
    pub email: CompactString,
    /// The name of the management account.
    pub name: CompactString,
    pub feature_set: OrganizationFeatureSet,
}

/// The account that a handshake is sent to, as the sender named it.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Recipient {
    Account(AccountId),
    /// The account with this e-mail.
    Email(CompactString),
}

/// A move of an organization to all features, while it lasts.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Migration {
    /// The handshake that the management account accepts last.
    pub parent: HandshakeId,
    /// The handshakes of members that have not approved yet.
    pub waiting: OrdMap<AccountId, HandshakeId>,
}

impl Handshake {
    /// Whether it can still be answered.
    pub fn is_live(&self) -> bool {
        matches!(self.state, HandshakeState::Requested | HandshakeState::Open)
    }
}

impl Recipient {
    /// The recipient for look-ups: an e-mail in lower case.
    #[must_use]
    pub fn key(&self) -> Self {
        match self {
            Self::Account(id) => Self::Account(*id),
            Self::Email(email) => Self::Email(email.to_lowercase()),
        }
    }
}
