//! Which operations work on which directories: one table of operations with the types of directory, Regions and stages,
//! and the refusals of all other combinations.

use std::borrow::Cow;

use model::ds::ErrorCode;
use model::ds::types::{DirectoryEdition, DirectoryStage, UpdateType};
use model::{DirectoryId, ModeledError as _, Operation, Refusal};
use world::{Directory, DirectoryKind, Regional, View};

use crate::directory::view;
use crate::error::{Coded, Error, Result, require};
use crate::lookup::{self, Seen};

/// The types of directory, and the editions of Managed Microsoft AD, that the table distinguishes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TypeOrEdition {
    SimpleAd,
    Connector,
    /// Managed Microsoft AD, like the next two.
    Standard,
    Enterprise,
    Hybrid,
    /// A Managed Microsoft AD of another account, as its consumer sees it.
    Shared,
}

impl TypeOrEdition {
    pub const ALL: &[Self] = EVERY;
}

use TypeOrEdition::{Connector, Enterprise, Hybrid, Shared, SimpleAd, Standard};

/// Where and when some operations work.
struct Availability {
    operations: &'static [&'static str],
    types: &'static [TypeOrEdition],
    /// The refusal for the other types, if AWS's own is known.
    refusal: Option<KnownRefusal>,
    regions: Regions,
    /// None where they work in every stage.
    stages: Option<&'static [DirectoryStage]>,
}

/// The Regions of a directory in which an operation works.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Regions {
    Any,
    Primary,
    Additional,
}

/// AWS's own refusals of types on which an operation does not work.
#[derive(Clone, Copy)]
enum KnownRefusal {
    /// Recorded for `ListCertificates`.
    Ldaps,
    /// Terraform looks for the words.
    MultiRegion,
    /// Recorded.
    SnapshotLimits,
    /// Known.
    MicrosoftOnly,
}

const MICROSOFT: &[TypeOrEdition] = &[Standard, Enterprise];
const MANAGED: &[TypeOrEdition] = &[Standard, Enterprise, Hybrid];
const OWNED: &[TypeOrEdition] = &[SimpleAd, Connector, Standard, Enterprise, Hybrid];
const EVERY: &[TypeOrEdition] = &[SimpleAd, Connector, Standard, Enterprise, Hybrid, Shared];
const WITH_CERTIFICATES: &[TypeOrEdition] = &[Connector, Standard, Enterprise, Hybrid];
const WITH_SNAPSHOTS: &[TypeOrEdition] = &[SimpleAd, Standard, Enterprise];

/// The stages of a directory that works.
const WORKING: &[DirectoryStage] = &[DirectoryStage::Active, DirectoryStage::Impaired];

/// The stages in which a directory can be restored. A restore that failed can be repeated (administration guide,
/// directory status).
// Inferred: an inoperable directory can be restored, because nothing else helps it. The guide advises against restoring
// an impaired one, and does not say that it is refused.
pub const RESTORABLE: &[DirectoryStage] =
    &[DirectoryStage::Active, DirectoryStage::Impaired, DirectoryStage::Inoperable, DirectoryStage::RestoreFailed];

/// The stages in which a directory can be removed from a Region.
// Inferred: a failed directory can be deleted, so a directory that failed in a Region can be removed from it.
const REMOVABLE: &[DirectoryStage] = &[
    DirectoryStage::Active,
    DirectoryStage::Impaired,
    DirectoryStage::Inoperable,
    DirectoryStage::RestoreFailed,
    DirectoryStage::Failed,
];

const fn in_any_stage(operations: &'static [&'static str], types: &'static [TypeOrEdition]) -> Availability {
    Availability { operations, types, refusal: None, regions: Regions::Any, stages: None }
}

/// Operations that work while the directory is active or impaired.
const fn while_working(operations: &'static [&'static str], types: &'static [TypeOrEdition]) -> Availability {
    Availability { stages: Some(WORKING), ..in_any_stage(operations, types) }
}

const fn in_stages(stages: &'static [DirectoryStage], entry: Availability) -> Availability {
    Availability { stages: Some(stages), ..entry }
}

const fn in_primary_region(entry: Availability) -> Availability {
    Availability { regions: Regions::Primary, ..entry }
}

