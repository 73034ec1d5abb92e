//! Trusts: a directory's half of a relationship between two domains. The other half is another directory's, if it is in
//! this world.

use std::fmt;
use std::sync::Arc;

use compact_str::CompactString;
use model::ds::types::{SelectiveAuth, TrustDirection, TrustState, TrustType};
use model::{AccountId, DirectoryId, Secret, Timestamp, TrustId};

use crate::context::Region;
use crate::directory::Directory;
use crate::entropy::{Entropy, Stream};
use crate::world::World;

/// A directory's half of a trust.
#[derive(Clone, Debug, PartialEq)]
pub struct Trust {
    pub id: TrustId,
    pub sequence: u64,
    pub directory: DirectoryId,
    /// The account that owns the directory.
    pub owner: AccountId,
    /// The primary Region of the directory.
    pub region: Region,
    /// The directory's own domain.
    pub domain: DomainKey,
    /// The domain on the other side.
    pub remote: DomainKey,
    /// The name of the domain on the other side, as given.
    pub remote_domain_name: CompactString,
    /// Between forests, or between two domains only.
    pub kind: TrustType,
    /// Who trusts whom, seen from the directory.
    pub direction: TrustDirection,
    /// Whether users of the other side have to be let in one by one.
    pub selective_auth: SelectiveAuth,
    /// What is kept of the password.
    pub password: TrustPassword,
    pub state: TrustState,
    /// Why it is no further.
    pub failure: Option<TrustFailure>,
    pub created_at: Timestamp,
    /// When its owner last changed it.
    pub updated_at: Timestamp,
    /// When it got its state.
    pub state_updated_at: Timestamp,
}

/// A domain's name as look-ups compare it: in lower case, without the dot at the end.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct DomainKey(CompactString);

impl DomainKey {
    /// The key of a name, however it is written.
    pub fn new(name: &str) -> Self {
        Self(name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase().into())
    }
}

/// What is kept of a trust's password: enough to tell whether both sides were given the same one, and nothing to show.
#[derive(Clone, Copy, Eq, PartialEq)]
pub struct TrustPassword(u64);

impl fmt::Debug for TrustPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl TrustPassword {
    /// What is kept of a password.
    pub fn new(entropy: &Entropy, password: &Secret) -> Self {
        Self(entropy.derive(Stream::Trust, password.as_str()))
    }
}

/// Why a trust is not what it should be.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum TrustFailure {
    /// The name of the other domain is none that a domain can have.
    DomainName,
    /// There is no domain of that name that has its half of the trust.
    NoOtherHalf,
    /// The other half belongs to a domain with the same NetBIOS name.
    SameShortName,
    /// The other half was given another password.
    OtherPassword,
    /// The reason in a fault that a user ordered.
    Ordered(String),
}

impl Trust {
    /// Whether it lets users of the other side in. Only such a trust can be verified, and leads to the other side's
    /// users.
    pub fn is_outgoing(&self) -> bool {
        self.direction != TrustDirection::OneWayIncoming
    }

    /// Whether the domain controllers have it.
    fn is_in_force(&self) -> bool {
        !matches!(self.state, TrustState::Creating | TrustState::Deleting | TrustState::Deleted | TrustState::Failed)
    }

    fn is_opposite(&self, other: &Self) -> bool {
        matches!(
            (self.direction, other.direction),
            (TrustDirection::TwoWay, TrustDirection::TwoWay)
                | (TrustDirection::OneWayOutgoing, TrustDirection::OneWayIncoming)
                | (TrustDirection::OneWayIncoming, TrustDirection::OneWayOutgoing)
        )
    }
}

impl World {
    /// A trust of any account and Region.
    pub fn trust(&self, id: &TrustId) -> Option<&Trust> {
        self.trusts.get(id).map(Arc::as_ref)
    }

    /// A trust of a directory with a domain.
    pub fn trust_with(&self, directory: &Directory, domain: &DomainKey) -> Option<&Trust> {
        directory.global.trusts.get(domain).and_then(|id| self.trust(id))
    }

    /// The trusts of a directory.
    pub fn trusts_of<'w>(&'w self, directory: &'w Directory) -> impl Iterator<Item = &'w Trust> {
        directory.global.trusts.values().filter_map(|id| self.trust(id))
    }

    /// The trusts of an account's directories whose primary Region this is, after a sequence.
    pub fn listed_trusts(
        &self,
        account: AccountId,
        region: &Region,
        after: Option<u64>,
    ) -> impl Iterator<Item = (u64, &Trust)> {
        let from = after.map_or(0, |last| last + 1);
        let range = (account, region.clone(), from)..=(account, region.clone(), u64::MAX);
        self.trust_lists.range(range).filter_map(|((.., sequence), id)| Some((*sequence, self.trust(id)?)))
    }

