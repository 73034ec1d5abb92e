//! Snapshots: taken on request and once a day, restored, deleted.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use model::ds::ErrorCode;
use model::ds::types::{
    CreateSnapshotInput, CreateSnapshotOutput, DeleteSnapshotInput, DeleteSnapshotOutput, DescribeSnapshotsInput,
    DescribeSnapshotsOutput, DirectoryStage, GetSnapshotLimitsInput, GetSnapshotLimitsOutput, RestoreFromSnapshotInput,
    RestoreFromSnapshotOutput, Snapshot as Row, SnapshotLimits, SnapshotStatus, SnapshotType,
};
use model::{DirectoryId, SnapshotId, Timestamp};
use world::{
    DailySnapshotWork, Directory, DirectoryKind, DirectoryWork, Failure, RestoreWork, Scan, Snapshot, SnapshotWork, Tx,
    View, World,
};

use crate::directory::view;
use crate::endings::{CanFail, Endings, Finish};
use crate::error::{Coded, Result, require};
use crate::generated::api;
use crate::schema::schema_extensions;
use crate::{Service, availability, ids, lookup};

/// The most manual snapshots of a directory, a limit that AWS does not raise.
const MANUAL_MAX: usize = 5;

/// How many of its own snapshots the service keeps.
// Inferred: documented for Simple AD, and taken to be the same for the others.
const AUTOMATIC_MAX: usize = 5;

/// How long a snapshot can be restored: the life of what Active Directory deletes (administration guide, "snapshots").
const USEFUL: Duration = Duration::from_hours(180 * 24);

const DAY: Duration = Duration::from_hours(24);

/// From Creating to Completed of a snapshot (documented: several minutes).
pub const COMPLETED: Duration = Duration::from_mins(15);
/// From Restoring to Active: Managed Microsoft AD (documented: two to three hours).
const RESTORED_MICROSOFT_AD: Duration = Duration::from_mins(150);
/// From Restoring to Active: Simple AD (documented: minutes).
const RESTORED_SIMPLE_AD: Duration = Duration::from_mins(10);

impl api::Snapshots for Service {
    fn create_snapshot(tx: &mut Tx<'_>, input: CreateSnapshotInput) -> Result<CreateSnapshotOutput> {
        let view = tx.view();
        let directory = availability::directory(&view, &input.directory_id)?.directory;
        require_room(&view, directory)?;
        let snapshot_id = take(tx.world, tx.now, &input.directory_id, SnapshotType::Manual, input.name);
        Ok(CreateSnapshotOutput { snapshot_id })
    }

    fn delete_snapshot(tx: &mut Tx<'_>, input: DeleteSnapshotInput) -> Result<DeleteSnapshotOutput> {
        let view = tx.view();
        let snapshot = snapshot(&view, &input.snapshot_id)?;
        availability::directory(&view, &snapshot.directory)?;
        // Inferred: documented is only that manual snapshots can be deleted.
        require(snapshot.kind == SnapshotType::Manual, SnapshotError::Automatic(snapshot.id.clone()))?;
        require_settled(snapshot)?;
        tx.world.remove_snapshot(&input.snapshot_id);
        Ok(DeleteSnapshotOutput { snapshot_id: Some(input.snapshot_id) })
    }

    fn describe_snapshots(view: &View<'_>, input: DescribeSnapshotsInput) -> Result<DescribeSnapshotsOutput> {
        let of = input.directory_id.as_ref();
        let directory = of.map(|id| availability::directory(view, id)).transpose()?;
        let ids = input.snapshot_ids.unwrap_or_default();
        let rows = match directory {
            Some(place) => chosen(view, view.world.snapshots_of(place.directory), &ids)?,
            None => chosen(view, all(view), &ids)?,
        };
        let limit = view::page_size(input.limit);
        let page = scan(view, of, &ids).page(input.next_token.as_deref(), limit, |after| {
            rows.into_iter().filter(move |(place, _)| Some(*place) > after)
        })?;
        let page = page.map(row);
        Ok(DescribeSnapshotsOutput { snapshots: Some(page.items), next_token: page.next_token })
    }

