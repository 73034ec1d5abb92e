//! Creating, describing and deleting directories.

use model::ds::ErrorCode;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use imbl::OrdMap;
use model::ds::types::{
    ConnectDirectoryInput, ConnectDirectoryOutput, CreateAliasInput, CreateAliasOutput, CreateDirectoryInput,
    CreateDirectoryOutput, CreateMicrosoftADInput, CreateMicrosoftADOutput, DataAccessStatus, DeleteDirectoryInput,
    DeleteDirectoryOutput, DescribeDirectoriesInput, DescribeDirectoriesOutput, DirectoryEdition, DirectorySize,
    DirectoryStage, DirectoryVpcSettings, GetDirectoryLimitsInput, GetDirectoryLimitsOutput, NetworkType, Tag,
};
use model::{DirectoryId, Secret, Timestamp};
use world::{
    Directory, DirectoryKind, DirectoryWork, Failure, Global, Region, Regional, Scan, StageWork, Tx, View, World,
};

use crate::availability::{AvailabilityError, RegionalDirectory};
use crate::data::built_in;
use crate::directory::{connection, credentials, limits, names, tags, view};
use crate::error::{Coded, Result, require};
use crate::failures::{CanFail, Failures, Finish};
use crate::generated::api;
use crate::hybrid::assessments;
use crate::lookup::Seen;
use crate::maintenance::snapshots;
use crate::network::networks;
use crate::sharing::shares;
use crate::{Service, availability, ids, lookup};

/// Why a directory is not created, described or deleted.
#[derive(Clone, Debug, PartialEq)]
pub enum DirectoryError {
    /// The list of ids is empty.
    NoIds,
    /// Simple AD is not offered in the Region.
    NoSimpleAd,
    /// The request for a Simple AD directory has no VPC settings.
    NoVpcSettings,
    /// `CreateMicrosoftAD` does not create this edition.
    Edition,
    /// The type of directory does not support the network type.
    NetworkType,
    /// The directory is shared.
    StillShared,
    /// The directory is in additional Regions.
    StillInRegions,
}

impl Coded for DirectoryError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::NoIds | Self::NoVpcSettings | Self::Edition | Self::NetworkType => {
                ErrorCode::InvalidParameterException
            }
            Self::NoSimpleAd | Self::StillShared | Self::StillInRegions => ErrorCode::ClientException,
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            Self::NoIds => "DirectoryIds must name at least one directory.".into(),
            // Recorded: clients use it to find the Regions with Simple AD.
            Self::NoSimpleAd => "Simple AD directory creation is currently not supported in this region".into(),
            // Recorded: likewise.
            Self::NoVpcSettings => "VpcSettings must be specified.".into(),
            Self::Edition => "The Hybrid edition cannot be created with this operation.".into(),
            Self::NetworkType => "The network type must be IPv4 or Dual-stack.".into(),
            Self::StillShared => "Cannot delete the directory because it is shared with other accounts.".into(),
            Self::StillInRegions => {
                "Cannot delete the directory because it is replicated to additional Regions.".into()
            }
        }
    }
}

/// From Requested to Creating, for a directory and for an additional Region.
pub const REQUESTED: Duration = Duration::from_mins(1);
/// From Creating to Failed: AD Connector (clients see it in the first minutes).
const CONNECTOR_FAILED: Duration = Duration::from_mins(2);
/// From `DeleteDirectory` until the directory is gone.
const DELETED: Duration = Duration::from_mins(5);
/// Why a directory is Deleting (shown by the Tools for PowerShell guide).
const DELETION: &str = "User initiated directory deletion.";
/// From Impaired to Active (documented: within 40 minutes, where maintenance is the cause).
const IMPAIRMENT: Duration = Duration::from_mins(40);

impl api::Directories for Service {
    fn connect_directory(tx: &mut Tx<'_>, input: ConnectDirectoryInput) -> Result<ConnectDirectoryOutput> {
        let (vpc_settings, connection) = connection::split_settings(input.connect_settings);
        let new = NewDirectory {
            kind: DirectoryKind::Connector,
            size: input.size,
            name: input.name,
            short_name: input.short_name,
            password: None,
            description: input.description,
            vpc_settings,
            network_type: input.network_type,
            global: Global::for_connector(connection),
            tags: input.tags,
        };
        Ok(ConnectDirectoryOutput { directory_id: Some(create(tx, new)?) })
    }

