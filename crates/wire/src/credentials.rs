//! Reads who signed a request, and words AWS's errors for a signature that cannot be read.
//!
//! The signature itself is not verified, and a header's date may be any: worlds have clocks of their own, and clients
//! fake time. Only a presigned request can expire, since it carries its own lifetime.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use http::header::AUTHORIZATION;
use model::{FrontEnd, Protocol, Refusal, ServiceModel, Timestamp};

use crate::received::Received;
use crate::route::Route;
use crate::signature::{Date, Signature, parts};

/// The claims of a signature about its maker.
#[derive(Clone, Eq, PartialEq)]
pub struct Credentials {
    /// The access key's id.
    pub access_key_id: String,
    /// The Region of the signature's scope. Any text is accepted.
    pub region: String,
    /// The session's token, for temporary keys.
    pub session_token: Option<String>,
}

impl Credentials {
    /// The credentials of an unsigned request, whose content proves who sends it.
    fn unsigned() -> Self {
        Self { access_key_id: String::new(), region: "us-east-1".to_owned(), session_token: None }
    }
}

/// Prints stars for the session token, which is as good as a password.
impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let session_token = self.session_token.as_ref().map(|_| "***");
        f.debug_struct("Credentials")
            .field("access_key_id", &self.access_key_id)
            .field("region", &self.region)
            .field("session_token", &session_token)
            .finish()
    }
}

/// Reads the signature of a header or of a presigned query. Checks come in AWS's order.
pub fn credentials(received: &Received<'_>, route: &Route, real_now: Timestamp) -> Result<Credentials, Refusal> {
    let protocol = route.protocol;
    let header = received.header(AUTHORIZATION);
    let is_presigned = received.query_parameter("X-Amz-Algorithm").is_some();
    let signature = match &header {
        Some(_) if is_presigned => return Err(two_signatures(protocol)),
        None if !is_presigned && route.operation.unsigned => return Ok(Credentials::unsigned()),
        None if !is_presigned => return Err(missing(protocol)),
        Some(header) => {
            check_algorithm(header, protocol)?;
            Signature::of_header(received, header)?
        }
        None => Signature::of_query(received)?,
    };
    check_dates(&signature, real_now)?;
    let host_is_signed = parts(&signature.signed_headers, b';').any(|name| name == "host" || name == ":authority");
    if !host_is_signed {
        let text = "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.";
        return refused(FrontEnd::InvalidSignature, text);
    }
    check_scope(&signature, route.operation.service)
}

fn refused<T>(kind: FrontEnd, text: impl Into<Cow<'static, str>>) -> Result<T, Refusal> {
    Err(Refusal::FrontEnd(kind, text.into()))
}

fn missing(protocol: Protocol) -> Refusal {
    let text = if protocol == Protocol::AwsQuery {
        "Request is missing Authentication Token"
    } else {
        "Missing Authentication Token"
    };
    Refusal::FrontEnd(FrontEnd::MissingAuthenticationToken, text.into())
}

fn two_signatures(protocol: Protocol) -> Refusal {
    let text = "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.";
    Refusal::FrontEnd(FrontEnd::InvalidSignature, if protocol == Protocol::AwsQuery { "" } else { text }.into())
}

/// The usual algorithm. It signs for one Region.
const ALGORITHM: &str = "AWS4-HMAC-SHA256";
/// The asymmetric algorithm. It signs for a set of Regions, and its scope has no Region.
const ALGORITHM_OF_REGIONS: &str = "AWS4-ECDSA-P256-SHA256";

/// Checks the algorithm. The JSON front end has no such check in the records: it goes on to the parameters.
fn check_algorithm(header: &str, protocol: Protocol) -> Result<(), Refusal> {
    if protocol != Protocol::AwsQuery {
        return Ok(());
    }
    let algorithm = header.split_whitespace().next().unwrap_or("");
    if algorithm != ALGORITHM && algorithm != ALGORITHM_OF_REGIONS {
        return refused(FrontEnd::IncompleteSignature, format!("Unsupported AWS 'algorithm': '{algorithm}'."));
    }
    Ok(())
}

/// Checks the form of the date, and whether a presigned request has expired.
fn check_dates(signature: &Signature<'_>, real_now: Timestamp) -> Result<(), Refusal> {
    let Date::Basic(text) = &signature.date else {
        return Ok(());
    };
    let Some(signed_at) = parse_basic(text) else {
        let text =
            format!("Date must be in ISO-8601 'basic format'. Got '{text}'. See http://en.wikipedia.org/wiki/ISO_8601");
        return refused(FrontEnd::IncompleteSignature, text);
    };
    let Some(expires) = &signature.expires else {
        return Ok(());
    };
    let Ok(seconds) = expires.parse::<u32>() else {
        // Inferred: a text in AWS's style; no record of it was found for these services.
        return refused(FrontEnd::IncompleteSignature, format!("X-Amz-Expires should be a number. Got '{expires}'."));
    };
    let good_for = Duration::from_secs(seconds.into());
    if real_now <= signed_at.after(good_for) {
        return Ok(());
    }
    // Inferred: the text for the 15 minutes of a header's signature, with the request's own span in their place.
    let least = Timestamp::from_millis(real_now.as_millis() - i64::from(seconds) * 1000);
    let span = if seconds % 60 == 0 { format!("{} min.", seconds / 60) } else { format!("{seconds} sec.") };
    let (least, now) = (format_basic(least), format_basic(real_now));
    refused(
        FrontEnd::InvalidSignature,
        format!("Signature expired: {text} is now earlier than {least} ({now} - {span})"),
    )
}

