//! The errors of a model, with the texts of its service.

use model::{ModeledError, ServiceError};

/// The text of an error that no rule gives, where the service has no text of its own for it.
pub const USUAL_TEXT: &str = "The service could not complete the request. Try again later.";

/// Every error of a model: once without a reason, and once with each of its reasons.
pub fn errors<E: ModeledError>(text: impl Fn(E) -> &'static str) -> Vec<ServiceError> {
    let with_reasons = |error: &E| std::iter::once(*error).chain(error.reasons());
    E::all().iter().flat_map(with_reasons).map(|error| ServiceError::new(error, text(error))).collect()
}
