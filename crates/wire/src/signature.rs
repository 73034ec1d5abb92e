//! A signature taken apart, from the `Authorization` header or from the query string of a presigned request.

use std::borrow::Cow;

use http::header::{DATE, HeaderName};
use memchr::memchr_iter;
use model::{FrontEnd, Refusal};

use crate::received::Received;

const AMZ_DATE: HeaderName = HeaderName::from_static("x-amz-date");
const AMZ_REGION_SET: HeaderName = HeaderName::from_static("x-amz-region-set");
const AMZ_SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");

/// What a signature consists of, as far as it is looked at.
pub struct Signature<'a> {
    /// The algorithm.
    pub algorithm: Cow<'a, str>,
    /// The access key's id and the scope.
    pub credential: Cow<'a, str>,
    /// The names of the headers that are signed.
    pub signed_headers: Cow<'a, str>,
    /// When it was made.
    pub date: Date<'a>,
    /// For how many seconds a presigned request is good.
    pub expires: Option<Cow<'a, str>>,
    /// The Regions of a signature that is not for one alone.
    pub region_set: Option<Cow<'a, str>>,
    /// The session's token.
    pub session_token: Option<Cow<'a, str>>,
}

/// When a signature says that it was made.
pub enum Date<'a> {
    /// In a place that is for the basic form of ISO 8601.
    Basic(Cow<'a, str>),
    /// In the header `Date`, which may be in HTTP's own form.
    Http,
}

/// The parts of a text between separators, as `str::split` gives them. The separator is ASCII. On texts as short as
/// those of a signature, `str::split` takes several times as long.
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

/// A sentence for each required part that is absent.
fn lacking<const N: usize>(required: [(&str, bool); N], sentence: impl Fn(&str) -> String) -> String {
    required.iter().filter(|(_, is_there)| !is_there).map(|(name, _)| sentence(name)).collect()
}

impl<'a> Signature<'a> {
    /// Takes the header apart. Of parameters that come twice the last counts.
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
        let mut text = lacking(required, |name| format!("Authorization header requires '{name}' parameter. "));
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

    /// Takes the query string apart. Of parameters that come twice the first counts.
    pub fn of_query(received: &Received<'a>) -> Result<Self, Refusal> {
        let given = |name| received.query_parameter(name).filter(|value| !value.is_empty());
        let (algorithm, credential) = (given("X-Amz-Algorithm"), given("X-Amz-Credential"));
        let (signature, signed_headers) = (given("X-Amz-Signature"), given("X-Amz-SignedHeaders"));
        let date = given("X-Amz-Date");
        let required = [
            ("X-Amz-Algorithm", algorithm.is_some()),
            ("X-Amz-Credential", credential.is_some()),
            ("X-Amz-Signature", signature.is_some()),
            ("X-Amz-SignedHeaders", signed_headers.is_some()),
            ("X-Amz-Date", date.is_some()),
        ];
        let text = lacking(required, |name| format!("AWS query-string parameters must include '{name}'. "));
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
            expires: given("X-Amz-Expires"),
            region_set: given("X-Amz-Region-Set"),
            session_token: given("X-Amz-Security-Token"),
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
