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
use model::ds::types::{
    DataAccessStatus, DirectoryDescription, DirectoryEdition, DirectorySize, DirectoryStage, NetworkType,
};
use model::{AccountId, DirectoryId, Row, SnapshotId, Timestamp, TrustId};

use imbl::OrdMap;

use crate::cidr::Cidr;
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
use crate::memoized::Memoized;
use crate::region::Region;
use crate::surroundings::Subnet;
use crate::tags::Tags;

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

/// A directory, with the row that it is in its owner's list in each of its Regions.
pub type ListedDirectory = Memoized<Directory, OrdMap<Region, Row<DirectoryDescription>>>;

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
