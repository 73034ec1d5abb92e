//! Failures that AWS produces on its own, and that no rule of ours can: they come when they are ordered.

use std::collections::BTreeSet;
use std::fmt;

use model::organizations::types::CreateAccountFailureReason;
use model::{
    AccountId, ModeledError, Operation, Refusal, Request, SERVICES, Service, ServiceError, ds, ds_data,
    operation_named, sts,
};
use world::Caller;

/// An order as somebody wrote it down.
#[derive(Clone, Debug, Default)]
pub struct FaultOrder {
    /// The operation, such as `CreateAccount` or `ds:ListTagsForResource`, or `organizations:*` for every one of a
    /// service.
    pub operation: String,
    /// Only calls of this account; else of all.
    pub account: Option<String>,
    /// Only requests in which this text is a value, or a word of one: an e-mail, an account, an id, a name.
    pub target: Option<String>,
    /// The error's name or code, one of those that the model lists for the operation.
    pub error: Option<String>,
    /// The error's reason, for those that carry one.
    pub reason: Option<String>,
    /// The error's text, in place of the service's own.
    pub message: Option<String>,
    /// In place of an error: the call succeeds, and the account that it asks for fails with this.
    pub failure_reason: Option<String>,
    /// In place of an error: the call succeeds, and what it starts ends in this status, for the reason that the message
    /// gives.
    pub status: Option<String>,
    /// So many calls, in place of one.
    pub times: Option<u32>,
}

/// A failure that waits for its calls.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// The operations.
    pub operations: Operations,
    /// Only calls of this account.
    pub account: Option<AccountId>,
    /// Only requests in which this text is a value, or a word of one.
    pub target: Option<String>,
    /// What happens.
    pub failure: Failure,
    /// How many calls it still meets.
    pub left: u32,
}

/// The operations that a fault is for: one, or all of a service to which it can happen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Operations {
    /// One.
    One(&'static Operation),
    /// All of a service.
    All(&'static Service),
}

impl Operations {
    fn named(name: &str) -> Result<Self, String> {
        if let Some(id) = name.strip_suffix(":*") {
            let service = SERVICES.into_iter().find(|service| service.id == id);
            return service.map(Self::All).ok_or_else(|| format!("there is no service {id}"));
        }
        operation_named(None, name).map(Self::One)
    }

    fn service(self) -> &'static Service {
        match self {
            Self::One(operation) => operation.service,
            Self::All(service) => service,
        }
    }

    fn all(self) -> &'static [Operation] {
        match self {
            Self::One(operation) => std::slice::from_ref(operation),
            Self::All(service) => service.operations,
        }
    }

    /// The names of the errors that the model lists.
    fn errors(self) -> BTreeSet<&'static str> {
        self.all().iter().flat_map(|operation| operation.errors).copied().collect()
    }
}

/// `organizations:CreateAccount`, or `organizations:*`.
impl fmt::Display for Operations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::One(operation) => write!(f, "{operation:?}"),
            Self::All(service) => write!(f, "{}:*", service.id),
        }
    }
}

/// What happens to a call that meets a fault.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// It is refused.
    Refuse(ServiceError),
    /// It succeeds, and the account that it asks for is not made.
    NoAccount(CreateAccountFailureReason),
    /// It succeeds, and what it starts ends in that status.
    Ending(&'static str, Option<String>),
}

/// The text of an ordered error of a service that has none of its own for it.
const TEXT: &str = "The service could not complete the request. Try again later.";

impl Fault {
    /// Reads an order.
    ///
    /// # Errors
    /// When AWS has nothing like it; the text says what there is.
    pub fn new(order: FaultOrder) -> Result<Self, String> {
        let operations = Operations::named(&order.operation)
            .map_err(|wrong| format!("{wrong}; GET /_orgdir/operations lists them"))?;
        let account = order.account.map(|text| {
            text.parse().map_err(|_| format!("'{text}' is no account: use 12 digits, such as 111111111111"))
        });
        let left = order.times.unwrap_or(1);
        if left == 0 {
            return Err("a fault meets one call at least: use a number of times such as 2, or none for 1".to_owned());
        }
        if order.target.as_ref().is_some_and(String::is_empty) {
            return Err("an empty text is in every request: leave the target out".to_owned());
        }
        let failure = match (order.error, order.failure_reason, order.status) {
            (Some(error), None, None) => {
                Failure::Refuse(refusal(operations, &error, order.reason.as_deref(), order.message)?)
            }
            (None, None, Some(status)) if order.reason.is_none() => ending(operations, &status, order.message)?,
            (None, Some(reason), None) if order.reason.is_none() && order.message.is_none() => {
                Failure::NoAccount(failure_reason(operations, &reason)?)
            }
            _ => {
                let what = "a fault has an error, with a reason and a message if you like, or a failure reason";
                return Err(format!("{what}, or a status, with a message if you like"));
            }
        };
        Ok(Self { operations, account: account.transpose()?, target: order.target, failure, left })
    }

