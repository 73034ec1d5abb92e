//! The service in a signature's scope.

use http::header::AUTHORIZATION;

use crate::received::Received;

/// The service in the scope, by the header or else by the query string.
pub fn service(received: &Received<'_>) -> Option<String> {
    let in_header = received.header(AUTHORIZATION).and_then(|header| {
        let (_, credential) = header.split_once("Credential=")?;
        service_of(credential.split([',', ' ']).next()?).map(str::to_owned)
    });
    in_header.or_else(|| service_of(&received.query_parameter("X-Amz-Credential")?).map(str::to_owned))
}

/// The last part but one of `keyid/date/region/service/term`.
fn service_of(credential: &str) -> Option<&str> {
    credential.rsplit('/').nth(1)
}
