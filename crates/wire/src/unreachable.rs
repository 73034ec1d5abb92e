//! The answer to a request for another service that did not answer, in a form that the request's sender reads.

use http::Response;
use model::Refusal;

use crate::answer::{self, ErrorBody};
use crate::protocol::{aws_json, aws_query, rest_json, rpc_cbor};
use crate::received::Received;
use crate::services::xml_namespace;
use crate::{scope, xml};

/// Services whose errors are XML with the error at the top.
const BARE_XML: [&str; 4] = ["s3", "s3express", "s3-object-lambda", "s3-outposts"];
/// Services without a target or an action whose errors are XML in an envelope.
const XML: [&str; 2] = ["cloudfront", "route53"];

/// An error with the code [`Refusal::UNREACHABLE`] and a status that no SDK tries again. Only the head of the request
/// decides its form.
pub fn unreachable(head: &Received<'_>, text: &str, request_id: &str) -> Response<Vec<u8>> {
    let error = ErrorBody::unreachable(text);
    let signed_for = scope::service(head);
    let in_query = || aws_query::render(&error, xml_namespace(head), request_id);
    let xml = |body: String| answer::typed(error.status, "text/xml", request_id, body.into_bytes());
    match signed_for.as_deref() {
        _ if head.headers.contains_key("smithy-protocol") => rpc_cbor::render(&error, request_id),
        _ if head.headers.contains_key("x-amz-target") => aws_json::render(&error, request_id),
        Some("ec2") => xml(xml::ec2_error_response(Refusal::UNREACHABLE, text, request_id)),
        Some(service) if BARE_XML.contains(&service) => {
            xml(xml::s3_error_response(Refusal::UNREACHABLE, text, request_id))
        }
        Some(service) if XML.contains(&service) => in_query(),
        _ if head.is_form() || head.query_parameter("Action").is_some() => in_query(),
        Some(_) => rest_json::render(&error, request_id),
        // An unsigned request that names no operation is for an object of S3.
        None => xml(xml::s3_error_response(Refusal::UNREACHABLE, text, request_id)),
    }
}
