//! Shares: an owner shares a directory with another account, which accepts or rejects it.

use imbl::OrdMap;
use model::ds::ErrorCode;
use model::ds::types::{
    AcceptSharedDirectoryInput, AcceptSharedDirectoryOutput, DescribeSharedDirectoriesInput,
    DescribeSharedDirectoriesOutput, DirectoryEdition, RejectSharedDirectoryInput, RejectSharedDirectoryOutput,
    ShareDirectoryInput, ShareDirectoryOutput, ShareMethod, ShareStatus, UnshareDirectoryInput, UnshareDirectoryOutput,
};
use model::{AccountId, DirectoryId, Timestamp};
use std::borrow::Cow;
use std::time::Duration;
use world::{DirectoryWork, Failure, ForgetShareWork, Share, ShareWork, Tx, View, World};

use crate::availability::RegionalDirectory;
use crate::directory::view;
use crate::error::{Coded, Result, require};
use crate::failures::{CanFail, Failures, Finish};
use crate::generated::api;
use crate::lookup::{LookupError, Seen};
use crate::sharing::organization_sharing;
use crate::{Service, availability, ids, lookup};

/// Why a share is refused.
#[derive(Clone, Debug, PartialEq)]
pub enum ShareError {
    /// The target is not an account id.
    TargetMalformed(String),
    /// The target is the owner.
    TargetIsOwner(AccountId),
    /// The directory is already shared with the account.
    AlreadyShared(AccountId),
    /// The consumer has already accepted the share.
    AlreadyAccepted(DirectoryId),
    /// The directory is shared with the most accounts that it may be shared with. With the quota.
    Limit(usize),
    /// The directory is not shared with the account.
    NotShared(AccountId),
    /// The share does not wait for the consumer's answer.
    NotPending(DirectoryId, ShareStatus),
    /// The share is changing to another status.
    InTransition(DirectoryId, ShareStatus),
}

impl Coded for ShareError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::TargetMalformed(_) | Self::TargetIsOwner(_) => ErrorCode::InvalidTargetException,
            Self::AlreadyShared(_) | Self::AlreadyAccepted(_) => ErrorCode::DirectoryAlreadySharedException,
            Self::Limit(_) => ErrorCode::ShareLimitExceededException,
            Self::NotShared(_) => ErrorCode::DirectoryNotSharedException,
            Self::NotPending(..) => ErrorCode::InvalidParameterException,
            Self::InTransition(..) => ErrorCode::ClientException,
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            Self::TargetMalformed(target) => format!("The target {target} is not an AWS account ID.").into(),
            // Recorded: a tool of AWS shows this text before it calls.
            Self::TargetIsOwner(owner) => format!(
                "The Target AWS account ID {owner} you specified cannot be the same as \
                the directory owner AWS account ID {owner}"
            )
            .into(),
            Self::AlreadyShared(target) => format!("The directory is already shared with the account {target}.").into(),
            Self::AlreadyAccepted(id) => {
                format!("The shared directory {id} is already shared with your account.").into()
            }
            Self::Limit(most) => {
                format!("Share limit exceeded. The directory may be shared with a maximum of {most} accounts.").into()
            }
            Self::NotShared(target) => format!("The directory is not shared with the account {target}.").into(),
            Self::NotPending(id, status) => {
                format!("The shared directory {id} cannot be accepted or rejected in the status {}.", status.as_str())
                    .into()
            }
            Self::InTransition(id, status) => {
                format!("Directory {id} is not in a valid state: {}", status.as_str()).into()
            }
        }
    }
}

/// From Sharing to PendingAcceptance (clients poll every 10 s).
const SENT: Duration = Duration::from_secs(20);
/// From Sharing to Shared (recorded: 71 s from creation with a prompt acceptance).
const READY: Duration = Duration::from_secs(40);
/// From Rejecting to Rejected.
const REJECTED: Duration = Duration::from_secs(30);
/// From Deleting to Deleted (minutes to tens of minutes).
const DELETED: Duration = Duration::from_mins(3);
/// From Deleted until the share leaves the owner's list. The pace does not change it.
const FORGOTTEN: Duration = Duration::from_mins(30);

impl api::Shares for Service {
    fn share_directory(tx: &mut Tx<'_>, input: ShareDirectoryInput) -> Result<ShareDirectoryOutput> {
        let view = tx.view();
        let found = availability::directory(&view, &input.directory_id)?;
        let target = target(&view, &input.share_target.id)?;
        let organization = match input.share_method {
            ShareMethod::Organizations => Some(organization_sharing::require_allowed(&view, target)?),
            ShareMethod::Handshake => None,
        };
        require_room(&view, found, target)?;
        // The notes are for the consumer that has to accept the share.
        let notes = input.share_notes.filter(|_| input.share_method == ShareMethod::Handshake);
        if let Some(organization) = organization {
            organization_sharing::enable_access(tx, &organization);
        }
        let id = start(tx, input.directory_id, target, input.share_method, notes);
        Ok(ShareDirectoryOutput { shared_directory_id: Some(id) })
    }

