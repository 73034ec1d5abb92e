//! What is due happens: each kind of work goes to the file of its resource.

use model::Timestamp;
use world::{OrganizationsWork, World};

/// A kind of work.
pub trait Finish {
    /// Does what is due, with the failure that the work carries, if any.
    fn finish(self, world: &mut World, at: Timestamp);
}

/// Does what is due.
pub fn finish(world: &mut World, at: Timestamp, work: OrganizationsWork) {
    match work {
        OrganizationsWork::CreateAccount(work) => work.finish(world, at),
        OrganizationsWork::CloseAccount(work) => work.finish(world, at),
        OrganizationsWork::RemoveAccount(work) => work.finish(world, at),
        OrganizationsWork::ExpireHandshake(work) => work.finish(world, at),
        OrganizationsWork::ForgetHandshake(work) => work.finish(world, at),
    }
}
