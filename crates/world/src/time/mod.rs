//! The world's clock, and what is due on it.

pub mod clock;
pub mod duration;
pub mod timers;
pub mod work;
