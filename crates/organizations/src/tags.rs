//! Tags of organizations' resources.

use compact_str::CompactString;
use model::organizations::ErrorCode::TargetNotFoundException;
use model::organizations::errors::ConstraintViolationExceptionReason::{MaxTagLimitExceeded, TagPolicyViolation};
use model::organizations::errors::InvalidInputExceptionReason::{
    DuplicateTagKey, InvalidPattern, InvalidSystemTagsParameter,
};
use model::organizations::types::{
    ListTagsForResourceInput, ListTagsForResourceOutput, PolicyType, Tag, TagResourceInput, TagResourceOutput,
    UntagResourceInput, UntagResourceOutput,
};
use model::{ParentId, PolicyId, ResponsibilityTransferId};
use policy::management::{TagViolation, tag_violation};
use world::{ManagedPolicy, Organization, Tags, Tx, View};

use crate::error::{Error, Result, require};
use crate::generated::api;
use crate::{Service, lookup};

impl api::Tags for Service {
    fn tag_resource(tx: &mut Tx<'_>, input: TagResourceInput) -> Result<TagResourceOutput> {
        let new = from_request(Some(input.tags))?;
        let tags = new.clone().union(tags(&tx.view(), &input.resource_id)?);
        require_room(&tx.view(), &tags)?;
        require_compliant(&tx.view(), resource_type(&input.resource_id), &new)?;
        set(lookup::organization_mut(tx)?, &input.resource_id, tags);
        Ok(TagResourceOutput {})
    }

    fn untag_resource(tx: &mut Tx<'_>, input: UntagResourceInput) -> Result<UntagResourceOutput> {
        require(!input.tag_keys.iter().any(|key| is_system(key)), InvalidSystemTagsParameter)?;
        let mut tags = tags(&tx.view(), &input.resource_id)?;
        for key in &input.tag_keys {
            tags.remove(key.as_str());
        }
        set(lookup::organization_mut(tx)?, &input.resource_id, tags);
        Ok(UntagResourceOutput {})
    }

    fn list_tags_for_resource(view: &View<'_>, input: ListTagsForResourceInput) -> Result<ListTagsForResourceOutput> {
        let tags = tags(view, &input.resource_id)?;
        let organization = lookup::organization(view)?.id.as_str();
        let scan = view.scan(&[organization, &input.resource_id]);
        // The operation has no page size: the first page has all tags, and every token is foreign.
        let page = scan.page(input.next_token.as_deref(), usize::MAX, |_: Option<CompactString>| {
            tags.into_iter().map(|(key, value)| (key.clone(), Tag { key: key.into(), value: value.into() }))
        })?;
        Ok(ListTagsForResourceOutput { tags: Some(page.items), next_token: page.next_token })
    }
}

/// The tags of a request. Duplicate keys and AWS's own keys are refused.
pub fn from_request(tags: Option<Vec<Tag>>) -> Result<Tags> {
    let mut read = Tags::new();
    for tag in tags.into_iter().flatten() {
        require(!is_system(&tag.key), InvalidSystemTagsParameter)?;
        require(read.insert(tag.key.into(), tag.value.into()).is_none(), DuplicateTagKey)?;
    }
    Ok(read)
}

/// Whether a key is reserved for AWS.
// Inferred: case does not count, as other services document it.
fn is_system(key: &str) -> bool {
    key.get(..4).is_some_and(|prefix| prefix.eq_ignore_ascii_case("aws:"))
}

/// The names of taggable resource types in tag policies.
// Inferred: they are the words of the ARNs, as for other services.
pub mod resource_type {
    pub const ACCOUNT: &str = "organizations:account";
    pub const UNIT: &str = "organizations:ou";
    pub const ROOT: &str = "organizations:root";
    pub const POLICY: &str = "organizations:policy";
    pub const RESOURCE_POLICY: &str = "organizations:resourcepolicy";
    pub const TRANSFER: &str = "organizations:transfer";
}

/// The type of the resource with an id.
fn resource_type(id: &str) -> &'static str {
    match id.split('-').next() {
        Some("r") => resource_type::ROOT,
        Some("ou") => resource_type::UNIT,
        Some("p") => resource_type::POLICY,
        Some("rp") => resource_type::RESOURCE_POLICY,
        Some("rt") => resource_type::TRANSFER,
        _ => resource_type::ACCOUNT,
    }
}

/// Requires that a new resource of the caller's organization can have these tags: their number, and the tag policies.
pub fn require_allowed(view: &View<'_>, resource_type: &str, tags: &Tags) -> Result<()> {
    require_room(view, tags)?;
    require_compliant(view, resource_type, tags)
}

/// Requires that tags comply with the tag policies that are enforced for a type of resource.
// Inferred: the resources of Organizations belong to the management account, so its effective policy counts.
fn require_compliant(view: &View<'_>, resource_type: &str, tags: &Tags) -> Result<()> {
    let organization = lookup::organization(view)?;
    let management = view.world.account_or_standalone(organization.management);
    let effective = organization.effective_policy(PolicyType::TagPolicy, management.id, management.member());
    let Some((effective, _)) = effective else { return Ok(()) };
    for (key, value) in tags {
        match tag_violation(&effective, resource_type, key, value) {
            None => {}
            Some(TagViolation::Key { expected }) => {
                let why = format!("The tag policy wants the key {expected} in this case, not {key}.");
                return Err(Error::from(TagPolicyViolation).with_detail(why));
            }
            Some(TagViolation::Value { allowed }) => {
                let why = format!("The tag policy takes {} for the key {key}, not {value}.", allowed.join(", "));
                return Err(Error::from(TagPolicyViolation).with_detail(why));
            }
        }
    }
    Ok(())
}

/// Requires that a resource can have this number of tags.
fn require_room(view: &View<'_>, tags: &Tags) -> Result<()> {
    require(tags.len() <= view.world.settings.quotas.tags, MaxTagLimitExceeded)?;
    Ok(())
}

/// Sets all tags of a resource.
pub fn set(organization: &mut Organization, resource: &str, tags: Tags) {
    if tags.is_empty() {
        organization.tags.remove(resource);
    } else {
        organization.tags.insert(resource.into(), tags);
    }
}

/// The tags of a resource of the caller's organization.
fn tags(view: &View<'_>, resource: &str) -> Result<Tags> {
    let organization = lookup::organization(view)?;
    let account = resource.parse().ok().and_then(|account| view.world.organization_of(account));
    let policy = PolicyId::from(resource);
    // Each side of a transfer has its own resource, with its own tags.
    let transfer = view.world.transfer(&ResponsibilityTransferId::from(resource));
    // Recorded for FullAWSAccess, whose id has another form than those of customers' policies.
    require(ManagedPolicy::by_id(&policy).is_none(), InvalidPattern)?;
    let known = account.is_some_and(|found| found.id == organization.id)
        || organization.has_parent(&ParentId::from(resource))
        || organization.policies.get(&policy).is_some()
        || organization.resource_policy.as_ref().is_some_and(|policy| policy.id == resource)
        || transfer.is_some_and(|found| found.has_side(&organization.id));
    require(known, TargetNotFoundException)?;
    Ok(organization.tags.get(resource).cloned().unwrap_or_default())
}
