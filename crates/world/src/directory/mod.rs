//! Directories.

pub mod access;
pub mod assessment;
pub mod ca_enrollment;
pub mod certificate;
pub mod computer;
pub mod conditional_forwarder;
pub mod connection;
pub mod domain_controller;
pub mod hybrid;
pub mod ip_route;
pub mod monitoring;
pub mod schema;
pub mod security;
pub mod setting;
pub mod share;
pub mod snapshot;
pub mod trust;
pub mod update;

use std::sync::Arc;

use compact_str::CompactString;
use model::ds::types::{DataAccessStatus, DirectoryEdition, DirectorySize, DirectoryStage, NetworkType};
use model::{AccountId, DirectoryId, SnapshotId, Timestamp, TrustId};

use imbl::OrdMap;

use crate::cidr::Cidr;
use crate::context::{Region, Tx};
use crate::directory::access::Access;
use crate::directory::ca_enrollment::CaEnrollment;
use crate::directory::computer::JoinedComputer;
use crate::directory::conditional_forwarder::ConditionalForwarder;
use crate::directory::connection::Connection;
use crate::directory::domain_controller::DomainController;
use crate::directory::hybrid::Hybrid;
use crate::directory::ip_route::IpRoute;
use crate::directory::monitoring::Monitoring;
use crate::directory::schema::{Schema, SchemaExtension};
use crate::directory::security::Security;
use crate::directory::setting::Setting;
use crate::directory::share::Shares;
use crate::directory::trust::DomainKey;
use crate::directory::update::Setup;
use crate::domain::Domain;
use crate::surroundings::Subnet;
use crate::tags::Tags;
use crate::world::World;

/// A directory in the account that owns it. A consumer sees a [`crate::Share`] of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Directory {
    pub id: DirectoryId,
    pub sequence: u64,
    pub owner: AccountId,
    /// The primary Region, in which it was created.
    pub region: Region,
    pub kind: DirectoryKind,
    pub name: CompactString,
    pub short_name: CompactString,
    pub description: Option<String>,
    pub size: DirectorySize,
    /// By Region, the primary one included.
    pub regions: OrdMap<Region, Regional>,
    pub global: Global,
    /// Whether Directory Service Data may read and write it.
    pub data_access: DataAccessStatus,
    /// Its users, groups and computers. Kept of Managed Microsoft AD only.
    pub domain: Option<Arc<Domain>>,
}

/// The kinds of directory that an account can own.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum DirectoryKind {
    SimpleAd,
    Connector,
    MicrosoftAd(DirectoryEdition),
}

/// What a directory has in one Region.
#[derive(Clone, Debug, PartialEq)]
pub struct Regional {
    pub stage: DirectoryStage,
    /// When it was created in this Region.
    pub launched_at: Timestamp,
    pub stage_updated_at: Timestamp,
    /// Why it has its stage. None where AWS gives no reason.
    pub stage_reason: Option<String>,
    pub vpc: Vpc,
    /// The IP versions of its servers.
    pub network_type: NetworkType,
    pub tags: Tags,
    pub security: Security,
    pub shares: Shares,
    /// Domain controllers beyond the first two, by sequence.
    pub domain_controllers: OrdMap<u64, DomainController>,
    /// By block, in the one form that each block has.
    pub ip_routes: OrdMap<CompactString, IpRoute>,
    pub access: Access,
    pub monitoring: Monitoring,
    pub setup: Setup,
}

impl Regional {
    /// A directory in a Region for which it is requested now.
    pub fn new(vpc: Vpc, network_type: NetworkType, tags: Tags, now: Timestamp) -> Self {
        Self {
            stage: DirectoryStage::Requested,
            launched_at: now,
            stage_updated_at: now,
            stage_reason: None,
            vpc,
            network_type,
            tags,
            security: Security::default(),
            shares: Shares::default(),
            domain_controllers: OrdMap::new(),
            ip_routes: OrdMap::new(),
            access: Access::default(),
            monitoring: Monitoring::default(),
            setup: Setup::default(),
        }
    }

    /// Puts the directory into a stage in this Region.
    pub fn enter(&mut self, stage: DirectoryStage, reason: Option<String>, now: Timestamp) {
        (self.stage, self.stage_reason, self.stage_updated_at) = (stage, reason, now);
    }
}

