//! Policies of an organization, and their attachments.

use std::sync::Arc;

use compact_str::CompactString;
use imbl::{OrdMap, OrdSet};
use model::organizations::types::PolicyType;
use model::{AccountId, OrganizationalUnitId, PolicyId, Timestamp};
use policy::iam;
use policy::management::{Kind, ManagementPolicy};

use crate::organization::invalid_policies::Validity;

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Policy {
    pub id: PolicyId,
    pub sequence: u64,
    pub kind: PolicyType,
    /// Unique among the policies of its type.
    pub name: CompactString,
    pub description: String,
    /// The document as AWS gives it back: byte for byte as it was sent, but for resource control policies.
    pub content: String,
    pub document: PolicyDocument,
    /// When it was last updated.
    pub changed_at: Timestamp,
}

/// The document of a policy, parsed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum PolicyDocument {
    /// Of a service control or resource control policy: which actions are allowed.
    Authorizing(Arc<iam::Document>),
    /// Of a policy that merges with others: which settings apply.
    Merging(ManagementPolicy),
}

impl Policy {
    /// The document of a service control or resource control policy.
    pub fn authorizing(&self) -> Option<&iam::Document> {
        match &self.document {
            PolicyDocument::Authorizing(document) => Some(document),
            PolicyDocument::Merging(_) => None,
        }
    }

    /// The document of a policy that merges with others.
    pub fn merging(&self) -> Option<&ManagementPolicy> {
        match &self.document {
            PolicyDocument::Authorizing(_) => None,
            PolicyDocument::Merging(document) => Some(document),
        }
    }
}

/// What a policy is attached to. The policy applies to the target and to everything below it. The root comes before
/// units, units before accounts.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Target {
    Root,
    Unit(OrganizationalUnitId),
    Account(AccountId),
}

/// All policies of an organization, by type, and the attachments of the types that are enabled.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Policies {
    written: OrdMap<PolicyId, Arc<Policy>>,
    by_type: OrdMap<PolicyType, PoliciesOfType>,
    enabled: OrdMap<PolicyType, Attachments>,
}

#[derive(Clone, Debug, Default, Eq, PartialEq)]
struct PoliciesOfType {
    by_sequence: OrdMap<u64, PolicyId>,
    names: OrdMap<CompactString, PolicyId>,
}

/// The attachments of one enabled type.
///
/// A type with an AWS-managed policy starts with it on every target, present and future. So only the targets from which
/// it was detached are kept, and enabling a type or adding an account costs the same in an organization of any size.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
struct Attachments {
    enabled_at: Timestamp,
    by_target: OrdMap<(Target, u64), PolicyId>,
    by_policy: OrdMap<(PolicyId, u64), Target>,
    managed_detached: OrdSet<Target>,
    /// The accounts to which policies of the type are attached.
    accounts: OrdSet<AccountId>,
    /// When a policy was last attached to a target or detached from it.
    changed: OrdMap<Target, Timestamp>,
    validity: Validity,
}

impl Policies {
    pub fn get(&self, id: &PolicyId) -> Option<&Policy> {
        self.written.get(id).map(Arc::as_ref)
    }

    /// The id of the policy with a name.
    pub fn id_by_name(&self, kind: PolicyType, name: &str) -> Option<&PolicyId> {
        self.by_type.get(&kind)?.names.get(name)
    }

    /// How many policies of a type the organization wrote.
    pub fn count(&self, kind: PolicyType) -> usize {
        self.by_type.get(&kind).map_or(0, |listed| listed.by_sequence.len())
    }

    /// The policies of a type that the organization wrote, from a sequence on.
    pub fn of_type(&self, kind: PolicyType, from: u64) -> impl Iterator<Item = (u64, &Policy)> {
        let listed = self.by_type.get(&kind).into_iter();
        listed
            .flat_map(move |listed| listed.by_sequence.range(from..))
            .filter_map(|(sequence, id)| Some((*sequence, self.get(id)?)))
    }

    /// Adds or replaces a policy.
    pub fn put(&mut self, policy: Policy) {
        let listed = self.by_type.entry(policy.kind).or_default();
        if let Some(before) = self.written.get(&policy.id) {
            listed.names.remove(&before.name);
        }
        listed.by_sequence.insert(policy.sequence, policy.id.clone());
        listed.names.insert(policy.name.clone(), policy.id.clone());
        self.written.insert(policy.id.clone(), Arc::new(policy));
    }

