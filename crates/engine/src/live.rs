//! A world that lives: its current value, and the one lock that its writers queue on.

use std::sync::Arc;

use arc_swap::ArcSwap;
use model::Timestamp;
use parking_lot::Mutex;
use world::World;

use crate::journal::Journal;
use crate::tick::tick;

/// A world, while requests change it.
pub struct LiveWorld {
    seed: World,
    current: ArcSwap<World>,
    writer: Mutex<()>,
    pub(crate) journal: Mutex<Journal>,
}

impl LiveWorld {
    /// Starts from a seed, to which [`LiveWorld::reset`] returns.
    pub fn new(seed: World) -> Self {
        Self {
            current: ArcSwap::from_pointee(seed.clone()),
            seed,
            writer: Mutex::new(()),
            journal: Mutex::new(Journal::default()),
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

    /// Changes the settled world, in one piece: `change` gets a clone and the world's time. `Ok` makes the clone the current
    /// world, `Err` drops it, so that nothing has happened.
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

    /// Goes back to the seed, with an empty journal.
    pub fn reset(&self) {
        let _writer = self.writer.lock();
        self.current.store(Arc::new(self.seed.clone()));
        self.journal.lock().clear();
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
