//! Organizations and their trees.

pub mod account;
pub mod arns;
pub mod create_account;
pub mod earlier_policies;
pub mod effective_policy;
pub mod handshake;
pub mod invalid_policies;
pub mod managed_policy;
pub mod policy;
pub mod responsibility_transfer;

use std::sync::Arc;

use ::policy::iam::Document;
use compact_str::CompactString;
use imbl::OrdMap;
use model::organizations::types::{CreateAccountState, OrganizationFeatureSet, PolicyType};
use model::{
    AccountId, CreateAccountRequestId, HandshakeId, OrganizationId, OrganizationalUnitId, ParentId, RootId, Timestamp,
};

use crate::organization::earlier_policies::EarlierPolicies;
use crate::organization::handshake::{Migration, Recipient};
use crate::organization::policy::{Policies, Target};
use crate::organization::responsibility_transfer::Transfers;
use crate::tags::Tags;

/// How many bytes a path gets at first. Most fit: an organization, its root, a unit and an account, with slashes.
const USUAL_PATH: usize = 64;

/// An organization: its tree, and the decisions of its management account.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Organization {
    pub id: OrganizationId,
    pub root: RootId,
    pub feature_set: OrganizationFeatureSet,
    pub management: AccountId,
    /// All accounts by sequence, the management account included.
    pub(crate) members: OrdMap<u64, AccountId>,
    pub(crate) units: OrdMap<OrganizationalUnitId, Arc<Unit>>,
    /// All units by sequence.
    pub(crate) units_in_order: OrdMap<u64, OrganizationalUnitId>,
    /// By parent: the root, and every unit.
    pub(crate) children: OrdMap<ParentId, Children>,
    /// By service principal. A service without an entry was never configured.
    pub trusted_access: OrdMap<CompactString, TrustedAccess>,
    /// By account and service principal: since when the account administers the service.
    pub delegated_administrators: OrdMap<AccountId, OrdMap<CompactString, Timestamp>>,
    /// By state and sequence.
    pub(crate) create_account_requests: OrdMap<(CreateAccountState, u64), CreateAccountRequestId>,
    /// Invitations that are neither answered nor expired.
    pub open_invitations: OrdMap<Recipient, HandshakeId>,
    /// Invitations of the last 24 hours that were not accepted, by time and sequence.
    pub invitations: OrdMap<(Timestamp, u64), HandshakeId>,
    /// The move to all features, while it lasts.
    pub migration: Option<Migration>,
    /// Accounts in closure, and since when.
    pub closing: OrdMap<AccountId, Timestamp>,
    /// Closures of the last 30 days.
    pub closures: OrdMap<(Timestamp, AccountId), ()>,
    /// Tags by the id of the resource.
    pub tags: OrdMap<CompactString, Tags>,
    pub policies: Policies,
    pub(crate) earlier_policies: EarlierPolicies,
    pub transfers: Transfers,
    pub resource_policy: Option<ResourcePolicy>,
}

/// The resource policy of an organization: which members may read the organization and manage its policies.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ResourcePolicy {
    /// It stays the same when the policy is replaced.
    pub id: CompactString,
    /// The document, byte for byte as it was sent.
    pub content: String,
    pub document: Arc<Document>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Unit {
    pub id: OrganizationalUnitId,
    /// Unique among its siblings.
    pub name: CompactString,
    /// The root or the unit that it is directly in.
    pub parent: ParentId,
    pub sequence: u64,
}

/// The accounts and units directly in a root or a unit.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Children {
    /// By sequence: in the order of joining the organization.
    pub(crate) accounts: OrdMap<u64, AccountId>,
    /// By sequence: in the order of their creation.
    pub(crate) units: OrdMap<u64, OrganizationalUnitId>,
    /// Units by name.
    pub(crate) names: OrdMap<CompactString, OrganizationalUnitId>,
}

impl Children {
    pub fn is_empty(&self) -> bool {
        self.accounts.is_empty() && self.units.is_empty()
    }

    /// The accounts in the order of joining the organization, from a sequence on.
    pub fn accounts(&self, from: u64) -> impl Iterator<Item = (u64, AccountId)> {
        self.accounts.range(from..).map(|(sequence, id)| (*sequence, *id))
    }

