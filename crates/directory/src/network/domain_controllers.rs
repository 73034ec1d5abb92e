//! Domain controllers of a Managed Microsoft AD in a Region. The first two follow from the directory. The others are
//! added and removed.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::time::Duration;

use model::ds::ErrorCode;
use model::ds::types::{
    DescribeDomainControllersInput, DescribeDomainControllersOutput, DirectoryStage,
    DomainController as DomainControllerRow, DomainControllerStatus, UpdateNumberOfDomainControllersInput,
    UpdateNumberOfDomainControllersOutput,
};
use model::{DirectoryId, DomainControllerId, Timestamp};
use world::{
    DirectoryWork, DomainController, DomainControllerWork, Entropy, Failure, Region, Regional, Stream, Tx, View, World,
};

use crate::availability::RegionalDirectory;
use crate::directory::view;
use crate::error::{Coded, Result, require};
use crate::failures::{CanFail, Failures, Finish};
use crate::generated::api;
use crate::network::networks;
use crate::{Service, availability, ids};

const FIRST: usize = Regional::FIRST_DOMAIN_CONTROLLERS;

/// Why domain controllers are not described or changed.
#[derive(Clone, Debug, PartialEq)]
pub enum DomainControllerError {
    /// The directory has no domain controller with that id.
    Unknown(DomainControllerId),
    /// Their number is being changed.
    Changing(DirectoryId),
    /// More than the directory may have. With the quota.
    Limit(usize),
}

impl Coded for DomainControllerError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Unknown(_) => ErrorCode::EntityDoesNotExistException,
            Self::Changing(_) => ErrorCode::DirectoryUnavailableException,
            Self::Limit(_) => ErrorCode::DomainControllerLimitExceededException,
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            Self::Unknown(id) => format!("Domain controller {id} does not exist").into(),
            Self::Changing(id) => {
                format!("The number of domain controllers of directory {id} is being updated.").into()
            }
            Self::Limit(most) => {
                format!("Domain controller limit exceeded. A maximum of {most} domain controllers may be created.")
                    .into()
            }
        }
    }
}

/// From Creating to Active of a domain controller (documented: up to 45 min).
const CREATED: Duration = Duration::from_mins(30);
/// From Deleting of a domain controller until it is gone.
const DELETED: Duration = Duration::from_mins(15);

impl api::DomainControllers for Service {
    fn describe_domain_controllers(
        view: &View<'_>,
        input: DescribeDomainControllersInput,
    ) -> Result<DescribeDomainControllersOutput> {
        let found = availability::directory(view, &input.directory_id)?;
        let ids = input.domain_controller_ids.unwrap_or_default();
        let rows = rows(view, found, &ids)?;
        let directory = [view.caller.region.as_str(), input.directory_id.as_str()];
        let parameters: Vec<&str> = directory.into_iter().chain(ids.iter().map(DomainControllerId::as_str)).collect();
        let scan = view.scan(&parameters);
        let page = scan.page(input.next_token.as_deref(), view::page_size(input.limit), |after| {
            rows.into_iter().filter(move |(sequence, _)| Some(*sequence) > after)
        })?;
        Ok(DescribeDomainControllersOutput { domain_controllers: Some(page.items), next_token: page.next_token })
    }

    fn update_number_of_domain_controllers(
        tx: &mut Tx<'_>,
        input: UpdateNumberOfDomainControllersInput,
    ) -> Result<UpdateNumberOfDomainControllersOutput> {
        let view = tx.view();
        let id = input.directory_id;
        let regional = availability::directory(&view, &id)?.regional;
        require(regional.domain_controllers.values().all(is_settled), DomainControllerError::Changing(id.clone()))?;
        let desired = usize::try_from(input.desired_number).unwrap_or(0);
        let number = regional.n_domain_controllers();
        let most = view.world.settings.quotas.domain_controllers;
        // The present number succeeds and changes nothing: an acceptance test of Terraform's provider asks for 2 of a
        // new directory (`TestAccDSDirectory_desiredNumberOfDomainControllers`).
        require(desired <= most || desired == number, DomainControllerError::Limit(most))?;
        for _ in number..desired {
            add(tx, &id);
        }
        for _ in desired..number {
            remove(tx, &id);
        }
        Ok(UpdateNumberOfDomainControllersOutput {})
    }
}

fn is_settled(found: &DomainController) -> bool {
    matches!(found.status, DomainControllerStatus::Active | DomainControllerStatus::Failed)
}