    fn get_snapshot_limits(view: &View<'_>, input: GetSnapshotLimitsInput) -> Result<GetSnapshotLimitsOutput> {
        let directory = availability::directory(view, &input.directory_id)?.directory;
        let count = count(view.world, directory, SnapshotType::Manual);
        let limits = SnapshotLimits {
            manual_snapshots_current_count: i32::try_from(count).ok(),
            manual_snapshots_limit: i32::try_from(MANUAL_MAX).ok(),
            manual_snapshots_limit_reached: Some(count >= MANUAL_MAX),
        };
        Ok(GetSnapshotLimitsOutput { snapshot_limits: Some(limits) })
    }

    fn restore_from_snapshot(tx: &mut Tx<'_>, input: RestoreFromSnapshotInput) -> Result<RestoreFromSnapshotOutput> {
        let view = tx.view();
        let snapshot = snapshot(&view, &input.snapshot_id)?.clone();
        let directory = availability::directory(&view, &snapshot.directory)?.directory;
        let status = snapshot.status;
        require(status == SnapshotStatus::Completed, SnapshotError::Status(snapshot.id.clone(), status))?;
        require(tx.now <= snapshot.started_at.after(USEFUL), SnapshotError::TooOld(snapshot.id.clone()))?;
        // Inferred: what a restore and an extension at once come to is not documented.
        schema_extensions::require_none(directory)?;
        let is_simple = directory.kind == DirectoryKind::SimpleAd;
        restore(tx.world, tx.now, &snapshot);
        let work = RestoreWork { directory: snapshot.directory, failure: None };
        tx.after(if is_simple { RESTORED_SIMPLE_AD } else { RESTORED_MICROSOFT_AD }, DirectoryWork::Restore(work));
        Ok(RestoreFromSnapshotOutput {})
    }
}

/// Requires a directory that has snapshots, and room for one more manual one.
pub fn require_room(view: &View<'_>, directory: &Directory) -> Result<()> {
    require(availability::has_snapshots(directory), SnapshotError::None)?;
    require(count(view.world, directory, SnapshotType::Manual) < MANUAL_MAX, SnapshotError::Limit.into())
}

/// Begins a snapshot of a directory.
pub fn take(
    world: &mut World,
    at: Timestamp,
    of: &DirectoryId,
    kind: SnapshotType,
    name: Option<String>,
) -> Option<SnapshotId> {
    let directory = world.directory(of)?;
    let (domain, schema) = (directory.domain.clone(), directory.global.schema.clone());
    let region = directory.region.clone();
    let id = ids::snapshot(world, &region);
    let sequence = world.next_sequence();
    let (directory, status) = (of.clone(), SnapshotStatus::Creating);
    world.add_snapshot(Snapshot {
        id: id.clone(),
        sequence,
        directory,
        kind,
        name,
        status,
        started_at: at,
        domain,
        schema,
    });
    let work = SnapshotWork { snapshot: id.clone(), failure: None };
    world.after(at, COMPLETED, DirectoryWork::Snapshot(work));
    Some(id)
}

/// Completes a snapshot.
impl Finish for SnapshotWork {
    fn finish(self, world: &mut World, _: Timestamp) {
        if world.snapshot(&self.snapshot).is_some_and(|snapshot| snapshot.status == SnapshotStatus::Creating) {
            let status = self.failure.map_or(SnapshotStatus::Completed, |failure| failure.status);
            world.set_snapshot_status(&self.snapshot, status);
        }
    }
}

impl CanFail for SnapshotWork {
    type Status = SnapshotStatus;

    const ENDINGS: &'static [Endings<SnapshotStatus>] =
        &[Endings::without_reason(&["CreateSnapshot"], &[SnapshotStatus::Failed])];

    fn word(status: SnapshotStatus) -> &'static str {
        status.as_str()
    }

    fn failure(&mut self) -> &mut Option<Failure<SnapshotStatus>> {
        &mut self.failure
    }
}