    /// The units in the order of their creation, from a sequence on.
    pub fn units(&self, from: u64) -> impl Iterator<Item = (u64, &OrganizationalUnitId)> {
        self.units.range(from..).map(|(sequence, id)| (*sequence, id))
    }

    /// Whether a unit has that name, by its exact characters.
    pub fn has_unit_named(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }
}

/// The decision of a management account on the trusted access of a service.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TrustedAccess {
    /// Since that time.
    Enabled(Timestamp),
    /// Enabled once, and disabled again.
    Disabled,
}

impl Organization {
    /// The policies, to change those of a type now. What they are before stays known as an earlier version.
    pub fn policies_to_change(&mut self, kind: PolicyType, now: Timestamp) -> &mut Policies {
        self.earlier_policies.keep(kind, &self.policies, now);
        &mut self.policies
    }

    /// An organization with only a root. Its management account joins it next.
    pub fn new(id: OrganizationId, root: RootId, feature_set: OrganizationFeatureSet, management: AccountId) -> Self {
        Self {
            id,
            children: OrdMap::unit(ParentId::from(&root), Children::default()),
            root,
            feature_set,
            management,
            members: OrdMap::new(),
            units: OrdMap::new(),
            units_in_order: OrdMap::new(),
            trusted_access: OrdMap::new(),
            delegated_administrators: OrdMap::new(),
            create_account_requests: OrdMap::new(),
            open_invitations: OrdMap::new(),
            invitations: OrdMap::new(),
            migration: None,
            closing: OrdMap::new(),
            closures: OrdMap::new(),
            tags: OrdMap::new(),
            policies: Policies::default(),
            earlier_policies: EarlierPolicies::default(),
            transfers: Transfers::default(),
            resource_policy: None,
        }
    }

    /// How many accounts it has, the management account and closed accounts included.
    pub fn n_members(&self) -> usize {
        self.members.len()
    }

    /// The accounts in the order of joining, from a sequence on.
    pub fn members(&self, from: u64) -> impl Iterator<Item = (u64, AccountId)> {
        self.members.range(from..).map(|(sequence, id)| (*sequence, *id))
    }

    pub fn n_units(&self) -> usize {
        self.units.len()
    }

    /// The organizational units in the order of their creation, from a sequence on.
    pub fn units(&self, from: u64) -> impl Iterator<Item = (u64, &OrganizationalUnitId)> {
        self.units_in_order.range(from..).map(|(sequence, id)| (*sequence, id))
    }

    /// The requests to create an account that are in a state, from a sequence on.
    pub fn create_account_requests(
        &self,
        state: CreateAccountState,
        from: u64,
    ) -> impl Iterator<Item = (u64, &CreateAccountRequestId)> {
        let range = (state, from)..=(state, u64::MAX);
        self.create_account_requests.range(range).map(|((_, sequence), id)| (*sequence, id))
    }

    /// Whether a service has trusted access.
    pub fn trusts(&self, principal: &str) -> bool {
        matches!(self.trusted_access.get(principal), Some(TrustedAccess::Enabled(_)))
    }

    /// Enables trusted access of a service. Nothing changes where it is enabled.
    pub fn enable_access(&mut self, principal: &str, now: Timestamp) {
        if !self.trusts(principal) {
            self.trusted_access.insert(principal.into(), TrustedAccess::Enabled(now));
        }
    }

    /// Disables trusted access of a service, and ends its delegated administration. A service that never had access
    /// stays unconfigured. being unconfigured, since nothing was turned off.
    // Inferred: no error of the model fits a service that has delegated administrators, and none can be registered
    // without access.
    pub fn disable_access(&mut self, principal: &str) {
        if self.trusts(principal) {
            self.trusted_access.insert(principal.into(), TrustedAccess::Disabled);
            self.end_delegations(principal);
        }
    }

    /// Whether a member administers a service.
    pub fn administers(&self, account: AccountId, principal: &str) -> bool {
        self.delegated_administrators.get(&account).is_some_and(|services| services.contains_key(principal))
    }

