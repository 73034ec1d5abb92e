//! Updates of a directory's setup: its operating system, size and network type.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::time::Duration;

use compact_str::CompactString;
use model::ds::ErrorCode;
use model::ds::types::{
    DescribeUpdateDirectoryInput, DescribeUpdateDirectoryOutput, DirectoryEdition, DirectorySize, DirectoryStage,
    NetworkType, OSUpdateSettings, OSVersion, SnapshotType, UpdateDirectorySetupInput, UpdateDirectorySetupOutput,
    UpdateInfoEntry, UpdateStatus, UpdateType, UpdateValue,
};
use model::{DirectoryId, Timestamp};
use world::{Change, Directory, DirectoryKind, DirectoryWork, Failure, Region, Tx, Update, UpdateWork, View, World};

use crate::availability::RegionalDirectory;
use crate::directory::view;
use crate::error::{Coded, Result, require};
use crate::failures::{CanFail, Failures, Finish};
use crate::generated::api;
use crate::maintenance::snapshots;
use crate::network::networks;
use crate::{Service, availability};

/// From Updating to Active of an update of the setup.
const UPDATED: Duration = Duration::from_hours(1);

impl api::Updates for Service {
    fn update_directory_setup(tx: &mut Tx<'_>, input: UpdateDirectorySetupInput) -> Result<UpdateDirectorySetupOutput> {
        let view = tx.view();
        let found = availability::directory_to_update(&view, input.update_type, &input.directory_id)?;
        let change = requested_change(&view, found, &input)?;
        let vpc = match &change {
            Change::Network(network_type, _) => Some(networks::find_for_type(tx, &found.regional.vpc, *network_type)?),
            Change::Os(..) | Change::Size(_) => None,
        };
        let takes_snapshot = input.create_snapshot_before_update == Some(true);
        if takes_snapshot {
            snapshots::require_room(&view, found.directory)?;
            snapshots::take(tx.world, tx.now, &input.directory_id, SnapshotType::Manual, None);
        }
        if let Some(vpc) = vpc {
            tx.regional_mut(&input.directory_id).vpc = vpc;
        }
        start(tx, &input.directory_id, change);
        Ok(UpdateDirectorySetupOutput {})
    }

    fn describe_update_directory(
        view: &View<'_>,
        input: DescribeUpdateDirectoryInput,
    ) -> Result<DescribeUpdateDirectoryOutput> {
        let directory = availability::directory(view, &input.directory_id)?.directory;
        let region = input.region_name.as_deref().map(Region::from);
        let unknown = region.as_ref().filter(|region| directory.regional(region).is_none());
        require(unknown.is_none(), UpdateError::Region(input.region_name.clone().unwrap_or_default()))?;
        let rows = activities(directory, input.update_type, region.as_ref());
        let parameters =
            [input.directory_id.as_str(), input.update_type.as_str(), input.region_name.as_deref().unwrap_or("")];
        let (token, limit) = (input.next_token.as_deref(), view::page_size(None));
        let page = view
            .scan(&parameters)
            .page(token, limit, |after| rows.into_iter().filter(move |(sequence, _)| Some(*sequence) > after))?;
        Ok(DescribeUpdateDirectoryOutput { update_activities: Some(page.items), next_token: page.next_token })
    }
}

