//! The World is a value.
//!
//! [`World`] holds everything that a request can change, in persistent maps: a clone costs some reference counts, so a
//! write works on a clone that is published when it succeeds and dropped when it fails. Nothing is ever undone by hand.
//!
//! Invariants: no AWS error, no HTTP, no JSON, no async, no real clock and no real randomness in here. Time comes in
//! with each request, ids come from the world's seed. A look-up answers an `Option`, and the service crates turn
//! absence into AWS's error.
//!
//! ```
//! use model::Timestamp;
//! use world::{Settings, World};
//!
//! let seed = World::new(Settings::default());
//! let mut fork = seed.clone();
//! let account = fork.mint_account_id();
//! fork.put_account(world::Account::standalone(account));
//! assert!(seed.account(account).is_none());
//! ```

// A comment says units, forms, meaning and sources; it does not repeat a name.
#![allow(missing_docs)]

mod caller;
mod cidr;
mod context;
mod directory;
mod domain;
mod entropy;
mod invariants;
mod limits;
mod memoized;
mod organization;
mod page;
mod region;
mod session;
mod surroundings;
mod tables;
mod tags;
mod time;
#[allow(clippy::module_inception)] // The crate's name is the type's name.
mod world;

pub use caller::{Caller, Principal};
pub use cidr::Cidr;
pub use context::{Tx, View};
pub use directory::access::Access;
pub use directory::assessment::{Assessment, AssessmentReport, AssessmentStatus};
pub use directory::ca_enrollment::CaEnrollment;
pub use directory::certificate::Certificate;
pub use directory::computer::JoinedComputer;
pub use directory::conditional_forwarder::ConditionalForwarder;
pub use directory::connection::Connection;
pub use directory::domain_controller::DomainController;
pub use directory::hybrid::{Hybrid, HybridUpdate, SelfManaged};
pub use directory::ip_route::IpRoute;
pub use directory::monitoring::{EventTopic, LogSubscription, Monitoring};
pub use directory::schema::{Schema, SchemaExtension, SchemaObject};
pub use directory::security::{Ldaps, Radius, Security, SmartCard};
pub use directory::setting::Setting;
pub use directory::share::{Share, Shares};
pub use directory::snapshot::Snapshot;
pub use directory::trust::{DomainKey, Trust, TrustFailure, TrustPassword};
pub use directory::update::{Change, Setup, Update};
pub use directory::{Directory, DirectoryKind, Global, ListedDirectory, Regional, Vpc};
pub use domain::{ClientToken, ClientTokens, Computer, Domain, Group, Memberships, Object, OtherAttributes, User};
pub use entropy::{Entropy, Stream};
pub use limits::policy_quotas::PolicyQuotas;
pub use limits::quota_table::Quota;
pub use limits::quotas::Quotas;
pub use memoized::Memoized;
pub use organization::account::{Account, ListedAccount, Membership, Role};
pub use organization::arns::organizations_arn;
pub use organization::create_account::CreateAccountRequest;
pub use organization::effective_policy::EffectivePolicy;
pub use organization::handshake::{Handshake, Migration, ProposedTransfer, Recipient, Sender};
pub use organization::invalid_policies::Invalid;
pub use organization::managed_policy::{AnyPolicy, ManagedPolicy};
pub use organization::policy::{Policies, Policy, PolicyDocument, Target};
pub use organization::responsibility_transfer::{Participant, ResponsibilityTransfer, Transfers};
pub use organization::{Children, Organization, ResourcePolicy, TrustedAccess, Unit};
pub use page::{BadToken, Key, Page, Scan, merged};
pub use region::Region;
pub use session::{Session, SessionPolicy};
pub use surroundings::{Existing, LogGroup, Network, RegionalName, Subnet, Surroundings};
pub use tags::Tags;
pub use time::clock::{Clock, Pace};
pub use time::duration::{format_duration, parse_duration};
pub use time::work::{
    AssessmentEnding, AssessmentWork, CaEnrollmentWork, CertificateWork, CloseAccountWork, CreateAccountWork,
    DailySnapshotWork, DataAccessWork, DirectoryWork, DirectoryWorkKind, DomainControllerWork, EventTopicWork,
    ExpireHandshakeWork, Failure, ForgetAssessmentWork, ForgetHandshakeWork, ForgetShareWork, HybridUpdateWork,
    IpRouteWork, LdapsWork, OrganizationsWork, RadiusWork, RegionWork, RemoveAccountWork, RestoreWork,
    SchemaExtensionWork, SettingsWork, ShareWork, SnapshotWork, StageWork, SystemAssessmentWork, TrustWork, UpdateWork,
    Work,
};
pub use world::{Settings, ShareTrustedAccess, World};