/// Has the service take its own snapshots of a directory from now on, one a day.
// Inferred: the hour of the day is not documented; it is the one at which the directory became active.
pub fn schedule(world: &mut World, at: Timestamp, id: &DirectoryId) {
    if world.directory(id).is_some_and(|directory| availability::has_snapshots(directory)) {
        world.at(at.after(DAY), DirectoryWork::DailySnapshot(DailySnapshotWork { directory: id.clone() }));
    }
}

/// Takes the day's snapshot, if the directory works, and drops the oldest that is one too many.
impl Finish for DailySnapshotWork {
    fn finish(self, world: &mut World, at: Timestamp) {
        let Some(directory) = world.directory(&self.directory) else { return };
        if matches!(directory.primary().stage, DirectoryStage::Active | DirectoryStage::Impaired) {
            let automatic = world.snapshots_of(directory).filter(|snapshot| snapshot.kind == SnapshotType::Auto);
            let old: Vec<SnapshotId> =
                automatic.rev().skip(AUTOMATIC_MAX - 1).map(|snapshot| snapshot.id.clone()).collect();
            for snapshot in &old {
                world.remove_snapshot(snapshot);
            }
            take(world, at, &self.directory, SnapshotType::Auto, None);
        }
        schedule(world, at, &self.directory);
    }
}

/// Ends the restore of a directory, in each Region where it was being restored.
impl Finish for RestoreWork {
    fn finish(self, world: &mut World, at: Timestamp) {
        let active = (DirectoryStage::Active, None);
        let (stage, reason) = self.failure.map_or(active, |failure| (failure.status, failure.reason));
        set_stages(world, at, &self.directory, &[DirectoryStage::Restoring], stage, reason.as_deref());
    }
}

impl CanFail for RestoreWork {
    type Status = DirectoryStage;

    const ENDINGS: &'static [Endings<DirectoryStage>] =
        &[Endings::with_reason(&["RestoreFromSnapshot"], &[DirectoryStage::RestoreFailed])];

    fn word(status: DirectoryStage) -> &'static str {
        status.as_str()
    }

    fn failure(&mut self) -> &mut Option<Failure<DirectoryStage>> {
        &mut self.failure
    }
}

/// Puts back the users and groups, and the schema, that the directory had. All servers are away meanwhile, in every
/// Region.
// Inferred: documented is that directory data and schema go back together. What the service keeps beside the domain,
// such as settings, trusts, tags and snapshots, stays as it is. Identifiers that were used since then are not used
// again, as Active Directory has it.
fn restore(world: &mut World, now: Timestamp, snapshot: &Snapshot) {
    let Some(directory) = world.directory_mut(&snapshot.directory) else { return };
    directory.domain =
        directory.domain.as_deref().zip(snapshot.domain.as_deref()).map(|(now, kept)| Arc::new(now.restored(kept)));
    directory.global.schema = snapshot.schema.clone();
    set_stages(world, now, &snapshot.directory, availability::RESTORABLE, DirectoryStage::Restoring, None);
}

/// Puts a directory into a stage in each Region where it is in one of some others.
fn set_stages(
    world: &mut World,
    at: Timestamp,
    id: &DirectoryId,
    from: &[DirectoryStage],
    to: DirectoryStage,
    reason: Option<&str>,
) {
    let Some(directory) = world.directory_mut(id) else { return };
    let regions: Vec<_> = directory.regions.keys().cloned().collect();
    for region in &regions {
        if let Some(regional) = directory.regional_mut(region).filter(|regional| from.contains(&regional.stage)) {
            regional.enter(to, reason.map(str::to_owned), at);
        }
    }
}

/// A snapshot of a directory that the caller has in its Region.
fn snapshot<'w>(view: &View<'w>, id: &SnapshotId) -> Result<&'w Snapshot> {
    let found = view.world.snapshot(id).filter(|snapshot| lookup::find(view, &snapshot.directory).is_some());
    found.ok_or_else(|| SnapshotError::Unknown(id.clone()).into())
}

