//! What is due happens: each kind of work goes to the file of its resource.

use model::Timestamp;
use world::{OrganizationsWork, World};

use crate::account::accounts;
use crate::handshake::handshakes;

/// Does what is due.
pub fn finish(world: &mut World, at: Timestamp, work: OrganizationsWork) {
    match work {
        OrganizationsWork::CreateAccount(id) => accounts::finish_creation(world, at, &id),
        OrganizationsWork::CloseAccount(id) => accounts::finish_closure(world, at, id),
        OrganizationsWork::RemoveAccount(id) => accounts::finish_removal(world, at, id),
        OrganizationsWork::ExpireHandshake(id) => handshakes::expire(world, at, &id),
        OrganizationsWork::ForgetHandshake(id) => handshakes::forget(world, &id),
    }
}
