//! The service that a signature names, for requests that name none otherwise.

use http::header::AUTHORIZATION;

use crate::received::Received;

/// The service that the signature's scope names, in the header or else in the query string.
pub fn service(received: &Received<'_>) -> Option<String> {
    let in_header = received.header(AUTHORIZATION).and_then(|header| {
        let (_, credential) = header.split_once("Credential=")?;
        service_of(credential.split([',', ' ']).next()?).map(str::to_owned)
    });
    in_header.or_else(|| service_of(&received.query_parameter("X-Amz-Credential")?).map(str::to_owned))
}

/// The last but one of `keyid/date/region/service/term`.
fn service_of(credential: &str) -> Option<&str> {
    credential.rsplit('/').nth(1)
}
