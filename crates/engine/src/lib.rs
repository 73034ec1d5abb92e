//! Worlds by name, and the answer to a request in one of them.
//!
//! A [`LiveWorld`] holds one [`world::World`] as the current value. Reads take it without a lock. A write works on a
//! clone under the world's own lock and publishes the clone when it succeeds. [`Engine`] keeps the worlds by name.
//! Request rates and faults are kept beside the value, because a refused call changes them too.
//!
//! Invariants: no bytes, no HTTP, no async, no real clock: the time comes in with each call.
//!
//! ```
//! use engine::{Call, Engine, Signer};
//! use model::{Request, Timestamp, sts};
//! use world::{Settings, World};
//!
//! let engine = Engine::new(World::new(Settings::default()));
//! let input = sts::Request::GetCallerIdentity(sts::types::GetCallerIdentityInput {});
//! let call = Call {
//!     signer: Signer { access_key_id: "111111111111", session_token: None, region: "us-east-1" },
//!     input: Ok(Request::Sts(input)),
//!     upstream: None,
//!     at: Timestamp::default(),
//! };
//! let outcome = engine.world("default").call(call);
//! assert!(outcome.result.is_ok());
//! ```

// A comment says units, forms, meaning and sources; it does not repeat a name.
#![allow(missing_docs)]

mod call;
mod faults;
#[rustfmt::skip]
mod generated;
mod journal;
mod live;
mod needs;
mod rates;
mod sync;
mod tick;
mod worlds;

pub use call::{Call, Outcome, Signer, reject};
pub use directory::data::request_rates as directory_data_rates;
pub use faults::{Fault, FaultEffect, FaultOperations, FaultOrder};
pub use journal::{Event, JOURNAL_EVENTS};
pub use live::LiveWorld;
pub use rates::operation_rates;
pub use rules::{Need, Needed, OperationRate, Rate};
pub use worlds::{Engine, InvalidName};

use generated::dispatch;