    fn meets(&self, caller: &Caller, request: &Request) -> bool {
        let operation = request.operation();
        let can_happen = match &self.failure {
            Failure::Refuse(error) => operation.errors.contains(&error.name),
            Failure::NoAccount(_) => organizations::creates_account(operation),
            Failure::Ending(status, _) => statuses(operation).any(|found| found == *status),
        };
        can_happen
            && self.operations.all().contains(operation)
            && self.account.is_none_or(|account| account == caller.account)
            && self.target.as_ref().is_none_or(|target| mentions(request, target))
    }
}

/// Whether that text is a value of the request, or a word of one, without regard to case. What is secret is not looked
/// at.
fn mentions(request: &Request, text: &str) -> bool {
    let (request, text) = (format!("{request:?}").to_lowercase(), text.to_lowercase());
    let in_word = |c: char| c.is_alphanumeric() || "._+-@".contains(c);
    let mut places = request.match_indices(&text);
    places.any(|(at, _)| !request[..at].ends_with(in_word) && !request[at + text.len()..].starts_with(in_word))
}

/// The error of those names, if the model lists it for the operation.
fn refusal(
    operations: Operations,
    error: &str,
    reason: Option<&str>,
    message: Option<String>,
) -> Result<ServiceError, String> {
    let found = match operations.service().id {
        "organizations" => modeled(operations, error, reason, organizations::error_text),
        "ds" => modeled(operations, error, reason, |_: ds::ErrorCode| TEXT),
        "ds-data" => modeled(operations, error, reason, |_: ds_data::ErrorCode| TEXT),
        _ => modeled(operations, error, reason, |_: sts::ErrorCode| TEXT),
    }?;
    Ok(ServiceError { message: message.map_or(found.message, Into::into), ..found })
}

fn modeled<E: ModeledError>(
    operations: Operations,
    name: &str,
    reason: Option<&str>,
    text: impl Fn(E) -> &'static str,
) -> Result<ServiceError, String> {
    let errors = operations.errors();
    let listed = |error: &&E| errors.contains(error.name());
    let named = |error: &&E| error.name() == name || error.code() == name;
    let error = E::all().iter().filter(listed).find(named).copied();
    let error = error.ok_or_else(|| {
        let all: Vec<_> = errors.iter().copied().collect();
        format!("{operations} has no error {name}; the model lists {}", all.join(", "))
    })?;
    let Some(reason) = reason else { return Ok(ServiceError::new(error, text(error))) };
    let reasons = error.reasons();
    let found = reasons.iter().find(|with| with.reason() == Some(reason)).copied();
    let error = found.ok_or_else(|| {
        let all: Vec<_> = reasons.iter().filter_map(|with| with.reason()).collect();
        let all = if all.is_empty() { "none".to_owned() } else { all.join(", ") };
        format!("{} has no reason {reason}; the model lists {all}", error.name())
    })?;
    Ok(ServiceError::new(error, text(error)))
}

fn failure_reason(operations: Operations, reason: &str) -> Result<CreateAccountFailureReason, String> {
    if !operations.all().iter().any(organizations::creates_account) {
        return Err(format!("{operations} asks for no account, so it has no failure reason"));
    }
    CreateAccountFailureReason::ALL.into_iter().find(|found| found.as_str() == reason).ok_or_else(|| {
        let all = CreateAccountFailureReason::ALL.map(CreateAccountFailureReason::as_str).join(", ");
        format!("there is no failure reason {reason}; the model lists {all}")
    })
}

/// The statuses in which work can end badly that an operation starts.
fn statuses(operation: &Operation) -> impl Iterator<Item = &'static str> {
    let is_directory = operation.service.id == ds::SERVICE.id;
    let endings =
        if is_directory { directory::endings(operation.name) } else { directory::OperationEndings::default() };
    endings.statuses.into_iter()
}

fn ending(operations: Operations, status: &str, reason: Option<String>) -> Result<Failure, String> {
    let all: BTreeSet<_> = operations.all().iter().flat_map(statuses).collect();
    let Some(found) = all.get(status).copied() else {
        let all: Vec<_> = all.into_iter().collect();
        let all = if all.is_empty() { "none".to_owned() } else { all.join(", ") };
        return Err(format!(
            "{operations} starts nothing that could end in the status {status}; the model lists {all}"
        ));
    };
    let mut with_status = operations.all().iter().filter(|operation| statuses(operation).any(|of| of == found));
    if reason.is_some() && !with_status.any(|operation| directory::endings(operation.name).has_reason) {
        return Err(format!("no answer says why {operations} ended in the status {found}: leave the message out"));
    }
    Ok(Failure::Ending(found, reason))
}

/// The faults of a world that still wait, each with its number, in the order in which they were ordered.
#[derive(Default)]
pub struct Faults {
    waiting: Vec<(u64, Fault)>,
    n_ordered: u64,
}

