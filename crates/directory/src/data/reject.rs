//! How the service refuses an input that breaks the model's limits.

use model::ds_data::ErrorCode::ValidationException;
use model::{Refusal, ServiceError, Violation};

/// The service's own error. No reason of the model fits, so it carries none.
pub fn reject(violations: &[Violation]) -> Refusal {
    Refusal::Service(ServiceError::new(ValidationException(None), Violation::describe(violations)))
}
