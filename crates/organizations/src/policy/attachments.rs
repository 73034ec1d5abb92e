//! Attachments of policies to the root, to units and to accounts.

use model::organizations::ErrorCode::{
    DuplicatePolicyAttachmentException, PolicyNotAttachedException, PolicyTypeNotEnabledException,
};
use model::organizations::errors::ConstraintViolationExceptionReason::{
    MaxPolicyTypeAttachmentLimitExceeded, MinPolicyTypeAttachmentLimitExceeded,
};
use model::organizations::errors::InvalidInputExceptionReason::NonDetachablePolicy;
use model::organizations::types::{
    AttachPolicyInput, AttachPolicyOutput, DetachPolicyInput, DetachPolicyOutput, ListPoliciesForTargetInput,
    ListPoliciesForTargetOutput, ListTargetsForPolicyInput, ListTargetsForPolicyOutput, PolicyType,
};
use world::{AnyPolicy, ManagedPolicy, Organization, Target, Tx, View};

use crate::error::{Result, require};
use crate::generated::api;
use crate::policy::policy_types;
use crate::{Service, lookup, view};

impl api::Attachments for Service {
    fn attach_policy(tx: &mut Tx<'_>, input: AttachPolicyInput) -> Result<AttachPolicyOutput> {
        let sequence = tx.world.next_sequence();
        let view = tx.view();
        let organization = lookup::organization(&view)?;
        let policy = lookup::policy(organization, &input.policy_id)?;
        let target = lookup::target(&view, &input.target_id)?;
        let (kind, most) = (policy.kind(), view.world.settings.quotas.policy_type(policy.kind()).attached);
        require(organization.policies.is_enabled(kind), PolicyTypeNotEnabledException)?;
        require(!is_attached(organization, policy, &target), DuplicatePolicyAttachmentException)?;
        require(count(organization, kind, &target) < most, MaxPolicyTypeAttachmentLimitExceeded)?;
        let (managed, now) = (matches!(policy, AnyPolicy::Managed(_)), tx.now);
        let organization = lookup::organization_mut(tx)?;
        if managed {
            organization.policies.attach_managed(kind, &target);
        } else {
            organization.policies.attach(&input.policy_id, target.clone(), sequence);
        }
        organization.policies.attachments_changed(kind, &target, now);
        Ok(AttachPolicyOutput {})
    }

    fn detach_policy(tx: &mut Tx<'_>, input: DetachPolicyInput) -> Result<DetachPolicyOutput> {
        let view = tx.view();
        let organization = lookup::organization(&view)?;
        let policy = lookup::policy(organization, &input.policy_id)?;
        let target = lookup::target(&view, &input.target_id)?;
        let (kind, managed) = (policy.kind(), matches!(policy, AnyPolicy::Managed(_)));
        require(!managed || kind != PolicyType::ResourceControlPolicy, NonDetachablePolicy)?;
        require(is_attached(organization, policy, &target), PolicyNotAttachedException)?;
        let more = count(organization, kind, &target) > policy_types::attachments_min(kind);
        require(more, MinPolicyTypeAttachmentLimitExceeded)?;
        let now = tx.now;
        let organization = lookup::organization_mut(tx)?;
        if managed {
            organization.policies.detach_managed(kind, target.clone());
        } else {
            organization.policies.detach(&input.policy_id, &target);
        }
        organization.policies.attachments_changed(kind, &target, now);
        Ok(DetachPolicyOutput {})
    }

    fn list_policies_for_target(
        view: &View<'_>,
        input: ListPoliciesForTargetInput,
    ) -> Result<ListPoliciesForTargetOutput> {
        let (organization, kind) = (lookup::organization(view)?, input.filter);
        let target = lookup::target(view, &input.target_id)?;
        let parameters = [organization.id.as_str(), &input.target_id, kind.as_str()];
        let scan = view.scan(&parameters);
        let page = scan.page(input.next_token.as_deref(), view::page_size(input.max_results), |last| {
            attached(organization, kind, &target, last)
        })?;
        let page = page.map(|policy| view::policy_summary(organization, policy));
        Ok(ListPoliciesForTargetOutput { policies: Some(page.items), next_token: page.next_token })
    }

    fn list_targets_for_policy(
        view: &View<'_>,
        input: ListTargetsForPolicyInput,
    ) -> Result<ListTargetsForPolicyOutput> {
        let organization = lookup::organization(view)?;
        let policy = lookup::policy(organization, &input.policy_id)?;
        let scan = view.scan(&[organization.id.as_str(), input.policy_id.as_str()]);
        let (token, size) = (input.next_token.as_deref(), view::page_size(input.max_results));
        let page = match policy {
            AnyPolicy::Managed(managed) => scan.page(token, size, |last| {
                targets(organization, last)
                    .filter(|(_, target)| organization.policies.has_managed(managed.kind, target))
            }),
            AnyPolicy::Written(policy) => scan.page(token, size, |last| {
                let targets = organization.policies.targets_of(policy, view::sequence_after(last));
                targets.map(|(sequence, target)| (sequence, target.clone()))
            }),
        }?;
        let page = page.map(|target| view::target(view.world, organization, &target));
        Ok(ListTargetsForPolicyOutput { targets: Some(page.items), next_token: page.next_token })
    }
}

/// The policies of a type on a target, after a sequence. The managed policy has the sequence 0.
fn attached<'w>(
    organization: &'w Organization,
    kind: PolicyType,
    target: &Target,
    last: Option<u64>,
) -> impl Iterator<Item = (u64, AnyPolicy<'w>)> {
    let has_managed = last.is_none() && organization.policies.has_managed(kind, target);
    let managed = ManagedPolicy::of(kind).filter(|_| has_managed);
    let managed = managed.into_iter().map(|managed| (0, AnyPolicy::Managed(managed)));
    let written = organization.policies.attached_to(kind, target, view::sequence_after(last));
    managed.chain(written.map(|(sequence, policy)| (sequence, AnyPolicy::Written(policy))))
}

fn is_attached(organization: &Organization, policy: AnyPolicy<'_>, target: &Target) -> bool {
    match policy {
        AnyPolicy::Managed(managed) => organization.policies.has_managed(managed.kind, target),
        AnyPolicy::Written(policy) => organization.policies.is_attached(policy, target),
    }
}

/// The number of policies of a type on a target.
fn count(organization: &Organization, kind: PolicyType, target: &Target) -> usize {
    attached(organization, kind, target, None).count()
}

/// In the list of all targets, units come after the root and accounts after the units. Their sequences begin here.
const UNITS: u64 = 1 << 62;
const ACCOUNTS: u64 = 2 << 62;

/// All targets of an organization, after a sequence: the root, the units, the accounts.
fn targets(organization: &Organization, last: Option<u64>) -> impl Iterator<Item = (u64, Target)> {
    let from = view::sequence_after(last);
    let root = (from == 0).then_some((0, Target::Root)).into_iter();
    let units = organization.units(from.saturating_sub(UNITS));
    let units =
        units.filter(move |_| from < ACCOUNTS).map(|(sequence, id)| (UNITS + sequence, Target::Unit(id.clone())));
    let accounts = organization.members(from.saturating_sub(ACCOUNTS));
    root.chain(units).chain(accounts.map(|(sequence, id)| (ACCOUNTS + sequence, Target::Account(id))))
}