const fn in_additional_region(entry: Availability) -> Availability {
    Availability { regions: Regions::Additional, ..entry }
}

const fn refused_with(refusal: KnownRefusal, entry: Availability) -> Availability {
    Availability { refusal: Some(refusal), ..entry }
}

/// The table (administration guide, "key features" of each type and "global and Regional features").
// Inferred: for the Hybrid edition, the guide does not mention trusts, schema, settings, logs, routes and certificates,
// which are taken to work, nor manual snapshots and data access, which are taken not to work.
static TABLE: &[Availability] = &[
    in_any_stage(&["AddTagsToResource", "ListTagsForResource", "RemoveTagsFromResource"], EVERY),
    in_primary_region(in_any_stage(&["DeleteDirectory"], EVERY)),
    while_working(&["CreateComputer"], EVERY),
    while_working(&["CreateAlias", "EnableSso", "DisableSso", "RegisterEventTopic"], OWNED),
    in_any_stage(&["DescribeEventTopics", "DeregisterEventTopic"], OWNED),
    while_working(&["ResetUserPassword"], WITH_SNAPSHOTS),
    in_primary_region(while_working(&["CreateSnapshot"], WITH_SNAPSHOTS)),
    in_primary_region(in_stages(RESTORABLE, in_any_stage(&["RestoreFromSnapshot"], WITH_SNAPSHOTS))),
    in_primary_region(in_any_stage(&["DescribeSnapshots", "DeleteSnapshot"], WITH_SNAPSHOTS)),
    in_primary_region(refused_with(KnownRefusal::SnapshotLimits, in_any_stage(&["GetSnapshotLimits"], WITH_SNAPSHOTS))),
    while_working(&["EnableRadius", "UpdateRadius", "DisableRadius"], WITH_CERTIFICATES),
    refused_with(
        KnownRefusal::Ldaps,
        while_working(
            &["RegisterCertificate", "DeregisterCertificate", "EnableLDAPS", "DisableLDAPS"],
            WITH_CERTIFICATES,
        ),
    ),
    refused_with(
        KnownRefusal::Ldaps,
        in_any_stage(&["DescribeCertificate", "ListCertificates", "DescribeLDAPSSettings"], WITH_CERTIFICATES),
    ),
    while_working(&["EnableClientAuthentication", "DisableClientAuthentication"], &[Connector]),
    in_any_stage(&["DescribeClientAuthenticationSettings"], &[Connector]),
    in_primary_region(while_working(&["CreateTrust", "UpdateTrust", "VerifyTrust", "DeleteTrust"], MANAGED)),
    in_primary_region(in_any_stage(&["DescribeTrusts"], MANAGED)),
    in_primary_region(while_working(
        &["CreateConditionalForwarder", "UpdateConditionalForwarder", "DeleteConditionalForwarder"],
        MANAGED,
    )),
    // This is the only read whose model has an error for a directory that does not work: it asks the DNS servers.
    in_primary_region(while_working(&["DescribeConditionalForwarders"], MANAGED)),
    in_primary_region(while_working(&["StartSchemaExtension", "CancelSchemaExtension"], MANAGED)),
    in_primary_region(in_any_stage(&["ListSchemaExtensions"], MANAGED)),
    in_primary_region(refused_with(KnownRefusal::MicrosoftOnly, while_working(&["UpdateSettings"], MANAGED))),
    in_primary_region(refused_with(KnownRefusal::MicrosoftOnly, in_any_stage(&["DescribeSettings"], MANAGED))),
    while_working(&["CreateLogSubscription", "DeleteLogSubscription"], MANAGED),
    // Inferred: Cloud Custodian and Prowler call it for every directory. They check the type before they call what AWS
    // refuses by type.
    in_any_stage(&["ListLogSubscriptions"], OWNED),
    while_working(&["AddIpRoutes", "RemoveIpRoutes"], MANAGED),
    in_any_stage(&["ListIpRoutes"], MANAGED),
    while_working(&["UpdateNumberOfDomainControllers"], MANAGED),
    in_any_stage(&["DescribeDomainControllers"], MANAGED),
    in_primary_region(refused_with(KnownRefusal::MultiRegion, while_working(&["AddRegion"], &[Enterprise]))),
    in_additional_region(in_stages(
        REMOVABLE,
        refused_with(KnownRefusal::MultiRegion, in_any_stage(&["RemoveRegion"], &[Enterprise])),
    )),
    refused_with(KnownRefusal::MultiRegion, in_any_stage(&["DescribeRegions"], &[Enterprise])),
    while_working(&["ShareDirectory"], MANAGED),
    in_any_stage(&["UnshareDirectory"], MANAGED),
    in_any_stage(&["DescribeSharedDirectories"], &[Standard, Enterprise, Hybrid, Shared]),
    in_primary_region(while_working(&["EnableDirectoryDataAccess", "DisableDirectoryDataAccess"], MICROSOFT)),
    in_primary_region(in_any_stage(&["DescribeDirectoryDataAccess"], MICROSOFT)),
    in_primary_region(while_working(&["EnableCAEnrollmentPolicy", "DisableCAEnrollmentPolicy"], MANAGED)),
    in_primary_region(in_any_stage(&["DescribeCAEnrollmentPolicy"], MANAGED)),
    while_working(&["UpdateDirectorySetup"], OWNED),
    in_any_stage(&["DescribeUpdateDirectory"], OWNED),
    in_primary_region(while_working(&["UpdateHybridAD", "StartADAssessment"], &[Hybrid])),
    in_primary_region(in_any_stage(&["DescribeHybridADUpdate", "ListADAssessments"], &[Hybrid])),
];