    /// Removes a policy that is attached to nothing.
    pub fn remove(&mut self, id: &PolicyId) {
        let Some(policy) = self.written.remove(id) else { return };
        if let Some(listed) = self.by_type.get_mut(&policy.kind) {
            listed.by_sequence.remove(&policy.sequence);
            listed.names.remove(&policy.name);
        }
    }

    pub fn is_enabled(&self, kind: PolicyType) -> bool {
        self.enabled.contains_key(&kind)
    }

    /// The types that are enabled in the root.
    pub fn enabled(&self) -> impl Iterator<Item = PolicyType> {
        self.enabled.keys().copied()
    }

    /// Enables a type. Its AWS-managed policy is then attached to every target, and nothing else is.
    pub fn enable(&mut self, kind: PolicyType, now: Timestamp) {
        self.enabled.insert(kind, Attachments { enabled_at: now, ..Attachments::default() });
    }

    /// When a type was enabled. None where it is not.
    pub(crate) fn enabled_at(&self, kind: PolicyType) -> Option<Timestamp> {
        self.enabled.get(&kind).map(|attachments| attachments.enabled_at)
    }

    /// Disables a type. Its attachments are lost, its policies stay.
    pub fn disable(&mut self, kind: PolicyType) {
        self.enabled.remove(&kind);
    }

    /// The policies that the organization wrote and attached to a target, in the order of attachment, from a sequence
    /// on.
    pub fn attached_to(&self, kind: PolicyType, target: &Target, from: u64) -> impl Iterator<Item = (u64, &Policy)> {
        let range = (target.clone(), from)..=(target.clone(), u64::MAX);
        let attachments = self.enabled.get(&kind).into_iter();
        attachments
            .flat_map(move |attachments| attachments.by_target.range(range.clone()))
            .filter_map(|((_, sequence), id)| Some((*sequence, self.get(id)?)))
    }

    /// The targets of a policy that the organization wrote, in the order of attachment, from a sequence on.
    pub fn targets_of(&self, policy: &Policy, from: u64) -> impl Iterator<Item = (u64, &Target)> {
        let range = (policy.id.clone(), from)..=(policy.id.clone(), u64::MAX);
        let attachments = self.enabled.get(&policy.kind).into_iter();
        attachments
            .flat_map(move |attachments| attachments.by_policy.range(range.clone()))
            .map(|((_, sequence), target)| (*sequence, target))
    }

    /// Whether a policy that the organization wrote is attached to a target.
    pub fn is_attached(&self, policy: &Policy, target: &Target) -> bool {
        self.attached_to(policy.kind, target, 0).any(|(_, attached)| attached.id == policy.id)
    }

    /// Attaches a policy of an enabled type to a target. `sequence` orders it among all attachments.
    pub fn attach(&mut self, policy: &PolicyId, target: Target, sequence: u64) {
        let Some(kind) = self.get(policy).map(|found| found.kind) else { return };
        if let Some(attachments) = self.enabled.get_mut(&kind) {
            attachments.by_target.insert((target.clone(), sequence), policy.clone());
            attachments.by_policy.insert((policy.clone(), sequence), target);
        }
    }

    /// Detaches a policy that the organization wrote from a target.
    pub fn detach(&mut self, policy: &PolicyId, target: &Target) {
        let Some(policy) = self.written.get(policy).cloned() else { return };
        let attachment = self.attached_to(policy.kind, target, 0).find(|(_, attached)| attached.id == policy.id);
        let Some((sequence, _)) = attachment else { return };
        if let Some(attachments) = self.enabled.get_mut(&policy.kind) {
            attachments.by_target.remove(&(target.clone(), sequence));
            attachments.by_policy.remove(&(policy.id.clone(), sequence));
        }
    }

    /// Whether a type is enabled and its AWS-managed policy, if it has one, is attached to a target.
    pub fn has_managed(&self, kind: PolicyType, target: &Target) -> bool {
        self.enabled.get(&kind).is_some_and(|attachments| !attachments.managed_detached.contains(target))
    }

    /// Attaches the AWS-managed policy of an enabled type to a target.
    pub fn attach_managed(&mut self, kind: PolicyType, target: &Target) {
        if let Some(attachments) = self.enabled.get_mut(&kind) {
            attachments.managed_detached.remove(target);
        }
    }

