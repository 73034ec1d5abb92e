//! What a handler gets: the world, the caller and the time.

use std::time::Duration;

use model::{Operation, Timestamp};

use crate::caller::Caller;
use crate::page::Scan;
use crate::surroundings::{Existing, Surroundings};
use crate::time::work::Work;
use crate::world::World;

/// What a read is answered from.
#[derive(Clone, Copy)]
pub struct View<'w> {
    /// The world as it is.
    pub world: &'w World,
    /// Who asks.
    pub caller: &'w Caller,
    /// The world's time.
    pub now: Timestamp,
    /// The operation that is asked for.
    pub operation: &'static Operation,
}

impl View<'_> {
    /// The list that the operation pages through, for the parameters that choose its rows.
    pub fn scan(&self, parameters: &[&str]) -> Scan {
        Scan::new(self.operation.name, parameters)
    }
}

/// What a write works on: a clone of the world, which is dropped when the write fails.
pub struct Tx<'w> {
    /// The world that becomes the next one.
    pub world: &'w mut World,
    /// Who asks.
    pub caller: &'w Caller,
    /// The world's time.
    pub now: Timestamp,
    /// The operation that is asked for.
    pub operation: &'static Operation,
    /// What the upstream answered about the needs of this request. None where nothing was looked up.
    pub upstream: Option<&'w Surroundings>,
}

impl Tx<'_> {
    /// The existing things of a kind: those that the upstream answered for this request, else those that the settings
    /// declare.
    pub fn known<T>(&self, kind: impl Fn(&Surroundings) -> &Existing<T>) -> &Existing<T> {
        let upstream = self.upstream.map(&kind).filter(|found| !found.is_assumed());
        upstream.unwrap_or_else(|| kind(&self.world.settings.surroundings))
    }

    /// The same, to look only.
    pub fn view(&self) -> View<'_> {
        View { world: self.world, caller: self.caller, now: self.now, operation: self.operation }
    }

    /// Sets a timer for work that takes AWS this long; the world's pace scales it.
    pub fn after(&mut self, duration: Duration, work: impl Into<Work>) {
        self.world.after(self.now, duration, work);
    }
}