/// What a directory has once in all Regions. All of it goes when the directory does.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Global {
    /// By the domain on the other side.
    pub(crate) trusts: OrdMap<DomainKey, TrustId>,
    pub conditional_forwarders: OrdMap<DomainKey, ConditionalForwarder>,
    /// None until it is first enabled.
    pub ca_enrollment: Option<CaEnrollment>,
    /// An AD Connector has one.
    pub connection: Option<Connection>,
    /// A hybrid directory has it.
    pub hybrid: Option<Hybrid>,
    /// Computer accounts by name in lower case, of directories whose domain is not kept.
    pub computers: OrdMap<CompactString, JoinedComputer>,
    /// By sequence.
    pub(crate) snapshots: OrdMap<u64, SnapshotId>,
    pub schema: Schema,
    /// By sequence.
    pub schema_extensions: OrdMap<u64, SchemaExtension>,
    /// Settings that were changed at least once, by name.
    pub settings: OrdMap<CompactString, Setting>,
}

impl Global {
    /// What a new AD Connector has.
    pub fn for_connector(connection: Connection) -> Self {
        Self { connection: Some(connection), ..Self::default() }
    }

    /// What a new hybrid directory has.
    pub fn for_hybrid(hybrid: Hybrid) -> Self {
        Self { hybrid: Some(hybrid), ..Self::default() }
    }
}

impl Directory {
    pub fn regional(&self, region: &Region) -> Option<&Regional> {
        self.regions.get(region)
    }

    pub fn regional_mut(&mut self, region: &Region) -> Option<&mut Regional> {
        self.regions.get_mut(region)
    }

    /// What the directory has in its primary Region.
    ///
    /// # Panics
    /// When it is not in its primary Region. Every directory is.
    pub fn primary(&self) -> &Regional {
        self.regions.get(&self.region).expect("every directory is in its primary Region")
    }
}

/// The network that a directory's servers are in.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Vpc {
    pub id: CompactString,
    /// None where the VPC is assumed to exist.
    pub cidr: Option<Cidr>,
    /// Two of them.
    pub subnets: Vec<Subnet>,
    /// The security group that AWS makes for the servers.
    pub security_group: CompactString,
    /// IPv4 addresses of the servers, one in each subnet. Empty where the network is IPv6 only.
    pub dns_addresses: Vec<CompactString>,
    /// IPv6 addresses of the servers, one in each subnet. Empty where the network is IPv4 only.
    pub dns_ipv6_addresses: Vec<CompactString>,
}

impl Tx<'_> {
    /// A directory that the handler looked up, to be changed.
    ///
    /// # Panics
    /// Where there is none: a handler that changes nothing must not answer that it did.
    pub fn directory_mut(&mut self, id: &DirectoryId) -> &mut Directory {
        self.world.directory_mut(id).expect("the handler looked the directory up before it changes it")
    }

    /// What it has in the caller's Region, to be changed.
    ///
    /// # Panics
    /// Where there is nothing, like [`Tx::directory_mut`].
    pub fn regional_mut(&mut self, id: &DirectoryId) -> &mut Regional {
        let region = &self.caller.region;
        let directory = self.world.directory_mut(id);
        let regional = directory.and_then(|directory| directory.regional_mut(region));
        regional.expect("the handler looked the directory up in the caller's Region before it changes it")
    }
}

impl World {
    /// A directory, in any account and Region.
    pub fn directory(&self, id: &DirectoryId) -> Option<&Directory> {
        self.directories.get(id).map(Arc::as_ref)
    }

    pub fn directory_mut(&mut self, id: &DirectoryId) -> Option<&mut Directory> {
        self.directories.get_mut(id).map(Arc::make_mut)
    }

    /// Puts a directory into a stage in one of its Regions.
    pub fn set_stage(
        &mut self,
        id: &DirectoryId,
        region: &Region,
        stage: DirectoryStage,
        reason: Option<String>,
        now: Timestamp,
    ) {
        if let Some(regional) = self.directory_mut(id).and_then(|directory| directory.regional_mut(region)) {
            regional.enter(stage, reason, now);
        }
    }

    /// Adds a directory, and lists it in each of its Regions.
    pub fn add_directory(&mut self, directory: Directory) {
        for region in directory.regions.keys() {
            self.list_directory(directory.owner, region, directory.sequence, &directory.id);
        }
        let key = (directory.owner, directory.region.clone(), directory.sequence);
        self.owned_directories.insert(key, directory.id.clone());
        self.directories.insert(directory.id.clone(), Arc::new(directory));
    }

