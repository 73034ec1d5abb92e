//! A live world: its current value, and the lock that its writers take.

use std::sync::Arc;

use model::Timestamp;
use world::World;

use crate::faults::{Fault, Faults};
use crate::journal::Journal;
use crate::rates::Rates;
use crate::sync::{ArcSwap, Mutex};
use crate::tick::tick;

/// A world that requests read and change.
pub struct LiveWorld {
    seed: World,
    current: ArcSwap<World>,
    writer: Mutex<()>,
    pub(crate) journal: Mutex<Journal>,
    pub(crate) faults: Mutex<Faults>,
    pub(crate) rates: Mutex<Rates>,
}

impl LiveWorld {
    /// A world that starts as the seed, and that [`LiveWorld::reset`] returns to it.
    pub fn new(seed: World) -> Self {
        Self {
            current: ArcSwap::from_pointee(seed.clone()),
            seed,
            writer: Mutex::new(()),
            journal: Mutex::default(),
            faults: Mutex::default(),
            rates: Mutex::default(),
        }
    }

    /// The world at the real time `real`, with all due work finished.
    pub fn settled(&self, real: Timestamp) -> Arc<World> {
        let current = self.current.load_full();
        if is_settled(&current, real) {
            return current;
        }
        let _writer = self.writer.lock();
        self.settle(real)
    }

    /// Changes the settled world in one step. `change` gets a clone and the world's time. `Ok` makes the clone the
    /// current world, `Err` drops it.
    pub fn change<T, E>(
        &self,
        real: Timestamp,
        change: impl FnOnce(&mut World, Timestamp) -> Result<T, E>,
    ) -> Result<T, E> {
        let _writer = self.writer.lock();
        let mut next = World::clone(&self.settle(real));
        let now = next.now(real);
        let changed = change(&mut next, now)?;
        self.current.store(Arc::new(next));
        Ok(changed)
    }

    /// Adds a fault for future calls and returns its number.
    pub fn order(&self, fault: Fault) -> u64 {
        self.faults.lock().order(fault)
    }

    /// The faults that have calls left, each with its number, oldest first.
    pub fn faults(&self) -> Vec<(u64, Fault)> {
        self.faults.lock().waiting()
    }

    /// Removes a fault. False if there is none of that number.
    pub fn cancel(&self, fault: u64) -> bool {
        self.faults.lock().cancel(fault)
    }

    /// Removes all faults.
    pub fn cancel_all(&self) {
        self.faults.lock().clear();
    }

    /// Whether the world enforces AWS's request rates.
    pub fn enforces_rates(&self) -> bool {
        self.rates.lock().is_enforced()
    }

    /// Turns AWS's request rates on, with full buckets, or off.
    pub fn enforce_rates(&self, enforced: bool) {
        self.rates.lock().enforce(enforced);
    }

    /// Returns to the seed, with an empty journal, without faults, and with request rates off.
    pub fn reset(&self) {
        let _writer = self.writer.lock();
        self.current.store(Arc::new(self.seed.clone()));
        self.journal.lock().clear();
        self.cancel_all();
        self.enforce_rates(false);
    }

    /// Finishes due work and publishes the result. The caller holds `writer`.
    fn settle(&self, real: Timestamp) -> Arc<World> {
        let current = self.current.load_full();
        if is_settled(&current, real) {
            return current;
        }
        let mut next = World::clone(&current);
        let now = next.now(real);
        tick(&mut next, now);
        let next = Arc::new(next);
        self.current.store(Arc::clone(&next));
        next
    }
}

fn is_settled(world: &World, real: Timestamp) -> bool {
    world.next_due().is_none_or(|due| due > world.now(real))
}
