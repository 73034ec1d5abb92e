//! Snapshots: manual ones, daily ones, and the restore from them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use model::ds::ErrorCode;
use model::ds::types::{
    CreateSnapshotInput, CreateSnapshotOutput, DeleteSnapshotInput, DeleteSnapshotOutput, DescribeSnapshotsInput,
    DescribeSnapshotsOutput, DirectoryStage, GetSnapshotLimitsInput, GetSnapshotLimitsOutput, RestoreFromSnapshotInput,
    RestoreFromSnapshotOutput, Snapshot as SnapshotRow, SnapshotLimits, SnapshotStatus, SnapshotType,
};
use model::{DirectoryId, SnapshotId, Timestamp};
use world::{
    DailySnapshotWork, Directory, DirectoryKind, DirectoryWork, Failure, RestoreWork, Scan, Snapshot, SnapshotWork, Tx,
    View, World,
};

use crate::directory::view;
use crate::error::{Coded, Result, require};
use crate::failures::{CanFail, Failures, Finish};
use crate::generated::api;
use crate::schema::schema_extensions;
use crate::{Service, availability, ids, lookup};

/// The most manual snapshots of a directory. AWS does not raise this limit.
const MANUAL_MAX: usize = 5;

/// How many automatic snapshots of a directory are kept.
// Inferred: documented for Simple AD, and taken to be the same for the other types.
const AUTOMATIC_MAX: usize = 5;

/// How long a snapshot can be restored: as long as Active Directory keeps deleted objects (administration guide,
/// "snapshots").
const RESTORABLE: Duration = Duration::from_hours(180 * 24);

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
        // Inferred: the documentation says only that manual snapshots can be deleted.
        require(snapshot.kind == SnapshotType::Manual, SnapshotError::Automatic(snapshot.id.clone()))?;
        require_settled(snapshot)?;
        tx.world.remove_snapshot(&input.snapshot_id);
        Ok(DeleteSnapshotOutput { snapshot_id: Some(input.snapshot_id) })
    }

    fn describe_snapshots(view: &View<'_>, input: DescribeSnapshotsInput) -> Result<DescribeSnapshotsOutput> {
        let id = input.directory_id.as_ref();
        let directory = id.map(|id| availability::directory(view, id)).transpose()?;
        let ids = input.snapshot_ids.unwrap_or_default();
        let rows = match directory {
            Some(found) => select(view, view.world.snapshots_of(found.directory), &ids)?,
            None => select(view, all(view), &ids)?,
        };
        let limit = view::page_size(input.limit);
        let page = scan(view, id, &ids).page(input.next_token.as_deref(), limit, |after| {
            rows.into_iter().filter(move |(sequence, _)| Some(*sequence) > after)
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
        require(tx.now <= snapshot.started_at.after(RESTORABLE), SnapshotError::TooOld(snapshot.id.clone()))?;
        // Inferred: a restore during a schema extension is not documented, and is refused.
        schema_extensions::require_none_running(directory)?;
        let is_simple = directory.kind == DirectoryKind::SimpleAd;
        restore(tx.world, tx.now, &snapshot);
        let work = RestoreWork { directory: snapshot.directory, failure: None };
        tx.after(if is_simple { RESTORED_SIMPLE_AD } else { RESTORED_MICROSOFT_AD }, DirectoryWork::Restore(work));
        Ok(RestoreFromSnapshotOutput {})
    }
}

/// Requires that the directory may have one more manual snapshot.
pub fn require_room(view: &View<'_>, directory: &Directory) -> Result<()> {
    require(availability::has_snapshots(directory), SnapshotError::None)?;
    require(count(view.world, directory, SnapshotType::Manual) < MANUAL_MAX, SnapshotError::Limit.into())
}

/// Starts a snapshot of a directory.
pub fn take(
    world: &mut World,
    at: Timestamp,
    directory_id: &DirectoryId,
    kind: SnapshotType,
    name: Option<String>,
) -> Option<SnapshotId> {
    let directory = world.directory(directory_id)?;
    let (domain, schema) = (directory.domain.clone(), directory.global.schema.clone());
    let region = directory.region.clone();
    let id = ids::mint_snapshot(world, &region);
    let sequence = world.next_sequence();
    let (directory, status) = (directory_id.clone(), SnapshotStatus::Creating);
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

    const FAILURES: &'static [Failures<SnapshotStatus>] =
        &[Failures::without_reason(&["CreateSnapshot"], &[SnapshotStatus::Failed])];

    fn status_name(status: SnapshotStatus) -> &'static str {
        status.as_str()
    }

    fn failure(&mut self) -> &mut Option<Failure<SnapshotStatus>> {
        &mut self.failure
    }
}

/// Sets the timer for the next automatic snapshot of a directory, a day from now.
// Inferred: the hour of the day is not documented. It is the one at which the directory became active.
pub fn schedule_daily(world: &mut World, at: Timestamp, id: &DirectoryId) {
    if world.directory(id).is_some_and(|directory| availability::has_snapshots(directory)) {
        world.at(at.after(DAY), DirectoryWork::DailySnapshot(DailySnapshotWork { directory: id.clone() }));
    }
}

/// Takes the daily snapshot if the directory is active or impaired, and removes the oldest if there are too many.
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
        schedule_daily(world, at, &self.directory);
    }
}

