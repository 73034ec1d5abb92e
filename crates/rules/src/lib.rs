//! What the engine asks of every service.
//!
//! A service crate has a unit struct `Service` that implements [`Rules`]. `codegen` writes the way from a request to
//! that implementation, so a service whose overlay exists and whose `Rules` do not is a compile error in the engine.
//!
//! Invariants: no clock, no randomness, no HTTP; nothing here knows any one service.

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

/// A service.
pub trait Rules {
    /// The generated requests of the service.
    type Request;
    /// The generated responses of the service.
    type Response;

    /// Answers an operation that only reads.
    fn read(view: &View<'_>, request: Self::Request) -> Result<Self::Response, Refusal>;

    /// Answers an operation that writes. A refusal drops the world of `tx`.
    fn write(tx: &mut Tx<'_>, request: Self::Request) -> Result<Self::Response, Refusal>;

    /// Whether the caller may make the request at all, policies aside.
    fn authorize(view: &View<'_>, request: &Self::Request) -> Result<(), Refusal>;

    /// How a request is throttled in a world that keeps to AWS's request rates; none where AWS publishes no rate.
    fn throttle(view: &View<'_>, request: &Self::Request) -> Option<Throttle>;

    /// What a request names that other services have, as far as the world's settings declare nothing about it.
    fn needs(view: &View<'_>, request: &Self::Request) -> Vec<Need>;

    /// The answer to an input that breaks the model's limits.
    fn reject(violations: &[Violation]) -> Refusal;

    /// The answer to a call that policies deny; `text` says which.
    fn denied(text: String) -> Refusal;

    /// Every error of the model, without a reason and with each of its reasons, in the service's words. See
    /// [`errors()`].
    fn errors() -> Vec<ServiceError>;

    /// The request rates that AWS publishes of single operations.
    fn rates() -> Vec<OperationRate>;

    /// Removes what the service has of an account whose 90 days after closing are over.
    fn remove_account(world: &mut World, at: Timestamp, account: AccountId);

    /// How what an operation starts can be ordered to end.
    fn endings(operation: &'static Operation) -> Endings;

    /// Lets what a call started end as it was ordered. The timers that the call set have numbers above `sequence`.
    /// `ordered` is one of the operation's [`Rules::endings`].
    fn fail_later(
        world: &mut World,
        sequence: u64,
        operation: &'static Operation,
        response: &Self::Response,
        ordered: OrderedEnding,
    );
}
