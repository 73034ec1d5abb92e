//! What the engine asks of AWS Directory Service.

use model::ds::{ErrorCode, Request, Response};
use model::{FrontEnd, Operation, Refusal, ServiceError, Violation};
use policy::iam::Context;
use rules::{Asked, Endings, Need, OrderedEnding, Rules, Throttle, USUAL_TEXT};
use world::{Tx, View, World};

use crate::generated::api;
use crate::work::{self, OperationEndings};
use crate::{Service, authorization, needs};

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

    fn asked(view: &View<'_>, request: &Request, keys: Context) -> Asked {
        let resources = authorization::resources(view, |member| request.text(member));
        Asked { actions: vec![rules::action(view.operation)], resources, keys }
    }

    fn role(_request: &Request) -> Option<&str> {
        None
    }

    fn throttle(_view: &View<'_>, _request: &Request) -> Option<Throttle> {
        None
    }

    fn needs(view: &View<'_>, request: &Request) -> Vec<Need> {
        needs::needs(view, request)
    }

    /// The front end's error: the service itself never sees such a request.
    fn reject(violations: &[Violation]) -> Refusal {
        Refusal::FrontEnd(FrontEnd::Validation, Violation::describe(violations).into())
    }

    fn denied(text: String) -> Refusal {
        Refusal::FrontEnd(FrontEnd::AccessDenied, text.into())
    }

    fn errors() -> Vec<ServiceError> {
        rules::errors(|_: ErrorCode| USUAL_TEXT)
    }

    fn endings(operation: &'static Operation) -> Endings {
        let OperationEndings { statuses, has_reason } = work::endings(operation.name);
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
