//! How a world answers a call.

use authorization::Denial;
use model::{Access, Operation, Refusal, Request, Response, ServiceModel, State, Timestamp, Violation};
use rules::OrderedEnding;
use world::{Caller, Surroundings, Tx, View, World};

use crate::dispatch;
use crate::live::LiveWorld;

/// A request with its signer and its time.
pub struct Call<'a> {
    pub signer: Signer<'a>,
    /// The typed input, or its rejection. The caller is checked first, as on AWS.
    pub input: Result<Request, Refusal>,
    /// What the upstream answered about the request's needs. None where nothing was looked up.
    pub upstream: Option<&'a Surroundings>,
    /// The real time.
    pub at: Timestamp,
}

/// The result of a call.
#[derive(Debug)]
pub struct Outcome {
    /// None where the key does not identify a caller.
    pub caller: Option<Caller>,
    /// The world's time.
    pub at: Timestamp,
    pub result: Result<Response, Refusal>,
}

/// The parts of a signature that identify the caller.
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
    /// The caller behind the key, in this world at this time.
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
    /// Answers a call. A refused call leaves the world unchanged. The caller of a write is identified in the world that
    /// the write changes.
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
        self.check_rates_and_faults(view, &request)?;
        dispatch::read(view, request)
    }

    fn write(&self, call: Call<'_>) -> Outcome {
        // The change sets both.
        let (mut at, mut identified) = (Timestamp::default(), None);
        let result = self.change(call.at, |world, now| {
            at = now;
            let caller = identified.insert(call.signer.identify(world, now)?);
            let request = call.input?;
            let operation = request.operation();
            let tx = Tx { world, caller, now, operation, upstream: call.upstream };
            let result = self.apply(tx, request);
            debug_assert!(is_listed(operation, &result), "{operation} lists no such error: {result:?}");
            result
        });
        Outcome { caller: identified, at, result }
    }

    fn apply(&self, mut tx: Tx<'_>, request: Request) -> Result<Response, Refusal> {
        let operation = tx.operation;
        authorize(&tx.view(), &request)?;
        let ordered = self.check_rates_and_faults(&tx.view(), &request)?;
        let sequence = tx.world.last_sequence();
        let response = dispatch::write(&mut tx, request)?;
        if let Some(ordered) = ordered {
            dispatch::fail_later(tx.world, sequence, operation, &response, ordered);
        }
        tx.world.changed_at = tx.now;
        Ok(response)
    }

    /// Throttles the call, and fails it where a test ordered a fault. `Ok` has the ending that was ordered for the work
    /// of the call.
    // Inferred: a call that is not authorized takes nothing from a rate, so this check comes after authorization.
    fn check_rates_and_faults(&self, view: &View<'_>, request: &Request) -> Result<Option<OrderedEnding>, Refusal> {
        self.rates.lock().take(view, request)?;
        self.faults.lock().apply(view.caller, request)
    }
}

/// Checks whether the caller may make the request: first the policies, then the rules of the service.
fn authorize(view: &View<'_>, request: &Request) -> Result<(), Refusal> {
    let denied = |denial: Denial| dispatch::denied(view.operation.service.id, denial.into());
    authorization::require(view, request).map_err(denied)?;
    dispatch::authorize(view, request)
}

/// The service's answer to an input that breaks the model's limits.
pub fn reject(service: &ServiceModel, violations: &[Violation]) -> Refusal {
    dispatch::reject(service.id, violations)
}

/// Whether a refusal is one of those that the model lists for the operation. Errors of the front end are never listed.
fn is_listed(operation: &Operation, result: &Result<Response, Refusal>) -> bool {
    match result {
        Err(Refusal::Service(error)) => operation.errors.contains(&error.name),
        Ok(_) | Err(Refusal::FrontEnd(..) | Refusal::Planned(_) | Refusal::Unreachable(_)) => true,
    }
}
