//! The traits of work: how it is finished, and how it can fail. `work.rs` lists the kinds of work.

use model::Timestamp;
use world::{Failure, World};

/// A kind of work.
pub trait Finish {
    /// Finishes the work, with its failure where it has one. Work of several steps hands a failure of a later step on
    /// to the next step.
    fn finish(self, world: &mut World, at: Timestamp);
}

/// A kind of work that can fail. Hardly any rule makes it fail, so tests order it by a fault.
pub trait CanFail: Finish {
    /// The status of its resource.
    type Status: Copy + 'static;

    /// The operations that start such work, each with the statuses in which it can fail.
    const FAILURES: &'static [Failures<Self::Status>];

    /// The status, as answers show it.
    fn status_name(status: Self::Status) -> &'static str;

    /// The failure that was ordered for this work.
    fn failure(&mut self) -> &mut Option<Failure<Self::Status>>;
}

/// How the work of some operations can fail.
pub struct Failures<S: 'static> {
    pub operations: &'static [&'static str],
    pub statuses: &'static [S],
    /// Whether the model has a member for the reason.
    pub has_reason: bool,
}

impl<S> Failures<S> {
    pub const fn with_reason(operations: &'static [&'static str], statuses: &'static [S]) -> Self {
        Self { operations, statuses, has_reason: true }
    }

    pub const fn without_reason(operations: &'static [&'static str], statuses: &'static [S]) -> Self {
        Self { operations, statuses, has_reason: false }
    }
}
