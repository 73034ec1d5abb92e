//! What can be done with which directory: one table of operations, kinds of directory, Regions and stages, and the
//! error for the rest. Handlers ask it by the name of their operation; the tests walk it.

use std::borrow::Cow;

use model::ds::ErrorCode;
use model::ds::types::{DirectoryEdition, DirectoryStage, UpdateType};
use model::{DirectoryId, ModeledError as _, Operation, Refusal};
use world::{Directory, DirectoryKind, Regional, View};

use crate::directory::view;
use crate::error::{Coded, Error, Result, require};
use crate::lookup::{self, Seen};

/// The kinds of directory that the table tells apart.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// Simple AD.
    SimpleAd,
    /// AD Connector.
    Connector,
    /// Managed Microsoft AD, Standard.
    Standard,
    /// Managed Microsoft AD, Enterprise.
    Enterprise,
    /// Managed Microsoft AD, Hybrid.
    Hybrid,
    /// What a consumer has of a shared directory.
    Shared,
}

impl Kind {
    /// Every kind.
    pub const ALL: &[Self] = EVERY;
}

use Kind::{Connector, Enterprise, Hybrid, Shared, SimpleAd, Standard};

/// A line of the table.
struct Row {
    operations: &'static [&'static str],
    /// Where they work.
    kinds: &'static [Kind],
    /// The text elsewhere, where it is a special one.
    otherwise: Option<Otherwise>,
    /// In which Regions of a directory they work.
    region: Role,
    /// In which stages of it; none where in all.
    stages: Option<&'static [DirectoryStage]>,
}

/// The part that a Region plays for a directory.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Role {
    Any,
    Primary,
    Additional,
}

/// What is said of a wrong kind, with the error that it comes with.
#[derive(Clone, Copy)]
enum Otherwise {
    /// Recorded for ListCertificates.
    Ldaps,
    /// Terraform looks for the words.
    MultiRegion,
    /// Recorded.
    SnapshotLimits,
    /// Known.
    MicrosoftOnly,
}

const MICROSOFT: &[Kind] = &[Standard, Enterprise];
const MANAGED: &[Kind] = &[Standard, Enterprise, Hybrid];
const OWNED: &[Kind] = &[SimpleAd, Connector, Standard, Enterprise, Hybrid];
const EVERY: &[Kind] = &[SimpleAd, Connector, Standard, Enterprise, Hybrid, Shared];
const WITH_CERTIFICATES: &[Kind] = &[Connector, Standard, Enterprise, Hybrid];
const WITH_SNAPSHOTS: &[Kind] = &[SimpleAd, Standard, Enterprise];

/// The stages of a directory that works.
const WORKING: &[DirectoryStage] = &[DirectoryStage::Active, DirectoryStage::Impaired];

/// The stages of a directory that can be restored: a restore that failed is to be tried again (administration guide,
/// directory status).
// Inferred: so can one that does not work at all; restoring is what there is to be done about it. Of an impaired one
// the guide says that it should not be restored, and not that it is refused.
pub const RESTORABLE: &[DirectoryStage] =
    &[DirectoryStage::Active, DirectoryStage::Impaired, DirectoryStage::Inoperable, DirectoryStage::RestoreFailed];

/// The stages of a directory in a Region that can be removed.
// Inferred: as a directory that failed can be deleted, it can be taken out of a Region in which it failed.
const REMOVABLE: &[DirectoryStage] = &[
    DirectoryStage::Active,
    DirectoryStage::Impaired,
    DirectoryStage::Inoperable,
    DirectoryStage::RestoreFailed,
    DirectoryStage::Failed,
];

const fn reads(operations: &'static [&'static str], kinds: &'static [Kind]) -> Row {
    Row { operations, kinds, otherwise: None, region: Role::Any, stages: None }
}

const fn changes(operations: &'static [&'static str], kinds: &'static [Kind]) -> Row {
    Row { stages: Some(WORKING), ..reads(operations, kinds) }
}

const fn in_stages(stages: &'static [DirectoryStage], row: Row) -> Row {
    Row { stages: Some(stages), ..row }
}

const fn globally(row: Row) -> Row {
    Row { region: Role::Primary, ..row }
}

