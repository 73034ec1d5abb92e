//! Tags of the root, of units, of accounts, of policies and of responsibility transfers.

use compact_str::CompactString;
use model::organizations::ErrorCode::TargetNotFoundException;
use model::organizations::errors::ConstraintViolationExceptionReason::MaxTagLimitExceeded;
use model::organizations::errors::InvalidInputExceptionReason::{
    DuplicateTagKey, InvalidSystemTagsParameter, TargetNotSupported,
};
use model::organizations::types::{
    ListTagsForResourceInput, ListTagsForResourceOutput, Tag, TagResourceInput, TagResourceOutput, UntagResourceInput,
    UntagResourceOutput,
};
use model::{ParentId, PolicyId, ResponsibilityTransferId};
use world::{Organization, Scan, Tags, Tx, View};

use crate::Service;
use crate::error::{Result, require};
use crate::generated::api;
use crate::{lookup, policy_types, responsibility_transfers};

impl api::Tags for Service {
    fn tag_resource(tx: &mut Tx<'_>, input: TagResourceInput) -> Result<TagResourceOutput> {
        let new = of_request(Some(input.tags))?;
        let tags = new.union(tags(&tx.view(), &input.resource_id)?);
        require_room(&tx.view(), &tags)?;
        put(lookup::organization_mut(tx)?, &input.resource_id, tags);
        Ok(TagResourceOutput {})
    }

    fn untag_resource(tx: &mut Tx<'_>, input: UntagResourceInput) -> Result<UntagResourceOutput> {
        require(!input.tag_keys.iter().any(|key| is_system(key)), InvalidSystemTagsParameter)?;
        let mut tags = tags(&tx.view(), &input.resource_id)?;
        for key in &input.tag_keys {
            tags.remove(key.as_str());
        }
        put(lookup::organization_mut(tx)?, &input.resource_id, tags);
        Ok(UntagResourceOutput {})
    }

    fn list_tags_for_resource(view: &View<'_>, input: ListTagsForResourceInput) -> Result<ListTagsForResourceOutput> {
        let tags = tags(view, &input.resource_id)?;
        let organization = lookup::organization(view)?.id.as_str();
        let scan = Scan::new("ListTagsForResource", &[organization, &input.resource_id]);
        // The operation has no page size: its first page holds all tags, and every token is foreign.
        let page = scan.page(input.next_token.as_deref(), usize::MAX, |_: Option<CompactString>| {
            tags.into_iter().map(|(key, value)| (key.clone(), Tag { key: key.into(), value: value.into() }))
        })?;
        Ok(ListTagsForResourceOutput { tags: Some(page.items), next_token: page.next_token })
    }
}

/// The tags of a request: no key twice, and none of AWS's own.
pub fn of_request(tags: Option<Vec<Tag>>) -> Result<Tags> {
    let mut read = Tags::new();
    for tag in tags.into_iter().flatten() {
        require(!is_system(&tag.key), InvalidSystemTagsParameter)?;
        require(read.insert(tag.key.into(), tag.value.into()).is_none(), DuplicateTagKey)?;
    }
    Ok(read)
}

/// Whether a key is one that AWS keeps for itself.
// Inferred: in any case of letters, as other services document it.
fn is_system(key: &str) -> bool {
    key.get(..4).is_some_and(|prefix| prefix.eq_ignore_ascii_case("aws:"))
}

/// Whether a resource can have so many tags.
pub fn require_room(view: &View<'_>, tags: &Tags) -> Result<()> {
    require(tags.len() <= view.world.settings.quotas.tags, MaxTagLimitExceeded)?;
    Ok(())
}

/// Gives a resource these tags and no others.
pub fn put(organization: &mut Organization, resource: &str, tags: Tags) {
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
    // The two sides of a transfer have a resource each, and each its own tags.
    let transfer = view.world.transfer(&ResponsibilityTransferId::from(resource));
    // Inferred: what AWS wrote has no tags of an organization.
    require(policy_types::managed_by_id(&policy).is_none(), TargetNotSupported)?;
    let known = account.is_some_and(|found| found.id == organization.id)
        || organization.has_parent(&ParentId::from(resource))
        || organization.policies.get(&policy).is_some()
        || organization.resource_policy.as_ref().is_some_and(|policy| policy.id == resource)
        || transfer.is_some_and(|found| responsibility_transfers::is_side(found, organization));
    require(known, TargetNotFoundException)?;
    Ok(organization.tags.get(resource).cloned().unwrap_or_default())
}
