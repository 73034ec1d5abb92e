//! Bytes become typed requests, and typed answers become bytes, in four protocols. The model says which of them a
//! service speaks. Any service may speak any of them.
//!
//! [`detect()`] finds the protocol and the operation, [`Route::decode`] makes the typed input, and [`credentials()`]
//! reads who signed. [`Route::encode`] and [`Route::refuse`] write the answer. Input goes straight from the bytes into
//! the operation's own type. When that fails, or a limit is broken, a slow walk over the same bytes finds AWS's words
//! for the error.
//!
//! Invariants: no bytes make this crate panic, recurse without bound, or take more memory than a small multiple of
//! their length. The one table of limits in `model` holds for all protocols. Nothing here depends on a world, a clock
//! or a socket.
//!
//! ```
//! use http::{HeaderMap, HeaderValue, Method};
//! let mut headers = HeaderMap::new();
//! headers.insert("content-type", HeaderValue::from_static("application/x-amz-json-1.1"));
//! headers.insert("x-amz-target", HeaderValue::from_static("AWSOrganizationsV20161128.DescribeAccount"));
//! let body = br#"{"AccountId":"111111111111"}"#;
//! let received = wire::Received { method: &Method::POST, path: "/", query: None, headers: &headers, body };
//! let route = wire::detect(&received).unwrap();
//! assert_eq!(route.operation.name, "DescribeAccount");
//! assert_eq!(route.decode(&received).unwrap().operation(), route.operation);
//! ```

mod addressee;
mod answer;
mod cbor;
mod credentials;
mod detect;
mod form;
mod json;
mod protocol;
mod received;
mod route;
mod scope;
mod services;
mod signature;
mod tree;
mod undecodable;
mod unmodeled;
mod unreachable;
mod unroutable;
mod walk;
mod xml;

pub use addressee::{Addressee, addressee, other_service};
pub use credentials::{Credentials, credentials};
pub use detect::detect;
pub use model::Protocol;
pub use received::Received;
pub use route::Route;
pub use undecodable::Undecodable;
pub use unreachable::unreachable;
pub use unroutable::Unroutable;
