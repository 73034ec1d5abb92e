//! What the engine asks of AWS Directory Service Data.

use model::ds_data::errors::AccessDeniedReason;
use model::ds_data::{ErrorCode, Request, Response};
use model::{Access, AccountId, Operation, Refusal, ServiceError, Timestamp, Violation};
use rules::{Bucket, Endings, Holder, Need, OperationRate, OrderedEnding, Rate, Rules, Throttle, USUAL_TEXT};
use world::{Tx, View, World};

use super::error::Error;
use super::generated::api;
use super::request_rates::RequestRateError;
use super::{Service, request_rates};

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

    /// Every call counts in the bucket of the account, and in the directory's bucket for reads or writes.
    fn throttle(view: &View<'_>, request: &Request) -> Option<Throttle> {
        let access = request.operation().access;
        let directory = authorization::data_directory(request).and_then(|id| view.world.directory(id));
        let what = match access {
            Access::Read => "reads of data",
            Access::Write => "writes of data",
        };
        let account = Bucket {
            operations: "data",
            holder: Holder::Account(view.caller.account),
            rate: Rate::per_second(request_rates::OF_ACCOUNT),
        };
        let directory = directory.map(|found| Bucket {
            operations: what,
            holder: Holder::Resource(found.id.as_str().into()),
            rate: Rate::per_second(request_rates::of_directory(found, access)),
        });
        let buckets = std::iter::once(account).chain(directory).collect();
        Some(Throttle { buckets, refusal: Error::from(RequestRateError::Exceeded).into() })
    }

    fn needs(_view: &View<'_>, _request: &Request) -> Vec<Need> {
        Vec::new()
    }

    /// The service's own error. No reason of the model fits, so it has none.
    fn reject(violations: &[Violation]) -> Refusal {
        let code = ErrorCode::ValidationException(None);
        Refusal::Service(ServiceError::new(code, Violation::describe(violations)))
    }

    // Inferred: the model has a reason for denied access. Other services answer without a reason.
    fn denied(text: String) -> Refusal {
        let code = ErrorCode::AccessDeniedException(Some(AccessDeniedReason::IamAuth));
        Refusal::Service(ServiceError::new(code, text))
    }

    fn errors() -> Vec<ServiceError> {
        rules::errors(|_: ErrorCode| USUAL_TEXT)
    }

    /// No operation has a rate of its own: all share the buckets of `request_rates`.
    fn rates() -> Vec<OperationRate> {
        Vec::new()
    }

    /// Nothing: a domain goes with its directory.
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