fn work(directory: &DirectoryId, region: Region, sequence: u64, status: DomainControllerStatus) -> DirectoryWork {
    let directory = directory.clone();
    DirectoryWork::DomainController(DomainControllerWork { directory, region, sequence, status, failure: None })
}

/// Moves a domain controller to its next status. A deleted one is removed.
impl Finish for DomainControllerWork {
    fn finish(self, world: &mut World, at: Timestamp) {
        let directory = world.directory_mut(&self.directory);
        let regional = directory.and_then(|directory| directory.regional_mut(&self.region));
        let Some(all) = regional.map(|regional| &mut regional.domain_controllers) else { return };
        let Some(controller) = all.get_mut(&self.sequence) else { return };
        let is_due = matches!(
            (controller.status, self.status),
            (DomainControllerStatus::Creating, DomainControllerStatus::Active)
                | (DomainControllerStatus::Deleting, DomainControllerStatus::Deleted)
        );
        if !is_due {
            return;
        }
        if self.failure.is_none() && self.status == DomainControllerStatus::Deleted {
            all.remove(&self.sequence);
            return;
        }
        let (status, reason) = self.failure.map_or((self.status, None), |failure| (failure.status, failure.reason));
        (controller.status, controller.reason, controller.status_updated_at) = (status, reason, at);
    }
}

impl CanFail for DomainControllerWork {
    type Status = DomainControllerStatus;

    const FAILURES: &'static [Failures<DomainControllerStatus>] =
        &[Failures::with_reason(&["UpdateNumberOfDomainControllers"], &[DomainControllerStatus::Failed])];

    fn status_name(status: DomainControllerStatus) -> &'static str {
        status.as_str()
    }

    fn failure(&mut self) -> &mut Option<Failure<DomainControllerStatus>> {
        &mut self.failure
    }
}

/// Adds a domain controller to the subnet that has fewer.
fn add(tx: &mut Tx<'_>, id: &DirectoryId) {
    let region = tx.caller.region.clone();
    let found = tx.world.directory(id).and_then(|directory| directory.regional(&region));
    let regional = found.expect("the handler looked the directory up");
    let subnet = usize::from(n_added(regional, 1) < n_added(regional, 0));
    let taken: Vec<DomainControllerId> = (0..FIRST)
        .map(|subnet| first_id(tx.world, id, &region, subnet))
        .chain(regional.domain_controllers.values().map(|found| found.id.clone()))
        .collect();
    let host = free_host(&tx.world.entropy, id, regional, subnet);
    let controller_id = ids::mint_domain_controller(tx, &taken);
    let controller = DomainController {
        id: controller_id,
        subnet,
        host,
        status: DomainControllerStatus::Creating,
        reason: None,
        launched_at: tx.now,
        status_updated_at: tx.now,
    };
    let sequence = tx.world.next_sequence();
    tx.regional_mut(id).domain_controllers.insert(sequence, controller);
    tx.after(CREATED, work(id, region, sequence, DomainControllerStatus::Active));
}

/// Removes the newest domain controller of the subnet that has more. The first two stay.
fn remove(tx: &mut Tx<'_>, id: &DirectoryId) {
    let (region, now) = (tx.caller.region.clone(), tx.now);
    let regional = tx.regional_mut(id);
    let numbers = [n_added(regional, 0), n_added(regional, 1)];
    let newest = |(sequence, controller): &(u64, &DomainController)| (numbers[controller.subnet], *sequence);
    let last = regional.staying_domain_controllers().max_by_key(newest).map(|(sequence, _)| sequence);
    let Some(sequence) = last else { return };
    if let Some(controller) = regional.domain_controllers.get_mut(&sequence) {
        (controller.status, controller.status_updated_at) = (DomainControllerStatus::Deleting, now);
    }
    tx.after(DELETED, work(id, region, sequence, DomainControllerStatus::Deleted));
}

/// How many domain controllers a subnet has beyond the first two, without those that are being removed.
fn n_added(regional: &Regional, subnet: usize) -> usize {
    regional.staying_domain_controllers().filter(|(_, found)| found.subnet == subnet).count()
}

/// The number of a free address in a subnet.
fn free_host(entropy: &Entropy, id: &DirectoryId, regional: &Regional, subnet: usize) -> u64 {
    let start = entropy.derive(Stream::DomainController, &format!("{id} {subnet}"));
    let hosts = regional.vpc.subnets.get(subnet).map_or(1, networks::n_hosts);
    let host = |step| networks::FIRST_HOST + start.wrapping_add(step) % hosts;
    (0..hosts).map(host).find(|host| !regional.has_host(subnet, *host)).unwrap_or(networks::FIRST_HOST)
}

