//! Additional Regions: the replication of a directory.

use std::borrow::Cow;
use std::time::Duration;

use model::ds::ErrorCode;
use model::ds::types::{
    AddRegionInput, AddRegionOutput, DescribeRegionsInput, DescribeRegionsOutput, DirectoryStage, DirectoryVpcSettings,
    RegionDescription, RegionType, RemoveRegionInput, RemoveRegionOutput,
};
use model::{DirectoryId, Partition, Timestamp};
use world::{Directory, DirectoryWork, Failure, Region, RegionWork, Regional, Tags, Tx, View, World};

use crate::directory::{directories, view};
use crate::error::{Coded, Result, require};
use crate::failures::{CanFail, Failures, Finish};
use crate::generated::api;
use crate::network::networks;
use crate::{Service, availability};

/// Regions that an account has to opt into. A directory that was created in one of them cannot be replicated
/// (administration guide).
const OPT_IN: [&str; 15] = [
    "af-south-1",
    "ap-east-1",
    "ap-south-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-7",
    "ca-west-1",
    "eu-central-2",
    "eu-south-1",
    "eu-south-2",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
];

/// Regions to which no directory can be replicated (administration guide).
const NO_REPLICATION: [&str; 2] = ["me-central-1", "me-south-1"];

/// Why a Region is not added or removed.
#[derive(Clone, Debug, PartialEq)]
pub enum RegionError {
    /// The directory cannot be replicated from its primary Region, or to the new Region.
    NoReplication,
    /// The Region does not exist, or is in another partition.
    Unknown(String),
    /// The directory is already in the Region.
    Exists(String),
    /// The directory is in the most Regions that it may be in. With the quota.
    Limit(usize),
    /// The directory is being added to a Region, or removed from it.
    InTransition(DirectoryId, Region),
    /// The directory is shared in the Region.
    Shared,
}

impl Coded for RegionError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::NoReplication | Self::Shared => ErrorCode::UnsupportedOperationException,
            Self::Unknown(_) => ErrorCode::InvalidParameterException,
            Self::Exists(_) => ErrorCode::DirectoryAlreadyInRegionException,
            Self::Limit(_) => ErrorCode::RegionLimitExceededException,
            Self::InTransition(..) => ErrorCode::DirectoryUnavailableException,
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            // Known: clients look for the first words.
            Self::NoReplication => "Multi-region replication is not supported in this Region.".into(),
            Self::Unknown(name) => format!("The Region {name} is not valid.").into(),
            Self::Exists(name) => format!("The directory is already in the Region {name}.").into(),
            Self::Limit(most) => {
                format!("Region limit exceeded. The directory may be in a maximum of {most} Regions.").into()
            }
            Self::InTransition(id, region) => {
                format!("Directory {id} is being added to or removed from the Region {region}.").into()
            }
            Self::Shared => {
                "Cannot remove the Region because the directory is shared with other accounts in it.".into()
            }
        }
    }
}

/// From Creating to Active in an additional Region (clients wait up to 180 min).
const ADDED: Duration = Duration::from_mins(40);
/// From `RemoveRegion` until the directory is gone from the Region (clients wait up to 90 min).
const REMOVED: Duration = Duration::from_mins(20);

impl api::Regions for Service {
    fn add_region(tx: &mut Tx<'_>, input: AddRegionInput) -> Result<AddRegionOutput> {
        let view = tx.view();
        let directory = availability::directory(&view, &input.directory_id)?.directory;
        let region = Region::from(input.region_name.as_str());
        require_replicable(directory, &region)?;
        // Inferred: the request has no network type, so the new Region gets that of the primary one.
        let network_type = directory.primary().network_type;
        let mut vpc = networks::find(tx, &region, &input.vpc_settings, Some(network_type))?;
        networks::require_unreserved(&vpc, directory.kind)?;
        require_at_rest(directory)?;
        require(!directory.regions.contains_key(&region), RegionError::Exists(input.region_name))?;
        let most = view.world.settings.quotas.regions;
        require(directory.regions.len() < most, RegionError::Limit(most))?;
        networks::require_no_overlap(directory, &vpc)?;
        networks::give_addresses(&mut vpc, &view.world.entropy, &directory.id, network_type);
        let mut regional = Regional::new(vpc, network_type, Tags::new(), tx.now);
        regional.setup.os_version = directory.primary().setup.os_version;
        tx.world.add_region(&input.directory_id, &region, regional);
        tx.after(directories::REQUESTED, region_work(&input.directory_id, &region, DirectoryStage::Creating, None));
        Ok(AddRegionOutput {})
    }

    /// Removes the caller's Region: the input names none.
    fn remove_region(tx: &mut Tx<'_>, input: RemoveRegionInput) -> Result<RemoveRegionOutput> {
        let view = tx.view();
        let found = availability::directory(&view, &input.directory_id)?;
        require_at_rest(found.directory)?;
        require(found.regional.shares.n_live() == 0, RegionError::Shared)?;
        let region = tx.caller.region.clone();
        tx.world.set_stage(&input.directory_id, &region, DirectoryStage::Deleting, None, tx.now);
        tx.after(REMOVED, region_work(&input.directory_id, &region, DirectoryStage::Deleted, None));
        Ok(RemoveRegionOutput {})
    }