    fn create_alias(tx: &mut Tx<'_>, input: CreateAliasInput) -> Result<CreateAliasOutput> {
        let view = tx.view();
        let regional = availability::directory(&view, &input.directory_id)?.regional;
        require(regional.access.alias.is_none(), credentials::CredentialError::HasAlias)?;
        // The Tools for PowerShell guide shows that the alias is kept in lower case.
        let alias = input.alias.to_ascii_lowercase();
        let taken = tx.world.directory_by_alias(&alias).is_some();
        require(!taken, credentials::CredentialError::AliasTaken(input.alias))?;
        tx.world.set_alias(&input.directory_id, &tx.caller.region, alias.as_str().into());
        Ok(CreateAliasOutput { alias: Some(alias), directory_id: Some(input.directory_id) })
    }

    fn create_directory(tx: &mut Tx<'_>, input: CreateDirectoryInput) -> Result<CreateDirectoryOutput> {
        require(has_simple_ad(&tx.caller.region), DirectoryError::NoSimpleAd)?;
        let vpc_settings = input.vpc_settings.ok_or(DirectoryError::NoVpcSettings)?;
        let new = NewDirectory {
            kind: DirectoryKind::SimpleAd,
            size: input.size,
            name: input.name,
            short_name: input.short_name,
            password: Some(input.password),
            description: input.description,
            vpc_settings,
            network_type: input.network_type,
            global: Global::default(),
            tags: input.tags,
        };
        Ok(CreateDirectoryOutput { directory_id: Some(create(tx, new)?) })
    }

    fn create_microsoft_ad(tx: &mut Tx<'_>, input: CreateMicrosoftADInput) -> Result<CreateMicrosoftADOutput> {
        let edition = input.edition.unwrap_or(DirectoryEdition::Enterprise);
        // Inferred: the model lists the edition, but a hybrid directory starts from an assessment.
        require(edition != DirectoryEdition::Hybrid, DirectoryError::Edition)?;
        let new = NewDirectory {
            kind: DirectoryKind::MicrosoftAd(edition),
            size: if edition == DirectoryEdition::Standard { DirectorySize::Small } else { DirectorySize::Large },
            name: input.name,
            short_name: input.short_name,
            password: Some(input.password),
            description: input.description,
            vpc_settings: input.vpc_settings,
            network_type: input.network_type,
            global: Global::default(),
            tags: input.tags,
        };
        Ok(CreateMicrosoftADOutput { directory_id: Some(create(tx, new)?) })
    }

    fn delete_directory(tx: &mut Tx<'_>, input: DeleteDirectoryInput) -> Result<DeleteDirectoryOutput> {
        match lookup::find_or_refuse(&tx.view(), &input.directory_id)? {
            Seen::Own(_) => {
                require_deletable(availability::directory(&tx.view(), &input.directory_id)?)?;
                let region = tx.caller.region.clone();
                tx.world.set_stage(
                    &input.directory_id,
                    &region,
                    DirectoryStage::Deleting,
                    Some(DELETION.to_owned()),
                    tx.now,
                );
                tx.after(DELETED, stage_work(&input.directory_id, DirectoryStage::Deleted, None));
            }
            Seen::Shared(share) => {
                shares::require_settled(share)?;
                shares::end(tx, &input.directory_id);
            }
        }
        Ok(DeleteDirectoryOutput { directory_id: Some(input.directory_id) })
    }

    fn describe_directories(view: &View<'_>, input: DescribeDirectoriesInput) -> Result<DescribeDirectoriesOutput> {
        require(input.directory_ids.as_ref().is_none_or(|ids| !ids.is_empty()), DirectoryError::NoIds)?;
        let (token, limit) = (input.next_token.as_deref(), view::page_size(input.limit));
        let scan = scan(view, input.directory_ids.as_deref().unwrap_or_default());
        let page = match &input.directory_ids {
            Some(ids) => {
                let rows = directories_by_id(view, ids)?;
                scan.page(token, limit, |after| rows.into_iter().filter(move |(sequence, _)| Some(*sequence) > after))?
            }
            None => scan.page(token, limit, |after| all_directories(view, after))?,
        };
        let page = page.map(|seen| view::description(view, seen));
        Ok(DescribeDirectoriesOutput { directory_descriptions: Some(page.items), next_token: page.next_token })
    }

    fn get_directory_limits(view: &View<'_>, _: GetDirectoryLimitsInput) -> Result<GetDirectoryLimitsOutput> {
        Ok(GetDirectoryLimitsOutput { directory_limits: Some(limits::limits(view)) })
    }
}

