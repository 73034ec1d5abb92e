//! The server from outside: the real binary, over sockets.

#![allow(clippy::unwrap_used)]

mod bodies;
mod control;
mod fake;
mod faults;
mod hostile;
mod http;
mod process;
mod quotas;
mod rates;
mod serving;
mod surroundings;
mod upstream;
