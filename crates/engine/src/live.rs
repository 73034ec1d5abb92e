//! A world that lives: its current value, and the one lock that its writers queue on.

use std::sync::Arc;

use model::Timestamp;
use world::World;

use crate::faults::{Fault, Faults};
use crate::journal::Journal;
use crate::rates::Rates;
use crate::sync::{ArcSwap, Mutex};
use crate::tick::tick;

/// A world, while requests change it.
pub struct LiveWorld {
    seed: World,
    current: ArcSwap<World>,
    writer: Mutex<()>,
    pub(crate) journal: Mutex<Journal>,
    pub(crate) faults: Mutex<Faults>,
    pub(crate) rates: Mutex<Rates>,
}

impl LiveWorld {
    /// Starts from a seed, to which [`LiveWorld::reset`] returns.
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

    /// The world when the real clock shows `real`: what is due has happened.
    pub fn settled(&self, real: Timestamp) -> Arc<World> {
        let current = self.current.load_full();
        if is_settled(&current, real) {
            return current;
        }
        let _writer = self.writer.lock();
        self.settle(real)
    }

    /// Changes the settled world, in one piece: `change` gets a clone and the world's time. `Ok` makes the clone the
    /// current world, `Err` drops it, so that nothing has happened.
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

    /// Orders a fault for calls to come, and answers its number.
    pub fn order(&self, fault: Fault) -> u64 {
        self.faults.lock().order(fault)
    }

    /// The faults that still wait for calls, each with its number, in the order in which they were ordered.
    pub fn faults(&self) -> Vec<(u64, Fault)> {
        self.faults.lock().waiting()
    }

    /// Takes a fault back. False when none of that number waits.
    pub fn cancel(&self, fault: u64) -> bool {
        self.faults.lock().cancel(fault)
    }

    /// Takes all faults back.
    pub fn cancel_all(&self) {
        self.faults.lock().clear();
    }

    /// Whether the world keeps to AWS's request rates.
    pub fn enforces_rates(&self) -> bool {
        self.rates.lock().is_enforced()
    }

    /// Keeps to AWS's request rates from here on, or no longer.
    pub fn enforce_rates(&self, enforced: bool) {
        self.rates.lock().enforce(enforced);
    }

    /// Goes back to the seed, with an empty journal, no faults, and no request rates.
    pub fn reset(&self) {
        let _writer = self.writer.lock();
        self.current.store(Arc::new(self.seed.clone()));
        self.journal.lock().clear();
        self.cancel_all();
        self.enforce_rates(false);
    }

    /// Lets happen what is due, and publishes it. Only whoever holds the lock may call this.
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
