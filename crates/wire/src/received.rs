//! A request as received.

use std::borrow::Cow;

use http::header::AsHeaderName;
use http::{HeaderMap, Method};

/// A request as received, with its whole body.
#[derive(Clone, Copy, Debug)]
pub struct Received<'a> {
    /// The method.
    pub method: &'a Method,
    /// The path. Anything before the part that the protocol needs is ignored.
    pub path: &'a str,
    /// The text after the question mark.
    pub query: Option<&'a str>,
    /// The headers.
    pub headers: &'a HeaderMap,
    /// The body.
    pub body: &'a [u8],
}

impl<'a> Received<'a> {
    /// A header's text. Of several the first counts.
    pub(crate) fn header(&self, name: impl AsHeaderName) -> Option<Cow<'a, str>> {
        let bytes = self.headers.get(name)?.as_bytes();
        // Nearly all are UTF-8, and the lossy conversion is slow to find that out.
        Some(std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed))
    }

    /// The content type without its parameters. Empty when the header is absent.
    pub(crate) fn content_type(&self) -> &'a str {
        let text = self.headers.get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
        text.split(';').next().unwrap_or("").trim()
    }

    /// Whether the content type is one of JSON 1.1. AWS answers `application/json` in an envelope that no SDK reads.
    /// Here it counts as JSON 1.1.
    pub(crate) fn is_json(&self) -> bool {
        let content_type = self.content_type();
        ["application/x-amz-json-1.1", "application/json"].iter().any(|json| content_type.eq_ignore_ascii_case(json))
    }

    /// Whether the body is a form.
    pub(crate) fn is_form(&self) -> bool {
        self.method == Method::POST && self.content_type().eq_ignore_ascii_case("application/x-www-form-urlencoded")
    }

    /// The first parameter with this name in the query string.
    pub(crate) fn query_parameter(&self, name: &str) -> Option<Cow<'a, str>> {
        let pairs = form_urlencoded::parse(self.query?.as_bytes());
        pairs.into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The parameters of the Query protocol: first the body's, if it is a form, then the query string's.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)> + use<'a> {
        let body = if self.is_form() { self.body } else { &[] };
        form_urlencoded::parse(body).chain(form_urlencoded::parse(self.query.unwrap_or("").as_bytes()))
    }

    /// Whether headers or query string carry a signature.
    pub(crate) fn is_signed(&self) -> bool {
        self.headers.contains_key(http::header::AUTHORIZATION) || self.query_parameter("X-Amz-Algorithm").is_some()
    }
}
