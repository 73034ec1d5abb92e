//! Refusals: the errors that answer requests.

use std::borrow::Cow;

use crate::operation::Operation;

/// An error of a service's model.
pub trait ModeledError: Copy + 'static {
    /// All errors of the service, without reasons.
    fn all() -> &'static [Self];

    /// The same error with each of its reasons. Empty for errors that carry none.
    fn reasons(self) -> Vec<Self>;

    /// The shape's name. Operations list their errors by it.
    fn name(self) -> &'static str;

    /// The code on the wire. It is mostly the name.
    fn code(self) -> &'static str;

    /// The HTTP status.
    fn status(self) -> u16;

    /// The reason, for errors that carry one.
    fn reason(self) -> Option<&'static str>;
}

/// A refusal, before its protocol writes it.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// An error that the service's model lists.
    Service(ServiceError),
    /// An error of AWS's front end, with its message. The front end is the same for all services.
    FrontEnd(FrontEnd, Cow<'static, str>),
    /// The operation is planned: orgdir does not answer it yet.
    Planned(&'static Operation),
    /// Another service did not answer orgdir's question. The text says which.
    Unreachable(Cow<'static, str>),
}

/// An error that the service's model lists.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceError {
    /// The shape's name.
    pub name: &'static str,
    /// The code on the wire.
    pub code: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// The reason, for errors that carry one.
    pub reason: Option<&'static str>,
    /// The message.
    pub message: Cow<'static, str>,
}

impl ServiceError {
    /// Makes an error with a message.
    pub fn new(code: impl ModeledError, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            name: code.name(),
            code: code.code(),
            status: code.status(),
            reason: code.reason(),
            message: message.into(),
        }
    }
}

/// The errors of AWS's front end, which answers before a service sees the request. Codes differ by protocol.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum FrontEnd {
    /// No credentials.
    MissingAuthenticationToken,
    /// The signature header or query cannot be read.
    IncompleteSignature,
    /// The signature is wrong, expired, or made at another time.
    InvalidSignature,
    /// The key, or its session token, is unknown.
    UnrecognizedClient,
    /// The session has expired.
    ExpiredToken,
    /// The caller may not do this.
    AccessDenied,
    /// The request names an unknown operation, or none.
    UnknownOperation,
    /// The Query protocol's request names no action.
    MissingAction,
    /// The query string cannot be read.
    MalformedQueryString,
    /// The bytes cannot be read.
    Serialization,
    /// A member breaks the model's limits.
    Validation,
    /// Two members do not go together.
    InvalidParameterValue,
    /// The body is longer than the server takes.
    RequestEntityTooLarge,
    /// The body did not arrive in time.
    RequestTimeout,
    /// An error of orgdir itself.
    InternalFailure,
}

impl Refusal {
    /// The code in the journal.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Service(error) => error.code,
            Self::FrontEnd(kind, _) => kind.code(),
            Self::Planned(_) => Self::PLANNED,
            Self::Unreachable(_) => Self::UNREACHABLE,
        }
    }

    /// The code for a planned operation. AWS has no such code.
    pub const PLANNED: &'static str = "OrgdirOperationPlanned";

    /// The code for another service that does not answer. AWS has no such code.
    pub const UNREACHABLE: &'static str = "OrgdirUpstreamUnreachable";
}

impl FrontEnd {
    /// The code in the JSON, CBOR and REST protocols.
    pub fn code(self) -> &'static str {
        match self {
            Self::MissingAuthenticationToken => "MissingAuthenticationTokenException",
            Self::IncompleteSignature => "IncompleteSignatureException",
            Self::InvalidSignature => "InvalidSignatureException",
            Self::UnrecognizedClient => "UnrecognizedClientException",
            Self::ExpiredToken => "ExpiredTokenException",
            Self::AccessDenied => "AccessDeniedException",
            Self::UnknownOperation | Self::MissingAction => "UnknownOperationException",
            Self::MalformedQueryString | Self::Serialization => "SerializationException",
            Self::Validation | Self::InvalidParameterValue => "ValidationException",
            Self::RequestEntityTooLarge => "RequestEntityTooLarge",
            Self::RequestTimeout => "RequestTimeoutException",
            Self::InternalFailure => "InternalFailure",
        }
    }

    /// The code in the Query protocol.
    pub fn query_code(self) -> &'static str {
        match self {
            Self::MissingAuthenticationToken => "MissingAuthenticationToken",
            Self::IncompleteSignature => "IncompleteSignature",
            Self::InvalidSignature => "SignatureDoesNotMatch",
            Self::UnrecognizedClient => "InvalidClientTokenId",
            Self::ExpiredToken => "ExpiredToken",
            Self::AccessDenied => "AccessDenied",
            Self::UnknownOperation => "InvalidAction",
            Self::MissingAction => "MissingAction",
            Self::MalformedQueryString => "MalformedQueryString",
            Self::Serialization => "MalformedInput",
            Self::Validation => "ValidationError",
            Self::InvalidParameterValue => "InvalidParameterValue",
            Self::RequestEntityTooLarge => "RequestEntityTooLarge",
            Self::RequestTimeout => "RequestTimeout",
            Self::InternalFailure => "InternalFailure",
        }
    }
}