/// Ends the restore of a directory in all its Regions.
impl Finish for RestoreWork {
    fn finish(self, world: &mut World, at: Timestamp) {
        let active = (DirectoryStage::Active, None);
        let (stage, reason) = self.failure.map_or(active, |failure| (failure.status, failure.reason));
        set_stages(world, at, &self.directory, &[DirectoryStage::Restoring], stage, reason.as_deref());
    }
}

impl CanFail for RestoreWork {
    type Status = DirectoryStage;

    const FAILURES: &'static [Failures<DirectoryStage>] =
        &[Failures::with_reason(&["RestoreFromSnapshot"], &[DirectoryStage::RestoreFailed])];

    fn status_name(status: DirectoryStage) -> &'static str {
        status.as_str()
    }

    fn failure(&mut self) -> &mut Option<Failure<DirectoryStage>> {
        &mut self.failure
    }
}

/// Restores the domain and the schema of the snapshot, and puts the directory into the stage Restoring in every Region.
// Inferred: the documentation says that directory data and schema are restored together. All else stays as it is, such
// as settings, trusts, tags and snapshots. Identifiers that were used since the snapshot are not used again, as in
// Active Directory.
fn restore(world: &mut World, now: Timestamp, snapshot: &Snapshot) {
    let Some(directory) = world.directory_mut(&snapshot.directory) else { return };
    directory.domain =
        directory.domain.as_deref().zip(snapshot.domain.as_deref()).map(|(now, kept)| Arc::new(now.restored(kept)));
    directory.global.schema = snapshot.schema.clone();
    set_stages(world, now, &snapshot.directory, availability::RESTORABLE, DirectoryStage::Restoring, None);
}

/// Puts a directory into the stage `to` in each Region where it is in one of the stages `from`.
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

/// The snapshot of that id, if the caller sees its directory.
fn snapshot<'w>(view: &View<'w>, id: &SnapshotId) -> Result<&'w Snapshot> {
    let found = view.world.snapshot(id).filter(|snapshot| lookup::find(view, &snapshot.directory).is_some());
    found.ok_or_else(|| SnapshotError::Unknown(id.clone()).into())
}

// Inferred: deleting a snapshot that is being taken is not documented, and is refused.
fn require_settled(snapshot: &Snapshot) -> Result<()> {
    let status = snapshot.status;
    require(status != SnapshotStatus::Creating, SnapshotError::Status(snapshot.id.clone(), status).into())
}

fn count(world: &World, directory: &Directory, kind: SnapshotType) -> usize {
    world.snapshots_of(directory).filter(|snapshot| snapshot.kind == kind).count()
}

/// The snapshots of the caller's directories whose primary Region is the caller's Region. Quotas keep them few.
fn all<'w>(view: &View<'w>) -> impl Iterator<Item = &'w Snapshot> {
    let world = view.world;
    world
        .owned_directories(view.caller.account, &view.caller.region)
        .flat_map(|directory| world.snapshots_of(directory))
}

/// The snapshots with these ids, by sequence; all of `snapshots` if there are no ids.
fn select<'w>(
    view: &View<'w>,
    snapshots: impl Iterator<Item = &'w Snapshot>,
    ids: &[SnapshotId],
) -> Result<BTreeMap<u64, &'w Snapshot>> {
    let rows: BTreeMap<u64, &Snapshot> = snapshots.map(|snapshot| (snapshot.sequence, snapshot)).collect();
    if ids.is_empty() {
        return Ok(rows);
    }
    let selected = ids.iter().map(|id| {
        let sequence = view.world.snapshot(id).map(|snapshot| snapshot.sequence);
        let found = sequence.and_then(|sequence| rows.get_key_value(&sequence));
        found
            .map(|(sequence, snapshot)| (*sequence, *snapshot))
            .ok_or_else(|| SnapshotError::Unknown(id.clone()).into())
    });
    selected.collect()
}

fn scan(view: &View<'_>, directory: Option<&DirectoryId>, ids: &[SnapshotId]) -> Scan {
    let account = view.caller.account.to_string();
    let directory = directory.map_or("", DirectoryId::as_str);
    let own = [account.as_str(), view.caller.region.as_str(), directory];
    let parameters: Vec<&str> = own.into_iter().chain(ids.iter().map(SnapshotId::as_str)).collect();
    view.scan(&parameters)
}

fn row(snapshot: &Snapshot) -> SnapshotRow {
    SnapshotRow {
        directory_id: Some(snapshot.directory.clone()),
        name: snapshot.name.clone(),
        snapshot_id: Some(snapshot.id.clone()),
        start_time: Some(snapshot.started_at),
        status: Some(snapshot.status),
        kind: Some(snapshot.kind),
    }
}

/// Why a snapshot is refused.
#[derive(Clone, Debug, PartialEq)]
pub enum SnapshotError {
    /// The caller has no such snapshot in its Region.
    Unknown(SnapshotId),
    /// The type of directory has no snapshots.
    None,
    /// The directory has the most manual snapshots that it can have.
    Limit,
    /// The snapshot is an automatic one.
    Automatic(SnapshotId),
    /// The operation does not work in the status of the snapshot.
    Status(SnapshotId, SnapshotStatus),
    /// The snapshot is too old for a restore.
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
