//! Faults: failures that AWS produces on its own and no rule here gives. A test orders them.

use std::collections::BTreeSet;
use std::fmt;

use model::{AccountId, Operation, Refusal, Request, SERVICES, ServiceError, ServiceModel, Values, operation_named};
use rules::{Endings, OrderedEnding};
use world::Caller;

use crate::dispatch;

/// The order of a fault, before it is checked.
#[derive(Clone, Debug, Default)]
pub struct FaultOrder {
    /// The operation, such as `CreateAccount` or `ds:ListTagsForResource`, or all of a service: `organizations:*`.
    pub operation: String,
    /// Limits the fault to calls of this account.
    pub account: Option<String>,
    /// Limits the fault to requests in which this text is a value, or a word of one: an e-mail, an account, an id, a
    /// name.
    pub target: Option<String>,
    /// The error's name or code, one of those that the model lists for the operation.
    pub error: Option<String>,
    /// The error's reason, for those that carry one.
    pub reason: Option<String>,
    /// The error's text, in place of the service's own.
    pub message: Option<String>,
    /// In place of an error: the call succeeds, and the creation of the account fails for this reason.
    pub failure_reason: Option<String>,
    /// In place of an error: the call succeeds, and its work ends in this status. The message becomes the reason.
    pub status: Option<String>,
    /// How many calls the fault fails; one by default.
    pub times: Option<u32>,
}

/// A checked fault, which fails the next calls that match it.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    pub operations: FaultOperations,
    /// Limits the fault to calls of this account.
    pub account: Option<AccountId>,
    /// Limits the fault to requests in which this text is a value, or a word of one.
    pub target: Option<String>,
    pub effect: FaultEffect,
    /// How many more calls it fails.
    pub left: u32,
}

/// The operations of a fault.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FaultOperations {
    One(&'static Operation),
    /// Those of a service to which the failure can happen.
    All(&'static ServiceModel),
}

impl FaultOperations {
    fn parse(name: &str) -> Result<Self, String> {
        if let Some(id) = name.strip_suffix(":*") {
            let service = SERVICES.into_iter().find(|service| service.id.as_str() == id);
            return service.map(Self::All).ok_or_else(|| format!("there is no service {id}"));
        }
        operation_named(None, name).map(Self::One)
    }

    fn service(self) -> &'static ServiceModel {
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

    /// The names of the errors that the model lists for any of them.
    fn errors(self) -> BTreeSet<&'static str> {
        self.all().iter().flat_map(|operation| operation.errors).copied().collect()
    }
}

/// `organizations:CreateAccount`, or `organizations:*`.
impl fmt::Display for FaultOperations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::One(operation) => operation.fmt(f),
            Self::All(service) => write!(f, "{}:*", service.id),
        }
    }
}

