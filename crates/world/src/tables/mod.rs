//! What a world keeps, a table for each kind of resource with its indices: what is found by what, added and removed.
//!
//! The values themselves, in `organization`, `directory` and `domain`, know nothing of the world.

mod accounts;
mod aliases;
mod assessments;
mod create_account_requests;
mod directories;
mod handshakes;
mod invalid_policies;
mod organizations;
mod responsibility_transfers;
mod shares;
mod snapshots;
mod trusts;
