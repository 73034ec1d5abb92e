//! Quotas of directories: how many an account has in a Region, and how many it may have.

use model::ds::ErrorCode;
use model::ds::types::DirectoryEdition::Hybrid;
use model::ds::types::DirectoryLimits;
use std::borrow::Cow;
use world::{Directory, DirectoryKind, View};

use crate::error::{Coded, Result, require};

/// Why one more directory is refused.
#[derive(Clone, Debug, PartialEq)]
pub enum LimitError {
    /// The account has the most directories that it may have in the Region. With the quota.
    Directories(usize),
}

impl Coded for LimitError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Directories(_) => ErrorCode::DirectoryLimitExceededException,
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            // Known.
            Self::Directories(most) => {
                format!("Directory limit exceeded. A maximum of {most} directories may be created").into()
            }
        }
    }
}

/// Requires that the account may have one more directory of a kind. Failed directories count, shared ones do not.
pub fn require_room(view: &View<'_>, kind: DirectoryKind) -> Result<()> {
    let quotas = &view.world.settings.quotas;
    let (count, most) = match kind {
        DirectoryKind::SimpleAd => (count(view, is_simple), quotas.simple_directories),
        DirectoryKind::Connector => (count(view, is_connector), quotas.connected_directories),
        DirectoryKind::MicrosoftAd(Hybrid) => (count(view, is_hybrid), quotas.hybrid_directories),
        DirectoryKind::MicrosoftAd(_) => (count(view, is_microsoft), quotas.microsoft_directories),
    };
    Ok(require(count < most, LimitError::Directories(most))?)
}

/// The quotas and counts in the caller's Region.
pub fn limits(view: &View<'_>) -> DirectoryLimits {
    let quotas = &view.world.settings.quotas;
    let (simple, microsoft) = (count(view, is_simple), count(view, is_microsoft));
    let connected = count(view, is_connector);
    DirectoryLimits {
        cloud_only_directories_limit: Some(number(quotas.simple_directories)),
        cloud_only_directories_current_count: Some(number(simple)),
        cloud_only_directories_limit_reached: Some(simple >= quotas.simple_directories),
        cloud_only_microsoft_ad_limit: Some(number(quotas.microsoft_directories)),
        cloud_only_microsoft_ad_current_count: Some(number(microsoft)),
        cloud_only_microsoft_ad_limit_reached: Some(microsoft >= quotas.microsoft_directories),
        connected_directories_limit: Some(number(quotas.connected_directories)),
        connected_directories_current_count: Some(number(connected)),
        connected_directories_limit_reached: Some(connected >= quotas.connected_directories),
    }
}

fn count(view: &View<'_>, is_counted: fn(&Directory) -> bool) -> usize {
    view.world.owned_directories(view.caller.account, &view.caller.region).filter(|found| is_counted(found)).count()
}

fn is_simple(directory: &Directory) -> bool {
    directory.kind == DirectoryKind::SimpleAd
}

fn is_connector(directory: &Directory) -> bool {
    directory.kind == DirectoryKind::Connector
}

fn is_hybrid(directory: &Directory) -> bool {
    directory.kind == DirectoryKind::MicrosoftAd(Hybrid)
}

/// Standard and Enterprise share one quota; Hybrid has its own.
fn is_microsoft(directory: &Directory) -> bool {
    matches!(directory.kind, DirectoryKind::MicrosoftAd(edition) if edition != Hybrid)
}

fn number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