fn stage_work(id: &DirectoryId, stage: DirectoryStage, failure: Option<Failure<DirectoryStage>>) -> DirectoryWork {
    DirectoryWork::Directory(StageWork { directory: id.clone(), stage, failure })
}

impl Finish for StageWork {
    fn finish(self, world: &mut World, at: Timestamp) {
        let Self { directory, stage, failure } = self;
        match failure {
            Some(failure) if stage != DirectoryStage::Creating => fail(world, at, &directory, failure),
            failure => enter(world, at, &directory, stage, failure),
        }
    }
}

impl CanFail for StageWork {
    type Status = DirectoryStage;

    const FAILURES: &'static [Failures<DirectoryStage>] = &[Failures::with_reason(
        &["ConnectDirectory", "CreateDirectory", "CreateHybridAD", "CreateMicrosoftAD"],
        &[DirectoryStage::Failed, DirectoryStage::Impaired, DirectoryStage::Inoperable],
    )];

    fn status_name(status: DirectoryStage) -> &'static str {
        status.as_str()
    }

    fn failure(&mut self) -> &mut Option<Failure<DirectoryStage>> {
        &mut self.failure
    }
}

/// Moves a directory to its next stage in its primary Region, and sets the timer for the stage after that.
fn enter(
    world: &mut World,
    at: Timestamp,
    id: &DirectoryId,
    stage: DirectoryStage,
    failure: Option<Failure<DirectoryStage>>,
) {
    let Some(directory) = world.directory(id) else { return };
    let (region, unreachable) = (directory.region.clone(), connection::failure_reason(directory));
    match (directory.primary().stage, stage) {
        (DirectoryStage::Requested, DirectoryStage::Creating) => {
            let (duration, next) = match unreachable {
                Some(_) => (CONNECTOR_FAILED, DirectoryStage::Failed),
                None => (creation_time(directory.kind), DirectoryStage::Active),
            };
            world.set_stage(id, &region, stage, None, at);
            world.after(at, duration, stage_work(id, next, failure));
        }
        (DirectoryStage::Creating, DirectoryStage::Active) => {
            world.set_stage(id, &region, stage, None, at);
            assessments::assess_system(world, at, id);
            snapshots::schedule_daily(world, at, id);
        }
        (DirectoryStage::Creating, DirectoryStage::Failed) => world.set_stage(id, &region, stage, unreachable, at),
        // An impairment passes by itself.
        (DirectoryStage::Impaired, DirectoryStage::Active) => world.set_stage(id, &region, stage, None, at),
        (DirectoryStage::Deleting, DirectoryStage::Deleted) => world.remove_directory(id),
        _ => {}
    }
}

/// Ends the creation of a directory in another stage than active. An impaired directory becomes active after a while.
fn fail(
    world: &mut World,
    at: Timestamp,
    id: &DirectoryId,
    Failure { status: stage, reason }: Failure<DirectoryStage>,
) {
    let creating = world.directory(id).filter(|found| found.primary().stage == DirectoryStage::Creating);
    let Some(directory) = creating else { return };
    let region = directory.region.clone();
    // The text is in the administration guide, troubleshooting AD Connector.
    let unreachable = || directory.global.connection.as_ref().and_then(connection::all_unreachable);
    let reason = reason.or_else(|| if stage == DirectoryStage::Failed { unreachable() } else { None });
    if stage != DirectoryStage::Failed {
        enter(world, at, id, DirectoryStage::Active, None);
    }
    world.set_stage(id, &region, stage, reason, at);
    if stage == DirectoryStage::Impaired {
        world.after(at, IMPAIRMENT, stage_work(id, DirectoryStage::Active, None));
    }
}

/// The properties of a directory to create.
pub struct NewDirectory {
    pub kind: DirectoryKind,
    pub size: DirectorySize,
    pub name: String,
    pub short_name: Option<String>,
    /// The administrator's. None for a directory without an administrator of its own.
    pub password: Option<Secret>,
    pub description: Option<String>,
    pub vpc_settings: DirectoryVpcSettings,
    pub network_type: Option<NetworkType>,
    pub global: Global,
    pub tags: Option<Vec<Tag>>,
}

