//! Headers that are for the other end, and those that are for the next one only (RFC 9110, section 7.6.1).

use std::collections::BTreeSet;

use http::header::{CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING, VIA};
use http::{HeaderMap, HeaderName, HeaderValue};

/// What is never for the other end.
const HOP_BY_HOP: [&str; 6] = ["connection", "keep-alive", "proxy-connection", "te", "transfer-encoding", "upgrade"];

/// How a message that was passed on says so.
const OWN: &str = "1.1 orgdir";

/// Takes off what is for the next one only, and leaves the rest in its order.
pub fn strip(headers: &mut HeaderMap) {
    let listed: BTreeSet<String> = headers
        .get_all(CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|name| name.trim().to_lowercase())
        .collect();
    // Where both tell how long a body is, the length is not to be believed (RFC 9112, section 6.3).
    let is_chunked = headers.contains_key(TRANSFER_ENCODING);
    let is_for_the_next = |name: &HeaderName| {
        let name = name.as_str();
        HOP_BY_HOP.contains(&name) || listed.contains(name) || is_chunked && name == CONTENT_LENGTH
    };
    let all = std::mem::take(headers);
    headers.extend(
        all.iter().filter(|(name, _)| !is_for_the_next(name)).map(|(name, value)| (name.clone(), value.clone())),
    );
}

/// Says that a request was passed on.
pub fn sign(headers: &mut HeaderMap) {
    headers.append(VIA, HeaderValue::from_static(OWN));
}

/// Whether a request was passed on already: the upstream leads back here.
pub fn is_signed(headers: &HeaderMap) -> bool {
    headers.get_all(VIA).iter().any(|value| value.to_str().is_ok_and(|value| value.split(", ").any(|via| via == OWN)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_for_the_next_one_goes_and_the_rest_stays() {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("host", "example.com"),
            ("connection", "close, X-Own"),
            ("connection", "x-other"),
            ("x-own", "1"),
            ("x-other", "1"),
            ("keep-alive", "timeout=5"),
            ("proxy-connection", "close"),
            ("te", "trailers"),
            ("transfer-encoding", "chunked"),
            ("content-length", "7"),
            ("upgrade", "h2c"),
            ("expect", "100-continue"),
            ("x-twice", "1"),
            ("x-twice", "2"),
        ] {
            headers.append(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        strip(&mut headers);
        let left: Vec<_> = headers.iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect();
        assert_eq!(left, [("host", "example.com"), ("expect", "100-continue"), ("x-twice", "1"), ("x-twice", "2")]);
        assert!(!is_signed(&headers));
        sign(&mut headers);
        assert!(is_signed(&headers));
    }
}
