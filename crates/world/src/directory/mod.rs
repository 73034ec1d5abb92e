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
use crate::context::Region;
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

/// A directory in the account that owns it. What a consumer sees of it is a [`crate::Share`].
#[derive(Clone, Debug, PartialEq)]
pub struct Directory {
    pub id: DirectoryId,
    pub sequence: u64,
    /// The account that owns it.
    pub owner: AccountId,
    /// The Region that it was created in, its primary one.
    pub region: Region,
    /// What it is.
    pub kind: DirectoryKind,
    pub name: CompactString,
    pub short_name: CompactString,
    pub description: Option<String>,
    pub size: DirectorySize,
    /// What it has in each Region that it is in, the primary one included.
    pub regions: OrdMap<Region, Regional>,
    /// What it has once, whatever the number of its Regions.
    pub global: Global,
    /// Whether Directory Service Data may be used on it.
    pub data_access: DataAccessStatus,
    /// Its users and groups; a Managed Microsoft AD has them.
    pub domain: Option<Arc<Domain>>,
}

/// The kinds of directory that an account can own.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum DirectoryKind {
    SimpleAd,
    Connector,
    /// Managed Microsoft AD of an edition.
    MicrosoftAd(DirectoryEdition),
}

/// What a directory has in one Region.
#[derive(Clone, Debug, PartialEq)]
pub struct Regional {
    /// Where the directory is in its life, in this Region.
    pub stage: DirectoryStage,
    /// When it was created here.
    pub launched_at: Timestamp,
    /// When it entered its stage.
    pub stage_updated_at: Timestamp,
    /// Why it is in its stage, where there is something to say.
    pub stage_reason: Option<String>,
    /// Where its servers are.
    pub vpc: Vpc,
    /// Their IP versions.
    pub network_type: NetworkType,
    pub tags: Tags,
    /// Its certificates, and how its clients prove who they are.
    pub security: Security,
    /// Its shares with accounts in this Region.
    pub shares: Shares,
    /// Its domain controllers beyond the first two, in the order of their creation.
    pub domain_controllers: OrdMap<u64, DomainController>,
    /// Its IP routes, by the block that each comes to.
    pub ip_routes: OrdMap<CompactString, IpRoute>,
    /// Its access URL and single sign-on.
    pub access: Access,
    /// Where its events and logs go.
    pub monitoring: Monitoring,
    /// What its servers run on.
    pub setup: Setup,
}

impl Regional {
    /// What a directory has in a Region where it is asked for now.
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

    /// Puts the directory into a stage in this Region, with a reason where there is something to say.
    pub fn enter(&mut self, stage: DirectoryStage, reason: Option<String>, now: Timestamp) {
        (self.stage, self.stage_reason, self.stage_updated_at) = (stage, reason, now);
    }
}

/// What a directory has once. All of it goes when the directory does.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Global {
    /// Its trusts, by the domain on the other side.
    pub(crate) trusts: OrdMap<DomainKey, TrustId>,
    /// Its conditional forwarders, by domain.
    pub conditional_forwarders: OrdMap<DomainKey, ConditionalForwarder>,
    /// The policy by which members of the domain get certificates; none until it is first enabled.
    pub ca_enrollment: Option<CaEnrollment>,
    /// What an AD Connector connects to.
    pub connection: Option<Connection>,
    /// The customer's side of a hybrid directory.
    pub hybrid: Option<Hybrid>,
    /// Computer accounts by name in lower case, where the domain is not kept.
    pub computers: OrdMap<CompactString, JoinedComputer>,
    /// Its snapshots, by place in lists.
    pub(crate) snapshots: OrdMap<u64, SnapshotId>,
    pub schema: Schema,
    /// Its schema extensions, by place in lists.
    pub schema_extensions: OrdMap<u64, SchemaExtension>,
    /// Settings that were changed, by name.
    pub settings: OrdMap<CompactString, Setting>,
}

impl Global {
    /// A new AD Connector's.
    pub fn for_connector(connection: Connection) -> Self {
        Self { connection: Some(connection), ..Self::default() }
    }

    /// A new hybrid directory's.
    pub fn for_hybrid(hybrid: Hybrid) -> Self {
        Self { hybrid: Some(hybrid), ..Self::default() }
    }
}

impl Directory {
    /// What the directory has in a Region.
    pub fn regional(&self, region: &Region) -> Option<&Regional> {
        self.regions.get(region)
    }

    /// What the directory has in a Region, to be changed.
    pub fn regional_mut(&mut self, region: &Region) -> Option<&mut Regional> {
        self.regions.get_mut(region)
    }

    /// What the directory has in its primary Region.
    ///
    /// # Panics
    /// When it is in no Region, which no directory is.
    pub fn primary(&self) -> &Regional {
        self.regions.get(&self.region).expect("every directory is in its primary Region")
    }
}

/// The network that a directory's servers are in: what was given, and what follows from it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Vpc {
    pub id: CompactString,
    /// The VPC's own block; none where nobody told.
    pub cidr: Option<Cidr>,
    /// The two subnets.
    pub subnets: Vec<Subnet>,
    /// The security group made for the servers.
    pub security_group: CompactString,
    /// The servers' IPv4 addresses, one in each subnet; none where the network is IPv6 only.
    pub dns_addresses: Vec<CompactString>,
    /// The servers' IPv6 addresses, one in each subnet; none where the network is IPv4 only.
    pub dns_ipv6_addresses: Vec<CompactString>,
}

impl World {
    /// A directory in any account and Region.
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

    /// Adds a directory to its owner's lists, of every Region that it is in.
    pub fn add_directory(&mut self, directory: Directory) {
        for region in directory.regions.keys() {
            self.list_directory(directory.owner, region, directory.sequence, &directory.id);
        }
        let key = (directory.owner, directory.region.clone(), directory.sequence);
        self.owned_directories.insert(key, directory.id.clone());
        self.directories.insert(directory.id.clone(), Arc::new(directory));
    }

    /// Removes a directory from the world, with its shares, snapshots and trusts.
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

    /// Adds a directory to its owner's list of one more Region.
    pub fn add_region(&mut self, id: &DirectoryId, region: &Region, regional: Regional) {
        let Some(directory) = self.directory_mut(id) else { return };
        directory.regions.insert(region.clone(), regional);
        let (owner, sequence) = (directory.owner, directory.sequence);
        self.list_directory(owner, region, sequence, id);
    }

    /// Takes a directory out of a Region, with its shares there; never out of its primary one.
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

    /// The directories that an account created in a Region, in the order of their creation. Quotas keep them few.
    pub fn owned_directories(&self, account: AccountId, region: &Region) -> impl Iterator<Item = &Directory> {
        let range = (account, region.clone(), 0)..=(account, region.clone(), u64::MAX);
        self.owned_directories.range(range).filter_map(|(_, id)| self.directory(id))
    }

    /// The ids in an account's lists of all Regions.
    pub fn listed_in_all_regions(&self, account: AccountId) -> impl Iterator<Item = &DirectoryId> {
        let from = (account, Region::from(""), 0);
        self.directory_lists.range(from..).take_while(move |((of, ..), _)| *of == account).map(|(_, id)| id)
    }

    /// The ids in an account's list of a Region, its own and those shared with it, after a place in the list.
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