/// The id of the first domain controller in a subnet. Its last bit is the subnet.
fn first_id(world: &World, id: &DirectoryId, region: &Region, subnet: usize) -> DomainControllerId {
    let number = world.entropy.derive(Stream::DomainController, &format!("{id} {region}")) & 0xff_fffe;
    let last = u64::from(subnet > 0);
    ids::regional_id(world, region, "dc", number | last).into()
}

/// The domain controllers with these ids, by sequence; all of them if there are no ids.
fn rows(
    view: &View<'_>,
    found: RegionalDirectory<'_>,
    ids: &[DomainControllerId],
) -> Result<BTreeMap<u64, DomainControllerRow>> {
    let all = all(view, found);
    if ids.is_empty() {
        return Ok(all);
    }
    let has_id = |row: &DomainControllerRow, id: &DomainControllerId| row.domain_controller_id.as_ref() == Some(id);
    for id in ids {
        require(all.values().any(|row| has_id(row, id)), DomainControllerError::Unknown(id.clone()))?;
    }
    Ok(all.into_iter().filter(|(_, row)| ids.iter().any(|id| has_id(row, id))).collect())
}

/// Every domain controller in the caller's Region. The first two have the sequences 0 and 1. Those of the others are
/// greater.
fn all(view: &View<'_>, found: RegionalDirectory<'_>) -> BTreeMap<u64, DomainControllerRow> {
    let regional = found.regional;
    let first = (0..FIRST).zip(0..).map(|(subnet, sequence)| {
        let id = first_id(view.world, &found.directory.id, &view.caller.region, subnet);
        let row = DomainControllerRow {
            dns_ip_addr: regional.vpc.dns_addresses.get(subnet).map(ToString::to_string),
            dns_ipv6_addr: regional.vpc.dns_ipv6_addresses.get(subnet).map(ToString::to_string),
            launch_time: Some(regional.launched_at),
            status: Some(status(regional.stage, DomainControllerStatus::Active)),
            status_last_updated_date_time: Some(regional.stage_updated_at),
            ..in_subnet(found, id, subnet)
        };
        (sequence, row)
    });
    let added = regional.domain_controllers.iter().map(|(sequence, controller)| {
        let row = DomainControllerRow {
            dns_ip_addr: controller.dns_address(&regional.vpc).map(String::from),
            dns_ipv6_addr: controller.dns_ipv6_address(&regional.vpc).map(String::from),
            launch_time: Some(controller.launched_at),
            status: Some(status(regional.stage, controller.status)),
            status_reason: controller.reason.clone(),
            status_last_updated_date_time: Some(controller.status_updated_at.max(regional.stage_updated_at)),
            ..in_subnet(found, controller.id.clone(), controller.subnet)
        };
        (*sequence, row)
    });
    first.chain(added).collect()
}

fn in_subnet(found: RegionalDirectory<'_>, id: DomainControllerId, subnet: usize) -> DomainControllerRow {
    let vpc = &found.regional.vpc;
    DomainControllerRow {
        availability_zone: vpc.subnets.get(subnet).map(|subnet| subnet.availability_zone.to_string()),
        directory_id: Some(found.directory.id.clone()),
        domain_controller_id: Some(id),
        subnet_id: vpc.subnets.get(subnet).map(|subnet| subnet.id.to_string()),
        vpc_id: Some(vpc.id.to_string()),
        ..DomainControllerRow::default()
    }
}

/// The status that a domain controller shows: its own while the directory is active, or else the one of the directory's
/// stage.
// Inferred: the documentation does not say how the stages of a directory and the statuses of a domain controller
// relate.
fn status(stage: DirectoryStage, own: DomainControllerStatus) -> DomainControllerStatus {
    match stage {
        DirectoryStage::Active => own,
        DirectoryStage::Requested | DirectoryStage::Creating | DirectoryStage::Created => {
            DomainControllerStatus::Creating
        }
        DirectoryStage::Impaired | DirectoryStage::Inoperable => DomainControllerStatus::Impaired,
        DirectoryStage::Restoring => DomainControllerStatus::Restoring,
        DirectoryStage::RestoreFailed | DirectoryStage::Failed => DomainControllerStatus::Failed,
        DirectoryStage::Deleting => DomainControllerStatus::Deleting,
        DirectoryStage::Deleted => DomainControllerStatus::Deleted,
        DirectoryStage::Updating => DomainControllerStatus::Updating,
    }
}
