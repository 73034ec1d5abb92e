//! Decides whether a request is for a service here or for another one.

use model::{Protocol, SERVICES};

use crate::detect::{detect, is_cbor_name};
use crate::received::Received;
use crate::scope;
use crate::services::with_protocol;

/// The service that a request is for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Addressee {
    /// A service that orgdir serves.
    Served,
    /// Another service, or none.
    Other,
    /// The head does not say: the request is not signed, and its body is a form.
    InBody,
}

/// Decides by the head of a request. An `X-Amz-Target` or CBOR path of a served service counts most, then the service
/// in the signature's scope. An unsigned request is for a served service when it names an operation of one.
pub fn addressee(head: &Received<'_>) -> Addressee {
    let served = |is_served| if is_served { Addressee::Served } else { Addressee::Other };
    if names_served_target(head) {
        return Addressee::Served;
    }
    match scope::service(head) {
        Some(signed_for) => served(SERVICES.iter().any(|service| service.signing_name == signed_for)),
        None if head.is_form() && !head.headers.contains_key("x-amz-target") => Addressee::InBody,
        None => served(detect(head).is_ok()),
    }
}

/// The service that a request is signed for, unless orgdir serves it.
pub fn other_service(received: &Received<'_>) -> Option<String> {
    scope::service(received).filter(|_| addressee(received) == Addressee::Other)
}

fn names_served_target(head: &Received<'_>) -> bool {
    if head.headers.contains_key("smithy-protocol") {
        let segments: Vec<&str> = head.path.split('/').skip(1).collect();
        let is_own = |text: &str| with_protocol(Protocol::RpcCbor).any(|service| is_cbor_name(service, text));
        return segments.windows(3).any(|three| three[0] == "service" && is_own(three[1]));
    }
    let target = head.header("x-amz-target");
    let prefix = target.as_deref().and_then(|target| target.split_once('.')).map_or("", |(prefix, _)| prefix);
    with_protocol(Protocol::AwsJson).any(|service| service.target_prefix == prefix)
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue, Method};

    use super::*;

    /// The addressee of a request that is signed for a service. An empty name means unsigned.
    fn addressee_of(method: &Method, target: &str, signed_for: &str, headers: &[(&'static str, &str)]) -> Addressee {
        let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
        let mut sent: HeaderMap = headers
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_str(value).unwrap()))
            .collect();
        if !signed_for.is_empty() {
            let text = format!(
                "AWS4-HMAC-SHA256 Credential=111111111111/20261123/us-east-1/{signed_for}/aws4_request, \
                 SignedHeaders=host, \
                 Signature=00"
            );
            sent.insert("authorization", HeaderValue::from_str(&text).unwrap());
        }
        addressee(&Received { method, path, query, headers: &sent, body: b"" })
    }

    #[test]
    fn the_scope_of_the_signature_decides() {
        for service in ["organizations", "ds", "ds-data", "sts"] {
            assert_eq!(addressee_of(&Method::GET, "/some/where", service, &[]), Addressee::Served, "{service}");
        }
        for service in ["s3", "ec2", "iam", "logs", "dsx", "route53"] {
            assert_eq!(addressee_of(&Method::GET, "/", service, &[]), Addressee::Other, "{service}");
            assert_eq!(
                addressee_of(&Method::POST, "/bucket/Users/ListUsers", service, &[]),
                Addressee::Other,
                "{service}"
            );
            let form = [("content-type", "application/x-www-form-urlencoded")];
            assert_eq!(addressee_of(&Method::POST, "/", service, &form), Addressee::Other, "{service}");
        }
        let presigned =
            "/key?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=1%2F20261123%2Fus-east-1%2Fs3%2Faws4_request";
        assert_eq!(addressee_of(&Method::GET, presigned, "", &[]), Addressee::Other);
        assert_eq!(addressee_of(&Method::GET, &presigned.replace("%2Fs3%2F", "%2Fsts%2F"), "", &[]), Addressee::Served);
    }

    #[test]
    fn a_served_target_decides_before_the_signature() {
        let json = |target| [("content-type", "application/x-amz-json-1.1"), ("x-amz-target", target)];
        let own = json("AWSOrganizationsV20161128.NoOperation");
        assert_eq!(addressee_of(&Method::POST, "/", "", &own), Addressee::Served);
        assert_eq!(addressee_of(&Method::POST, "/", "iam", &own), Addressee::Served);
        assert_eq!(addressee_of(&Method::POST, "/", "", &json("AWSCognitoIdentityService.GetId")), Addressee::Other);
        let cbor = [("smithy-protocol", "rpc-v2-cbor")];
        let path = |service| format!("/service/{service}/operation/DescribeDirectories");
        assert_eq!(addressee_of(&Method::POST, &path("DirectoryService_20150416"), "", &cbor), Addressee::Served);
        assert_eq!(
            addressee_of(&Method::POST, &path("GraniteServiceVersion20100801"), "monitoring", &cbor),
            Addressee::Other
        );
    }

    #[test]
    fn the_operation_of_an_unsigned_request_decides() {
        assert_eq!(addressee_of(&Method::GET, "/bucket/key", "", &[]), Addressee::Other);
        assert_eq!(
            addressee_of(&Method::GET, "/?Action=GetCallerIdentity&Version=2011-06-15", "", &[]),
            Addressee::Served
        );
        assert_eq!(addressee_of(&Method::GET, "/?Action=ListTopics&Version=2010-03-31", "", &[]), Addressee::Other);
        let form = [("content-type", "application/x-www-form-urlencoded")];
        assert_eq!(addressee_of(&Method::POST, "/", "", &form), Addressee::InBody);
        let old = [("authorization", "AWS 111111111111:c2lnbmF0dXJl")];
        assert_eq!(addressee_of(&Method::PUT, "/bucket/key", "", &old), Addressee::Other);
    }
}
