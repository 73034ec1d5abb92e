//! How the service refuses an input that breaks the model's limits.

use model::{FrontEnd, Refusal, Violation};

/// The front end's error: the service itself never sees such a request.
pub fn reject(violations: &[Violation]) -> Refusal {
    Refusal::FrontEnd(FrontEnd::Validation, Violation::describe(violations).into())
}