const fn additionally(row: Row) -> Row {
    Row { region: Role::Additional, ..row }
}

const fn or(otherwise: Otherwise, row: Row) -> Row {
    Row { otherwise: Some(otherwise), ..row }
}

/// The table (administration guide, "key features" of each type and "global and Regional features").
// Inferred: the guide is silent on trusts, schema, settings, logs, routes and certificates of the Hybrid edition, which
// are taken to work, and on its manual snapshots and data access, which are taken not to.
static TABLE: &[Row] = &[
    reads(&["AddTagsToResource", "ListTagsForResource", "RemoveTagsFromResource"], EVERY),
    globally(reads(&["DeleteDirectory"], EVERY)),
    changes(&["CreateComputer"], EVERY),
    changes(&["CreateAlias", "EnableSso", "DisableSso", "RegisterEventTopic"], OWNED),
    reads(&["DescribeEventTopics", "DeregisterEventTopic"], OWNED),
    changes(&["ResetUserPassword"], WITH_SNAPSHOTS),
    globally(changes(&["CreateSnapshot"], WITH_SNAPSHOTS)),
    globally(in_stages(RESTORABLE, reads(&["RestoreFromSnapshot"], WITH_SNAPSHOTS))),
    globally(reads(&["DescribeSnapshots", "DeleteSnapshot"], WITH_SNAPSHOTS)),
    globally(or(Otherwise::SnapshotLimits, reads(&["GetSnapshotLimits"], WITH_SNAPSHOTS))),
    changes(&["EnableRadius", "UpdateRadius", "DisableRadius"], WITH_CERTIFICATES),
    or(
        Otherwise::Ldaps,
        changes(&["RegisterCertificate", "DeregisterCertificate", "EnableLDAPS", "DisableLDAPS"], WITH_CERTIFICATES),
    ),
    or(
        Otherwise::Ldaps,
        reads(&["DescribeCertificate", "ListCertificates", "DescribeLDAPSSettings"], WITH_CERTIFICATES),
    ),
    changes(&["EnableClientAuthentication", "DisableClientAuthentication"], &[Connector]),
    reads(&["DescribeClientAuthenticationSettings"], &[Connector]),
    globally(changes(&["CreateTrust", "UpdateTrust", "VerifyTrust", "DeleteTrust"], MANAGED)),
    globally(reads(&["DescribeTrusts"], MANAGED)),
    globally(changes(
        &["CreateConditionalForwarder", "UpdateConditionalForwarder", "DeleteConditionalForwarder"],
        MANAGED,
    )),
    // Of what only reads, the model has an error for a directory that does not work here alone: its DNS servers are
    // asked.
    globally(changes(&["DescribeConditionalForwarders"], MANAGED)),
    globally(changes(&["StartSchemaExtension", "CancelSchemaExtension"], MANAGED)),
    globally(reads(&["ListSchemaExtensions"], MANAGED)),
    globally(or(Otherwise::MicrosoftOnly, changes(&["UpdateSettings"], MANAGED))),
    globally(or(Otherwise::MicrosoftOnly, reads(&["DescribeSettings"], MANAGED))),
    changes(&["CreateLogSubscription", "DeleteLogSubscription"], MANAGED),
    // Inferred: Cloud Custodian and Prowler ask it of every directory that they find, and guard what else AWS refuses
    // by type.
    reads(&["ListLogSubscriptions"], OWNED),
    changes(&["AddIpRoutes", "RemoveIpRoutes"], MANAGED),
    reads(&["ListIpRoutes"], MANAGED),
    changes(&["UpdateNumberOfDomainControllers"], MANAGED),
    reads(&["DescribeDomainControllers"], MANAGED),
    globally(or(Otherwise::MultiRegion, changes(&["AddRegion"], &[Enterprise]))),
    additionally(in_stages(REMOVABLE, or(Otherwise::MultiRegion, reads(&["RemoveRegion"], &[Enterprise])))),
    or(Otherwise::MultiRegion, reads(&["DescribeRegions"], &[Enterprise])),
    changes(&["ShareDirectory"], MANAGED),
    reads(&["UnshareDirectory"], MANAGED),
    reads(&["DescribeSharedDirectories"], &[Standard, Enterprise, Hybrid, Shared]),
    globally(changes(&["EnableDirectoryDataAccess", "DisableDirectoryDataAccess"], MICROSOFT)),
    globally(reads(&["DescribeDirectoryDataAccess"], MICROSOFT)),
    globally(changes(&["EnableCAEnrollmentPolicy", "DisableCAEnrollmentPolicy"], MANAGED)),
    globally(reads(&["DescribeCAEnrollmentPolicy"], MANAGED)),
    changes(&["UpdateDirectorySetup"], OWNED),
    reads(&["DescribeUpdateDirectory"], OWNED),
    globally(changes(&["UpdateHybridAD", "StartADAssessment"], &[Hybrid])),
    globally(reads(&["DescribeHybridADUpdate", "ListADAssessments"], &[Hybrid])),
];

