//! Splits a signature of the `Authorization` header, or of a presigned query string, into its parts.

use std::borrow::Cow;

use http::header::{DATE, HeaderName};
use memchr::memchr_iter;
use model::{FrontEnd, Refusal};

use crate::received::Received;

const AMZ_DATE: HeaderName = HeaderName::from_static("x-amz-date");
const AMZ_REGION_SET: HeaderName = HeaderName::from_static("x-amz-region-set");
const AMZ_SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");

/// The parts of a signature that orgdir reads.
pub struct Signature<'a> {
    /// The algorithm.
    pub algorithm: Cow<'a, str>,
    /// The access key's id and the scope.
    pub credential: Cow<'a, str>,
    /// The names of the headers that are signed.
    pub signed_headers: Cow<'a, str>,
    /// The time of signing.
    pub date: Date<'a>,
    /// The seconds for which a presigned request is valid.
    pub expires: Option<Cow<'a, str>>,
    /// The Regions of a signature for several Regions.
    pub region_set: Option<Cow<'a, str>>,
    /// The session's token.
    pub session_token: Option<Cow<'a, str>>,
}

/// The time of signing, as the request says it.
pub enum Date<'a> {
    /// A text in a place for the basic form of ISO 8601.
    Basic(Cow<'a, str>),
    /// The header `Date`, which may have HTTP's own form.
    Http,
}

/// The parts of a text between ASCII separators, as `str::split` gives them. On texts as short as these, `str::split`
/// takes several times as long.
pub fn parts(text: &str, separator: u8) -> impl Iterator<Item = &str> {
    let ends = memchr_iter(separator, text.as_bytes()).chain([text.len()]);
    let mut begin = 0;
    ends.map(move |end| {
        let part = &text[begin..end];
        begin = end + 1;
        part
    })
}

fn incomplete<T>(text: String) -> Result<T, Refusal> {
    Err(Refusal::FrontEnd(FrontEnd::IncompleteSignature, text.into()))
}

/// One sentence for each required part that is absent.
fn absent_parts<const N: usize>(required: [(&str, bool); N], sentence: impl Fn(&str) -> String) -> String {
    required.iter().filter(|(_, is_there)| !is_there).map(|(name, _)| sentence(name)).collect()
}

impl<'a> Signature<'a> {
    /// Reads the header. Of parameters that come twice the last counts.
    pub fn of_header(received: &Received<'a>, header: &'a str) -> Result<Self, Refusal> {
        let (algorithm, parameters) = header.trim().split_once(' ').unwrap_or((header.trim(), ""));
        let (mut credential, mut signature, mut signed_headers) = (None, None, None);
        for pair in parts(parameters, b',').flat_map(|part| parts(part, b' ')).filter(|pair| !pair.is_empty()) {
            let Some((key, value)) = pair.split_once('=') else {
                return incomplete(format!(
                    "'{pair}' not a valid key=value pair (missing equal-sign) in Authorization header: '{header}'."
                ));
            };
            let value = Some(value).filter(|value| !value.is_empty());
            match key {
                "Credential" => credential = value,
                "Signature" => signature = value,
                "SignedHeaders" => signed_headers = value,
                _ => {}
            }
        }
        let in_http_form = || received.headers.contains_key(DATE).then_some(Date::Http);
        let date = received.header(AMZ_DATE).map(Date::Basic).or_else(in_http_form);
        let required = [
            ("Credential", credential.is_some()),
            ("Signature", signature.is_some()),
            ("SignedHeaders", signed_headers.is_some()),
        ];
        let mut text = absent_parts(required, |name| format!("Authorization header requires '{name}' parameter. "));
        if date.is_none() {
            text.push_str("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
        }
        let (Some(credential), Some(signed_headers), Some(date), true) =
            (credential, signed_headers, date, text.is_empty())
        else {
            return incomplete(format!("{text}Authorization={header}"));
        };
        Ok(Self {
            algorithm: algorithm.into(),
            credential: credential.into(),
            signed_headers: signed_headers.into(),
            date,
            expires: None,
            region_set: received.header(AMZ_REGION_SET),
            session_token: received.header(AMZ_SECURITY_TOKEN),
        })
    }

    /// Reads the query string. Of parameters that come twice the first counts.
    pub fn of_query(received: &Received<'a>) -> Result<Self, Refusal> {
        let parameter = |name| received.query_parameter(name).filter(|value| !value.is_empty());
        let (algorithm, credential) = (parameter("X-Amz-Algorithm"), parameter("X-Amz-Credential"));
        let (signature, signed_headers) = (parameter("X-Amz-Signature"), parameter("X-Amz-SignedHeaders"));
        let date = parameter("X-Amz-Date");
        let required = [
            ("X-Amz-Algorithm", algorithm.is_some()),
            ("X-Amz-Credential", credential.is_some()),
            ("X-Amz-Signature", signature.is_some()),
            ("X-Amz-SignedHeaders", signed_headers.is_some()),
            ("X-Amz-Date", date.is_some()),
        ];
        let text = absent_parts(required, |name| format!("AWS query-string parameters must include '{name}'. "));
        let (Some(algorithm), Some(credential), Some(signed_headers), Some(date), true) =
            (algorithm, credential, signed_headers, date, text.is_empty())
        else {
            return incomplete(format!("{text}Re-examine the query-string parameters."));
        };
        Ok(Self {
            algorithm,
            credential,
            signed_headers,
            date: Date::Basic(date),
            expires: parameter("X-Amz-Expires"),
            region_set: parameter("X-Amz-Region-Set"),
            session_token: parameter("X-Amz-Security-Token"),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::parts;

    proptest! {
        #[test]
        fn parts_are_what_split_gives(text in "[a,ü]{0,9}") {
            prop_assert!(parts(&text, b',').eq(text.split(',')));
        }
    }
}
