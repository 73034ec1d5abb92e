#![no_main]
//! Requests: the operation and the caller are found, the input is decoded. The bytes are `method path?query`, header
//! lines, an empty line and a body.

use http::{HeaderMap, HeaderName, HeaderValue, Method};
use model::Timestamp;
use wire::Received;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let mut lines = data.split(|byte| *byte == b'\n');
    let first = String::from_utf8_lossy(lines.next().unwrap_or_default()).into_owned();
    let (method, target) = first.split_once(' ').unwrap_or(("POST", &first));
    let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
    let Ok(method) = Method::from_bytes(method.as_bytes()) else { return };
    let mut headers = HeaderMap::new();
    for line in lines.by_ref().take_while(|line| !line.is_empty()) {
        let mut parts = line.splitn(2, |byte| *byte == b':');
        let (name, value) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name), HeaderValue::from_bytes(value)) {
            headers.append(name, value);
        }
    }
    let body: Vec<u8> = lines.flatten().copied().collect();
    let received = Received { method: &method, path, query, headers: &headers, body: &body };
    let id = "00000000-0000-0000-0000-000000000000";
    match wire::detect(&received) {
        Err(unroutable) => drop(unroutable.answer(id)),
        Ok(route) => {
            if let Err(refusal) = wire::credentials(&received, &route, Timestamp::from_millis(1_767_225_600_000)) {
                drop(route.refuse(&refusal, id));
            }
            drop(route.decode(&received));
        }
    }
});