/// Why an operation does not work on a directory.
#[derive(Clone, Debug, PartialEq)]
pub enum AvailabilityError {
    /// No such directory in the caller's account and Region. Most operations have this error.
    UnknownEntity(DirectoryId),
    /// The same, for the operations that have the newer error.
    UnknownDirectory(DirectoryId),
    /// The type of directory, or its Region, does not support the operation. With the code and the text.
    Unsupported(ErrorCode, &'static str),
    /// The operation works in additional Regions only.
    Primary,
    /// The directory is in a stage in which the operation does not work.
    Stage(DirectoryId, DirectoryStage),
    /// The same, for the operations that have an error of their own for it.
    Unavailable(DirectoryId, DirectoryStage),
}

impl Coded for AvailabilityError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::UnknownEntity(_) => ErrorCode::EntityDoesNotExistException,
            Self::UnknownDirectory(_) => ErrorCode::DirectoryDoesNotExistException,
            Self::Unsupported(code, _) => *code,
            Self::Primary => ErrorCode::UnsupportedOperationException,
            Self::Stage(..) => ErrorCode::ClientException,
            Self::Unavailable(..) => ErrorCode::DirectoryUnavailableException,
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            // Known.
            Self::UnknownEntity(id) | Self::UnknownDirectory(id) => format!("Directory {id} does not exist").into(),
            Self::Unsupported(_, text) => (*text).into(),
            Self::Primary => "The primary Region cannot be removed. Delete the directory instead.".into(),
            Self::Stage(id, stage) | Self::Unavailable(id, stage) => {
                format!("Directory {id} is not in a valid state: {}", stage.as_str()).into()
            }
        }
    }
}

/// A directory of the caller, with its state in the caller's Region.
#[derive(Clone, Copy)]
pub struct RegionalDirectory<'w> {
    pub directory: &'w Directory,
    pub regional: &'w Regional,
}

/// The caller's directory of that id, if the operation works on its type, in the caller's Region and in its stage. A
/// shared directory is refused.
pub fn directory<'w>(view: &View<'w>, id: &DirectoryId) -> Result<RegionalDirectory<'w>> {
    let entry = availability(view.operation);
    find(view, entry, entry.map_or(&[], |entry| entry.types), id)
}

/// Like [`directory`], for an update: the types of directory depend on the type of the update.
pub fn directory_to_update<'w>(view: &View<'w>, update: UpdateType, id: &DirectoryId) -> Result<RegionalDirectory<'w>> {
    let types = match update {
        UpdateType::Os | UpdateType::Size => MICROSOFT,
        UpdateType::Network => OWNED,
    };
    find(view, availability(view.operation), types, id)
}

