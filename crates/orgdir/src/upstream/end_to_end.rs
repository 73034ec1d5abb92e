//! Separates end-to-end headers from hop-by-hop headers (RFC 9110, section 7.6.1).

use std::collections::BTreeSet;

use http::header::{CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING, VIA};
use http::{HeaderMap, HeaderName, HeaderValue};

/// Headers that are always hop-by-hop.
const HOP_BY_HOP: [&str; 6] = ["connection", "keep-alive", "proxy-connection", "te", "transfer-encoding", "upgrade"];

/// The value of `Via` in a message that orgdir passed on.
const OWN: &str = "1.1 orgdir";

/// Removes the hop-by-hop headers. The others keep their order.
pub fn strip(headers: &mut HeaderMap) {
    let listed: BTreeSet<String> = headers
        .get_all(CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|name| name.trim().to_lowercase())
        .collect();
    // Where both headers are present, `Content-Length` is wrong (RFC 9112, section 6.3).
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

/// Adds `Via` to a request.
pub fn add_via(headers: &mut HeaderMap) {
    headers.append(VIA, HeaderValue::from_static(OWN));
}

/// Whether orgdir passed the request on already, because the upstream leads back here.
pub fn has_own_via(headers: &HeaderMap) -> bool {
    headers.get_all(VIA).iter().any(|value| value.to_str().is_ok_and(|value| value.split(", ").any(|via| via == OWN)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_end_to_end_headers_stay() {
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
        assert!(!has_own_via(&headers));
        add_via(&mut headers);
        assert!(has_own_via(&headers));
    }
}
