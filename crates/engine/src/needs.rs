//! The needs of a call: resources of other services that it names.

use model::{Access, Request, Timestamp};
use rules::Need;
use world::View;

use crate::call::Signer;
use crate::dispatch;
use crate::live::LiveWorld;

impl LiveWorld {
    /// The resources of other services that have to be looked up before the call is made. Empty for an unknown caller,
    /// and for reads, which are answered from the world alone.
    pub fn needs(&self, signer: Signer<'_>, request: &Request, at: Timestamp) -> Vec<Need> {
        let operation = request.operation();
        if operation.access == Access::Read {
            return Vec::new();
        }
        let world = self.settled(at);
        let now = world.now(at);
        let Ok(caller) = signer.identify(&world, now) else { return Vec::new() };
        dispatch::needs(&View { world: &world, caller: &caller, now, operation }, request)
    }
}
