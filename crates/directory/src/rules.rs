//! What the engine asks of AWS Directory Service.

use model::ds::{ErrorCode, Request, Response};
use model::{AccountId, FrontEnd, Operation, Refusal, ServiceError, Timestamp, Violation};
use rules::{Endings, Need, OperationRate, OrderedEnding, Rules, Throttle, USUAL_TEXT};
use world::{Tx, View, World};

use crate::generated::api;
use crate::work::{self, OperationFailures};
use crate::{Service, closed_accounts, needs};

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

    fn needs(view: &View<'_>, request: &Request) -> Vec<Need> {
        needs::needs(view, request)
    }

    /// The front end answers: such a request never reaches the service itself.
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

    fn remove_account(world: &mut World, at: Timestamp, account: AccountId) {
        closed_accounts::remove_account(world, at, account);
    }

    fn endings(operation: &'static Operation) -> Endings {
        let OperationFailures { statuses, has_reason } = work::failures(operation.name);
        if statuses.is_empty() {
            return Endings::Nothing;
        }
        Endings::Statuses { names: statuses, has_reason }
    }

    fn fail_later(
        world: &mut World,
        sequence: u64,
        operation: &'static Operation,
        _response: &Response,
        ordered: OrderedEnding,
    ) {
        work::fail_later(world, sequence, operation.name, ordered.name, ordered.reason.as_deref());
    }
}
