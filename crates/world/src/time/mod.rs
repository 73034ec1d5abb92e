//! The world's clock, what is due on it, and how long AWS's work takes.

pub mod clock;
pub mod duration;
pub mod failure;
pub mod timers;
pub mod waits;