/// Adds a directory in the stage Requested. Work creates it later.
pub fn create(tx: &mut Tx<'_>, new: NewDirectory) -> Result<DirectoryId> {
    names::require_name(&new.name)?;
    let short_name = names::short_name(new.short_name.as_deref(), &new.name)?;
    new.password.as_ref().map_or(Ok(()), |password| names::require_password(password.as_str()))?;
    let tags = tags::new_tags(&tx.view(), new.tags)?;
    let mut vpc = networks::find(tx, &tx.caller.region, &new.vpc_settings, new.network_type)?;
    let network_type = new.network_type.unwrap_or_else(|| networks::default_type(&vpc.subnets));
    if let Some(connection) = &new.global.connection {
        connection::require_servers(connection, network_type)?;
    }
    require(new.kind != DirectoryKind::SimpleAd || network_type != NetworkType::IPv6, DirectoryError::NetworkType)?;
    networks::require_unreserved(&vpc, new.kind)?;
    limits::require_room(&tx.view(), new.kind)?;
    let id = ids::mint_directory(tx);
    networks::give_addresses(&mut vpc, &tx.world.entropy, &id, network_type);
    // The domain of a hybrid directory is the customer's own, and is not kept.
    let has_domain = matches!(new.kind, DirectoryKind::MicrosoftAd(edition) if edition != DirectoryEdition::Hybrid);
    let domain = has_domain.then(|| Arc::new(built_in::new_domain(&mut tx.world.entropy, &short_name)));
    let sequence = tx.world.next_sequence();
    let regional = Regional::new(vpc, network_type, tags, tx.now);
    tx.world.add_directory(Directory {
        id: id.clone(),
        sequence,
        owner: tx.caller.account,
        region: tx.caller.region.clone(),
        kind: new.kind,
        name: new.name.into(),
        short_name,
        description: new.description,
        size: new.size,
        regions: OrdMap::unit(tx.caller.region.clone(), regional),
        global: new.global,
        data_access: DataAccessStatus::Disabled,
        domain,
    });
    tx.after(REQUESTED, stage_work(&id, DirectoryStage::Creating, None));
    Ok(id)
}

/// Requires that a directory can be deleted.
fn require_deletable(found: RegionalDirectory<'_>) -> Result<()> {
    let RegionalDirectory { directory, regional } = found;
    require(
        regional.stage != DirectoryStage::Deleting,
        AvailabilityError::Stage(directory.id.clone(), regional.stage),
    )?;
    require(directory.regions.len() == 1, DirectoryError::StillInRegions)?;
    Ok(require(regional.shares.n_live() == 0, DirectoryError::StillShared)?)
}

/// From Creating to Active.
const fn creation_time(kind: DirectoryKind) -> Duration {
    match kind {
        // One creation measured: 7 min 10 s.
        DirectoryKind::SimpleAd => Duration::from_mins(7),
        // Documented: several minutes.
        DirectoryKind::Connector => Duration::from_mins(4),
        // Measured acceptance tests: 23 min with deletion.
        DirectoryKind::MicrosoftAd(DirectoryEdition::Standard) => Duration::from_mins(22),
        // Measured: 32 min with deletion.
        DirectoryKind::MicrosoftAd(DirectoryEdition::Enterprise | DirectoryEdition::Hybrid) => Duration::from_mins(30),
    }
}

/// Whether Simple AD is offered in a Region (administration guide, Region availability).
// Inferred: the guide's table as remembered. The model has no list of Regions.
fn has_simple_ad(region: &Region) -> bool {
    const OFFERED: [&str; 6] =
        ["ap-northeast-1", "ap-southeast-1", "ap-southeast-2", "eu-west-1", "us-east-1", "us-west-2"];
    OFFERED.contains(&region.as_str())
}

fn scan(view: &View<'_>, ids: &[DirectoryId]) -> Scan {
    let account = view.caller.account.to_string();
    let ids = ids.iter().map(DirectoryId::as_str);
    let parameters: Vec<&str> = [account.as_str(), view.caller.region.as_str()].into_iter().chain(ids).collect();
    view.scan(&parameters)
}

/// The directories with these ids, by sequence.
fn directories_by_id<'w>(view: &View<'w>, ids: &[DirectoryId]) -> Result<BTreeMap<u64, Seen<'w>>> {
    ids.iter().map(|id| lookup::find_or_refuse(view, id).map(|seen| (sequence(seen), seen))).collect()
}

/// The caller's directories after a sequence, with their sequences.
fn all_directories<'w>(view: &View<'w>, after: Option<u64>) -> impl Iterator<Item = (u64, Seen<'w>)> {
    let view = *view;
    let ids = view.world.listed_directories(view.caller.account, &view.caller.region, after);
    ids.filter_map(move |(sequence, id)| lookup::find(&view, id).map(|seen| (sequence, seen)))
}

fn sequence(seen: Seen<'_>) -> u64 {
    match seen {
        Seen::Own(directory) => directory.sequence,
        Seen::Shared(share) => share.sequence,
    }
}
