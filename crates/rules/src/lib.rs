//! The trait that every service implements for the engine.
//!
//! A service crate has a unit struct `Service` that implements [`Rules`]. `codegen` writes the dispatch from a request
//! to that implementation, so a service with an overlay and without `Rules` is a compile error in the engine.
//!
//! Invariants: no clock, no randomness, no HTTP; nothing here depends on one service.

// A comment says units, forms, meaning and sources; it does not repeat a name.
#![allow(missing_docs)]

mod endings;
mod errors;
mod needs;
mod rates;

use model::{AccountId, Operation, Refusal, ServiceError, Timestamp, Violation};
use world::{Tx, View, World};

pub use endings::{Endings, OrderedEnding};
pub use errors::{USUAL_TEXT, errors};
pub use needs::{Need, Needed};
pub use rates::{Bucket, Holder, OperationRate, Rate, Throttle};

/// The rules of a service.
pub trait Rules {
    /// The generated requests of the service.
    type Request;
    /// The generated responses of the service.
    type Response;

    /// Answers an operation that only reads.
    fn read(view: &View<'_>, request: Self::Request) -> Result<Self::Response, Refusal>;

    /// Answers an operation that writes. After a refusal the caller drops the world of `tx`.
    fn write(tx: &mut Tx<'_>, request: Self::Request) -> Result<Self::Response, Refusal>;

    /// Checks whether the caller may make the request. Policies are checked before.
    fn authorize(view: &View<'_>, request: &Self::Request) -> Result<(), Refusal>;

    /// The buckets that throttle a request in a world that enforces AWS's request rates. None where AWS publishes no
    /// rate.
    fn throttle(view: &View<'_>, request: &Self::Request) -> Option<Throttle>;

    /// The resources of other services that a request names, of those kinds about which the world's settings declare
    /// nothing.
    fn needs(view: &View<'_>, request: &Self::Request) -> Vec<Need>;

    /// The answer to an input that breaks the model's limits.
    fn reject(violations: &[Violation]) -> Refusal;

    /// The answer to a call that policies deny. `text` names the policy.
    fn denied(text: String) -> Refusal;

    /// Every error of the model, with the service's texts; see [`errors()`].
    fn errors() -> Vec<ServiceError>;

    /// The published request rates of single operations.
    fn rates() -> Vec<OperationRate>;

    /// Removes the service's resources of an account that was closed 90 days ago.
    fn remove_account(world: &mut World, at: Timestamp, account: AccountId);

    /// The bad endings that a test can order for the work of an operation.
    fn endings(operation: &'static Operation) -> Endings;

    /// Makes the work that a call started end as ordered. The timers of that work have sequences above `sequence`.
    /// `ordered` is one of the operation's [`Rules::endings`].
    fn fail_later(
        world: &mut World,
        sequence: u64,
        operation: &'static Operation,
        response: &Self::Response,
        ordered: OrderedEnding,
    );
}