    /// Detaches the AWS-managed policy of an enabled type from a target.
    pub fn detach_managed(&mut self, kind: PolicyType, target: Target) {
        if let Some(attachments) = self.enabled.get_mut(&kind) {
            attachments.managed_detached.insert(target);
        }
    }

    /// Forgets all attachments of a target that is removed.
    pub fn forget_target(&mut self, target: &Target) {
        let kinds: Vec<PolicyType> = self.enabled().collect();
        for kind in kinds {
            let gone: Vec<PolicyId> = self.attached_to(kind, target, 0).map(|(_, policy)| policy.id.clone()).collect();
            for policy in &gone {
                self.detach(policy, target);
            }
            self.attach_managed(kind, target);
            if let Some(attachments) = self.enabled.get_mut(&kind) {
                attachments.changed.remove(target);
                attachments.validity.forget(target);
                if let Target::Account(account) = target {
                    attachments.accounts.remove(account);
                }
            }
        }
    }

    /// The accounts to which policies of a type are attached.
    pub fn accounts_with(&self, kind: PolicyType) -> impl Iterator<Item = AccountId> {
        self.enabled.get(&kind).into_iter().flat_map(|found| found.accounts.iter().copied())
    }

    /// Whether policies of a type are attached to an account.
    pub fn has_own(&self, kind: PolicyType, account: AccountId) -> bool {
        self.enabled.get(&kind).is_some_and(|found| found.accounts.contains(&account))
    }

    /// When a policy of a type was last attached to a target or detached from it. None where that never happened.
    pub fn changed_at(&self, kind: PolicyType, target: &Target) -> Option<Timestamp> {
        self.enabled.get(&kind)?.changed.get(target).copied()
    }

    pub(crate) fn validity(&self, kind: PolicyType) -> Option<&Validity> {
        self.enabled.get(&kind).map(|found| &found.validity)
    }

    /// Notes that a policy was attached to a target or detached from it. Only types that merge keep it.
    pub fn attachments_changed(&mut self, kind: PolicyType, target: &Target, at: Timestamp) {
        if !merges(kind) {
            return;
        }
        let has_own = self.attached_to(kind, target, 0).next().is_some();
        let Some(attachments) = self.enabled.get_mut(&kind) else { return };
        attachments.changed.insert(target.clone(), at);
        attachments.validity.changed(target);
        match target {
            Target::Account(account) if has_own => attachments.accounts.insert(*account),
            Target::Account(account) => attachments.accounts.remove(account),
            Target::Root | Target::Unit(_) => None,
        };
    }

    /// Notes that the document of a policy changed.
    pub fn content_changed(&mut self, policy: &Policy) {
        if !merges(policy.kind) {
            return;
        }
        let targets: Vec<Target> = self.targets_of(policy, 0).map(|(_, target)| target.clone()).collect();
        let Some(attachments) = self.enabled.get_mut(&policy.kind) else { return };
        for target in &targets {
            attachments.validity.changed(target);
        }
    }

    /// Notes that a target has a new parent, and inherits from it. For accounts this matters only if policies are
    /// attached to them.
    pub(crate) fn parent_changed(&mut self, target: &Target) {
        let inherits = |found: &Attachments| match target {
            Target::Account(account) => found.accounts.contains(account),
            Target::Root | Target::Unit(_) => true,
        };
        let enabled = self.enabled.iter().filter(|(kind, found)| merges(**kind) && inherits(found));
        let kinds: Vec<PolicyType> = enabled.map(|(kind, _)| *kind).collect();
        for kind in kinds {
            if let Some(attachments) = self.enabled.get_mut(&kind) {
                attachments.validity.changed(target);
            }
        }
    }

    /// Every attachment of a policy that the organization wrote: the type, the target and the policy.
    pub fn attachments(&self) -> impl Iterator<Item = (PolicyType, &Target, &PolicyId)> {
        self.enabled
            .iter()
            .flat_map(|(kind, attachments)| attachments.by_target.iter().map(|((target, _), id)| (*kind, target, id)))
    }
}

/// Whether policies of a type merge along the path from the root to an account.
fn merges(kind: PolicyType) -> bool {
    Kind::of(kind.as_str()).is_some()
}
