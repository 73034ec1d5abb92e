//! Schema extensions: LDIF texts that are imported into a domain's schema, one at a time.

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

/// From Initializing until AWS starts on an extension, and from CancelInProgress to RollbackInProgress.
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
            .map_err(|foreign| SchemaExtensionError::Foreign(foreign.0))?;
        require_none(directory)?;
        let takes_snapshot = input.create_snapshot_before_schema_extension;
        if takes_snapshot {
            snapshots::require_room(&view, directory)?;
            // Inferred: it is a manual snapshot, since it needs room among them, and is begun at once.
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
        let found = directory.global.schema_extensions.iter().find(|(_, kept)| kept.id == input.schema_extension_id);
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
        // Inferred: the newest comes first.
        let rows = directory.global.schema_extensions.iter().rev().map(|(sequence, row)| (u64::MAX - sequence, row));
        let (token, limit) = (input.next_token.as_deref(), view::page_size(input.limit));
        let page = scan.page(token, limit, |after| rows.filter(move |(key, _)| Some(*key) > after))?;
        let page = page.map(|extension| info(&input.directory_id, extension));
        Ok(ListSchemaExtensionsOutput { next_token: page.next_token, schema_extensions_info: Some(page.items) })
    }
}

/// Requires a directory whose schema is not being extended.
pub fn require_none(directory: &Directory) -> Result<()> {
    let running = directory.global.schema_extensions.values().any(|extension| extension.ended_at.is_none());
    require(!running, SchemaExtensionError::Running.into())
}

fn work(directory: &DirectoryId, sequence: u64, status: Status, failure: Option<Failure<Status>>) -> DirectoryWork {
    DirectoryWork::SchemaExtension(SchemaExtensionWork { directory: directory.clone(), sequence, status, failure })
}

/// Takes an extension to its status, if it is on its way there, and sets the timer for the next.
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

/// Gives an extension a status. The schema is another once it replicates.
// Inferred: one that fails leaves the schema as it was, whatever part of the text came before the failure.
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
    let failed = extension.status == Status::Failed;
    SchemaExtensionInfo {
        description: Some(extension.description.clone()),
        directory_id: Some(directory.clone()),
        end_date_time: extension.ended_at,
        schema_extension_id: Some(extension.id.clone()),
        schema_extension_status: Some(extension.status),
        schema_extension_status_reason: extension.outcome.as_ref().err().filter(|_| failed).cloned(),
        start_date_time: Some(extension.started_at),
    }
}

/// What is wrong with a schema extension.
#[derive(Clone, Debug, PartialEq)]
pub enum SchemaExtensionError {
    /// The directory has no such extension.
    Unknown(SchemaExtensionId),
    /// A text that names an entry outside the schema.
    Foreign(String),
    /// Another one is under way.
    Running,
    /// It is too late to cancel it.
    Late(SchemaExtensionId, Status),
}

impl Coded for SchemaExtensionError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Unknown(_) => ErrorCode::EntityDoesNotExistException,
            // Recorded.
            Self::Foreign(_) => ErrorCode::InvalidParameterException,
            Self::Running | Self::Late(..) => ErrorCode::ClientException,
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            Self::Unknown(id) => format!("Schema extension {id} does not exist").into(),
            Self::Foreign(dn) => format!("Invalid LDIF content. The entry {dn} is not part of the schema.").into(),
            Self::Running => "A schema extension of the directory is in progress.".into(),
            Self::Late(id, status) => {
                format!("Schema extension {id} is not in a valid state: {}", status.as_str()).into()
            }
        }
    }
}