/// How a fault makes a call fail.
#[derive(Clone, Debug, PartialEq)]
pub enum FaultEffect {
    /// The call is refused.
    Refuse(ServiceError),
    /// The call succeeds, and the creation of the account fails for this reason.
    NoAccount(&'static str),
    /// The call succeeds, and its work ends in this status, with a reason for answers that have one.
    Ending(&'static str, Option<String>),
}

impl Fault {
    /// Checks an order.
    ///
    /// # Errors
    /// When AWS has no such failure. The text lists those that it has.
    pub fn new(order: FaultOrder) -> Result<Self, String> {
        let operations = FaultOperations::parse(&order.operation)
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
        let effect = match (order.error, order.failure_reason, order.status) {
            (Some(error), None, None) => {
                FaultEffect::Refuse(refusal(operations, &error, order.reason.as_deref(), order.message)?)
            }
            (None, None, Some(status)) if order.reason.is_none() => ending(operations, &status, order.message)?,
            (None, Some(reason), None) if order.reason.is_none() && order.message.is_none() => {
                FaultEffect::NoAccount(failure_reason(operations, &reason)?)
            }
            _ => {
                let what = "a fault has an error, with a reason and a message if you like, or a failure reason";
                return Err(format!("{what}, or a status, with a message if you like"));
            }
        };
        Ok(Self { operations, account: account.transpose()?, target: order.target, effect, left })
    }

    fn matches(&self, caller: &Caller, request: &Request) -> bool {
        let operation = request.operation();
        let can_happen = match &self.effect {
            FaultEffect::Refuse(error) => operation.errors.contains(&error.name),
            FaultEffect::NoAccount(reason) => failure_reasons(operation).contains(reason),
            FaultEffect::Ending(status, _) => statuses(operation).contains(status),
        };
        can_happen
            && self.operations.all().contains(operation)
            && self.account.is_none_or(|account| account == caller.account)
            && self.target.as_ref().is_none_or(|target| mentions(request, target))
    }
}

/// Whether the text is a value of the request, or a word of one. Case does not count. Secret values are skipped.
fn mentions(request: &Request, text: &str) -> bool {
    let text = text.to_lowercase();
    request.any(&|value| contains_word(&value.to_lowercase(), &text))
}

/// Whether the value contains the text with a word boundary on both sides.
fn contains_word(value: &str, text: &str) -> bool {
    let in_word = |c: char| c.is_alphanumeric() || "._+-@".contains(c);
    let mut matches = value.match_indices(text);
    matches.any(|(at, _)| !value[..at].ends_with(in_word) && !value[at + text.len()..].starts_with(in_word))
}

/// The error with this name and reason, if the model lists it for one of the operations.
fn refusal(
    operations: FaultOperations,
    name: &str,
    reason: Option<&str>,
    message: Option<String>,
) -> Result<ServiceError, String> {
    let (listed, all) = (operations.errors(), dispatch::errors(operations.service().id));
    let is_named = |error: &&ServiceError| error.name == name || error.code == name;
    let found = all.iter().filter(|error| listed.contains(error.name)).find(is_named);
    let found = found.ok_or_else(|| {
        let all: Vec<_> = listed.iter().copied().collect();
        format!("{operations} has no error {name}; the model lists {}", all.join(", "))
    })?;
    let same_name = || all.iter().filter(|error| error.name == found.name);
    let found = same_name().find(|error| error.reason == reason).ok_or_else(|| {
        let all: Vec<_> = same_name().filter_map(|error| error.reason).collect();
        let all = if all.is_empty() { "none".to_owned() } else { all.join(", ") };
        format!("{} has no reason {}; the model lists {all}", found.name, reason.unwrap_or_default())
    })?;
    let message = message.map_or(found.message.clone(), Into::into);
    Ok(ServiceError { message, ..found.clone() })
}

/// The reasons for which the account that an operation creates can fail.
fn failure_reasons(operation: &'static Operation) -> Vec<&'static str> {
    match dispatch::endings(operation) {
        Endings::FailureReasons(reasons) => reasons,
        Endings::Nothing | Endings::Statuses { .. } => Vec::new(),
    }
}

fn failure_reason(operations: FaultOperations, reason: &str) -> Result<&'static str, String> {
    let Some(all) = operations.all().iter().map(failure_reasons).find(|reasons| !reasons.is_empty()) else {
        return Err(format!("{operations} asks for no account, so it has no failure reason"));
    };
    let found = all.iter().find(|found| **found == reason).copied();
    found.ok_or_else(|| format!("there is no failure reason {reason}; the model lists {}", all.join(", ")))
}

/// The bad statuses in which the work of an operation can end.
fn statuses(operation: &'static Operation) -> Vec<&'static str> {
    match dispatch::endings(operation) {
        Endings::Statuses { names, .. } => names,
        Endings::Nothing | Endings::FailureReasons(_) => Vec::new(),
    }
}

/// Whether an answer shows the reason for a status of the operation's work.
fn has_reason(operation: &'static Operation, status: &str) -> bool {
    match dispatch::endings(operation) {
        Endings::Statuses { names, has_reason } => has_reason && names.contains(&status),
        Endings::Nothing | Endings::FailureReasons(_) => false,
    }
}

fn ending(operations: FaultOperations, status: &str, reason: Option<String>) -> Result<FaultEffect, String> {
    let all: BTreeSet<_> = operations.all().iter().flat_map(statuses).collect();
    let Some(found) = all.get(status).copied() else {
        let all: Vec<_> = all.into_iter().collect();
        let all = if all.is_empty() { "none".to_owned() } else { all.join(", ") };
        return Err(format!(
            "{operations} starts nothing that could end in the status {status}; the model lists {all}"
        ));
    };
    if reason.is_some() && !operations.all().iter().any(|operation| has_reason(operation, found)) {
        return Err(format!("no answer says why {operations} ended in the status {found}: leave the message out"));
    }
    Ok(FaultEffect::Ending(found, reason))
}

/// The faults of a world that have calls left, each with its number, oldest first.
#[derive(Default)]
pub struct Faults {
    waiting: Vec<(u64, Fault)>,
    last_number: u64,
}

impl Faults {
    /// Adds a fault and returns its number.
    pub fn order(&mut self, fault: Fault) -> u64 {
        self.last_number += 1;
        self.waiting.push((self.last_number, fault));
        self.last_number
    }

    /// Removes a fault. False if there is none of that number.
    pub fn cancel(&mut self, number: u64) -> bool {
        let before = self.waiting.len();
        self.waiting.retain(|(found, _)| *found != number);
        self.waiting.len() < before
    }

    /// Removes all faults.
    pub fn clear(&mut self) {
        self.waiting.clear();
    }

    pub fn waiting(&self) -> Vec<(u64, Fault)> {
        self.waiting.clone()
    }

    /// Applies the first fault that matches this call, and counts the call. `Ok` has the ending that the fault orders
    /// for the call's work.
    pub fn apply(&mut self, caller: &Caller, request: &Request) -> Result<Option<OrderedEnding>, Refusal> {
        let Some(index) = self.waiting.iter().position(|(_, fault)| fault.matches(caller, request)) else {
            return Ok(None);
        };
        let fault = &mut self.waiting[index].1;
        fault.left -= 1;
        let effect = fault.effect.clone();
        if fault.left == 0 {
            self.waiting.remove(index);
        }
        match effect {
            FaultEffect::Refuse(error) => Err(Refusal::Service(error)),
            FaultEffect::NoAccount(name) => Ok(Some(OrderedEnding { name, reason: None })),
            FaultEffect::Ending(name, reason) => Ok(Some(OrderedEnding { name, reason })),
        }
    }
}

#[cfg(test)]
mod tests {
    use model::organizations::types::CreateAccountInput;
    use model::{ds, organizations};

    use super::*;

    fn order(operation: &str, error: &str, reason: Option<&str>) -> Result<Fault, String> {
        let (operation, error, reason) = (operation.to_owned(), Some(error.to_owned()), reason.map(str::to_owned));
        Fault::new(FaultOrder { operation, error, reason, ..FaultOrder::default() })
    }

    #[test]
    fn every_error_of_every_operation_can_be_ordered() {
        for operation in model::SERVICES.iter().flat_map(|service| service.operations) {
            let name = operation.to_string();
            for error in operation.errors {
                let FaultEffect::Refuse(found) = order(&name, error, None).unwrap().effect else { panic!("{name}") };
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
            let name = operation.to_string();
            for status in statuses(operation) {
                let fault = order_status(&name, status, None).unwrap();
                assert_eq!(fault.effect, FaultEffect::Ending(status, None), "{name}");
                let with_message = order_status(&name, status, Some("For a reason."));
                assert_eq!(with_message.is_ok(), has_reason(operation, status), "{name}: {with_message:?}");
            }
            let wrong = order_status(&name, "Active", None).unwrap_err();
            assert!(statuses(operation).iter().all(|status| wrong.contains(*status)), "{wrong}");
        }
        assert!(order_status("CreateAccount", "FAILED", None).unwrap_err().ends_with("the model lists none"));
        assert!(order_status("ds:*", "Failed", Some("For a reason.")).is_ok());
    }

    #[test]
    fn reasons_are_those_of_the_error() {
        let (operation, error) = ("InviteAccountToOrganization", "HandshakeConstraintViolationException");
        let fault = order(operation, error, Some("PAST_DUE_INVOICE")).unwrap();
        let FaultEffect::Refuse(found) = fault.effect else { panic!("it is an error") };
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
