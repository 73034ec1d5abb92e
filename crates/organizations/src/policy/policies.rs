//! Policies and their types.

use model::organizations::ErrorCode::{
    DuplicatePolicyException, PolicyInUseException, PolicyTypeAlreadyEnabledException,
    PolicyTypeNotAvailableForOrganizationException, PolicyTypeNotEnabledException, RootNotFoundException,
};
use model::organizations::errors::ConstraintViolationExceptionReason::{
    PolicyContentLimitExceeded, PolicyNumberLimitExceeded, ServiceAccessNotEnabled,
};
use model::organizations::errors::InvalidInputExceptionReason::ImmutablePolicy;
use model::organizations::types::{
    CreatePolicyInput, CreatePolicyOutput, DeletePolicyInput, DeletePolicyOutput, DescribePolicyInput,
    DescribePolicyOutput, DisablePolicyTypeInput, DisablePolicyTypeOutput, EnablePolicyTypeInput,
    EnablePolicyTypeOutput, ListPoliciesInput, ListPoliciesOutput, OrganizationFeatureSet, PolicyType,
    UpdatePolicyInput, UpdatePolicyOutput,
};
use model::{PolicyId, RootId};
use world::{AnyPolicy, ManagedPolicy, Organization, Policy, PolicyDocument, Tx, View};

use crate::error::{Result, require};
use crate::generated::api;
use crate::policy::{policy_documents, policy_types};
use crate::{Service, free_text, ids, lookup, tags, view};

impl api::Policies for Service {
    fn create_policy(tx: &mut Tx<'_>, input: CreatePolicyInput) -> Result<CreatePolicyOutput> {
        free_text::require_plain([Some(&*input.name), Some(&*input.description)])?;
        let tags = tags::from_request(input.tags)?;
        require_all_features(lookup::organization(&tx.view())?)?;
        let document = read_document(&tx.view(), input.kind, &input.content)?;
        require_name(&tx.view(), input.kind, &input.name)?;
        require_room(&tx.view(), input.kind)?;
        tags::require_allowed(&tx.view(), tags::resource_type::POLICY, &tags)?;
        let policy = Policy {
            id: ids::policy(tx)?,
            sequence: tx.world.next_sequence(),
            kind: input.kind,
            name: input.name.into(),
            description: input.description,
            content: input.content,
            document,
            changed_at: tx.now,
        };
        let organization = lookup::organization_mut(tx)?;
        organization.policies.put(policy.clone());
        tags::set(organization, policy.id.as_str(), tags);
        let policy = view::policy(organization, AnyPolicy::Written(&policy));
        Ok(CreatePolicyOutput { policy: Some(policy) })
    }

    fn describe_policy(view: &View<'_>, input: DescribePolicyInput) -> Result<DescribePolicyOutput> {
        let organization = lookup::organization(view)?;
        let policy = lookup::policy(organization, &input.policy_id)?;
        Ok(DescribePolicyOutput { policy: Some(view::policy(organization, policy)) })
    }

    fn update_policy(tx: &mut Tx<'_>, input: UpdatePolicyInput) -> Result<UpdatePolicyOutput> {
        free_text::require_plain([input.name.as_deref(), input.description.as_deref()])?;
        let mut policy = customer_policy(&tx.view(), &input.policy_id)?;
        if let Some(content) = input.content {
            policy.document = read_document(&tx.view(), policy.kind, &content)?;
            policy.content = content;
            policy.changed_at = tx.now;
        }
        if let Some(name) = input.name.filter(|name| *name != policy.name) {
            require_name(&tx.view(), policy.kind, &name)?;
            policy.name = name.into();
        }
        policy.description = input.description.unwrap_or(policy.description);
        let organization = lookup::organization_mut(tx)?;
        organization.policies.put(policy.clone());
        organization.policies.content_changed(&policy);
        let policy = view::policy(organization, AnyPolicy::Written(&policy));
        Ok(UpdatePolicyOutput { policy: Some(policy) })
    }

    fn delete_policy(tx: &mut Tx<'_>, input: DeletePolicyInput) -> Result<DeletePolicyOutput> {
        let policy = customer_policy(&tx.view(), &input.policy_id)?;
        let organization = lookup::organization_mut(tx)?;
        require(organization.policies.targets_of(&policy, 0).next().is_none(), PolicyInUseException)?;
        organization.policies.remove(&policy.id);
        organization.tags.remove(policy.id.as_str());
        Ok(DeletePolicyOutput {})
    }

