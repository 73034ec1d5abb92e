//! Looking up directories. An account sees its own directories in a Region, and those that are shared with it there.

use model::DirectoryId;
use model::ds::ErrorCode;
use model::ds::types::{DirectoryEdition, ShareStatus};
use std::borrow::Cow;
use world::{Directory, DirectoryKind, ListedDirectory, Share, View};

use crate::error::{Coded, Result};

/// Why a directory is not found.
#[derive(Clone, Debug, PartialEq)]
pub enum LookupError {
    /// No such directory in the caller's account and Region.
    Unknown(DirectoryId),
    /// The caller owns the directory, and the operation works on shared ones.
    NotShared(DirectoryId),
}

impl Coded for LookupError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Unknown(_) => ErrorCode::EntityDoesNotExistException,
            Self::NotShared(_) => ErrorCode::InvalidParameterException,
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            // Known.
            Self::Unknown(id) => format!("Directory {id} does not exist").into(),
            Self::NotShared(id) => format!("Directory {id} is not a shared directory.").into(),
        }
    }
}

/// A directory that the caller sees.
#[derive(Clone, Copy)]
pub enum Seen<'w> {
    /// The caller owns it.
    Own(&'w ListedDirectory),
    /// It is shared with the caller, or offered to it.
    Shared(&'w Share),
}

/// The directory of that id, if the caller sees it in its Region.
pub fn find<'w>(view: &View<'w>, id: &DirectoryId) -> Option<Seen<'w>> {
    let own = view
        .world
        .directory(id)
        .filter(|found| found.owner == view.caller.account && found.regions.contains_key(&view.caller.region));
    own.map(Seen::Own).or_else(|| find_share(view, id).filter(|share| share.is_visible()).map(Seen::Shared))
}

/// Like [`find`], with an error for absence.
pub fn find_or_refuse<'w>(view: &View<'w>, id: &DirectoryId) -> Result<Seen<'w>> {
    find(view, id).ok_or_else(|| LookupError::Unknown(id.clone()).into())
}

/// The directories that the caller owns in its Region, be it their primary or an additional one.
pub fn own_directories<'w>(view: &View<'w>) -> impl Iterator<Item = &'w Directory> {
    let view = *view;
    let ids = view.world.listed_directories(view.caller.account, &view.caller.region, None);
    ids.filter_map(move |(_, id)| match find(&view, id) {
        Some(Seen::Own(directory)) => Some(&**directory),
        _ => None,
    })
}

/// Whether Directory Service Data can be used on a directory of that kind.
// Inferred: documented for Managed Microsoft AD only. The Hybrid edition is taken not to have it.
pub fn has_data(directory: &Directory) -> bool {
    matches!(directory.kind, DirectoryKind::MicrosoftAd(edition) if edition != DirectoryEdition::Hybrid)
}

/// The share of that id with the caller, whether it still waits for an answer or not.
pub fn offered_share<'w>(view: &View<'w>, id: &DirectoryId) -> Result<&'w Share> {
    let share = find_share(view, id).filter(|share| share.status != ShareStatus::Deleted);
    let refusal = || match find(view, id) {
        Some(Seen::Own(_)) => LookupError::NotShared(id.clone()),
        Some(Seen::Shared(_)) | None => LookupError::Unknown(id.clone()),
    };
    Ok(share.ok_or_else(refusal)?)
}

fn find_share<'w>(view: &View<'w>, id: &DirectoryId) -> Option<&'w Share> {
    view.world.share(id).filter(|share| share.consumer == view.caller.account && share.region == view.caller.region)
}
