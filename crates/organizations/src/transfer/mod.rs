//! Responsibility transfers: one organization pays the bill of another.

pub mod responsibility_transfers;
pub mod transfer_chains;
