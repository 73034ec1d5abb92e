//! The error type of this service. Most of its refusals are errors of the front end.
//!
//! The refusals of each resource are an enum in the resource's file.

use std::borrow::Cow;

use model::sts::ErrorCode;
use model::{FrontEnd, Refusal, ServiceError};

/// The result of a handler.
pub type Result<T> = std::result::Result<T, Error>;

/// A refusal of AWS STS.
#[derive(Clone, Debug, PartialEq)]
pub struct Error(Refusal);

/// The code of a refusal.
#[derive(Clone, Copy)]
pub enum Code {
    /// An error of the model.
    Modeled(ErrorCode),
    /// An error of the front end, which all services share.
    FrontEnd(FrontEnd),
}

/// The refusals of a resource.
pub trait Coded {
    fn code(&self) -> Code;

    /// The message of the error.
    fn text(&self) -> Cow<'static, str>;
}

impl<E: Coded> From<E> for Error {
    fn from(refusal: E) -> Self {
        Self(match refusal.code() {
            Code::Modeled(code) => Refusal::Service(ServiceError::new(code, refusal.text())),
            Code::FrontEnd(kind) => Refusal::FrontEnd(kind, refusal.text()),
        })
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        error.0
    }
}
