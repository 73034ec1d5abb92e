//! The rules of AWS Organizations for the engine.

use model::organizations::types::CreateAccountFailureReason;
use model::organizations::{ErrorCode, Request, Response};
use model::{AccountId, FrontEnd, Operation, Refusal, ServiceError, Timestamp, Violation};
use rules::{Bucket, Endings, Holder, Need, OperationRate, OrderedEnding, Rules, Throttle};
use world::{Tx, View, World};

use crate::account::creation_failures;
use crate::error::Error;
use crate::generated::api;
use crate::{Service, callers, messages, reject, request_rates};

impl Rules for Service {
    type Request = Request;
    type Response = Response;

    fn read(view: &View<'_>, request: Request) -> Result<Response, Refusal> {
        Ok(api::read::<Self>(view, request)?)
    }

    fn write(tx: &mut Tx<'_>, request: Request) -> Result<Response, Refusal> {
        Ok(api::write::<Self>(tx, request)?)
    }

    fn authorize(view: &View<'_>, request: &Request) -> Result<(), Refusal> {
        Ok(callers::authorize(view, request)?)
    }

    /// Each operation has its own buckets.
    // Inferred: the error's member `Type` is left out, because no recorded answer has it.
    fn throttle(view: &View<'_>, request: &Request) -> Option<Throttle> {
        let operation = request.operation().name;
        let row = request_rates::request_rate(operation)?;
        let organization = view.world.organization_of(view.caller.account);
        let account = Bucket { operations: operation, holder: Holder::Account(view.caller.account), rate: row.account };
        let all = row.organization.zip(organization).map(|(rate, organization)| Bucket {
            operations: operation,
            holder: Holder::Organization(organization.id.clone()),
            rate,
        });
        Some(Throttle {
            buckets: std::iter::once(account).chain(all).collect(),
            refusal: Error::from(ErrorCode::TooManyRequestsException).into(),
        })
    }

    fn needs(_view: &View<'_>, _request: &Request) -> Vec<Need> {
        Vec::new()
    }

    fn reject(violations: &[Violation]) -> Refusal {
        reject::reject(violations)
    }

    fn denied(text: String) -> Refusal {
        Refusal::FrontEnd(FrontEnd::AccessDenied, text.into())
    }

    fn errors() -> Vec<ServiceError> {
        rules::errors(messages::text)
    }

    fn rates() -> Vec<OperationRate> {
        request_rates::all().collect()
    }

    /// Nothing: the work that removes the account from the organization comes after all services.
    fn remove_account(_world: &mut World, _at: Timestamp, _account: AccountId) {}

    fn endings(operation: &'static Operation) -> Endings {
        if !creation_failures::creates_account(operation) {
            return Endings::Nothing;
        }
        Endings::FailureReasons(CreateAccountFailureReason::ALL.map(CreateAccountFailureReason::as_str).to_vec())
    }

    fn fail_later(
        world: &mut World,
        sequence: u64,
        _operation: &'static Operation,
        _response: &Response,
        ordered: OrderedEnding,
    ) {
        creation_failures::fail_creation(world, sequence, ordered.name);
    }
}
