//! The trusts of a world, and the two halves of each.

use std::sync::Arc;

use model::ds::types::{DirectoryStage, SelectiveAuth, TrustState};
use model::{AccountId, Timestamp, TrustId};

use crate::directory::trust::{DomainKey, Trust, TrustFailure};
use crate::directory::{Directory, ListedDirectory};
use crate::region::Region;
use crate::world::World;

impl World {
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

    /// The trusts of other directories that may be the other half of a trust: they name both domains the other way
    /// round, have the opposite direction, and their domain controllers know them.
    pub fn opposite_trusts(&self, trust: &Trust) -> impl Iterator<Item = &Trust> {
        let (domain, remote) = (&trust.remote, &trust.domain);
        let range = (domain.clone(), remote.clone(), 0)..=(domain.clone(), remote.clone(), u64::MAX);
        let opposite = self.trusts_by_domains.range(range).filter_map(|(_, id)| self.trust(id));
        opposite.filter(|other| other.is_in_force() && other.is_opposite(trust))
    }

    /// The other half of a trust: an opposite trust with the same password, of a domain with another NetBIOS name.
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

    /// The directory behind a trusted domain's name, if the trust is verified and its other half is still there. The
    /// users of that directory are readable from the trusting one.
    pub fn verified_trust(&self, directory: &Directory, domain: &str) -> Option<&ListedDirectory> {
        let trust = self.trust_with(directory, &DomainKey::new(domain))?;
        let other = self.other_half(trust).ok().filter(|_| trust.state == TrustState::Verified)?;
        self.directory(&other.directory)
    }

    /// Whether a domain controller answers for the remote domain of a trust: a directory of that name is there, and is
    /// neither being created nor deleted.
    pub fn reaches_domain(&self, trust: &Trust) -> bool {
        use DirectoryStage::{Active, Impaired, RestoreFailed, Restoring, Updating};
        self.directories.values().any(|found| {
            DomainKey::new(&found.name) == trust.remote
                && matches!(found.primary().stage, Active | Impaired | RestoreFailed | Restoring | Updating)
        })
    }

    pub fn add_trust(&mut self, trust: Trust) {
        if let Some(directory) = self.directory_mut(&trust.directory) {
            directory.global.trusts.insert(trust.remote.clone(), trust.id.clone());
        }
        self.trust_lists.insert(list_key(&trust), trust.id.clone());
        self.trusts_by_domains.insert(domains_key(&trust), trust.id.clone());
        self.trusts.insert(trust.id.clone(), Arc::new(trust));
    }

    /// Gives a trust a state, and the reason where something went wrong.
    pub fn set_trust_state(&mut self, id: &TrustId, state: TrustState, failure: Option<TrustFailure>, now: Timestamp) {
        if let Some(trust) = self.trusts.get_mut(id).map(Arc::make_mut) {
            (trust.state, trust.failure, trust.state_updated_at) = (state, failure, now);
        }
    }

    pub fn set_selective_auth(&mut self, id: &TrustId, selective_auth: SelectiveAuth) {
        if let Some(trust) = self.trusts.get_mut(id).map(Arc::make_mut) {
            trust.selective_auth = selective_auth;
        }
    }

    /// Removes a trust, also from all lists.
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
