//! The error type of this service. Errors are made from the model's codes and reasons.

use std::borrow::Cow;
use std::fmt;

use model::organizations::ErrorCode;
use model::organizations::errors::{
    AccessDeniedForDependencyExceptionReason, ConstraintViolationExceptionReason,
    HandshakeConstraintViolationExceptionReason, InvalidInputExceptionReason,
};
use model::{ModeledError, Refusal, ServiceError};

use crate::messages;

/// The result of a handler.
pub type Result<T> = std::result::Result<T, Error>;

/// An error of AWS Organizations, with its text.
#[derive(Clone, Debug, PartialEq)]
pub struct Error {
    code: ErrorCode,
    reason: Option<Cow<'static, str>>,
    message: Cow<'static, str>,
}

impl Error {
    /// An input that AWS's front end refuses for a member: its name stands after the reason's word.
    pub fn of_member(reason: InvalidInputExceptionReason, member: &str) -> Self {
        Self { reason: Some(format!("{}:{member}", reason.as_str()).into()), ..reason.into() }
    }

    /// An error with a reason that the model lacks, and its text.
    pub fn unmodeled(code: ErrorCode, reason: &'static str, message: &'static str) -> Self {
        Self { code, reason: Some(reason.into()), message: message.into() }
    }

    /// The same error with another text.
    #[must_use]
    pub fn with_text(self, message: String) -> Self {
        Self { message: message.into(), ..self }
    }

    /// Adds a sentence to the text.
    #[must_use]
    pub fn with_detail(self, sentence: impl fmt::Display) -> Self {
        Self { message: format!("{} {sentence}", self.message).into(), ..self }
    }
}

impl From<ErrorCode> for Error {
    fn from(code: ErrorCode) -> Self {
        Self { code, reason: code.reason().map(Cow::Borrowed), message: messages::text(code).into() }
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
    // Recorded of an empty token too, in two operations (captures of radkawar/stackd, 9dc356f).
    fn from(_: world::BadToken) -> Self {
        InvalidInputExceptionReason::InvalidNextToken.into()
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::Service(ServiceError { reason: error.reason, ..ServiceError::new(error.code, error.message) })
    }
}

/// Requires a condition. The error is the refusal otherwise.
pub fn require<E>(held: bool, otherwise: E) -> std::result::Result<(), E> {
    if held { Ok(()) } else { Err(otherwise) }
}
