//! The error of this service. Like that of Directory Service, it names no resource.

use model::ds_data::ErrorCode;
use model::ds_data::errors::ValidationExceptionReason;
use model::{Refusal, ServiceError};

use crate::error::Coded;

/// The result of a handler.
pub type Result<T> = std::result::Result<T, Error>;

/// A refusal of Directory Service Data. All texts are inferred: none is public, and clients go by the code and the
/// reason.
#[derive(Clone, Debug, PartialEq)]
pub struct Error(Refusal);

impl<E: Coded<ErrorCode>> From<E> for Error {
    fn from(refusal: E) -> Self {
        Self(Refusal::Service(ServiceError::new(refusal.code(), refusal.text())))
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        error.0
    }
}

/// The code for an invalid input, with its reason.
pub fn invalid(reason: ValidationExceptionReason) -> ErrorCode {
    ErrorCode::ValidationException(Some(reason))
}