/// Why an operation cannot be done on a directory.
#[derive(Clone, Debug, PartialEq)]
pub enum AvailabilityError {
    /// No such directory in the caller's account and Region, for most operations.
    UnknownEntity(DirectoryId),
    /// The same, for the operations whose model has the newer error.
    UnknownDirectory(DirectoryId),
    /// The kind of directory, or its Region, does not have it: the error that the operation's model has for that, and
    /// the text.
    WrongKind(ErrorCode, &'static str),
    /// The Region is the directory's primary one.
    Primary,
    /// The directory is in a stage in which this cannot be done.
    Stage(DirectoryId, DirectoryStage),
    /// The same, for the operations whose model has an error for it.
    Unavailable(DirectoryId, DirectoryStage),
}

impl Coded for AvailabilityError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::UnknownEntity(_) => ErrorCode::EntityDoesNotExistException,
            Self::UnknownDirectory(_) => ErrorCode::DirectoryDoesNotExistException,
            Self::WrongKind(code, _) => *code,
            Self::Primary => ErrorCode::UnsupportedOperationException,
            Self::Stage(..) => ErrorCode::ClientException,
            Self::Unavailable(..) => ErrorCode::DirectoryUnavailableException,
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            // Known.
            Self::UnknownEntity(id) | Self::UnknownDirectory(id) => format!("Directory {id} does not exist").into(),
            Self::WrongKind(_, text) => (*text).into(),
            Self::Primary => "The primary Region cannot be removed. Delete the directory instead.".into(),
            Self::Stage(id, stage) | Self::Unavailable(id, stage) => {
                format!("Directory {id} is not in a valid state: {}", stage.as_str()).into()
            }
        }
    }
}

/// A directory of the caller in its Region, on which an operation can be done now.
#[derive(Clone, Copy)]
pub struct Place<'w> {
    /// The directory.
    pub directory: &'w Directory,
    /// What it has in the caller's Region.
    pub regional: &'w Regional,
}

/// The caller's directory of that id, if `operation` can be done on it: it is there, of a kind and in a Region where
/// the operation works, and in a stage that allows it. What a consumer has of a shared directory is never such a
/// directory.
pub fn directory<'w>(view: &View<'w>, id: &DirectoryId) -> Result<Place<'w>> {
    let row = row(view.operation);
    place(view, row, row.map_or(&[], |row| row.kinds), id)
}

/// The same for an update of a type, which not every kind of directory has that can be updated at all.
pub fn directory_to_update<'w>(view: &View<'w>, update: UpdateType, id: &DirectoryId) -> Result<Place<'w>> {
    let kinds = match update {
        UpdateType::Os | UpdateType::Size => MICROSOFT,
        UpdateType::Network => OWNED,
    };
    place(view, row(view.operation), kinds, id)
}

fn place<'w>(view: &View<'w>, row: Option<&Row>, kinds: &[Kind], id: &DirectoryId) -> Result<Place<'w>> {
    let operation = view.operation;
    let seen = lookup::find(view, id).ok_or_else(|| unknown(operation, id))?;
    let kind = kind(seen);
    let refused = || wrong_kind(operation, row, kind);
    require(kinds.contains(&kind), refused())?;
    let Seen::Own(directory) = seen else { return Err(refused().into()) };
    let regional = directory.regional(&view.caller.region).ok_or_else(|| unknown(operation, id))?;
    let is_primary = directory.region == view.caller.region;
    match row.map_or(Role::Any, |row| row.region) {
        Role::Primary => require(is_primary, not_primary(operation))?,
        Role::Additional => require(!is_primary, AvailabilityError::Primary)?,
        Role::Any => {}
    }
    let stages = row.and_then(|row| row.stages);
    require(stages.is_none_or(|stages| stages.contains(&regional.stage)), wrong_stage(operation, id, regional.stage))?;
    Ok(Place { directory, regional })
}

