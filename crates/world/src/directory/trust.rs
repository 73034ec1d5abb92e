//! Trusts. Each is a directory's half of a relationship between two domains. Where another directory of this world
//! has the remote domain, its trust is the other half.

use std::fmt;

use compact_str::CompactString;
use model::ds::types::{SelectiveAuth, TrustDirection, TrustState, TrustType};
use model::{AccountId, DirectoryId, Secret, Timestamp, TrustId};

use crate::entropy::{Entropy, Stream};
use crate::region::Region;

/// A directory's half of a trust.
#[derive(Clone, Debug, PartialEq)]
pub struct Trust {
    pub id: TrustId,
    pub sequence: u64,
    pub directory: DirectoryId,
    pub owner: AccountId,
    /// The primary Region of the directory.
    pub region: Region,
    /// The directory's own domain.
    pub domain: DomainKey,
    /// The domain on the other side.
    pub remote: DomainKey,
    /// The name of the remote domain, as given.
    pub remote_domain_name: CompactString,
    /// Forest, or external: between two domains only.
    pub kind: TrustType,
    /// Seen from the directory.
    pub direction: TrustDirection,
    /// Whether users of the other side need permission for each computer.
    pub selective_auth: SelectiveAuth,
    pub password: TrustPassword,
    pub state: TrustState,
    /// None unless something went wrong.
    pub failure: Option<TrustFailure>,
    pub created_at: Timestamp,
    pub state_updated_at: Timestamp,
}

/// A domain's name for look-ups: in lower case, without a dot at the end.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct DomainKey(CompactString);

impl DomainKey {
    pub fn new(name: &str) -> Self {
        Self(name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase().into())
    }
}

/// A digest of a trust's password. It tells whether both halves have the same password, and nothing more.
#[derive(Clone, Copy, Eq, PartialEq)]
pub struct TrustPassword(u64);

impl fmt::Debug for TrustPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl TrustPassword {
    pub fn new(entropy: &Entropy, password: &Secret) -> Self {
        Self(entropy.derive(Stream::Trust, password.as_str()))
    }
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub enum TrustFailure {
    /// The name of the remote domain cannot be a domain's.
    DomainName,
    /// No domain controller answers for the remote domain.
    Unreachable,
    /// No domain of that name has the other half of the trust.
    NoOtherHalf,
    /// The other half belongs to a domain with the same NetBIOS name.
    SameShortName,
    /// The other half has another password.
    OtherPassword,
    /// The reason in a fault that a user ordered.
    Ordered(String),
}

impl Trust {
    /// Whether users of the other side may come in. Only such a trust can be verified, and leads to the users of the
    /// other side.
    pub fn is_outgoing(&self) -> bool {
        self.direction != TrustDirection::OneWayIncoming
    }

    /// Whether the domain controllers know it.
    // Inferred: they know one that failed because the other domain did not answer, since it can be verified later.
    pub(crate) fn is_in_force(&self) -> bool {
        match self.state {
            TrustState::Creating | TrustState::Deleting | TrustState::Deleted => false,
            TrustState::Failed => self.failure == Some(TrustFailure::Unreachable),
            TrustState::Created
            | TrustState::Verifying
            | TrustState::VerifyFailed
            | TrustState::Verified
            | TrustState::Updating
            | TrustState::UpdateFailed
            | TrustState::Updated => true,
        }
    }

    pub(crate) fn is_opposite(&self, other: &Self) -> bool {
        matches!(
            (self.direction, other.direction),
            (TrustDirection::TwoWay, TrustDirection::TwoWay)
                | (TrustDirection::OneWayOutgoing, TrustDirection::OneWayIncoming)
                | (TrustDirection::OneWayIncoming, TrustDirection::OneWayOutgoing)
        )
    }
}
