//! Schema extensions: the import of LDIF texts into a domain's schema, one at a time.

use std::borrow::Cow;
use std::time::Duration;

use model::ds::ErrorCode;
use model::ds::types::{
    CancelSchemaExtensionInput, CancelSchemaExtensionOutput, ListSchemaExtensionsInput, ListSchemaExtensionsOutput,
    SchemaExtensionInfo, SchemaExtensionStatus as Status, SnapshotType, StartSchemaExtensionInput,
    StartSchemaExtensionOutput,
};
use model::{DirectoryId, SchemaExtensionId, Timestamp};
use world::{Directory, DirectoryWork, Failure, SchemaExtension, SchemaExtensionWork, Tx, View, World};

use crate::directory::view;
use crate::error::{Coded, Result, require};
use crate::failures::{CanFail, Failures, Finish};
use crate::generated::api;
use crate::maintenance::snapshots;
use crate::schema::import;
use crate::{Service, availability, ids};

/// From Initializing to the next status, and from CancelInProgress to RollbackInProgress.
const STARTED: Duration = Duration::from_mins(1);
/// From UpdatingSchema to Replicating, or to Failed.
const UPDATED: Duration = Duration::from_mins(10);
/// From Replicating to Completed, and from RollbackInProgress to Cancelled.
const REPLICATED: Duration = Duration::from_mins(15);

impl api::SchemaExtensions for Service {
    fn start_schema_extension(tx: &mut Tx<'_>, input: StartSchemaExtensionInput) -> Result<StartSchemaExtensionOutput> {
        let view = tx.view();
        let directory = availability::directory(&view, &input.directory_id)?.directory;
        let outcome = import::import(&directory.global.schema, &directory.name, &input.ldif_content)
            .map_err(|error| SchemaExtensionError::OutsideSchema(error.0))?;
        require_none_running(directory)?;
        let takes_snapshot = input.create_snapshot_before_schema_extension;
        if takes_snapshot {
            snapshots::require_room(&view, directory)?;
            // Inferred: the snapshot is a manual one, since it counts towards their limit, and it starts at once.
            snapshots::take(tx.world, tx.now, &input.directory_id, SnapshotType::Manual, None);
        }
        let id = start(tx, &input.directory_id, input.description, takes_snapshot, outcome);
        Ok(StartSchemaExtensionOutput { schema_extension_id: Some(id) })
    }

    fn cancel_schema_extension(
        tx: &mut Tx<'_>,
        input: CancelSchemaExtensionInput,
    ) -> Result<CancelSchemaExtensionOutput> {
        let view = tx.view();
        let directory = availability::directory(&view, &input.directory_id)?.directory;
        let found =
            directory.global.schema_extensions.iter().find(|(_, extension)| extension.id == input.schema_extension_id);
        let (sequence, extension) =
            found.ok_or_else(|| SchemaExtensionError::Unknown(input.schema_extension_id.clone()))?;
        let (sequence, status) = (*sequence, extension.status);
        let in_time = matches!(status, Status::Initializing | Status::CreatingSnapshot | Status::UpdatingSchema);
        require(in_time, SchemaExtensionError::Late(input.schema_extension_id, status))?;
        set_status(tx.world, tx.now, &input.directory_id, sequence, Status::CancelInProgress);
        tx.after(STARTED, work(&input.directory_id, sequence, Status::RollbackInProgress, None));
        Ok(CancelSchemaExtensionOutput {})
    }

    fn list_schema_extensions(view: &View<'_>, input: ListSchemaExtensionsInput) -> Result<ListSchemaExtensionsOutput> {
        let directory = availability::directory(view, &input.directory_id)?.directory;
        let scan = view.scan(&[input.directory_id.as_str()]);
        // Inferred: the newest extension comes first.
        let rows = directory.global.schema_extensions.iter().rev().map(|(sequence, row)| (u64::MAX - sequence, row));
        let (token, limit) = (input.next_token.as_deref(), view::page_size(input.limit));
        let page = scan.page(token, limit, |after| rows.filter(move |(key, _)| Some(*key) > after))?;
        let page = page.map(|extension| info(&input.directory_id, extension));
        Ok(ListSchemaExtensionsOutput { next_token: page.next_token, schema_extensions_info: Some(page.items) })
    }
}

/// Requires that no schema extension of the directory is under way.
pub fn require_none_running(directory: &Directory) -> Result<()> {
    let is_running = directory.global.schema_extensions.values().any(|extension| extension.ended_at.is_none());
    require(!is_running, SchemaExtensionError::Running.into())
}

fn work(directory: &DirectoryId, sequence: u64, status: Status, failure: Option<Failure<Status>>) -> DirectoryWork {
    DirectoryWork::SchemaExtension(SchemaExtensionWork { directory: directory.clone(), sequence, status, failure })
}