    /// Ends the administration of a service by a member. A member without any service is no delegated administrator.
    pub fn end_delegation(&mut self, account: AccountId, principal: &str) {
        if let Some(services) = self.delegated_administrators.get_mut(&account) {
            services.remove(principal);
            if services.is_empty() {
                self.delegated_administrators.remove(&account);
            }
        }
    }

    /// Ends the administration of a service by all members.
    fn end_delegations(&mut self, principal: &str) {
        let accounts: Vec<AccountId> = self.delegated_administrators.keys().copied().collect();
        for account in accounts {
            self.end_delegation(account, principal);
        }
    }

    /// Whether a root or unit of that id is in the tree.
    pub fn has_parent(&self, id: &ParentId) -> bool {
        self.children.contains_key(id)
    }

    pub fn children(&self, id: &ParentId) -> Option<&Children> {
        self.children.get(id)
    }

    pub fn unit(&self, id: &OrganizationalUnitId) -> Option<&Unit> {
        self.units.get(id).map(Arc::as_ref)
    }

    /// The units from `parent` up to the root, the nearest first. Empty for the root.
    pub fn units_above(&self, parent: &ParentId) -> Vec<&Unit> {
        let mut above = Vec::new();
        let mut next = self.unit(&parent.as_unit());
        while let Some(unit) = next {
            above.push(unit);
            next = self.unit(&unit.parent.as_unit());
        }
        above
    }

    /// The path of a root or unit: `o-…/r-…/ou-…/`, with a slash at the end.
    pub fn path(&self, parent: &ParentId) -> String {
        let mut path = String::with_capacity(USUAL_PATH);
        let units = self.units_above(parent).into_iter().rev().map(|unit| unit.id.as_str());
        for id in [self.id.as_str(), self.root.as_str()].into_iter().chain(units) {
            path.push_str(id);
            path.push('/');
        }
        path
    }

    /// Adds a unit.
    pub fn add_unit(&mut self, unit: Unit) {
        let siblings = self.children.entry(unit.parent.clone()).or_default();
        siblings.units.insert(unit.sequence, unit.id.clone());
        siblings.names.insert(unit.name.clone(), unit.id.clone());
        self.children.insert(ParentId::from(&unit.id), Children::default());
        self.units_in_order.insert(unit.sequence, unit.id.clone());
        self.policies.parent_changed(&Target::Unit(unit.id.clone()));
        self.units.insert(unit.id.clone(), Arc::new(unit));
    }

    pub fn rename_unit(&mut self, id: &OrganizationalUnitId, name: CompactString) {
        if let Some(unit) = self.units.get_mut(id).map(Arc::make_mut) {
            if let Some(siblings) = self.children.get_mut(&unit.parent) {
                siblings.names.remove(&unit.name);
                siblings.names.insert(name.clone(), id.clone());
            }
            unit.name = name;
        }
    }

    /// Removes an empty unit, with its tags and attachments.
    pub fn remove_unit(&mut self, id: &OrganizationalUnitId) {
        if let Some(unit) = self.units.remove(id) {
            if let Some(siblings) = self.children.get_mut(&unit.parent) {
                siblings.units.remove(&unit.sequence);
                siblings.names.remove(&unit.name);
            }
            self.units_in_order.remove(&unit.sequence);
            self.children.remove(&ParentId::from(id));
            self.tags.remove(id.as_str());
            self.policies.forget_target(&Target::Unit(id.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_access_a_service_has_no_delegated_administrators() {
        let at = Timestamp::from_millis(0);
        let (one, both) = (AccountId::new(1).unwrap(), AccountId::new(2).unwrap());
        let mut organization =
            Organization::new("o-1".into(), "r-1".into(), OrganizationFeatureSet::All, AccountId::default());
        organization.enable_access("config", at);
        organization.enable_access("ssm", at);
        for (account, principal) in [(one, "config"), (both, "config"), (both, "ssm")] {
            organization.delegated_administrators.entry(account).or_default().insert(principal.into(), at);
        }
        organization.disable_access("config");
        assert_eq!(organization.delegated_administrators, OrdMap::unit(both, OrdMap::unit("ssm".into(), at)));
        organization.disable_access("backup");
        assert_eq!(organization.trusted_access.get("backup"), None);
        assert!(organization.trusts("ssm") && !organization.trusts("config"));
    }
}
