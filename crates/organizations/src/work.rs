//! Due work: each kind is finished in the file of its resource.

use model::Timestamp;
use world::{OrganizationsWork, World};

/// A kind of work.
pub trait Finish {
    /// Finishes the work at its due time. Work that has a failure ends with it.
    fn finish(self, world: &mut World, at: Timestamp);
}

/// Finishes due work.
pub fn finish(world: &mut World, at: Timestamp, work: OrganizationsWork) {
    match work {
        OrganizationsWork::CreateAccount(work) => work.finish(world, at),
        OrganizationsWork::CloseAccount(work) => work.finish(world, at),
        OrganizationsWork::RemoveAccount(work) => work.finish(world, at),
        OrganizationsWork::ExpireHandshake(work) => work.finish(world, at),
        OrganizationsWork::ForgetHandshake(work) => work.finish(world, at),
    }
}