    fn accept_shared_directory(
        tx: &mut Tx<'_>,
        input: AcceptSharedDirectoryInput,
    ) -> Result<AcceptSharedDirectoryOutput> {
        let view = tx.view();
        let share = lookup::offered_share(&view, &input.shared_directory_id)?;
        require_unanswered(share)?;
        let accepted = Share { status: ShareStatus::Sharing, updated_at: tx.now, ..share.clone() };
        set_status(tx, &accepted.id, ShareStatus::Sharing, READY, ShareStatus::Shared);
        Ok(AcceptSharedDirectoryOutput { shared_directory: Some(view::shared_directory(&accepted)) })
    }

    fn reject_shared_directory(
        tx: &mut Tx<'_>,
        input: RejectSharedDirectoryInput,
    ) -> Result<RejectSharedDirectoryOutput> {
        require_unanswered(lookup::offered_share(&tx.view(), &input.shared_directory_id)?)?;
        let id = input.shared_directory_id;
        set_status(tx, &id, ShareStatus::Rejecting, REJECTED, ShareStatus::Rejected);
        Ok(RejectSharedDirectoryOutput { shared_directory_id: Some(id) })
    }

    fn unshare_directory(tx: &mut Tx<'_>, input: UnshareDirectoryInput) -> Result<UnshareDirectoryOutput> {
        let view = tx.view();
        let shares = &availability::directory(&view, &input.directory_id)?.regional.shares;
        let target = target(&view, &input.unshare_target.id)?;
        let share = shares.latest(target).and_then(|id| view.world.share(id));
        let share = share.ok_or(ShareError::NotShared(target))?;
        let is_over = matches!(share.status, ShareStatus::Deleting | ShareStatus::Deleted);
        require(!is_over, ShareError::NotShared(target))?;
        require_settled(share)?;
        let id = share.id.clone();
        end(tx, &id);
        Ok(UnshareDirectoryOutput { shared_directory_id: Some(id) })
    }

    fn describe_shared_directories(
        view: &View<'_>,
        input: DescribeSharedDirectoriesInput,
    ) -> Result<DescribeSharedDirectoriesOutput> {
        let ids = input.shared_directory_ids.unwrap_or_default();
        let rows = rows(view, &input.owner_directory_id, &ids)?;
        let owner = [view.caller.region.as_str(), input.owner_directory_id.as_str()];
        let parameters: Vec<&str> = owner.into_iter().chain(ids.iter().map(DirectoryId::as_str)).collect();
        let scan = view.scan(&parameters);
        let page = scan.page(input.next_token.as_deref(), view::page_size(input.limit), |after: Option<u64>| {
            let from = after.map_or(0, |last| last + 1);
            rows.range(from..).filter_map(|(sequence, id)| view.world.share(id).map(|share| (*sequence, share)))
        })?;
        let page = page.map(view::shared_directory);
        Ok(DescribeSharedDirectoriesOutput { shared_directories: Some(page.items), next_token: page.next_token })
    }
}

/// Starts the deletion of a share, for the owner or the consumer.
pub fn end(tx: &mut Tx<'_>, id: &DirectoryId) {
    set_status(tx, id, ShareStatus::Deleting, DELETED, ShareStatus::Deleted);
}

/// Requires that a share is not changing to another status.
// Inferred: nothing is documented for a share that is being created, rejected or deleted.
pub fn require_settled(share: &Share) -> Result<()> {
    let in_transition = matches!(share.status, ShareStatus::Sharing | ShareStatus::Rejecting | ShareStatus::Deleting);
    Ok(require(!in_transition, ShareError::InTransition(share.id.clone(), share.status))?)
}

/// Moves a share to its next status.
impl Finish for ShareWork {
    fn finish(self, world: &mut World, at: Timestamp) {
        let Some(share) = world.share(&self.share) else { return };
        let is_due = matches!(
            (share.status, self.status),
            (ShareStatus::Sharing, ShareStatus::PendingAcceptance | ShareStatus::Shared)
                | (ShareStatus::Rejecting, ShareStatus::Rejected)
                | (ShareStatus::Deleting, ShareStatus::Deleted)
        );
        match self.failure {
            _ if !is_due => {}
            Some(failure) => world.set_share_status(&self.share, failure.status, at),
            None if self.status == ShareStatus::Deleted => delete(world, at, &self.share),
            None => world.set_share_status(&self.share, self.status, at),
        }
    }
}

impl Finish for ForgetShareWork {
    fn finish(self, world: &mut World, _: Timestamp) {
        world.forget_share(&self.share);
    }
}

impl CanFail for ShareWork {
    type Status = ShareStatus;

    const FAILURES: &'static [Failures<ShareStatus>] = &[
        Failures::without_reason(&["ShareDirectory", "AcceptSharedDirectory"], &[ShareStatus::ShareFailed]),
        Failures::without_reason(&["RejectSharedDirectory"], &[ShareStatus::RejectFailed]),
    ];

    fn status_name(status: ShareStatus) -> &'static str {
        status.as_str()
    }

    fn failure(&mut self) -> &mut Option<Failure<ShareStatus>> {
        &mut self.failure
    }
}