/// The caller's directory like [`directory`], or the owner's behind a share that the caller accepted: a domain to join.
pub fn joined<'w>(view: &View<'w>, id: &DirectoryId) -> Result<&'w Directory> {
    let Some(Seen::Shared(share)) = lookup::find(view, id) else {
        return directory(view, id).map(|place| place.directory);
    };
    let operation = view.operation;
    let (row, stage) = (row(operation), view::shared_stage(view, share));
    require(row.is_some_and(|row| row.kinds.contains(&Shared)), wrong_kind(operation, row, Shared))?;
    require(stage == DirectoryStage::Active, wrong_stage(operation, id, stage))?;
    let owned = view.world.directory(&share.directory).ok_or_else(|| unknown(operation, id))?;
    let stage = owned.regional(&share.region).map_or(owned.primary().stage, |regional| regional.stage);
    require(WORKING.contains(&stage), wrong_stage(operation, id, stage))?;
    Ok(owned)
}

/// Whether a directory is of a kind that has snapshots.
pub fn has_snapshots(directory: &Directory) -> bool {
    WITH_SNAPSHOTS.contains(&own_kind(directory))
}

/// The kind of a directory as the caller sees it.
pub fn kind(seen: Seen<'_>) -> Kind {
    match seen {
        Seen::Shared(_) => Shared,
        Seen::Own(directory) => own_kind(directory),
    }
}

fn own_kind(directory: &Directory) -> Kind {
    match directory.kind {
        DirectoryKind::SimpleAd => SimpleAd,
        DirectoryKind::Connector => Connector,
        DirectoryKind::MicrosoftAd(DirectoryEdition::Standard) => Standard,
        DirectoryKind::MicrosoftAd(DirectoryEdition::Enterprise) => Enterprise,
        DirectoryKind::MicrosoftAd(DirectoryEdition::Hybrid) => Hybrid,
    }
}

/// The error for a directory that is not there: each operation of the model has one of two.
pub fn unknown(operation: &Operation, id: &DirectoryId) -> AvailabilityError {
    if lists(operation, "DirectoryDoesNotExistException") {
        AvailabilityError::UnknownDirectory(id.clone())
    } else {
        AvailabilityError::UnknownEntity(id.clone())
    }
}

/// The error for a kind of directory that an operation does not work on.
// Inferred: of the texts some are recorded for one operation and taken for its family; where the model has no error of
// its own for it, the nearest that it has stands in.
fn wrong_kind(operation: &Operation, row: Option<&Row>, kind: Kind) -> AvailabilityError {
    let special = row.and_then(|row| row.otherwise);
    match (special, kind) {
        (Some(Otherwise::SnapshotLimits), _) => AvailabilityError::WrongKind(
            ErrorCode::ClientException,
            "Snapshot limits can be fetched only for VPC or Microsoft AD directories.",
        ),
        (Some(Otherwise::MultiRegion), _) => AvailabilityError::WrongKind(
            ErrorCode::UnsupportedOperationException,
            "Multi-region replication is not supported for this directory.",
        ),
        (_, Shared) => AvailabilityError::WrongKind(
            declared(operation, &[ErrorCode::UnsupportedOperationException, ErrorCode::ClientException]),
            "Operation is not supported for Shared MicrosoftAD directories.",
        ),
        (Some(Otherwise::Ldaps), _) => AvailabilityError::WrongKind(
            ErrorCode::UnsupportedOperationException,
            "LDAPS operations are not supported for this Directory Type.",
        ),
        (Some(Otherwise::MicrosoftOnly), _) => AvailabilityError::WrongKind(
            ErrorCode::InvalidParameterException,
            "This operation is only supported for Microsoft AD",
        ),
        (None, _) => AvailabilityError::WrongKind(
            declared(
                operation,
                &[
                    ErrorCode::UnsupportedOperationException,
                    ErrorCode::InvalidParameterException,
                    ErrorCode::ClientException,
                ],
            ),
            "Operation is not supported for this directory type.",
        ),
    }
}

