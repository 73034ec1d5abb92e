//! Worlds by name.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use world::World;

use crate::live::LiveWorld;
use crate::sync::RwLock;

/// All worlds of a server.
pub struct Engine {
    seed: World,
    worlds: RwLock<BTreeMap<String, Arc<LiveWorld>>>,
}

/// A text that is no valid name of a world.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct InvalidName;

impl Engine {
    /// The name of the world that answers requests without a world's name.
    pub const DEFAULT: &'static str = "default";

    /// Worlds that each start as the seed. The default world exists from the start.
    pub fn new(seed: World) -> Self {
        let engine = Self { seed, worlds: RwLock::default() };
        engine.world(Self::DEFAULT);
        engine
    }

    /// The world of that name, which is made if there is none.
    pub fn world(&self, name: &str) -> Arc<LiveWorld> {
        if let Some(found) = self.worlds.read().get(name) {
            return Arc::clone(found);
        }
        Arc::clone(self.worlds.write().entry(name.to_owned()).or_insert_with(|| self.fork()))
    }

    /// Makes a world of that name. False if one exists, which stays as it is.
    pub fn create_world(&self, name: &str) -> bool {
        match self.worlds.write().entry(name.to_owned()) {
            Entry::Occupied(_) => false,
            Entry::Vacant(free) => {
                free.insert(self.fork());
                true
            }
        }
    }

    fn fork(&self) -> Arc<LiveWorld> {
        Arc::new(LiveWorld::new(self.seed.clone()))
    }

    /// Removes a world. False if there is none of that name.
    pub fn delete_world(&self, name: &str) -> bool {
        self.worlds.write().remove(name).is_some()
    }

    /// The names of all worlds, in alphabetical order.
    pub fn names(&self) -> Vec<String> {
        self.worlds.read().keys().cloned().collect()
    }

    /// Checks a world's name: 1 to 64 ASCII letters, digits, `-`, `_` and `.`.
    ///
    /// # Errors
    /// For any other text.
    pub fn check_name(name: &str) -> Result<(), InvalidName> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        if (1..=64).contains(&name.len()) && name.bytes().all(allowed) { Ok(()) } else { Err(InvalidName) }
    }
}
