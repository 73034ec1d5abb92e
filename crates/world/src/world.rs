//! The world: one value that holds everything.

use std::sync::Arc;

use compact_str::CompactString;
use imbl::OrdMap;
use model::organizations::types::ActionType;
use model::{
    AccountId, CreateAccountRequestId, DirectoryId, HandshakeId, OrganizationId, ResponsibilityTransferId, SnapshotId,
    Timestamp, TrustId,
};

use crate::directory::ListedDirectory;
use crate::directory::assessment::Assessment;
use crate::directory::share::Share;
use crate::directory::snapshot::Snapshot;
use crate::directory::trust::{DomainKey, Trust};
use crate::entropy::Entropy;
use crate::limits::quotas::Quotas;
use crate::organization::Organization;
use crate::organization::account::ListedAccount;
use crate::organization::create_account::CreateAccountRequest;
use crate::organization::handshake::{Handshake, Recipient};
use crate::organization::responsibility_transfer::ResponsibilityTransfer;
use crate::region::Region;
use crate::session::Session;
use crate::surroundings::Surroundings;
use crate::time::clock::{Clock, Pace};
use crate::time::work::Work;

/// Everything that a request can change. A clone shares everything with the original until one of the two changes.
#[derive(Clone, Debug, PartialEq)]
pub struct World {
    pub settings: Arc<Settings>,
    pub clock: Clock,
    /// When it last changed. The world's time never goes back beyond this.
    pub changed_at: Timestamp,
    pub entropy: Entropy,
    pub(crate) sequence: u64,
    pub(crate) timers: OrdMap<(Timestamp, u64), Work>,
    pub(crate) accounts: OrdMap<AccountId, Arc<ListedAccount>>,
    pub(crate) emails: OrdMap<CompactString, AccountId>,
    pub(crate) organizations: OrdMap<OrganizationId, Arc<Organization>>,
    pub(crate) create_account_requests: OrdMap<CreateAccountRequestId, Arc<CreateAccountRequest>>,
    pub(crate) handshakes: OrdMap<HandshakeId, Arc<Handshake>>,
    pub(crate) handshakes_sent: OrdMap<(OrganizationId, ActionType, u64), HandshakeId>,
    pub(crate) handshakes_received: OrdMap<(Recipient, ActionType, u64), HandshakeId>,
    pub(crate) transfers: OrdMap<ResponsibilityTransferId, Arc<ResponsibilityTransfer>>,
    /// Sessions by access key id.
    pub sessions: OrdMap<CompactString, Arc<Session>>,
    pub(crate) directories: OrdMap<DirectoryId, Arc<ListedDirectory>>,
    pub(crate) directory_lists: OrdMap<(AccountId, Region, u64), DirectoryId>,
    pub(crate) owned_directories: OrdMap<(AccountId, Region, u64), DirectoryId>,
    pub(crate) shares: OrdMap<DirectoryId, Arc<Share>>,
    pub(crate) trusts: OrdMap<TrustId, Arc<Trust>>,
    pub(crate) trust_lists: OrdMap<(AccountId, Region, u64), TrustId>,
    pub(crate) trusts_by_domains: OrdMap<(DomainKey, DomainKey, u64), TrustId>,
    pub(crate) aliases: OrdMap<CompactString, (DirectoryId, Region)>,
    pub(crate) assessments: OrdMap<CompactString, Arc<Assessment>>,
    pub(crate) assessment_lists: OrdMap<(AccountId, Region, u64), CompactString>,
    pub(crate) snapshots: OrdMap<SnapshotId, Arc<Snapshot>>,
}

/// How a world behaves.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Settings {
    /// The seed that ids come from.
    pub seed: u64,
    /// How fast AWS's slow work goes.
    pub pace: Pace,
    /// The account of callers whose access key id names none.
    pub default_account: AccountId,
    pub share_trusted_access: ShareTrustedAccess,
    /// Whether every management account counts as paired with an account in AWS GovCloud (US). On AWS hardly any is:
    /// AWS sets the pairs up by hand.
    pub gov_cloud: bool,
    pub quotas: Quotas,
    pub surroundings: Surroundings,
}

/// What `ShareDirectory` inside an organization does while trusted access for `ds.amazonaws.com` was never configured.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum ShareTrustedAccess {
    /// Turns it on, as sharing in the Directory Service console does.
    #[default]
    Auto,
    /// Refuses, until `EnableAWSServiceAccess` turns it on.
    Strict,
}

impl World {
    pub fn new(settings: Settings) -> Self {
        Self {
            clock: Clock::default(),
            changed_at: Timestamp::default(),
            entropy: Entropy::new(settings.seed),
            settings: Arc::new(settings),
            sequence: 0,
            timers: OrdMap::new(),
            accounts: OrdMap::new(),
            emails: OrdMap::new(),
            organizations: OrdMap::new(),
            create_account_requests: OrdMap::new(),
            handshakes: OrdMap::new(),
            handshakes_sent: OrdMap::new(),
            handshakes_received: OrdMap::new(),
            transfers: OrdMap::new(),
            sessions: OrdMap::new(),
            directories: OrdMap::new(),
            directory_lists: OrdMap::new(),
            owned_directories: OrdMap::new(),
            shares: OrdMap::new(),
            trusts: OrdMap::new(),
            trust_lists: OrdMap::new(),
            trusts_by_domains: OrdMap::new(),
            aliases: OrdMap::new(),
            assessments: OrdMap::new(),
            assessment_lists: OrdMap::new(),
            snapshots: OrdMap::new(),
        }
    }

    /// The same world, of which nothing was asked yet. Only tests need it: it answers what this one has to answer,
    /// whatever is kept of answers before.
    #[must_use]
    pub fn afresh(&self) -> Self {
        Self {
            accounts: self.accounts.iter().map(|(id, account)| (*id, Arc::new(account.afresh()))).collect(),
            directories: self.directories.iter().map(|(id, found)| (id.clone(), Arc::new(found.afresh()))).collect(),
            ..self.clone()
        }
    }

    /// The world's time when the real clock shows `real`: its own clock's, but never before the last change.
    pub fn now(&self, real: Timestamp) -> Timestamp {
        self.clock.now(real).max(self.changed_at)
    }

    /// The next sequence, greater than all before it.
    pub fn next_sequence(&mut self) -> u64 {
        self.sequence += 1;
        self.sequence
    }
}