/// Reads the basic form, such as `20261123T105517Z`.
fn parse_basic(text: &str) -> Option<Timestamp> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let is_basic = (date.len(), time.len()) == (8, 6) && (date.bytes().chain(time.bytes())).all(|c| c.is_ascii_digit());
    if !is_basic {
        return None;
    }
    let (date, time) = (date.parse::<u32>().ok()?, time.parse::<u32>().ok()?);
    Timestamp::of_date([date / 10_000, date / 100 % 100, date % 100], [time / 10_000, time / 100 % 100, time % 100])
}

fn format_basic(at: Timestamp) -> String {
    at.to_iso_seconds().replace(['-', ':'], "")
}

/// Reads the credential's scope. One text lists all that is wrong with it.
fn check_scope(signature: &Signature<'_>, service: &ServiceModel) -> Result<Credentials, Refusal> {
    let parts: Vec<&str> = parts(&signature.credential, b'/').collect();
    let region_set = signature.region_set.as_deref().unwrap_or("*");
    let (key, date, region, named, term) = match parts[..] {
        [key, date, region, named, term] => (key, date, region, named, term),
        [key, date, named, term] if signature.algorithm == ALGORITHM_OF_REGIONS => (key, date, region_set, named, term),
        _ => {
            let text = format!(
                "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got \
                 '{}'",
                signature.credential
            );
            return refused(FrontEnd::IncompleteSignature, text);
        }
    };
    let mut wrong = Vec::new();
    if region.is_empty() {
        wrong.push(format!("Credential should be scoped to a valid region, not '{region}'. "));
    }
    if named != service.signing_name {
        wrong.push(format!("Credential should be scoped to correct service: '{}'. ", service.signing_name));
    }
    if term != "aws4_request" {
        wrong.push(format!("Credential should be scoped with a valid terminator: 'aws4_request', not '{term}'. "));
    }
    if let Date::Basic(at) = &signature.date
        && at.get(..8) != Some(date)
    {
        let day = at.get(..8).unwrap_or("");
        wrong.push(format!(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{date}' != \
             '{day}', \
             from '{at}'."
        ));
    }
    if !wrong.is_empty() {
        return refused(FrontEnd::InvalidSignature, wrong.concat());
    }
    Ok(Credentials {
        access_key_id: key.to_owned(),
        region: region.to_owned(),
        session_token: signature.session_token.as_deref().map(str::to_owned),
    })
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue, Method};
    use model::{organizations, sts};

    use super::*;

    const GOOD: &str = "AWS4-HMAC-SHA256 \
        Credential=AKIAIOSFODNN7EXAMPLE/20261123/eu-west-9/organizations/aws4_request, \
                        SignedHeaders=host;x-amz-date, Signature=00";
    const NOW: Timestamp = Timestamp::from_millis(1_795_431_600_000);

    fn ask(route: &Route, query: Option<&str>, headers: &[(&'static str, &str)]) -> Result<Credentials, Refusal> {
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_str(value).unwrap()))
            .collect();
        let received = Received { method: &Method::POST, path: "/", query, headers: &headers, body: b"" };
        credentials(&received, route, NOW)
    }

    fn json() -> Route {
        Route { protocol: Protocol::AwsJson, operation: &organizations::OPERATIONS[0] }
    }

    fn query() -> Route {
        Route { protocol: Protocol::AwsQuery, operation: sts::SERVICE.operation("GetCallerIdentity").unwrap() }
    }

    fn text(answer: Result<Credentials, Refusal>) -> (FrontEnd, String) {
        match answer {
            Err(Refusal::FrontEnd(kind, text)) => (kind, text.into_owned()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn reads_a_header() {
        let date = ("x-amz-date", "20261123T105517Z");
        let read = ask(&json(), None, &[date, ("authorization", GOOD), ("x-amz-security-token", "t")]).unwrap();
        assert_eq!((&*read.access_key_id, &*read.region), ("AKIAIOSFODNN7EXAMPLE", "eu-west-9"));
        assert_eq!(read.session_token.as_deref(), Some("t"));
        assert!(!format!("{read:?}").contains("\"t\""));
        let in_http_form = ("date", "Mon, 23 Nov 2026 10:55:17 GMT");
        assert!(ask(&json(), None, &[in_http_form, ("authorization", GOOD)]).is_ok());
        let old = [("x-amz-date", "20011123T105517Z"), ("authorization", &GOOD.replace("20261123", "20011123"))];
        assert!(ask(&json(), None, &old).is_ok(), "the age of a header's signature does not count");
    }

    #[test]
    fn an_unsigned_operation_needs_no_signature() {
        for name in ["AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"] {
            let route = Route { protocol: Protocol::AwsQuery, operation: sts::SERVICE.operation(name).unwrap() };
            assert_eq!(ask(&route, None, &[]).unwrap(), Credentials::unsigned());
            assert_eq!(text(ask(&route, None, &[("authorization", "X")])).0, FrontEnd::IncompleteSignature);
        }
    }

    #[test]
    fn missing_parts_have_aws_words() {
        let (kind, json_text) = text(ask(&json(), None, &[]));
        assert_eq!((kind, &*json_text), (FrontEnd::MissingAuthenticationToken, "Missing Authentication Token"));
        assert_eq!(text(ask(&query(), None, &[])).1, "Request is missing Authentication Token");
        let (kind, all) = text(ask(&json(), None, &[("authorization", "X")]));
        assert_eq!(kind, FrontEnd::IncompleteSignature);
        assert_eq!(
            all,
            "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' \
             parameter. \
             Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of \
             either a \
             'X-Amz-Date' or a 'Date' header. Authorization=X"
        );
        assert_eq!(text(ask(&query(), None, &[("authorization", "X")])).1, "Unsupported AWS 'algorithm': 'X'.");
        let (_, all) = text(ask(&query(), Some("X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=x"), &[]));
        assert_eq!(
            all,
            "AWS query-string parameters must include 'X-Amz-Credential'. AWS query-string parameters must include \
             'X-Amz-Signature'. AWS query-string parameters must include 'X-Amz-SignedHeaders'. Re-examine the \
             query-string parameters."
        );
        let (kind, both) = text(ask(&json(), Some("X-Amz-Algorithm=a"), &[("authorization", GOOD)]));
        assert_eq!(kind, FrontEnd::InvalidSignature);
        assert!(both.starts_with("Found both 'X-Amz-Algorithm' as a query-string param"), "{both}");
        assert_eq!(text(ask(&query(), Some("X-Amz-Algorithm=a"), &[("authorization", GOOD)])).1, "");
    }

    #[test]
    fn damaged_parts_have_aws_words() {
        let at =
            |date: &str, header: &str| text(ask(&json(), None, &[("x-amz-date", date), ("authorization", header)]));
        let date = "20261123T105517Z";
        for (header, kind, part) in [
            (
                &*GOOD.replace("Signature=00", "TEXT"),
                FrontEnd::IncompleteSignature,
                "'TEXT' not a valid key=value pair",
            ),
            (&GOOD.replace("host;", ""), FrontEnd::InvalidSignature, "'Host' or ':authority' must be"),
            (&GOOD.replace("/eu-west-9", ""), FrontEnd::IncompleteSignature, "Credential must have exactly 5"),
            (&GOOD.replace("eu-west-9", ""), FrontEnd::InvalidSignature, "to a valid region, not ''. "),
            (&GOOD.replace("organizations", "ds"), FrontEnd::InvalidSignature, "correct service: 'organizations'. "),
            (&GOOD.replace("aws4_request", "x"), FrontEnd::InvalidSignature, "terminator: 'aws4_request', not 'x'. "),
            (
                &GOOD.replace("1123", "1124"),
                FrontEnd::InvalidSignature,
                "'20261124' != '20261123', from '20261123T1055",
            ),
        ] {
            let (found, text) = at(date, header);
            assert_eq!(found, kind, "{text}");
            assert!(text.contains(part), "{text}");
        }
        for wrong in
            ["yesterday", "2026-11-23T10:55:17Z", "20261123T105517+", "20261323T105517Z", "2026112\u{e9}T105517"]
        {
            assert!(at(wrong, GOOD).1.starts_with("Date must be in ISO-8601 'basic format'. Got '"), "{wrong}");
        }
    }

    #[test]
    fn a_presigned_request_expires() {
        let presigned = |date: &str, expires: &str| {
            let text = format!(
                "Action=GetCallerIdentity&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIA%2F20261123%2Fus-east-1\
                 %2Fsts%2Faws4_request&X-Amz-Date={date}&X-Amz-Expires={expires}&X-Amz-SignedHeaders=host\
                 &X-Amz-Signature=0"
            );
            ask(&query(), Some(&text), &[])
        };
        assert_eq!(presigned("20261123T105517Z", "3600").unwrap().region, "us-east-1");
        let (kind, expired) = text(presigned("20261123T105517Z", "60"));
        assert_eq!(kind, FrontEnd::InvalidSignature);
        assert!(expired.starts_with("Signature expired: 20261123T105517Z is now earlier than "), "{expired}");
        for wrong in ["soon", "-1", "99999999999999999999"] {
            assert_eq!(text(presigned("20261123T105517Z", wrong)).0, FrontEnd::IncompleteSignature);
        }
    }
}