/// Ends an update: the directory is active again. If the update succeeded, its change is applied.
impl Finish for UpdateWork {
    fn finish(self, world: &mut World, at: Timestamp) {
        let updated = (UpdateStatus::Updated, None);
        let (status, reason) = self.failure.map_or(updated, |failure| (failure.status, failure.reason));
        let entropy = world.entropy;
        let Some(directory) = world.directory_mut(&self.directory) else { return };
        let Some(regional) = directory.regional_mut(&self.region) else { return };
        if regional.stage != DirectoryStage::Updating {
            return;
        }
        regional.enter(DirectoryStage::Active, None, at);
        let Some(update) = regional.setup.updates.get_mut(&self.sequence) else { return };
        (update.status, update.reason, update.updated_at) = (status, reason, at);
        if status != UpdateStatus::Updated {
            return;
        }
        match update.change.clone() {
            Change::Os(_, to) => regional.setup.os_version = to,
            Change::Size(size) => {
                directory.size = size;
                directory.kind = DirectoryKind::MicrosoftAd(DirectoryEdition::Enterprise);
            }
            Change::Network(network_type, servers) => {
                networks::give_addresses(&mut regional.vpc, &entropy, &self.directory, network_type);
                regional.network_type = network_type;
                if let Some(connection) = &mut directory.global.connection {
                    connection.dns_ipv6_addresses = servers;
                }
            }
        }
    }
}

impl CanFail for UpdateWork {
    type Status = UpdateStatus;

    const FAILURES: &'static [Failures<UpdateStatus>] =
        &[Failures::with_reason(&["UpdateDirectorySetup"], &[UpdateStatus::UpdateFailed])];

    fn status_name(status: UpdateStatus) -> &'static str {
        status.as_str()
    }

    fn failure(&mut self) -> &mut Option<Failure<UpdateStatus>> {
        &mut self.failure
    }
}

/// The change that a request asks for. The request has to have the settings of its type and no others, and they have to
/// differ from the directory's.
fn requested_change(
    view: &View<'_>,
    found: RegionalDirectory<'_>,
    input: &UpdateDirectorySetupInput,
) -> Result<Change> {
    let present = [
        (UpdateType::Os, input.os_update_settings.is_some()),
        (UpdateType::Size, input.directory_size_update_settings.is_some()),
        (UpdateType::Network, input.network_update_settings.is_some()),
    ];
    let matches = present.iter().all(|(kind, is_present)| (*kind == input.update_type) == *is_present);
    let mismatch = || UpdateError::Settings(input.update_type);
    require(matches, mismatch())?;
    match input.update_type {
        UpdateType::Os => {
            let version = input.os_update_settings.as_ref().and_then(|settings| settings.os_version);
            os_change(view, found, version.ok_or_else(mismatch)?)
        }
        UpdateType::Size => {
            let size = input.directory_size_update_settings.as_ref().and_then(|settings| settings.directory_size);
            let size = size.ok_or_else(mismatch)?;
            require(size != found.directory.size, UpdateError::Already("size", size.as_str()))?;
            require(size == DirectorySize::Large, UpdateError::Downgrade)?;
            Ok(Change::Size(size))
        }
        UpdateType::Network => {
            let settings = input.network_update_settings.as_ref();
            let network_type = settings.and_then(|settings| settings.network_type).ok_or_else(mismatch)?;
            let servers = settings.and_then(|settings| settings.customer_dns_ips_v6.clone()).unwrap_or_default();
            network_change(found, network_type, servers)
        }
    }
}

/// The primary Region has to be updated first (administration guide, "global and Regional features").
// Inferred: the error for an additional Region before the primary one.
fn os_change(view: &View<'_>, found: RegionalDirectory<'_>, version: OSVersion) -> Result<Change> {
    let now = found.regional.setup.os_version;
    require(version != now, UpdateError::Already("operating system", version.as_str()))?;
    let is_primary = found.directory.region == view.caller.region;
    require(is_primary || found.directory.primary().setup.os_version == version, UpdateError::PrimaryFirst)?;
    Ok(Change::Os(now, version))
}

// Inferred: adding IPv6 to IPv4 is the only documented change. Each Region is updated on its own, because it has its
// own VPC, and because updates are listed by Region.
fn network_change(found: RegionalDirectory<'_>, network_type: NetworkType, servers: Vec<String>) -> Result<Change> {
    let now = found.regional.network_type;
    require(network_type != now, UpdateError::Already("network type", network_type.as_str()))?;
    require((now, network_type) == (NetworkType::IPv4, NetworkType::DualStack), UpdateError::Network)?;
    require((found.directory.kind == DirectoryKind::Connector) != servers.is_empty(), UpdateError::Servers)?;
    Ok(Change::Network(network_type, servers.into_iter().map(CompactString::from).collect()))
}

