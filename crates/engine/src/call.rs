//! One request in one world.

use authorization::Denial;
use model::{Access, Operation, Refusal, Request, Response, ServiceModel, State, Timestamp, Violation};
use rules::OrderedEnding;
use world::{Caller, Surroundings, Tx, View, World};

use crate::dispatch;
use crate::live::LiveWorld;

/// A request, and who says so.
pub struct Call<'a> {
    /// Who says so.
    pub signer: Signer<'a>,
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

/// What a signature says of its maker.
#[derive(Clone, Copy)]
pub struct Signer<'a> {
    /// The key in the signature's credential.
    pub access_key_id: &'a str,
    /// The token that came with it.
    pub session_token: Option<&'a str>,
    /// The Region of the signature's scope.
    pub region: &'a str,
}

impl Signer<'_> {
    /// Who that is, as far as a world knows at its time.
    pub(crate) fn identify(self, world: &World, now: Timestamp) -> Result<Caller, Refusal> {
        identity::identify(world, self.access_key_id, self.session_token, self.region, now)
    }
}

impl Call<'_> {
    /// Whether the call may change a world.
    fn writes(&self) -> bool {
        let operation = self.input.as_ref().map(Request::operation);
        operation.is_ok_and(|operation| operation.access == Access::Write && operation.state == State::Implemented)
    }
}

impl LiveWorld {
    /// Answers a call. A refused call leaves the world as it was; one that succeeds leaves the next world. The caller
    /// is identified in the world that answers; for a write that is the one that it changes.
    pub fn call(&self, call: Call<'_>) -> Outcome {
        if call.writes() { self.write(call) } else { self.read(call) }
    }

    fn read(&self, call: Call<'_>) -> Outcome {
        let world = self.settled(call.at);
        let now = world.now(call.at);
        let caller = match call.signer.identify(&world, now) {
            Ok(caller) => caller,
            Err(refusal) => return Outcome { caller: None, at: now, result: Err(refusal) },
        };
        let result = call.input.and_then(|request| {
            let operation = request.operation();
            if operation.state == State::Planned {
                return Err(Refusal::Planned(operation));
            }
            let view = View { world: &world, caller: &caller, now, operation };
            let result = self.answer(&view, request);
            debug_assert!(is_listed(operation, &result), "{operation} lists no such error: {result:?}");
            result
        });
        Outcome { caller: Some(caller), at: now, result }
    }

    fn answer(&self, view: &View<'_>, request: Request) -> Result<Response, Refusal> {
        authorize(view, &request)?;
        self.hinder(view, &request)?;
        dispatch::read(view, request)
    }

    fn write(&self, call: Call<'_>) -> Outcome {
        // Both are known within the change.
        let (mut at, mut identified) = (Timestamp::default(), None);
        let result = self.change(call.at, |world, now| {
            at = now;
            let caller = identified.insert(call.signer.identify(world, now)?);
            let request = call.input?;
            let operation = request.operation();
            let tx = Tx { world, caller, now, operation, told: call.told };
            let result = self.apply(tx, request);
            debug_assert!(is_listed(operation, &result), "{operation} lists no such error: {result:?}");
            result
        });
        Outcome { caller: identified, at, result }
    }

    fn apply(&self, mut tx: Tx<'_>, request: Request) -> Result<Response, Refusal> {
        let operation = tx.operation;
        authorize(&tx.view(), &request)?;
        let ordered = self.hinder(&tx.view(), &request)?;
        let sequence = tx.world.last_sequence();
        let response = dispatch::write(&mut tx, request)?;
        if let Some(ordered) = ordered {
            dispatch::fail_later(tx.world, sequence, operation, &response, ordered);
        }
        tx.world.changed_at = tx.now;
        Ok(response)
    }

    /// What AWS does to a call on its own, between who may call and the rules: it throttles, and it fails where that
    /// was ordered. `Ok` says how what the call starts is to end, where that was ordered.
    // Inferred: a call that may not be made at all takes nothing from a rate.
    fn hinder(&self, view: &View<'_>, request: &Request) -> Result<Option<OrderedEnding>, Refusal> {
        self.rates.lock().take(view, request)?;
        self.faults.lock().meet(view.caller, request)
    }
}

/// Whether the caller may make the request at all: what policies say, and then what the service itself says.
fn authorize(view: &View<'_>, request: &Request) -> Result<(), Refusal> {
    let denied = |denial: Denial| dispatch::denied(view.operation.service.id, denial.into());
    authorization::require(view, request).map_err(denied)?;
    dispatch::authorize(view, request)
}

/// How a service refuses an input that breaks the model's limits.
pub fn reject(service: &ServiceModel, violations: &[Violation]) -> Refusal {
    dispatch::reject(service.id, violations)
}

/// Whether the model lists the refusal for the operation, if it is refused; what the front end refuses it never lists.
fn is_listed(operation: &Operation, result: &Result<Response, Refusal>) -> bool {
    match result {
        Err(Refusal::Service(error)) => operation.errors.contains(&error.name),
        Ok(_) | Err(Refusal::FrontEnd(..) | Refusal::Planned(_) | Refusal::Unreachable(_)) => true,
    }
}
