//! The service that a signature names, for requests that name none otherwise.

use http::header::AUTHORIZATION;

use crate::received::Received;

/// Whether the signature's scope names that service.
pub fn names(received: &Received<'_>, service: &str) -> bool {
    let in_header = received.header(AUTHORIZATION).is_some_and(|header| {
        let credential = header.split_once("Credential=").map_or("", |(_, after)| after);
        service_of(credential.split(',').next().unwrap_or("")) == Some(service)
    });
    in_header || received.query_parameter("X-Amz-Credential").is_some_and(|text| service_of(&text) == Some(service))
}

/// The last but one of `keyid/date/region/service/term`.
fn service_of(credential: &str) -> Option<&str> {
    credential.rsplit('/').nth(1)
}