fn start(tx: &mut Tx<'_>, id: &DirectoryId, change: Change) {
    let (sequence, now, region) = (tx.world.next_sequence(), tx.now, tx.caller.region.clone());
    let update = Update { change, status: UpdateStatus::Updating, reason: None, started_at: now, updated_at: now };
    let regional = tx.regional_mut(id);
    regional.enter(DirectoryStage::Updating, None, now);
    regional.setup.updates.insert(sequence, update);
    let work = UpdateWork { directory: id.clone(), region, sequence, failure: None };
    tx.after(UPDATED, DirectoryWork::Update(work));
}

/// The updates of a type by sequence, in one Region or in all.
fn activities(directory: &Directory, kind: UpdateType, region: Option<&Region>) -> BTreeMap<u64, UpdateInfoEntry> {
    let regions = directory.regions.iter().filter(|(name, _)| region.is_none_or(|only| only == *name));
    let updates = regions.flat_map(|(name, regional)| {
        regional.setup.updates.iter().map(move |(sequence, update)| (name, sequence, update))
    });
    let selected = updates.filter(|(_, _, update)| update_type(&update.change) == kind);
    selected.map(|(region, sequence, update)| (*sequence, activity(region, update))).collect()
}

fn update_type(change: &Change) -> UpdateType {
    match change {
        Change::Os(..) => UpdateType::Os,
        Change::Size(_) => UpdateType::Size,
        Change::Network(..) => UpdateType::Network,
    }
}

/// The row of an update. The model has old and new values for the operating system only.
fn activity(region: &Region, update: &Update) -> UpdateInfoEntry {
    let os = |version| UpdateValue { os_update_settings: Some(OSUpdateSettings { os_version: Some(version) }) };
    let (previous_value, new_value) = match update.change {
        Change::Os(from, to) => (Some(os(from)), Some(os(to))),
        Change::Size(_) | Change::Network(..) => (None, None),
    };
    UpdateInfoEntry {
        // Inferred: the model does not list the values of this member. Every update here is the customer's.
        initiated_by: Some("Customer".to_owned()),
        last_updated_date_time: Some(update.updated_at),
        new_value,
        previous_value,
        region: Some(region.to_string()),
        start_time: Some(update.started_at),
        status: Some(update.status),
        status_reason: update.reason.clone(),
    }
}

/// Why an update is refused.
#[derive(Clone, Debug, PartialEq)]
pub enum UpdateError {
    /// The settings are not those of the type.
    Settings(UpdateType),
    /// The directory already has the value. With the property and the value.
    Already(&'static str, &'static str),
    /// The new size is smaller.
    Downgrade,
    /// The network type cannot be changed this way.
    Network,
    /// An AD Connector needs DNS servers. No other directory takes them.
    Servers,
    /// The primary Region does not have the operating system yet.
    PrimaryFirst,
    /// The directory is not in the Region.
    Region(String),
}

impl Coded for UpdateError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Already(..) => ErrorCode::DirectoryInDesiredStateException,
            _ => ErrorCode::InvalidParameterException,
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            Self::Settings(kind) => {
                format!("The update type {} needs its own settings and no others.", kind.as_str()).into()
            }
            Self::Already(what, value) => format!("The {what} of the directory is already {value}.").into(),
            Self::Downgrade => "The size of a directory cannot be reduced.".into(),
            Self::Network => "The network type can be changed from IPv4 to Dual-stack only.".into(),
            Self::Servers => "CustomerDnsIpsV6 must be given for an AD Connector, and for no other directory.".into(),
            Self::PrimaryFirst => "The operating system of the primary Region must be updated first.".into(),
            Self::Region(region) => format!("The directory is not in the Region {region}.").into(),
        }
    }
}
