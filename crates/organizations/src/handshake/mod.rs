//! Handshakes: invitations and the move to all features.

pub mod all_features;
pub mod handshakes;
pub mod invitations;
pub mod ledger;
pub mod proposals;
