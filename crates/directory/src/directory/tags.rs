//! Tags of directories. Each Region of a directory has its own tags. A shared directory has its consumer's tags, not
//! its owner's.

use model::DirectoryId;
use model::ds::ErrorCode;
use model::ds::types::{
    AddTagsToResourceInput, AddTagsToResourceOutput, ListTagsForResourceInput, ListTagsForResourceOutput,
    RemoveTagsFromResourceInput, RemoveTagsFromResourceOutput, Tag,
};
use std::borrow::Cow;
use world::{Tags, Tx, View};

use crate::error::{Coded, Result, require};
use crate::generated::api;
use crate::lookup::{LookupError, Seen};
use crate::{Service, lookup};

/// Why tags are refused.
#[derive(Clone, Debug, PartialEq)]
pub enum TagError {
    /// A directory would have more tags than it may have.
    Limit,
    /// The same, when the directory is created.
    CreationLimit,
    /// A key begins with `aws:`.
    ReservedKey,
}

impl Coded for TagError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Limit => ErrorCode::TagLimitExceededException,
            Self::CreationLimit => ErrorCode::DirectoryLimitExceededException,
            Self::ReservedKey => ErrorCode::InvalidParameterException,
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            // Known.
            Self::Limit => "Tag limit exceeded".into(),
            // Known.
            Self::CreationLimit => "Tag Limit is exceeding".into(),
            Self::ReservedKey => "Tag keys must not begin with aws:.".into(),
        }
    }
}

impl api::Tags for Service {
    fn add_tags_to_resource(tx: &mut Tx<'_>, input: AddTagsToResourceInput) -> Result<AddTagsToResourceOutput> {
        let view = tx.view();
        let mut tags = find_tags(&view, &input.resource_id)?.clone();
        add(&mut tags, input.tags)?;
        require(tags.len() <= view.world.settings.quotas.tags, TagError::Limit)?;
        put(tx, &input.resource_id, tags);
        Ok(AddTagsToResourceOutput {})
    }

    fn remove_tags_from_resource(
        tx: &mut Tx<'_>,
        input: RemoveTagsFromResourceInput,
    ) -> Result<RemoveTagsFromResourceOutput> {
        let mut tags = find_tags(&tx.view(), &input.resource_id)?.clone();
        for key in &input.tag_keys {
            tags.remove(key.as_str());
        }
        put(tx, &input.resource_id, tags);
        Ok(RemoveTagsFromResourceOutput {})
    }

    fn list_tags_for_resource(view: &View<'_>, input: ListTagsForResourceInput) -> Result<ListTagsForResourceOutput> {
        // The model reserves the token and the limit for later use. One answer has all tags.
        let tags = find_tags(view, &input.resource_id)?.iter();
        let tags = tags.map(|(key, value)| Tag { key: key.to_string(), value: value.to_string() }).collect();
        Ok(ListTagsForResourceOutput { tags: Some(tags), next_token: None })
    }
}

/// The tags of a new directory.
pub fn new_tags(view: &View<'_>, requested: Option<Vec<Tag>>) -> Result<Tags> {
    let mut tags = Tags::new();
    add(&mut tags, requested.unwrap_or_default())?;
    require(tags.len() <= view.world.settings.quotas.tags, TagError::CreationLimit)?;
    Ok(tags)
}

/// Adds tags. A new value replaces the old one.
fn add(tags: &mut Tags, new: Vec<Tag>) -> Result<()> {
    for tag in new {
        require(!is_reserved(&tag.key), TagError::ReservedKey)?;
        tags.insert(tag.key.into(), tag.value.into());
    }
    Ok(())
}

fn is_reserved(key: &str) -> bool {
    key.get(..4).is_some_and(|prefix| prefix.eq_ignore_ascii_case("aws:"))
}

fn find_tags<'w>(view: &View<'w>, id: &DirectoryId) -> Result<&'w Tags> {
    Ok(match lookup::find_or_refuse(view, id)? {
        Seen::Own(directory) => match directory.regional(&view.caller.region) {
            Some(regional) => &regional.tags,
            None => return Err(LookupError::Unknown(id.clone()).into()),
        },
        Seen::Shared(share) => &share.tags,
    })
}

/// Replaces the tags of a directory, or of a shared directory.
fn put(tx: &mut Tx<'_>, id: &DirectoryId, tags: Tags) {
    match tx.world.share_tags_mut(id) {
        Some(kept) => *kept = tags,
        None => tx.regional_mut(id).tags = tags,
    }
}
