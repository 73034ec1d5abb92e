//! What every kind of work has: how it is finished, and how it can end badly. The list of the kinds is in `work.rs`.

use model::Timestamp;
use world::{Failure, World};

/// A kind of work.
pub trait Finish {
    /// Does what is due, with the failure that the work carries, if any. A failure whose time has not come goes on with
    /// the work that follows.
    fn finish(self, world: &mut World, at: Timestamp);
}

/// A kind of work that can end badly. Hardly any rule leads there, so it does when a fault says so.
pub trait CanFail: Finish {
    /// What its resource has as a status.
    type Status: Copy + 'static;

    /// Which operations start such work, and how it can end badly.
    const ENDINGS: &'static [Endings<Self::Status>];

    /// The status, as answers show it.
    fn word(status: Self::Status) -> &'static str;

    /// Where the work carries its failure.
    fn failure(&mut self) -> &mut Option<Failure<Self::Status>>;
}

/// How the work of some operations can end badly.
pub struct Endings<S: 'static> {
    /// The operations.
    pub operations: &'static [&'static str],
    /// The statuses in which it can end.
    pub statuses: &'static [S],
    /// Whether the model has a member that says why.
    pub has_reason: bool,
}

impl<S> Endings<S> {
    /// Endings for which the model has a member that says why.
    pub const fn with_reason(operations: &'static [&'static str], statuses: &'static [S]) -> Self {
        Self { operations, statuses, has_reason: true }
    }

    /// Endings that come without a reason.
    pub const fn without_reason(operations: &'static [&'static str], statuses: &'static [S]) -> Self {
        Self { operations, statuses, has_reason: false }
    }
}