    /// Removes a directory with its shares, snapshots and trusts.
    pub fn remove_directory(&mut self, id: &DirectoryId) {
        let regions: Vec<Region> =
            self.directory(id).into_iter().flat_map(|found| found.regions.keys().cloned()).collect();
        for region in &regions {
            self.forget_shares(id, region);
        }
        let trusts: Vec<_> =
            self.directory(id).into_iter().flat_map(|found| found.global.trusts.values().cloned()).collect();
        for trust in &trusts {
            self.forget_trust(trust);
        }
        let snapshots: Vec<_> =
            self.directory(id).into_iter().flat_map(|found| found.global.snapshots.values().cloned()).collect();
        for snapshot in &snapshots {
            self.remove_snapshot(snapshot);
        }
        if let Some(directory) = self.directories.remove(id) {
            directory.regions.values().for_each(|left| self.free_alias(left));
            self.remove_system_assessments(directory.owner, &directory.region, id);
            for region in &regions {
                self.unlist_directory(directory.owner, region, directory.sequence);
            }
            self.owned_directories.remove(&(directory.owner, directory.region.clone(), directory.sequence));
        }
    }

    /// Adds a Region to a directory, and lists the directory there.
    pub fn add_region(&mut self, id: &DirectoryId, region: &Region, regional: Regional) {
        let Some(directory) = self.directory_mut(id) else { return };
        directory.regions.insert(region.clone(), regional);
        let (owner, sequence) = (directory.owner, directory.sequence);
        self.list_directory(owner, region, sequence, id);
    }

    /// Removes a Region of a directory, with its shares there. The primary Region stays.
    pub fn remove_region(&mut self, id: &DirectoryId, region: &Region) {
        if self.directory(id).is_none_or(|directory| directory.region == *region) {
            return;
        }
        self.forget_shares(id, region);
        let Some(directory) = self.directory_mut(id) else { return };
        let (owner, sequence) = (directory.owner, directory.sequence);
        let left = directory.regions.remove(region);
        self.unlist_directory(owner, region, sequence);
        if let Some(left) = &left {
            self.free_alias(left);
        }
    }

    fn forget_shares(&mut self, id: &DirectoryId, region: &Region) {
        let regional = self.directory(id).and_then(|directory| directory.regional(region));
        let shares: Vec<DirectoryId> =
            regional.into_iter().flat_map(|found| found.shares.listed.values().cloned()).collect();
        for share in &shares {
            self.forget_share(share);
        }
    }

    /// The directories of an account whose primary Region this is, in the order of their creation. Quotas keep them
    /// few.
    pub fn owned_directories(&self, account: AccountId, region: &Region) -> impl Iterator<Item = &Directory> {
        let range = (account, region.clone(), 0)..=(account, region.clone(), u64::MAX);
        self.owned_directories.range(range).filter_map(|(_, id)| self.directory(id))
    }

    /// The ids of an account's directories in all Regions, shared ones included. One id may come several times.
    pub fn listed_in_all_regions(&self, account: AccountId) -> impl Iterator<Item = &DirectoryId> {
        let from = (account, Region::from(""), 0);
        self.directory_lists.range(from..).take_while(move |((owner, ..), _)| *owner == account).map(|(_, id)| id)
    }

    /// The ids of an account's directories in a Region, shared ones included, after a sequence.
    pub fn listed_directories(
        &self,
        account: AccountId,
        region: &Region,
        after: Option<u64>,
    ) -> impl Iterator<Item = (u64, &DirectoryId)> {
        let from = after.map_or(0, |last| last + 1);
        let range = (account, region.clone(), from)..=(account, region.clone(), u64::MAX);
        self.directory_lists.range(range).map(|((_, _, sequence), id)| (*sequence, id))
    }

    pub(crate) fn list_directory(&mut self, account: AccountId, region: &Region, sequence: u64, id: &DirectoryId) {
        self.directory_lists.insert((account, region.clone(), sequence), id.clone());
    }

    pub(crate) fn unlist_directory(&mut self, account: AccountId, region: &Region, sequence: u64) {
        self.directory_lists.remove(&(account, region.clone(), sequence));
    }
}
