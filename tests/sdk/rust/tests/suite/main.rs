//! The story through the AWS SDK for Rust, against the real binary, which `ORGDIR_BIN` names.

mod caller;
mod refused;
mod server;
mod world;

mod assume_role;
mod clock;
mod directory_data;
mod endpoint;
mod paginators;
mod planned_operation;
mod servers;
mod story;
mod typed_errors;