/// Gives a share the status Deleted. The owner's list keeps the row for a while at every pace, so that a client that
/// waits for Deleted sees it.
pub fn delete(world: &mut World, at: Timestamp, id: &DirectoryId) {
    world.set_share_status(id, ShareStatus::Deleted, at);
    let work = ForgetShareWork { share: id.clone() };
    world.at(at.after(FORGOTTEN), DirectoryWork::ForgetShare(work));
}

/// The account of a share target. Every account but the owner is allowed, and every twelve digits are an account.
fn target(view: &View<'_>, id: &str) -> Result<AccountId> {
    let target = id.parse().map_err(|_| ShareError::TargetMalformed(id.into()))?;
    require(target != view.caller.account, ShareError::TargetIsOwner(target))?;
    Ok(target)
}

/// Requires that the directory is not shared with `target` in the caller's Region by either method, and that it may be
/// shared with one more account there.
// Inferred: the quota is documented as one of a directory, and sharing as Regional. The quota is taken to apply to each
// Region.
fn require_room(view: &View<'_>, found: RegionalDirectory<'_>, target: AccountId) -> Result<()> {
    let shares = &found.regional.shares;
    let latest = shares.latest(target).and_then(|id| view.world.share(id));
    require(!latest.is_some_and(Share::is_live), ShareError::AlreadyShared(target))?;
    let quotas = &view.world.settings.quotas;
    let most = match view::edition(found.directory) {
        Some(DirectoryEdition::Enterprise) => quotas.shares_enterprise,
        Some(DirectoryEdition::Hybrid) => quotas.shares_hybrid,
        _ => quotas.shares_standard,
    };
    Ok(require(shares.n_live() < most, ShareError::Limit(most))?)
}

/// Starts a share. It replaces a share that the account rejected or that failed.
// Inferred: `UnshareDirectory` names an account and not a share, so an older row beside the new one could never be
// removed.
fn start(
    tx: &mut Tx<'_>,
    directory: DirectoryId,
    consumer: AccountId,
    method: ShareMethod,
    notes: Option<String>,
) -> DirectoryId {
    let regional = tx.world.directory(&directory).and_then(|found| found.regional(&tx.caller.region));
    let former = regional.and_then(|found| found.shares.latest(consumer)).cloned();
    if let Some(id) = former.filter(|id| tx.world.share(id).is_some_and(|share| share.status != ShareStatus::Deleted)) {
        tx.world.forget_share(&id);
    }
    let id = ids::mint_directory(tx);
    let sequence = tx.world.next_sequence();
    tx.world.add_share(Share {
        id: id.clone(),
        sequence,
        directory,
        owner: tx.caller.account,
        consumer,
        region: tx.caller.region.clone(),
        method,
        status: ShareStatus::Sharing,
        is_void: false,
        notes,
        created_at: tx.now,
        updated_at: tx.now,
        tags: OrdMap::new(),
    });
    let (duration, next) = match method {
        ShareMethod::Organizations => (READY, ShareStatus::Shared),
        ShareMethod::Handshake => (SENT, ShareStatus::PendingAcceptance),
    };
    tx.after(duration, share_work(&id, next));
    id
}

/// Requires a share that waits for the consumer's answer.
fn require_unanswered(share: &Share) -> Result<()> {
    match share.status {
        ShareStatus::PendingAcceptance | ShareStatus::RejectFailed => Ok(()),
        ShareStatus::Sharing | ShareStatus::Shared => Err(ShareError::AlreadyAccepted(share.id.clone()).into()),
        status => Err(ShareError::NotPending(share.id.clone(), status).into()),
    }
}

fn set_status(tx: &mut Tx<'_>, id: &DirectoryId, now: ShareStatus, duration: Duration, then: ShareStatus) {
    tx.world.set_share_status(id, now, tx.now);
    tx.after(duration, share_work(id, then));
}

fn share_work(id: &DirectoryId, status: ShareStatus) -> DirectoryWork {
    DirectoryWork::Share(ShareWork { share: id.clone(), status, failure: None })
}

/// The shares of a directory with these ids, by sequence; all of them if there are no ids. A consumer that names its
/// shared directory gets none.
fn rows(view: &View<'_>, directory: &DirectoryId, ids: &[DirectoryId]) -> Result<OrdMap<u64, DirectoryId>> {
    if let Seen::Shared(_) = lookup::find_or_refuse(view, directory)? {
        return Ok(OrdMap::new());
    }
    let RegionalDirectory { directory, regional } = availability::directory(view, directory)?;
    if ids.is_empty() {
        return Ok(regional.shares.listed().clone());
    }
    ids.iter()
        .map(|id| {
            let is_here = |share: &&Share| share.directory == directory.id && share.region == view.caller.region;
            let share = view.world.share(id).filter(is_here);
            share.map(|share| (share.sequence, share.id.clone())).ok_or_else(|| LookupError::Unknown(id.clone()).into())
        })
        .collect()
}
