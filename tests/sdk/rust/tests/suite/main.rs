//! The story through the AWS SDK for Rust, against the real binary, which `ORGDIR_BIN` names.

mod caller;
mod cast;
mod directories;
mod grown;
mod refused;
mod server;
mod world;

mod all_paginators;
mod assume_role;
mod clock;
mod directory_data;
mod directory_paginators;
mod endpoint;
mod hybrid;
mod life;
mod paginators;
mod planned_operation;
mod policies;
mod servers;
mod story;
mod two_organizations;
mod typed_errors;
