//! Worlds by name, and what happens to a request in one of them.
//!
//! A [`LiveWorld`] holds one [`world::World`] as the current value. Reads take it without a lock; a write works on a
//! clone under the world's own lock and publishes the clone when it succeeds. [`Engine`] keeps the worlds by name. What
//! AWS does on its own, throttle and fail, lies beside the value, since it outlives the calls that it refuses.
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
//!     told: None,
//!     at: Timestamp::default(),
//! };
//! let outcome = engine.world("default").call(call);
//! assert!(outcome.result.is_ok());
//! ```

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
pub use faults::{Failure, Fault, FaultOrder, Operations};
pub use journal::{Entry, JOURNAL_ENTRIES};
pub use live::LiveWorld;
pub use rates::operation_rates;
pub use rules::{Need, Needed, OperationRate, Rate};
pub use worlds::{Engine, InvalidName};

use generated::dispatch;