/// Moves an extension to its next status, and sets the timer for the status after that.
impl Finish for SchemaExtensionWork {
    fn finish(self, world: &mut World, at: Timestamp) {
        let Self { directory: id, sequence, status, mut failure } = self;
        let Some(directory) = world.directory_mut(&id) else { return };
        let Some(extension) = directory.global.schema_extensions.get_mut(&sequence) else { return };
        if let Some(failure) = failure.take_if(|_| status == Status::Replicating) {
            extension.outcome = Err(failure.reason.unwrap_or_else(import::unreadable));
        }
        let next = match (extension.status, status) {
            (Status::Initializing, Status::CreatingSnapshot) => Some((snapshots::COMPLETED, Status::UpdatingSchema)),
            (Status::Initializing | Status::CreatingSnapshot, Status::UpdatingSchema) => {
                Some((UPDATED, Status::Replicating))
            }
            (Status::UpdatingSchema, Status::Replicating) if extension.outcome.is_err() => {
                return set_status(world, at, &id, sequence, Status::Failed);
            }
            (Status::UpdatingSchema, Status::Replicating) => Some((REPLICATED, Status::Completed)),
            (Status::CancelInProgress, Status::RollbackInProgress) => Some((REPLICATED, Status::Cancelled)),
            (Status::Replicating, Status::Completed) | (Status::RollbackInProgress, Status::Cancelled) => None,
            _ => return,
        };
        set_status(world, at, &id, sequence, status);
        if let Some((duration, then)) = next {
            world.after(at, duration, work(&id, sequence, then, failure));
        }
    }
}

impl CanFail for SchemaExtensionWork {
    type Status = Status;

    const FAILURES: &'static [Failures<Status>] =
        &[Failures::with_reason(&["StartSchemaExtension"], &[Status::Failed])];

    fn status_name(status: Status) -> &'static str {
        status.as_str()
    }

    fn failure(&mut self) -> &mut Option<Failure<Status>> {
        &mut self.failure
    }
}

fn start(
    tx: &mut Tx<'_>,
    directory: &DirectoryId,
    description: String,
    takes_snapshot: bool,
    outcome: import::Outcome,
) -> SchemaExtensionId {
    let id = ids::mint_schema_extension(tx.world, &tx.caller.region);
    let sequence = tx.world.next_sequence();
    let extension = SchemaExtension {
        id: id.clone(),
        description,
        status: Status::Initializing,
        outcome,
        started_at: tx.now,
        ended_at: None,
    };
    tx.directory_mut(directory).global.schema_extensions.insert(sequence, extension);
    let then = if takes_snapshot { Status::CreatingSnapshot } else { Status::UpdatingSchema };
    tx.after(STARTED, work(directory, sequence, then, None));
    id
}

/// Sets the status of an extension. The schema changes with the status Replicating.
// Inferred: a failed extension leaves the whole schema as it was.
fn set_status(world: &mut World, at: Timestamp, id: &DirectoryId, sequence: u64, status: Status) {
    let Some(global) = world.directory_mut(id).map(|directory| &mut directory.global) else { return };
    let Some(extension) = global.schema_extensions.get_mut(&sequence) else { return };
    extension.status = status;
    if matches!(status, Status::Completed | Status::Failed | Status::Cancelled) {
        extension.ended_at = Some(at);
    }
    if let (Status::Replicating, Ok(schema)) = (status, &extension.outcome) {
        global.schema = schema.clone();
    }
}

fn info(directory: &DirectoryId, extension: &SchemaExtension) -> SchemaExtensionInfo {
    SchemaExtensionInfo {
        description: Some(extension.description.clone()),
        directory_id: Some(directory.clone()),
        end_date_time: extension.ended_at,
        schema_extension_id: Some(extension.id.clone()),
        schema_extension_status: Some(extension.status),
        schema_extension_status_reason: reason(extension),
        start_date_time: Some(extension.started_at),
    }
}

/// Why an extension has its status.
fn reason(extension: &SchemaExtension) -> Option<String> {
    match extension.status {
        // An example of ListSchemaExtensions in the service's model.
        Status::Cancelled => {
            Some("Cancellation is complete. No schema updates were applied to your directory.".to_owned())
        }
        Status::Failed => extension.outcome.as_ref().err().cloned(),
        Status::Initializing
        | Status::CreatingSnapshot
        | Status::UpdatingSchema
        | Status::Replicating
        | Status::CancelInProgress
        | Status::RollbackInProgress
        | Status::Completed => None,
    }
}

/// Why a schema extension is refused.
#[derive(Clone, Debug, PartialEq)]
pub enum SchemaExtensionError {
    /// The directory has no such extension.
    Unknown(SchemaExtensionId),
    /// The text names an entry outside the schema.
    OutsideSchema(String),
    /// Another extension of the directory is under way.
    Running,
    /// The extension can no longer be cancelled.
    Late(SchemaExtensionId, Status),
}

impl Coded for SchemaExtensionError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Unknown(_) => ErrorCode::EntityDoesNotExistException,
            // Recorded.
            Self::OutsideSchema(_) => ErrorCode::InvalidParameterException,
            Self::Running | Self::Late(..) => ErrorCode::ClientException,
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            Self::Unknown(id) => format!("Schema extension {id} does not exist").into(),
            Self::OutsideSchema(dn) => {
                format!("Invalid LDIF content. The entry {dn} is not part of the schema.").into()
            }
            Self::Running => "A schema extension of the directory is in progress.".into(),
            Self::Late(id, status) => {
                format!("Schema extension {id} is not in a valid state: {}", status.as_str()).into()
            }
        }
    }
}