fn find<'w>(
    view: &View<'w>,
    entry: Option<&Availability>,
    types: &[TypeOrEdition],
    id: &DirectoryId,
) -> Result<RegionalDirectory<'w>> {
    let operation = view.operation;
    let seen = lookup::find(view, id).ok_or_else(|| unknown(operation, id))?;
    let kind = type_or_edition(seen);
    let refusal = || unsupported(operation, entry, kind);
    require(types.contains(&kind), refusal())?;
    let Seen::Own(directory) = seen else { return Err(refusal().into()) };
    let regional = directory.regional(&view.caller.region).ok_or_else(|| unknown(operation, id))?;
    let is_primary = directory.region == view.caller.region;
    match entry.map_or(Regions::Any, |entry| entry.regions) {
        Regions::Primary => require(is_primary, not_primary(operation))?,
        Regions::Additional => require(!is_primary, AvailabilityError::Primary)?,
        Regions::Any => {}
    }
    let stages = entry.and_then(|entry| entry.stages);
    require(stages.is_none_or(|stages| stages.contains(&regional.stage)), wrong_stage(operation, id, regional.stage))?;
    Ok(RegionalDirectory { directory, regional })
}

/// The directory whose domain a computer joins: the caller's own like [`directory`], or the owner's of a share that the
/// caller accepted.
pub fn directory_to_join<'w>(view: &View<'w>, id: &DirectoryId) -> Result<&'w Directory> {
    let Some(Seen::Shared(share)) = lookup::find(view, id) else {
        return directory(view, id).map(|found| found.directory);
    };
    let operation = view.operation;
    let (entry, stage) = (availability(operation), view::shared_stage(view, share));
    require(entry.is_some_and(|entry| entry.types.contains(&Shared)), unsupported(operation, entry, Shared))?;
    require(stage == DirectoryStage::Active, wrong_stage(operation, id, stage))?;
    let owned = view.world.directory(&share.directory).ok_or_else(|| unknown(operation, id))?;
    let stage = owned.regional(&share.region).map_or(owned.primary().stage, |regional| regional.stage);
    require(WORKING.contains(&stage), wrong_stage(operation, id, stage))?;
    Ok(owned)
}

/// Whether directories of this type have snapshots.
pub fn has_snapshots(directory: &Directory) -> bool {
    WITH_SNAPSHOTS.contains(&own_type_or_edition(directory))
}

fn type_or_edition(seen: Seen<'_>) -> TypeOrEdition {
    match seen {
        Seen::Shared(_) => Shared,
        Seen::Own(directory) => own_type_or_edition(directory),
    }
}

fn own_type_or_edition(directory: &Directory) -> TypeOrEdition {
    match directory.kind {
        DirectoryKind::SimpleAd => SimpleAd,
        DirectoryKind::Connector => Connector,
        DirectoryKind::MicrosoftAd(DirectoryEdition::Standard) => Standard,
        DirectoryKind::MicrosoftAd(DirectoryEdition::Enterprise) => Enterprise,
        DirectoryKind::MicrosoftAd(DirectoryEdition::Hybrid) => Hybrid,
    }
}

/// The error for an unknown directory. Each operation of the model has one of two.
pub fn unknown(operation: &Operation, id: &DirectoryId) -> AvailabilityError {
    if lists(operation, "DirectoryDoesNotExistException") {
        AvailabilityError::UnknownDirectory(id.clone())
    } else {
        AvailabilityError::UnknownEntity(id.clone())
    }
}

