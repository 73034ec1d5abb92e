//! The rules of AWS STS for the engine.

use model::sts::{ErrorCode, Request, Response};
use model::{AccountId, FrontEnd, Operation, Refusal, ServiceError, Timestamp, Violation};
use rules::{Endings, Need, OperationRate, OrderedEnding, Rules, Throttle, USUAL_TEXT};
use world::{Tx, View, World};

use crate::Service;
use crate::generated::api;

impl Rules for Service {
    type Request = Request;
    type Response = Response;

    fn read(view: &View<'_>, request: Request) -> Result<Response, Refusal> {
        Ok(api::read::<Self>(view, request)?)
    }

    fn write(tx: &mut Tx<'_>, request: Request) -> Result<Response, Refusal> {
        Ok(api::write::<Self>(tx, request)?)
    }

    fn authorize(_view: &View<'_>, _request: &Request) -> Result<(), Refusal> {
        Ok(())
    }

    fn throttle(_view: &View<'_>, _request: &Request) -> Option<Throttle> {
        None
    }

    fn needs(_view: &View<'_>, _request: &Request) -> Vec<Need> {
        Vec::new()
    }

    /// Recorded: `ValidationError` with all violations.
    fn reject(violations: &[Violation]) -> Refusal {
        Refusal::FrontEnd(FrontEnd::Validation, Violation::describe(violations).into())
    }

    fn denied(text: String) -> Refusal {
        Refusal::FrontEnd(FrontEnd::AccessDenied, text.into())
    }

    fn errors() -> Vec<ServiceError> {
        rules::errors(|_: ErrorCode| USUAL_TEXT)
    }

    fn rates() -> Vec<OperationRate> {
        Vec::new()
    }

    fn remove_account(_world: &mut World, _at: Timestamp, _account: AccountId) {}

    fn endings(_operation: &'static Operation) -> Endings {
        Endings::Nothing
    }

    fn fail_later(
        _world: &mut World,
        _sequence: u64,
        _operation: &'static Operation,
        _response: &Response,
        _ordered: OrderedEnding,
    ) {
    }
}
