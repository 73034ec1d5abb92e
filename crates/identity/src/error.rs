//! The error of this service, most of whose refusals are the front end's.
//!
//! Each resource has an enum of its refusals in its own file, so this file knows no resource.

use std::borrow::Cow;

use model::sts::ErrorCode;
use model::{FrontEnd, Refusal, ServiceError};

/// What a handler answers.
pub type Result<T> = std::result::Result<T, Error>;

/// A refusal of AWS STS.
#[derive(Clone, Debug, PartialEq)]
pub struct Error(Refusal);

/// What a refusal has as its code.
#[derive(Clone, Copy)]
pub enum Code {
    /// An error that the model lists.
    Modeled(ErrorCode),
    /// An error of the front end, which STS shares.
    FrontEnd(FrontEnd),
}

/// The refusals of a resource.
pub trait Coded {
    /// The code.
    fn code(&self) -> Code;

    /// The text.
    fn text(&self) -> Cow<'static, str>;
}

impl<E: Coded> From<E> for Error {
    fn from(refused: E) -> Self {
        Self(match refused.code() {
            Code::Modeled(code) => Refusal::Service(ServiceError::new(code, refused.text())),
            Code::FrontEnd(kind) => Refusal::FrontEnd(kind, refused.text()),
        })
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        error.0
    }
}
