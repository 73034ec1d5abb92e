//! The server from outside: the real binary, over sockets.

mod bodies;
mod control;
mod hostile;
mod http;
mod process;
mod serving;
