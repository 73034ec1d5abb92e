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

mod account;
mod clock;
mod context;
mod create_account;
mod directory;
mod domain;
mod effective_policy;
mod entropy;
mod handshake;
mod invariants;
mod monitoring;
mod organization;
mod page;
mod policy;
mod policy_quotas;
mod quotas;
mod schema;
mod session;
mod setting;
mod share;
mod snapshot;
mod tags;
mod timers;
mod update;
mod waits;
#[allow(clippy::module_inception)] // The crate's name is the type's name.
mod world;

pub use account::{Account, Membership, Role};
pub use clock::{Clock, Pace};
pub use context::{Caller, Principal, Region, Tx, View};
pub use create_account::CreateAccountRequest;
pub use directory::{Directory, DirectoryKind, Global, Regional, Vpc};
pub use domain::{ClientToken, Domain, User};
pub use effective_policy::HandedDown;
pub use entropy::{Entropy, Stream};
pub use handshake::{Handshake, Migration, Recipient, Sender};
pub use monitoring::{LogSubscription, Monitoring};
pub use organization::{Children, Organization, ResourcePolicy, TrustedAccess, Unit};
pub use page::{BadToken, Key, Page, Scan};
pub use policy::{Policies, Policy, PolicyDocument, Target};
pub use policy_quotas::PolicyQuotas;
pub use quotas::Quotas;
pub use schema::{Schema, SchemaExtension, SchemaObject};
pub use session::Session;
pub use setting::Setting;
pub use share::Share;
pub use snapshot::Snapshot;
pub use tags::Tags;
pub use timers::Timer;
pub use update::{Change, Setup, Update};
pub use waits::Wait;
pub use world::{Settings, ShareTrustedAccess, World};
