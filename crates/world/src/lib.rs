//! The World is a value.
//!
//! [`World`] holds everything that a request can change, in persistent maps: a clone costs some reference counts, so a write works
//! on a clone that is published when it succeeds and dropped when it fails. Nothing is ever undone by hand.
//!
//! Invariants: no AWS error, no HTTP, no JSON, no async, no real clock and no real randomness in here. Time comes in with each
//! request, ids come from the world's seed. A look-up answers an `Option`, and the service crates turn absence into AWS's error.
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

mod access;
mod account;
mod assessment;
mod ca_enrollment;
mod certificate;
mod cidr;
mod clock;
mod computer;
mod conditional_forwarder;
mod connection;
mod context;
mod create_account;
mod directory;
mod domain;
mod domain_controller;
mod duration;
mod effective_policy;
mod entropy;
mod failure;
mod handshake;
mod hybrid;
mod invalid_policies;
mod invariants;
mod ip_route;
mod monitoring;
mod organization;
mod page;
mod policy;
mod policy_quotas;
mod quota_table;
mod quotas;
mod responsibility_transfer;
mod schema;
mod security;
mod session;
mod setting;
mod share;
mod snapshot;
mod surroundings;
mod tags;
mod timers;
mod trust;
mod update;
mod waits;
#[allow(clippy::module_inception)] // The crate's name is the type's name.
mod world;

pub use access::Access;
pub use account::{Account, Membership, Role};
pub use assessment::{Assessment, AssessmentReport, AssessmentStatus};
pub use ca_enrollment::CaEnrollment;
pub use certificate::Certificate;
pub use cidr::Cidr;
pub use clock::{Clock, Pace};
pub use computer::JoinedComputer;
pub use conditional_forwarder::ConditionalForwarder;
pub use connection::Connection;
pub use context::{Caller, Principal, Region, Tx, View};
pub use create_account::CreateAccountRequest;
pub use directory::{Directory, DirectoryKind, Global, Regional, Vpc};
pub use domain::{ClientToken, ClientTokens, Computer, Domain, Group, Memberships, Object, OtherAttributes, User};
pub use domain_controller::DomainController;
pub use duration::{format_duration, parse_duration};
pub use entropy::{Entropy, Stream};
pub use failure::{Ending, Failure};
pub use handshake::{Handshake, Migration, ProposedTransfer, Recipient, Sender};
pub use hybrid::{Hybrid, HybridUpdate, SelfManaged};
pub use invalid_policies::Invalid;
pub use ip_route::IpRoute;
pub use monitoring::{EventTopic, LogSubscription, Monitoring};
pub use organization::{Children, Organization, ResourcePolicy, TrustedAccess, Unit};
pub use page::{BadToken, Key, Page, Scan, merged};
pub use policy::{Policies, Policy, PolicyDocument, Target};
pub use policy_quotas::PolicyQuotas;
pub use quota_table::Quota;
pub use quotas::Quotas;
pub use responsibility_transfer::{Participant, ResponsibilityTransfer, Transfers};
pub use schema::{Schema, SchemaExtension, SchemaObject};
pub use security::{Ldaps, Radius, Security, SmartCard};
pub use session::Session;
pub use setting::Setting;
pub use share::{Share, Shares};
pub use snapshot::Snapshot;
pub use surroundings::{Known, LogGroup, Network, Place, Subnet, Surroundings};
pub use tags::Tags;
pub use timers::Timer;
pub use trust::{DomainKey, Trust, TrustFault, TrustPassword};
pub use update::{Change, Setup, Update};
pub use waits::Wait;
pub use world::{Settings, ShareTrustedAccess, World};
