//! The error type of this service. Errors are made from the model's codes and reasons.

use std::borrow::Cow;
use std::fmt;

use model::organizations::ErrorCode;
use model::organizations::errors::{
    AccessDeniedForDependencyExceptionReason, ConstraintViolationExceptionReason,
    HandshakeConstraintViolationExceptionReason, InvalidInputExceptionReason,
};
use model::{Refusal, ServiceError};

use crate::messages;

/// The result of a handler.
pub type Result<T> = std::result::Result<T, Error>;

/// An error of AWS Organizations, with its text.
#[derive(Clone, Debug, PartialEq)]
pub struct Error {
    code: ErrorCode,
    message: Cow<'static, str>,
}

impl Error {
    /// Adds a sentence to the text.
    #[must_use]
    pub fn with_detail(self, sentence: impl fmt::Display) -> Self {
        Self { message: format!("{} {sentence}", self.message).into(), ..self }
    }
}

impl From<ErrorCode> for Error {
    fn from(code: ErrorCode) -> Self {
        Self { code, message: messages::text(code).into() }
    }
}

macro_rules! reasons {
    ($($reason:ident => $code:ident)*) => {$(
        impl From<$reason> for Error {
            fn from(reason: $reason) -> Self {
                ErrorCode::$code(Some(reason)).into()
            }
        }
    )*};
}

reasons! {
    ConstraintViolationExceptionReason => ConstraintViolationException
    HandshakeConstraintViolationExceptionReason => HandshakeConstraintViolationException
    InvalidInputExceptionReason => InvalidInputException
    AccessDeniedForDependencyExceptionReason => AccessDeniedForDependencyException
}

impl From<world::BadToken> for Error {
    // Inferred: an empty token is on record with the text of INVALID_PATTERN (boto3, issue 4565).
    fn from(token: world::BadToken) -> Self {
        match token {
            world::BadToken::Empty => InvalidInputExceptionReason::InvalidPattern.into(),
            world::BadToken::Foreign => InvalidInputExceptionReason::InvalidNextToken.into(),
        }
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::Service(ServiceError::new(error.code, error.message))
    }
}

/// Requires a condition. The error is the refusal otherwise.
pub fn require<E>(held: bool, otherwise: E) -> std::result::Result<(), E> {
    if held { Ok(()) } else { Err(otherwise) }
}
