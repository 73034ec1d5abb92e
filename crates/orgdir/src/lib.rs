//! The server: sockets, the path of a request, the control API and the command line.
//!
//! Invariant: only this crate knows axum, tokio, sockets, the real clock and real randomness.

mod app;
mod body;
pub mod cli;
pub mod control;
mod env;
mod pipeline;
mod real_time;
mod seed;
mod serve;
mod upstream;
mod world_prefix;

pub use app::Limits;
pub use env::{Shell, lines};
pub use serve::{Server, bind};
pub use upstream::Upstream;
