//! The locks and pointers through which threads share a world.
//!
//! With the feature `shuttle` the same names stand for types of a scheduler that tries interleavings. Only tests turn
//! the feature on.

#[cfg(not(feature = "shuttle"))]
pub use arc_swap::ArcSwap;
#[cfg(not(feature = "shuttle"))]
pub use parking_lot::{Mutex, RwLock};
#[cfg(feature = "shuttle")]
pub use scheduled::{ArcSwap, Mutex, RwLock};

/// The same three types over shuttle's locks, with the methods that this crate uses.
#[cfg(feature = "shuttle")]
mod scheduled {
    use std::sync::{Arc, PoisonError};

    use shuttle::sync::{MutexGuard, RwLockReadGuard, RwLockWriteGuard};

    /// A lock that a panic does not poison.
    #[derive(Default)]
    pub struct Mutex<T>(shuttle::sync::Mutex<T>);

    impl<T> Mutex<T> {
        pub fn new(value: T) -> Self {
            Self(shuttle::sync::Mutex::new(value))
        }

        pub fn lock(&self) -> MutexGuard<'_, T> {
            self.0.lock().unwrap_or_else(PoisonError::into_inner)
        }
    }

    /// A lock with many readers that a panic does not poison.
    #[derive(Default)]
    pub struct RwLock<T>(shuttle::sync::RwLock<T>);

    impl<T> RwLock<T> {
        pub fn read(&self) -> RwLockReadGuard<'_, T> {
            self.0.read().unwrap_or_else(PoisonError::into_inner)
        }

        pub fn write(&self) -> RwLockWriteGuard<'_, T> {
            self.0.write().unwrap_or_else(PoisonError::into_inner)
        }
    }

    /// A shared pointer that is replaced as a whole. Each load and each store is one step of the scheduler.
    pub struct ArcSwap<T>(Mutex<Arc<T>>);

    impl<T> ArcSwap<T> {
        pub fn from_pointee(value: T) -> Self {
            Self(Mutex::new(Arc::new(value)))
        }

        pub fn load_full(&self) -> Arc<T> {
            Arc::clone(&self.0.lock())
        }

        pub fn store(&self, value: Arc<T>) {
            *self.0.lock() = value;
        }
    }
}
