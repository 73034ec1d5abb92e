//! What a call needs to know of other services.

use model::{Access, Request, Timestamp};
use rules::Need;
use world::View;

use crate::call::Signer;
use crate::dispatch;
use crate::live::LiveWorld;

impl LiveWorld {
    /// What a request names that other services of AWS have, and that has to be asked there before the call is made.
    /// Nothing where nobody knows who calls; and nothing for reads, which are answered from the world alone.
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
