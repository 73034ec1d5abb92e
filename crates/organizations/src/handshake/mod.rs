//! Handshakes: invitations, and the change to all features.

pub mod all_features;
pub mod handshakes;
pub mod invitations;
pub mod proposals;
pub mod sliding_window;
