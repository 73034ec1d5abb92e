//! Tags of directories, in each Region their own. A shared directory has its consumer's tags, not its owner's.

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
    /// A directory would have more tags than it can have.
    Limit,
    /// The same, when the directory is created.
    CreationLimit,
    /// A key has AWS's own prefix.
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
            // Known, odd as it sounds.
            Self::CreationLimit => "Tag Limit is exceeding".into(),
            Self::ReservedKey => "Tag keys must not begin with aws:.".into(),
        }
    }
}

impl api::Tags for Service {
    fn add_tags_to_resource(tx: &mut Tx<'_>, input: AddTagsToResourceInput) -> Result<AddTagsToResourceOutput> {
        let view = tx.view();
        let mut tags = of(&view, &input.resource_id)?.clone();
        add(&mut tags, input.tags)?;
        require(tags.len() <= view.world.settings.quotas.tags, TagError::Limit)?;
        put(tx, &input.resource_id, tags);
        Ok(AddTagsToResourceOutput {})
    }

    fn remove_tags_from_resource(
        tx: &mut Tx<'_>,
        input: RemoveTagsFromResourceInput,
    ) -> Result<RemoveTagsFromResourceOutput> {
        let mut tags = of(&tx.view(), &input.resource_id)?.clone();
        for key in &input.tag_keys {
            tags.remove(key.as_str());
        }
        put(tx, &input.resource_id, tags);
        Ok(RemoveTagsFromResourceOutput {})
    }

    fn list_tags_for_resource(view: &View<'_>, input: ListTagsForResourceInput) -> Result<ListTagsForResourceOutput> {
        // The model reserves the token and the limit for later use; all tags come at once.
        let tags = of(view, &input.resource_id)?.iter();
        let tags = tags.map(|(key, value)| Tag { key: key.to_string(), value: value.to_string() }).collect();
        Ok(ListTagsForResourceOutput { tags: Some(tags), next_token: None })
    }
}

/// The tags of a new directory.
pub fn of_new(view: &View<'_>, given: Option<Vec<Tag>>) -> Result<Tags> {
    let mut tags = Tags::new();
    add(&mut tags, given.unwrap_or_default())?;
    require(tags.len() <= view.world.settings.quotas.tags, TagError::CreationLimit)?;
    Ok(tags)
}

/// Adds tags; a key that is there already gets the new value.
fn add(tags: &mut Tags, given: Vec<Tag>) -> Result<()> {
    for tag in given {
        require(!is_reserved(&tag.key), TagError::ReservedKey)?;
        tags.insert(tag.key.into(), tag.value.into());
    }
    Ok(())
}

fn is_reserved(key: &str) -> bool {
    key.get(..4).is_some_and(|prefix| prefix.eq_ignore_ascii_case("aws:"))
}

fn of<'w>(view: &View<'w>, id: &DirectoryId) -> Result<&'w Tags> {
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
