//! What a call needs to know of other services.

use directory::needs::{Need, needs};
use model::Request;
use world::View;

use crate::call::Call;
use crate::live::LiveWorld;

impl LiveWorld {
    /// What a call names that other services of AWS have, and that has to be asked there before the call is made.
    /// Nothing where nobody knows who calls, or what for.
    pub fn needs(&self, call: &Call<'_>) -> Vec<Need> {
        let Ok(Request::Directory(request)) = &call.input else { return Vec::new() };
        let world = self.settled(call.at);
        let now = world.now(call.at);
        let caller = identity::identify(&world, call.access_key_id, call.session_token, call.region, now);
        caller.map_or_else(
            |_| Vec::new(),
            |caller| needs(&View { world: &world, caller: &caller, now, operation: request.operation() }, request),
        )
    }
}