/// The error for a type of directory on which an operation does not work.
// Inferred: some texts are recorded for one operation, and used for similar ones. Where the operation has no error for
// unsupported directories, the nearest of its errors is used.
fn unsupported(operation: &Operation, entry: Option<&Availability>, kind: TypeOrEdition) -> AvailabilityError {
    let known = entry.and_then(|entry| entry.refusal);
    match (known, kind) {
        (Some(KnownRefusal::SnapshotLimits), _) => AvailabilityError::Unsupported(
            ErrorCode::ClientException,
            "Snapshot limits can be fetched only for VPC or Microsoft AD directories.",
        ),
        (Some(KnownRefusal::MultiRegion), _) => AvailabilityError::Unsupported(
            ErrorCode::UnsupportedOperationException,
            "Multi-region replication is not supported for this directory.",
        ),
        (_, Shared) => AvailabilityError::Unsupported(
            first_listed(operation, &[ErrorCode::UnsupportedOperationException, ErrorCode::ClientException]),
            "Operation is not supported for Shared MicrosoftAD directories.",
        ),
        (Some(KnownRefusal::Ldaps), _) => AvailabilityError::Unsupported(
            ErrorCode::UnsupportedOperationException,
            "LDAPS operations are not supported for this Directory Type.",
        ),
        (Some(KnownRefusal::MicrosoftOnly), _) => AvailabilityError::Unsupported(
            ErrorCode::InvalidParameterException,
            "This operation is only supported for Microsoft AD",
        ),
        (None, _) => AvailabilityError::Unsupported(
            first_listed(
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

/// The refusal of an operation on a directory of that type. None where the operation works on the type, or is not in
/// the table.
pub fn refusal_by_type(operation: &Operation, kind: TypeOrEdition) -> Option<Refusal> {
    let entry = availability(operation).filter(|entry| !entry.types.contains(&kind))?;
    Some(Error::from(unsupported(operation, Some(entry), kind)).into())
}

/// The refusal of an operation in an additional Region. None where it works there, or is not in the table.
pub fn refusal_by_region(operation: &Operation) -> Option<Refusal> {
    availability(operation)
        .filter(|entry| entry.regions == Regions::Primary)
        .map(|_| Error::from(not_primary(operation)).into())
}

/// The refusal of an operation on a directory in that stage. None where it works in the stage, or is not in the table.
pub fn refusal_by_stage(operation: &Operation, id: &DirectoryId, stage: DirectoryStage) -> Option<Refusal> {
    let stages = availability(operation)?.stages?;
    (!stages.contains(&stage)).then(|| Error::from(wrong_stage(operation, id, stage)).into())
}

// Inferred: the error in an additional Region is not documented.
fn not_primary(operation: &Operation) -> AvailabilityError {
    AvailabilityError::Unsupported(
        first_listed(operation, &[ErrorCode::UnsupportedOperationException, ErrorCode::ClientException]),
        "The operation is supported in the primary Region of the directory only.",
    )
}

/// The error for a stage in which an operation does not work.
fn wrong_stage(operation: &Operation, id: &DirectoryId, stage: DirectoryStage) -> AvailabilityError {
    if lists(operation, "DirectoryUnavailableException") {
        AvailabilityError::Unavailable(id.clone(), stage)
    } else {
        AvailabilityError::Stage(id.clone(), stage)
    }
}

/// The first of the codes that the model lists for an operation, or the last code if it lists none of them.
fn first_listed(operation: &Operation, codes: &[ErrorCode]) -> ErrorCode {
    let listed = codes.iter().find(|code| lists(operation, code.name()));
    listed.or(codes.last()).copied().unwrap_or(ErrorCode::ClientException)
}

fn lists(operation: &Operation, error: &str) -> bool {
    operation.errors.contains(&error)
}

fn availability(operation: &Operation) -> Option<&'static Availability> {
    TABLE.iter().find(|entry| entry.operations.contains(&operation.name))
}

#[cfg(test)]
mod tests {
    use model::ModeledError as _;
    use model::ds::{OPERATIONS, SERVICE};

    use super::*;

    /// Operations that name no directory, or answer the two sides of a share differently.
    const NOT_IN_TABLE: [&str; 11] = [
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
    fn every_operation_is_in_the_table_once_or_names_no_directory() {
        for operation in &OPERATIONS {
            let entries = TABLE.iter().filter(|entry| entry.operations.contains(&operation.name)).count();
            assert_eq!(entries == 1, !NOT_IN_TABLE.contains(&operation.name), "{}", operation.name);
        }
        let known = TABLE.iter().flat_map(|entry| entry.operations).all(|name| SERVICE.operation(name).is_some());
        assert!(known, "the table names an operation that the model does not have");
    }

    #[test]
    fn the_model_lists_every_refusal() {
        for entry in TABLE {
            for operation in entry.operations {
                for kind in EVERY.iter().filter(|kind| !entry.types.contains(kind)) {
                    let operation = SERVICE.operation(operation).expect("the model has it");
                    let code = unsupported(operation, Some(entry), *kind).code();
                    assert!(lists(operation, code.name()), "{operation:?} on {kind:?}: {}", code.name());
                }
            }
        }
    }
}