/// What an operation answers for a directory of a kind on which it does not work; none where it does, and for
/// operations that stand outside of the table.
pub fn refusal_by_kind(operation: &Operation, kind: Kind) -> Option<Refusal> {
    let row = row(operation).filter(|row| !row.kinds.contains(&kind))?;
    Some(Error::from(wrong_kind(operation, Some(row), kind)).into())
}

/// What an operation of the primary Region answers in an additional one; none where it works there.
pub fn refusal_by_region(operation: &Operation) -> Option<Refusal> {
    row(operation).filter(|row| row.region == Role::Primary).map(|_| Error::from(not_primary(operation)).into())
}

/// What an operation answers for a directory in a stage in which it cannot be done; none where it can, and for
/// operations that stand outside of the table.
pub fn refusal_by_stage(operation: &Operation, id: &DirectoryId, stage: DirectoryStage) -> Option<Refusal> {
    let stages = row(operation)?.stages?;
    (!stages.contains(&stage)).then(|| Error::from(wrong_stage(operation, id, stage)).into())
}

// Inferred: which error tells an additional Region is not documented.
fn not_primary(operation: &Operation) -> AvailabilityError {
    AvailabilityError::WrongKind(
        declared(operation, &[ErrorCode::UnsupportedOperationException, ErrorCode::ClientException]),
        "The operation is supported in the primary Region of the directory only.",
    )
}

/// The error for a stage in which an operation cannot be done.
pub fn wrong_stage(operation: &Operation, id: &DirectoryId, stage: DirectoryStage) -> AvailabilityError {
    if lists(operation, "DirectoryUnavailableException") {
        AvailabilityError::Unavailable(id.clone(), stage)
    } else {
        AvailabilityError::Stage(id.clone(), stage)
    }
}

/// The first of some errors that the model lists for an operation; the last where it lists none of them.
fn declared(operation: &Operation, codes: &[ErrorCode]) -> ErrorCode {
    let listed = codes.iter().find(|code| lists(operation, code.name()));
    listed.or(codes.last()).copied().unwrap_or(ErrorCode::ClientException)
}

fn lists(operation: &Operation, error: &str) -> bool {
    operation.errors.contains(&error)
}

fn row(operation: &Operation) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.operations.contains(&operation.name))
}

#[cfg(test)]
mod tests {
    use model::ModeledError as _;
    use model::ds::{OPERATIONS, SERVICE};

    use super::*;

    /// Operations that name no directory, or are answered differently for each side of a share.
    const ELSEWHERE: [&str; 11] = [
        "AcceptSharedDirectory",
        "ConnectDirectory",
        "CreateDirectory",
        "CreateHybridAD",
        "CreateMicrosoftAD",
        "DeleteADAssessment",
        "DescribeADAssessment",
        "DescribeDirectories",
        "GetDirectoryLimits",
        "RejectSharedDirectory",
        "",
    ];

    #[test]
    fn every_operation_stands_in_the_table_once_or_needs_no_directory() {
        for operation in &OPERATIONS {
            let rows = TABLE.iter().filter(|row| row.operations.contains(&operation.name)).count();
            assert_eq!(rows == 1, !ELSEWHERE.contains(&operation.name), "{}", operation.name);
        }
        let known = TABLE.iter().flat_map(|row| row.operations).all(|name| SERVICE.operation(name).is_some());
        assert!(known, "the table names an operation that the model has not");
    }

    #[test]
    fn every_refusal_is_one_that_the_model_lists() {
        for row in TABLE {
            for operation in row.operations {
                for kind in EVERY.iter().filter(|kind| !row.kinds.contains(kind)) {
                    let operation = SERVICE.operation(operation).expect("the model has it");
                    let code = wrong_kind(operation, Some(row), *kind).code();
                    assert!(lists(operation, code.name()), "{operation:?} on {kind:?}: {}", code.name());
                }
            }
        }
    }
}