// Inferred: that a snapshot is deleted while it is taken is not documented.
fn require_settled(snapshot: &Snapshot) -> Result<()> {
    let status = snapshot.status;
    require(status != SnapshotStatus::Creating, SnapshotError::Status(snapshot.id.clone(), status).into())
}

fn count(world: &World, directory: &Directory, kind: SnapshotType) -> usize {
    world.snapshots_of(directory).filter(|snapshot| snapshot.kind == kind).count()
}

/// The snapshots of all the caller's directories whose primary Region this is. Quotas keep both few.
fn all<'w>(view: &View<'w>) -> impl Iterator<Item = &'w Snapshot> {
    let world = view.world;
    world
        .owned_directories(view.caller.account, &view.caller.region)
        .flat_map(|directory| world.snapshots_of(directory))
}

/// Those of some snapshots that a filter names, by place; all of them where it names none.
fn chosen<'w>(
    view: &View<'w>,
    among: impl Iterator<Item = &'w Snapshot>,
    ids: &[SnapshotId],
) -> Result<BTreeMap<u64, &'w Snapshot>> {
    let rows: BTreeMap<u64, &Snapshot> = among.map(|snapshot| (snapshot.sequence, snapshot)).collect();
    if ids.is_empty() {
        return Ok(rows);
    }
    let named = ids.iter().map(|id| {
        let place = view.world.snapshot(id).map(|snapshot| snapshot.sequence);
        let found = place.and_then(|place| rows.get_key_value(&place));
        found.map(|(place, snapshot)| (*place, *snapshot)).ok_or_else(|| SnapshotError::Unknown(id.clone()).into())
    });
    named.collect()
}

fn scan(view: &View<'_>, directory: Option<&DirectoryId>, ids: &[SnapshotId]) -> Scan {
    let account = view.caller.account.to_string();
    let directory = directory.map_or("", DirectoryId::as_str);
    let own = [account.as_str(), view.caller.region.as_str(), directory];
    let parameters: Vec<&str> = own.into_iter().chain(ids.iter().map(SnapshotId::as_str)).collect();
    view.scan(&parameters)
}

fn row(snapshot: &Snapshot) -> Row {
    Row {
        directory_id: Some(snapshot.directory.clone()),
        name: snapshot.name.clone(),
        snapshot_id: Some(snapshot.id.clone()),
        start_time: Some(snapshot.started_at),
        status: Some(snapshot.status),
        kind: Some(snapshot.kind),
    }
}

/// What is wrong with a snapshot.
#[derive(Clone, Debug, PartialEq)]
pub enum SnapshotError {
    /// The caller has no such snapshot in its Region.
    Unknown(SnapshotId),
    /// The directory can have none.
    None,
    /// The directory has as many manual snapshots as it can have.
    Limit,
    /// The service's own.
    Automatic(SnapshotId),
    /// It is in a status in which this cannot be done.
    Status(SnapshotId, SnapshotStatus),
    /// It is older than what Active Directory can restore.
    TooOld(SnapshotId),
}

impl Coded for SnapshotError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Unknown(_) => ErrorCode::EntityDoesNotExistException,
            Self::Limit => ErrorCode::SnapshotLimitExceededException,
            Self::Automatic(_) | Self::None => ErrorCode::InvalidParameterException,
            Self::Status(..) | Self::TooOld(_) => ErrorCode::ClientException,
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            Self::Unknown(id) => format!("Snapshot {id} does not exist").into(),
            Self::None => "Snapshots are not supported for this directory type.".into(),
            Self::Limit => {
                format!("Snapshot limit exceeded. A maximum of {MANUAL_MAX} manual snapshots may be created").into()
            }
            Self::Automatic(id) => format!("Snapshot {id} is an automatic snapshot, which cannot be deleted.").into(),
            Self::Status(id, status) => format!("Snapshot {id} is not in a valid state: {}", status.as_str()).into(),
            Self::TooOld(id) => format!("Snapshot {id} is older than 180 days and cannot be restored.").into(),
        }
    }
}