    fn describe_regions(view: &View<'_>, input: DescribeRegionsInput) -> Result<DescribeRegionsOutput> {
        let directory = availability::directory(view, &input.directory_id)?.directory;
        let filter = input.region_name.as_deref();
        let scan = view.scan(&[input.directory_id.as_str(), filter.unwrap_or_default()]);
        let page = scan.page(input.next_token.as_deref(), view::page_size(None), |after: Option<u64>| {
            let rows = (0..).zip(primary_first(directory)).filter(move |(index, _)| Some(*index) > after);
            rows.filter(|(_, (region, _))| filter.is_none_or(|name| name == region.as_str()))
        })?;
        let page = page.map(|(region, regional)| description(directory, region, regional));
        Ok(DescribeRegionsOutput { regions_description: Some(page.items), next_token: page.next_token })
    }
}

fn region_work(
    id: &DirectoryId,
    region: &Region,
    stage: DirectoryStage,
    failure: Option<Failure<DirectoryStage>>,
) -> DirectoryWork {
    DirectoryWork::Region(RegionWork { directory: id.clone(), region: region.clone(), stage, failure })
}

/// Moves a directory to its next stage in an additional Region, and sets the timer for the stage after that.
impl Finish for RegionWork {
    fn finish(self, world: &mut World, at: Timestamp) {
        let Self { directory: id, region, stage, failure } = self;
        let Some(regional) = world.directory(&id).and_then(|directory| directory.regional(&region)) else { return };
        match (regional.stage, stage) {
            (DirectoryStage::Requested, DirectoryStage::Creating) => {
                world.set_stage(&id, &region, stage, None, at);
                world.after(at, ADDED, region_work(&id, &region, DirectoryStage::Active, failure));
            }
            (DirectoryStage::Creating, DirectoryStage::Active) => {
                let (stage, reason) = failure.map_or((stage, None), |failure| (failure.status, failure.reason));
                world.set_stage(&id, &region, stage, reason, at);
            }
            (DirectoryStage::Deleting, DirectoryStage::Deleted) => world.remove_region(&id, &region),
            _ => {}
        }
    }
}

impl CanFail for RegionWork {
    type Status = DirectoryStage;

    const FAILURES: &'static [Failures<DirectoryStage>] =
        &[Failures::with_reason(&["AddRegion"], &[DirectoryStage::Failed])];

    fn status_name(status: DirectoryStage) -> &'static str {
        status.as_str()
    }

    fn failure(&mut self) -> &mut Option<Failure<DirectoryStage>> {
        &mut self.failure
    }
}

/// Requires that the directory can be replicated from its primary Region to another.
// Inferred: the errors are not documented. A Region is recognized by the form of its name, because AWS keeps adding
// Regions.
fn require_replicable(directory: &Directory, region: &Region) -> Result<()> {
    let (from, to) = (directory.region.as_str(), region.as_str());
    require(!OPT_IN.contains(&from) && !NO_REPLICATION.contains(&to), RegionError::NoReplication)?;
    require(
        is_region(to) && Partition::of_region(from) == Partition::of_region(to),
        RegionError::Unknown(to.to_owned()).into(),
    )
}

/// Whether a name has the form of a Region's name: words, then a number, with dashes between them.
fn is_region(name: &str) -> bool {
    let is_word = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase());
    match name.split('-').collect::<Vec<_>>().as_slice() {
        [words @ .., number] => {
            words.len() >= 2 && words.iter().all(|word| is_word(word)) && number.parse::<u8>().is_ok()
        }
        [] => false,
    }
}

/// Requires that no Region of the directory is being added or removed.
fn require_at_rest(directory: &Directory) -> Result<()> {
    let mut additional = directory.regions.iter().filter(|(region, _)| **region != directory.region);
    let changing = additional.find(|(_, regional)| {
        matches!(regional.stage, DirectoryStage::Requested | DirectoryStage::Creating | DirectoryStage::Deleting)
    });
    changing.map_or(Ok(()), |(region, _)| Err(RegionError::InTransition(directory.id.clone(), region.clone()).into()))
}

fn primary_first(directory: &Directory) -> impl Iterator<Item = (&Region, &Regional)> {
    let additional = directory.regions.iter().filter(|(region, _)| **region != directory.region);
    std::iter::once((&directory.region, directory.primary())).chain(additional)
}

fn description(directory: &Directory, region: &Region, regional: &Regional) -> RegionDescription {
    let is_primary = *region == directory.region;
    RegionDescription {
        desired_number_of_domain_controllers: Some(view::n_domain_controllers(regional)),
        directory_id: Some(directory.id.clone()),
        last_updated_date_time: Some(regional.stage_updated_at),
        launch_time: Some(regional.launched_at),
        region_name: Some(region.to_string()),
        region_type: Some(if is_primary { RegionType::Primary } else { RegionType::Additional }),
        status: Some(regional.stage),
        status_last_updated_date_time: Some(regional.stage_updated_at),
        vpc_settings: Some(DirectoryVpcSettings {
            vpc_id: regional.vpc.id.to_string(),
            subnet_ids: regional.vpc.subnets.iter().map(|subnet| subnet.id.to_string()).collect(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_recognized_by_the_form_of_its_name() {
        for name in ["us-east-1", "ap-southeast-12", "us-gov-west-1", "us-isob-east-1", "eusc-de-east-1"] {
            assert!(is_region(name), "{name}");
        }
        for name in ["us-east", "us-east-1a", "us--east-1", "US-EAST-1", "europe-1", "Frankfurt", "us-east-1-"] {
            assert!(!is_region(name), "{name}");
        }
    }
}
