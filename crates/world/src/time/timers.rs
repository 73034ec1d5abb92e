//! When work is due.

use std::time::Duration;

use model::Timestamp;

use crate::time::work::Work;
use crate::world::World;

impl World {
    /// Sets a timer for work that takes AWS this long, scaled by the world's pace.
    pub fn after(&mut self, now: Timestamp, duration: Duration, work: impl Into<Work>) {
        self.at(now.after(self.settings.pace.scale(duration)), work);
    }

    /// Sets a timer for a deadline of the calendar, which no pace changes.
    pub fn at(&mut self, due: Timestamp, work: impl Into<Work>) {
        let sequence = self.next_sequence();
        self.timers.insert((due, sequence), work.into());
    }

    /// When the next work is due.
    pub fn next_due(&self) -> Option<Timestamp> {
        self.timers.get_min().map(|((due, _), _)| *due)
    }

    /// Takes the next work that is due at `now`, with its own time.
    pub fn take_due(&mut self, now: Timestamp) -> Option<(Timestamp, Work)> {
        let key = self.timers.get_min().map(|(key, _)| *key).filter(|(due, _)| *due <= now)?;
        self.timers.remove(&key).map(|work| (key.0, work))
    }

    /// The last of the numbers that order what is made.
    pub fn last_sequence(&self) -> u64 {
        self.sequence
    }

    /// Changes the work whose timers were set after a number.
    pub fn change_work_since(&mut self, sequence: u64, mut change: impl FnMut(&mut Work)) {
        let keys: Vec<_> = self.timers.keys().filter(|(_, set)| *set > sequence).copied().collect();
        for key in keys {
            if let Some(work) = self.timers.get_mut(&key) {
                change(work);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::work::{ExpireHandshakeWork, OrganizationsWork};
    use crate::world::Settings;

    #[test]
    fn work_is_done_in_order_of_time_then_of_setting() {
        let at = Timestamp::from_millis;
        let work = |id: &str| OrganizationsWork::ExpireHandshake(ExpireHandshakeWork { handshake: id.into() });
        let mut world = World::new(Settings::default());
        world.at(at(20), work("third"));
        world.at(at(10), work("first"));
        world.at(at(10), work("second"));
        assert_eq!(world.take_due(at(9)), None);
        assert_eq!(world.take_due(at(20)), Some((at(10), work("first").into())));
        assert_eq!(world.take_due(at(20)), Some((at(10), work("second").into())));
        assert_eq!(world.take_due(at(20)), Some((at(20), work("third").into())));
        assert_eq!(world.next_due(), None);
    }
}