    /// The trusts of other directories that could be a trust's other half: those of the domain that it names with its
    /// own domain, in the opposite direction, as far as the domain controllers have them.
    pub fn opposite_trusts(&self, trust: &Trust) -> impl Iterator<Item = &Trust> {
        let (domain, remote) = (&trust.remote, &trust.domain);
        let range = (domain.clone(), remote.clone(), 0)..=(domain.clone(), remote.clone(), u64::MAX);
        let opposite = self.trusts_by_domains.range(range).filter_map(|(_, id)| self.trust(id));
        opposite.filter(|other| other.is_in_force() && other.is_opposite(trust))
    }

    /// A trust's other half: the opposite trust of a domain with another NetBIOS name that was given the same password.
    pub fn other_half(&self, trust: &Trust) -> Result<&Trust, TrustFailure> {
        let short_name = |trust: &Trust| self.directory(&trust.directory).map(|found| found.short_name.to_lowercase());
        let (own, mut failure) = (short_name(trust), TrustFailure::NoOtherHalf);
        for other in self.opposite_trusts(trust) {
            if short_name(other) == own {
                failure = TrustFailure::SameShortName;
            } else if other.password == trust.password {
                return Ok(other);
            } else {
                failure = TrustFailure::OtherPassword;
            }
        }
        Err(failure)
    }

    /// The directory that a directory trusts under a domain's name, if the trust is verified and the other side still
    /// holds to it. Its users are then readable from the trusting side.
    pub fn verified_trust(&self, directory: &Directory, domain: &str) -> Option<&Directory> {
        let trust = self.trust_with(directory, &DomainKey::new(domain))?;
        let other = self.other_half(trust).ok().filter(|_| trust.state == TrustState::Verified)?;
        self.directory(&other.directory)
    }

    /// Adds a trust to its directory and to the lists.
    pub fn add_trust(&mut self, trust: Trust) {
        if let Some(directory) = self.directory_mut(&trust.directory) {
            directory.global.trusts.insert(trust.remote.clone(), trust.id.clone());
        }
        self.trust_lists.insert(list_key(&trust), trust.id.clone());
        self.trusts_by_domains.insert(domains_key(&trust), trust.id.clone());
        self.trusts.insert(trust.id.clone(), Arc::new(trust));
    }

    /// Gives a trust a state, and why it is no better.
    pub fn set_trust_state(&mut self, id: &TrustId, state: TrustState, failure: Option<TrustFailure>, now: Timestamp) {
        if let Some(trust) = self.trusts.get_mut(id).map(Arc::make_mut) {
            (trust.state, trust.failure, trust.state_updated_at) = (state, failure, now);
        }
    }

    /// Says whether users of the other side have to be let in one by one.
    pub fn set_selective_auth(&mut self, id: &TrustId, selective_auth: SelectiveAuth, now: Timestamp) {
        if let Some(trust) = self.trusts.get_mut(id).map(Arc::make_mut) {
            (trust.selective_auth, trust.updated_at) = (selective_auth, now);
        }
    }

    /// Takes a trust out of all lists and forgets it.
    pub fn forget_trust(&mut self, id: &TrustId) {
        let Some(trust) = self.trusts.remove(id) else { return };
        self.trust_lists.remove(&list_key(&trust));
        self.trusts_by_domains.remove(&domains_key(&trust));
        if let Some(directory) = self.directory_mut(&trust.directory) {
            directory.global.trusts.remove(&trust.remote);
        }
    }

    pub(crate) fn trust_invariants(&self, hold: &mut impl FnMut(bool, &dyn Fn() -> String)) {
        for trust in self.trusts.values() {
            let id = &trust.id;
            hold(self.trust_lists.get(&list_key(trust)) == Some(id), &|| format!("{id} is not listed"));
            hold(self.trusts_by_domains.get(&domains_key(trust)) == Some(id), &|| format!("{id} has no domains"));
            let directory = self.directory(&trust.directory);
            let known = directory.and_then(|found| found.global.trusts.get(&trust.remote)) == Some(id);
            hold(known, &|| format!("{id} is unknown to its directory"));
            let of_directory = directory.map(|found| (found.owner, &found.region, DomainKey::new(&found.name)));
            let same = of_directory == Some((trust.owner, &trust.region, trust.domain.clone()));
            hold(same && trust.remote == DomainKey::new(&trust.remote_domain_name), &|| format!("{id} is confused"));
            hold(
                trust.failure.is_none()
                    || matches!(trust.state, TrustState::VerifyFailed | TrustState::UpdateFailed | TrustState::Failed),
                &|| format!("{id} is {:?} for a reason", trust.state),
            );
        }
        let of_directories: usize = self.directories.values().map(|directory| directory.global.trusts.len()).sum();
        let counts = [self.trust_lists.len(), self.trusts_by_domains.len(), of_directories];
        hold(counts == [self.trusts.len(); 3], &|| "an unknown trust is listed".into());
    }
}

fn list_key(trust: &Trust) -> (AccountId, Region, u64) {
    (trust.owner, trust.region.clone(), trust.sequence)
}

fn domains_key(trust: &Trust) -> (DomainKey, DomainKey, u64) {
    (trust.domain.clone(), trust.remote.clone(), trust.sequence)
}
