//! What every request is answered with.

use std::sync::Arc;
use std::time::Duration;

use engine::Engine;

use crate::upstream::Upstream;

/// The worlds, and what a request may take of the server.
#[derive(Clone)]
pub struct App {
    /// The worlds.
    pub engine: Arc<Engine>,
    /// What a request may take.
    pub limits: Limits,
    /// Who answers for the services that are not served here.
    pub upstream: Option<Arc<Upstream>>,
}

/// What a connection may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The longest body, in bytes; a longer one is answered with 413.
    pub body_bytes: usize,
    /// How long a connection may stay silent before a request's head is complete. SDKs keep idle connections for a
    /// minute.
    pub head_wait: Duration,
    /// How long a body may take to arrive.
    pub body_wait: Duration,
    /// How long calls in flight may take once the server ends.
    pub end_wait: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 5 * 1024 * 1024,
            head_wait: Duration::from_secs(75),
            body_wait: Duration::from_secs(30),
            end_wait: Duration::from_secs(5),
        }
    }
}
