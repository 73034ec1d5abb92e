//! One request in one world.

use model::{Access, Refusal, Request, Response, State, Timestamp};
use world::{Caller, Surroundings, Tx, View};

use crate::apply;
use crate::faults::Failure;
use crate::live::LiveWorld;

/// A request, and who says so.
pub struct Call<'a> {
    /// The key in the signature's credential.
    pub access_key_id: &'a str,
    /// The token that came with it.
    pub session_token: Option<&'a str>,
    /// The Region of the signature's scope.
    pub region: &'a str,
    /// The typed input, or why there is none; AWS looks at the caller first.
    pub input: Result<Request, Refusal>,
    /// What other services told about what the request names; none where they were not asked.
    pub told: Option<&'a Surroundings>,
    /// The real time.
    pub at: Timestamp,
}

/// What became of a call.
#[derive(Debug)]
pub struct Outcome {
    /// Who called, when that could be told.
    pub caller: Option<Caller>,
    /// The world's time.
    pub at: Timestamp,
    /// The answer.
    pub result: Result<Response, Refusal>,
}

impl LiveWorld {
    /// Answers a call. A refused call leaves the world as it was; one that succeeds leaves the next world.
    pub fn call(&self, call: Call<'_>) -> Outcome {
        let world = self.settled(call.at);
        let now = world.now(call.at);
        let refused = |caller, refusal| Outcome { caller, at: now, result: Err(refusal) };
        let caller = match identity::identify(&world, call.access_key_id, call.session_token, call.region, now) {
            Ok(caller) => caller,
            Err(refusal) => return refused(None, refusal),
        };
        let request = match call.input {
            Ok(request) => request,
            Err(refusal) => return refused(Some(caller), refusal),
        };
        let operation = request.operation();
        if operation.state == State::Planned {
            return refused(Some(caller), Refusal::Planned(operation));
        }
        let result = match operation.access {
            Access::Read => self.read(&View { world: &world, caller: &caller, now, operation }, request),
            Access::Write => self.write(&caller, call.told, call.at, request),
        };
        debug_assert!(
            result.as_ref().err().is_none_or(|refusal| is_listed(operation, refusal)),
            "{operation:?} answered what its model does not list: {result:?}"
        );
        Outcome { caller: Some(caller), at: now, result }
    }

    fn read(&self, view: &View<'_>, request: Request) -> Result<Response, Refusal> {
        apply::authorize(view, &request)?;
        self.hinder(view, &request)?;
        apply::read(view, request)
    }

    fn write(
        &self,
        caller: &Caller,
        told: Option<&Surroundings>,
        real: Timestamp,
        request: Request,
    ) -> Result<Response, Refusal> {
        let operation = request.operation();
        self.change(real, |world, now| {
            let view = View { world, caller, now, operation };
            apply::authorize(&view, &request)?;
            let later = self.hinder(&view, &request)?;
            let sequence = world.last_sequence();
            let response = apply::write(&mut Tx { world, caller, now, operation, told }, request)?;
            if let Some(failure) = later {
                apply::fail_later(world, sequence, operation, &response, failure);
            }
            world.changed_at = now;
            Ok(response)
        })
    }

    /// What AWS does to a call on its own, between who may call and the rules: it throttles, and it fails where that
    /// was ordered. `Ok` says how what the call starts is to end, where that was ordered.
    // Inferred: a call that may not be made at all takes nothing from a rate.
    fn hinder(&self, view: &View<'_>, request: &Request) -> Result<Option<Failure>, Refusal> {
        self.rates.lock().take(view, request)?;
        self.faults.lock().meet(view.caller, request)
    }
}

/// Whether the model lists a refusal for the operation; what the front end refuses it never lists.
fn is_listed(operation: &model::Operation, refusal: &Refusal) -> bool {
    match refusal {
        Refusal::Service(error) => operation.errors.contains(&error.name),
        Refusal::FrontEnd(..) | Refusal::Planned(_) | Refusal::Unreachable(_) => true,
    }
}
