//! The organization's resource policy, with which the management account delegates to members.

use std::sync::Arc;

use model::AccountId;
use model::organizations::ErrorCode::{ConstraintViolationException, ResourcePolicyNotFoundException};
use model::organizations::errors::InvalidInputExceptionReason::{
    InvalidPrincipal, InvalidResourcePolicyJson, UnsupportedActionInResourcePolicy,
    UnsupportedPolicyTypeInResourcePolicy, UnsupportedResourceInResourcePolicy,
};
use model::organizations::types::{
    DeleteResourcePolicyInput, DeleteResourcePolicyOutput, DescribeResourcePolicyInput, DescribeResourcePolicyOutput,
    PutResourcePolicyInput, PutResourcePolicyOutput,
};
use policy::iam::Document;
use policy::iam::resource_policy::{
    DelegatingOrganization, Part, PartFinding, {self},
};
use world::{ResourcePolicy, Tags, Tx, View};

use crate::error::{Error, Result, require};
use crate::generated::api;
use crate::{Service, ids, lookup, tags, view};

impl api::ResourcePolicy for Service {
    fn put_resource_policy(tx: &mut Tx<'_>, input: PutResourcePolicyInput) -> Result<PutResourcePolicyOutput> {
        let tags = tags::from_request(input.tags)?;
        let document = Arc::new(read(&tx.view(), &input.content)?);
        let before = lookup::organization(&tx.view())?.resource_policy.as_ref().map(|policy| policy.id.clone());
        require_taggable(&tx.view(), before.is_none(), &tags)?;
        let id = match &before {
            Some(id) => id.clone(),
            None => ids::resource_policy(tx.world),
        };
        let organization = lookup::organization_mut(tx)?;
        if before.is_none() {
            tags::set(organization, &id, tags);
        }
        let policy = ResourcePolicy { id, content: input.content, document };
        let described = view::resource_policy(organization, &policy);
        organization.resource_policy = Some(policy);
        Ok(PutResourcePolicyOutput { resource_policy: Some(described) })
    }

    fn describe_resource_policy(
        view: &View<'_>,
        _: DescribeResourcePolicyInput,
    ) -> Result<DescribeResourcePolicyOutput> {
        let organization = lookup::organization(view)?;
        let policy = organization.resource_policy.as_ref().ok_or(ResourcePolicyNotFoundException)?;
        Ok(DescribeResourcePolicyOutput { resource_policy: Some(view::resource_policy(organization, policy)) })
    }

    fn delete_resource_policy(tx: &mut Tx<'_>, _: DeleteResourcePolicyInput) -> Result<DeleteResourcePolicyOutput> {
        let organization = lookup::organization_mut(tx)?;
        let policy = organization.resource_policy.take().ok_or(ResourcePolicyNotFoundException)?;
        organization.tags.remove(policy.id.as_str());
        Ok(DeleteResourcePolicyOutput {})
    }
}

/// Requires that only a new policy gets tags.
// Inferred: no reason of the model fits tags for an existing policy, so the error has none.
fn require_taggable(view: &View<'_>, new: bool, tags: &Tags) -> Result<()> {
    let refused = || {
        Error::from(ConstraintViolationException(None)).with_detail("Tag an existing resource policy with TagResource.")
    };
    require(new || tags.is_empty(), refused())?;
    tags::require_allowed(view, tags::resource_type::RESOURCE_POLICY, tags)
}

fn read(view: &View<'_>, content: &str) -> Result<Document> {
    let organization = lookup::organization(view)?;
    let is_member = |id: &str| id.parse::<AccountId>().is_ok_and(|id| lookup::member(view, id).is_ok());
    let management = organization.management.to_string();
    let organization = DelegatingOrganization {
        id: organization.id.as_str(),
        management_account_id: &management,
        is_member: &is_member,
    };
    resource_policy::validate(content, organization).map_err(|findings| malformed(&findings))
}

/// The error with the reason of the first finding. Its text also has the finding, which AWS leaves out.
fn malformed(findings: &[PartFinding]) -> Error {
    let reason = match findings.first().map(|finding| finding.part) {
        None | Some(Part::Document) => InvalidResourcePolicyJson,
        Some(Part::Principal) => InvalidPrincipal,
        Some(Part::Action) => UnsupportedActionInResourcePolicy,
        Some(Part::Resource) => UnsupportedResourceInResourcePolicy,
        Some(Part::PolicyType) => UnsupportedPolicyTypeInResourcePolicy,
    };
    match findings.first() {
        Some(first) => Error::from(reason).with_detail(&first.finding),
        None => reason.into(),
    }
}

#[cfg(test)]
mod tests {
    use model::Callers;
    use model::organizations::SERVICE;

    use super::*;

    #[test]
    fn delegable_actions_are_the_operations_that_delegates_may_call() {
        for operation in SERVICE.operations {
            let action = format!("organizations:{}", operation.name);
            let reads = operation.name.starts_with("List") || operation.name.starts_with("Describe");
            let delegable = reads || operation.callers == Callers::ResourcePolicy;
            assert_eq!(resource_policy::is_delegable(&action), delegable, "{action}");
        }
    }
}