impl Faults {
    /// Orders a fault, and answers its number.
    pub fn order(&mut self, fault: Fault) -> u64 {
        self.n_ordered += 1;
        self.waiting.push((self.n_ordered, fault));
        self.n_ordered
    }

    /// Takes a fault back. False when it does not wait.
    pub fn cancel(&mut self, number: u64) -> bool {
        let before = self.waiting.len();
        self.waiting.retain(|(found, _)| *found != number);
        self.waiting.len() < before
    }

    /// Takes all back.
    pub fn clear(&mut self) {
        self.waiting.clear();
    }

    /// All that wait.
    pub fn waiting(&self) -> Vec<(u64, Fault)> {
        self.waiting.clone()
    }

    /// What happens to this call: the first fault that it meets is used up by one. `Ok` says how what it starts is to
    /// end.
    pub fn meet(&mut self, caller: &Caller, request: &Request) -> Result<Option<Failure>, Refusal> {
        let Some(place) = self.waiting.iter().position(|(_, fault)| fault.meets(caller, request)) else {
            return Ok(None);
        };
        let fault = &mut self.waiting[place].1;
        fault.left -= 1;
        let failure = fault.failure.clone();
        if fault.left == 0 {
            self.waiting.remove(place);
        }
        match failure {
            Failure::Refuse(error) => Err(Refusal::Service(error)),
            later => Ok(Some(later)),
        }
    }
}

#[cfg(test)]
mod tests {
    use model::organizations;
    use model::organizations::types::CreateAccountInput;

    use super::*;

    fn order(operation: &str, error: &str, reason: Option<&str>) -> Result<Fault, String> {
        let (operation, error, reason) = (operation.to_owned(), Some(error.to_owned()), reason.map(str::to_owned));
        Fault::new(FaultOrder { operation, error, reason, ..FaultOrder::default() })
    }

    #[test]
    fn every_error_of_every_operation_can_be_ordered() {
        for operation in model::SERVICES.iter().flat_map(|service| service.operations) {
            let name = format!("{operation:?}");
            for error in operation.errors {
                let Failure::Refuse(found) = order(&name, error, None).unwrap().failure else { panic!("{name}") };
                assert_eq!((found.name, found.reason), (*error, None));
                assert!(!found.message.is_empty(), "{error}");
            }
            let wrong = order(&name, "NoSuchException", None).unwrap_err();
            assert!(operation.errors.iter().all(|error| wrong.contains(error)), "{wrong}");
        }
    }

    fn order_status(operation: &str, status: &str, message: Option<&str>) -> Result<Fault, String> {
        let (operation, status, message) = (operation.to_owned(), Some(status.to_owned()), message.map(str::to_owned));
        Fault::new(FaultOrder { operation, message, status, ..FaultOrder::default() })
    }

    #[test]
    fn every_status_that_work_can_end_in_can_be_ordered_and_no_other() {
        for operation in &ds::OPERATIONS {
            let name = format!("{operation:?}");
            for status in statuses(operation) {
                let fault = order_status(&name, status, None).unwrap();
                assert_eq!(fault.failure, Failure::Ending(status, None), "{name}");
                let told = order_status(&name, status, Some("For a reason."));
                assert_eq!(told.is_ok(), directory::endings(operation.name).has_reason, "{name}: {told:?}");
            }
            let wrong = order_status(&name, "Active", None).unwrap_err();
            assert!(statuses(operation).all(|status| wrong.contains(status)), "{wrong}");
        }
        assert!(order_status("CreateAccount", "FAILED", None).unwrap_err().ends_with("the model lists none"));
        assert!(order_status("ds:*", "Failed", Some("For a reason.")).is_ok());
    }

    #[test]
    fn reasons_are_those_of_the_error() {
        let (operation, error) = ("InviteAccountToOrganization", "HandshakeConstraintViolationException");
        let fault = order(operation, error, Some("PAST_DUE_INVOICE")).unwrap();
        let Failure::Refuse(found) = fault.failure else { panic!("it is an error") };
        assert_eq!(found.reason, Some("PAST_DUE_INVOICE"));
        assert!(order(operation, error, Some("WAIT_PERIOD_ACTIVE")).unwrap_err().contains("PAST_DUE_INVOICE"));
        let none = order(operation, "ConcurrentModificationException", Some("PAST_DUE_INVOICE")).unwrap_err();
        assert!(none.ends_with("the model lists none"), "{none}");
    }

    #[test]
    fn targets_are_whole_words_of_the_request() {
        let request = Request::Organizations(organizations::Request::CreateAccount(CreateAccountInput {
            account_name: "Dev account".into(),
            email: "a.x@example.com".into(),
            iam_user_access_to_billing: None,
            role_name: None,
            tags: None,
        }));
        for (text, expected) in [
            ("a.x@example.com", true),
            ("A.X@Example.com", true),
            ("x@example.com", false),
            ("a.x@example", false),
            ("Dev account", true),
            ("dev", true),
            ("de", false),
        ] {
            assert_eq!(mentions(&request, text), expected, "{text}");
        }
    }
}
