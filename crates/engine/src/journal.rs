//! The recent calls of a world.

use std::collections::VecDeque;

use model::{Operation, Timestamp};
use world::Caller;

use crate::call::Outcome;
use crate::live::LiveWorld;

/// The number of calls that a world keeps; older ones are dropped.
pub const JOURNAL_EVENTS: usize = 1000;

/// One call.
#[derive(Clone, Debug)]
pub struct Event {
    /// The world's time.
    pub at: Timestamp,
    /// None where the call was rejected before its caller was known.
    pub caller: Option<Caller>,
    /// None where the call was rejected before its operation was known.
    pub operation: Option<&'static Operation>,
    /// `ok`, or the code of the error.
    pub outcome: &'static str,
}

#[derive(Default)]
pub struct Journal(VecDeque<Event>);

impl Journal {
    pub fn clear(&mut self) {
        self.0.clear();
    }

    fn push(&mut self, event: Event) {
        if self.0.len() == JOURNAL_EVENTS {
            self.0.pop_front();
        }
        self.0.push_back(event);
    }
}

impl LiveWorld {
    /// Adds a call to the journal.
    pub fn record(&self, operation: &'static Operation, outcome: &Outcome) {
        let code = outcome.result.as_ref().map_or_else(model::Refusal::code, |_| "ok");
        let event = Event { at: outcome.at, caller: outcome.caller.clone(), operation: Some(operation), outcome: code };
        self.journal.lock().push(event);
    }

    /// Adds a request whose operation is unknown to the journal.
    pub fn record_unroutable(&self, real: Timestamp, code: &'static str) {
        let at = self.settled(real).now(real);
        self.journal.lock().push(Event { at, caller: None, operation: None, outcome: code });
    }

    /// The last calls, at most `limit`, the newest at the end.
    pub fn recent(&self, limit: usize) -> Vec<Event> {
        let journal = self.journal.lock();
        journal.0.iter().skip(journal.0.len().saturating_sub(limit)).cloned().collect()
    }
}
