//! The error of this service: like that of Directory Service, it knows no resource.

use model::ds_data::ErrorCode;
use model::ds_data::errors::ValidationExceptionReason;
use model::{Refusal, ServiceError};

use crate::error::Coded;

/// What a handler answers.
pub type Result<T> = std::result::Result<T, Error>;

/// A refusal of Directory Service Data. All texts are inferred: none is public, and clients go by the code and the
/// reason.
#[derive(Clone, Debug, PartialEq)]
pub struct Error(Refusal);

impl<E: Coded<ErrorCode>> From<E> for Error {
    fn from(refused: E) -> Self {
        Self(Refusal::Service(ServiceError::new(refused.code(), refused.text())))
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        error.0
    }
}

/// The code for an input that is wrong for this reason.
pub fn invalid(reason: ValidationExceptionReason) -> ErrorCode {
    ErrorCode::ValidationException(Some(reason))
}