    fn list_policies(view: &View<'_>, input: ListPoliciesInput) -> Result<ListPoliciesOutput> {
        let organization = lookup::organization(view)?;
        let kind = input.filter;
        // Sequences begin at 1. The managed policy gets 0, so it is the first.
        let all = organization.feature_set == OrganizationFeatureSet::All;
        let managed = ManagedPolicy::of(kind).filter(|_| all).map(|managed| (0, AnyPolicy::Managed(managed)));
        let scan = view.scan(&[organization.id.as_str(), kind.as_str()]);
        let page = scan.page(input.next_token.as_deref(), view::page_size(input.max_results), |last| {
            let written = organization.policies.of_type(kind, view::sequence_after(last));
            let managed = managed.filter(|_| last.is_none()).into_iter();
            managed.chain(written.map(|(sequence, policy)| (sequence, AnyPolicy::Written(policy))))
        })?;
        let page = page.map(|policy| view::policy_summary(organization, policy));
        Ok(ListPoliciesOutput { policies: Some(page.items), next_token: page.next_token })
    }

    fn enable_policy_type(tx: &mut Tx<'_>, input: EnablePolicyTypeInput) -> Result<EnablePolicyTypeOutput> {
        let (kind, organization) = (input.policy_type, lookup::organization_mut(tx)?);
        let service = policy_types::trusted_service(kind);
        require_all_features(organization)?;
        require_root(organization, &input.root_id)?;
        require(!organization.policies.is_enabled(kind), PolicyTypeAlreadyEnabledException)?;
        require(service.is_none_or(|service| organization.trusts(service)), ServiceAccessNotEnabled)?;
        organization.policies.enable(kind);
        Ok(EnablePolicyTypeOutput { root: Some(view::root(organization)) })
    }

    fn disable_policy_type(tx: &mut Tx<'_>, input: DisablePolicyTypeInput) -> Result<DisablePolicyTypeOutput> {
        let organization = lookup::organization_mut(tx)?;
        require_root(organization, &input.root_id)?;
        require(organization.policies.is_enabled(input.policy_type), PolicyTypeNotEnabledException)?;
        organization.policies.disable(input.policy_type);
        Ok(DisablePolicyTypeOutput { root: Some(view::root(organization)) })
    }
}

/// A policy of the caller's organization that is not AWS's own.
fn customer_policy(view: &View<'_>, id: &PolicyId) -> Result<Policy> {
    match lookup::policy(lookup::organization(view)?, id)? {
        AnyPolicy::Managed(_) => Err(ImmutablePolicy.into()),
        AnyPolicy::Written(policy) => Ok(policy.clone()),
    }
}

fn require_all_features(organization: &Organization) -> Result<()> {
    let all = organization.feature_set == OrganizationFeatureSet::All;
    Ok(require(all, PolicyTypeNotAvailableForOrganizationException)?)
}

fn require_root(organization: &Organization, id: &RootId) -> Result<()> {
    Ok(require(organization.root == *id, RootNotFoundException)?)
}

/// Reads a document of the type and checks its size.
// Inferred: AWS's order is not recorded. Here the size comes first, so that only documents of an allowed size are read.
fn read_document(view: &View<'_>, kind: PolicyType, content: &str) -> Result<PolicyDocument> {
    let quotas = view.world.settings.quotas.policy_type(kind);
    require(policy_documents::size(kind, content) <= quotas.size, PolicyContentLimitExceeded)?;
    policy_documents::read(kind, content)
}

fn require_name(view: &View<'_>, kind: PolicyType, name: &str) -> Result<()> {
    let policies = &lookup::organization(view)?.policies;
    // The names of AWS's managed policies are taken in every organization.
    let managed = ManagedPolicy::of(kind).is_some_and(|managed| managed.name == name);
    Ok(require(policies.id_by_name(kind, name).is_none() && !managed, DuplicatePolicyException)?)
}

fn require_room(view: &View<'_>, kind: PolicyType) -> Result<()> {
    let most = view.world.settings.quotas.policy_type(kind).policies;
    Ok(require(lookup::organization(view)?.policies.count(kind) < most, PolicyNumberLimitExceeded)?)
}
