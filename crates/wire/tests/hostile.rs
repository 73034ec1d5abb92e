//! Any bytes get an answer: no panic, no stack overflow, no endless loop. The same input as JSON and as CBOR is the
//! same request.

#![allow(clippy::unwrap_used)]

mod asking;

use std::time::{Duration, Instant};

use asking::{decode, decode_as, operation, usual_protocol};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use minicbor::Encoder;
use model::schema::{Kind, Member, Shape};
use model::{SERVICES, Timestamp, ds};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};
use wire::{Protocol, Received, Route, Undecodable};

/// Encodes JSON as CBOR.
fn to_cbor(value: &Value, out: &mut Encoder<Vec<u8>>) {
    match value {
        Value::Null => drop(out.null().unwrap()),
        Value::Bool(value) => drop(out.bool(*value).unwrap()),
        Value::Number(number) => match number.as_i64() {
            Some(integer) => drop(out.i64(integer).unwrap()),
            None => drop(out.f64(number.as_f64().unwrap()).unwrap()),
        },
        Value::String(text) => drop(out.str(text).unwrap()),
        Value::Array(items) => {
            out.array(items.len() as u64).unwrap();
            for item in items {
                to_cbor(item, out);
            }
        }
        Value::Object(entries) => {
            out.map(entries.len() as u64).unwrap();
            for (key, value) in entries {
                out.str(key).unwrap();
                to_cbor(value, out);
            }
        }
    }
}

/// Random numbers that decide the form of an input.
struct Dice<'a>(std::slice::Iter<'a, u8>);

impl Dice<'_> {
    fn roll(&mut self, sides: usize) -> usize {
        usize::from(*self.0.next().unwrap_or(&0)) % sides
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())].clone()
    }

    /// A value that mostly fits the shape.
    fn value(&mut self, shape: &Shape) -> Value {
        if self.roll(12) == 11 {
            return self.pick(&[
                json!(null),
                json!(true),
                json!(7),
                json!(1.5),
                json!("x"),
                json!(["x"]),
                json!({"x": 1}),
            ]);
        }
        match &shape.kind {
            Kind::Structure(members) => self.structure(members),
            Kind::List(_, item) => (0..self.roll(4)).map(|_| self.value(item)).collect(),
            Kind::Map(_, _, item) => {
                (0..self.roll(4)).map(|_| (self.pick(&["a", "b c", ""]).to_owned(), self.value(item))).collect()
            }
            Kind::Text(..) => {
                let texts = ["d-1234567890", "111111111111", "", "corp.example.com", "Passw0rd!", "\u{e9}\u{1f600}\0"];
                self.pick(&texts).into()
            }
            Kind::Enum(words) => self.pick(words).into(),
            Kind::Integer(_) | Kind::Long(_) => {
                self.pick(&[json!(1), json!(0), json!(-1), json!(2.5), json!(3_000_000_000_i64)])
            }
            Kind::Boolean => json!(self.roll(2) == 1),
            Kind::Timestamp => json!(1_795_431_600.5),
        }
    }

    fn structure(&mut self, members: &[Member]) -> Value {
        let mut value = serde_json::Map::new();
        for member in members {
            if member.required || self.roll(2) == 1 {
                value.insert(member.name.to_owned(), self.value(member.shape));
            }
        }
        Value::Object(value)
    }
}

fn outcome(result: Result<model::Request, Undecodable>) -> String {
    match result {
        Ok(request) => format!("{request:?}"),
        Err(Undecodable::Malformed) => "malformed".to_owned(),
        Err(Undecodable::Mistyped(text)) => text,
        Err(Undecodable::Violations(all)) => all.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
    }
}

proptest! {
    #[test]
    fn one_input_is_one_request_in_json_and_in_cbor(
        index in 0..ds::OPERATIONS.len(), bytes in vec(any::<u8>(), 0..80)
    ) {
        let operation = &ds::OPERATIONS[index];
        let value = Dice(bytes.iter()).value(operation.input);
        let mut cbor = Encoder::new(Vec::new());
        to_cbor(&value, &mut cbor);
        let json = value.to_string().into_bytes();
        let from_json = decode_as(Route { protocol: Protocol::AwsJson, operation }, None, &json);
        let from_cbor = decode_as(Route { protocol: Protocol::RpcCbor, operation }, None, &cbor.into_writer());
        prop_assert_eq!(outcome(from_json), outcome(from_cbor), "{}", value);
    }

    #[test]
    fn any_likely_input_is_decoded_or_refused(
        service in 0..SERVICES.len(),
        index in any::<prop::sample::Index>(),
        bytes in vec(any::<u8>(), 0..80),
    ) {
        let operation = index.get(SERVICES[service].operations);
        let value = Dice(bytes.iter()).value(operation.input);
        let name = operation.to_string();
        let mut flat = form_urlencoded::Serializer::new(String::new());
        flatten("", &value, &mut flat);
        let form = flat.finish();
        let body = if usual_protocol(operation) == Protocol::AwsQuery { form } else { value.to_string() };
        if let Ok(request) = decode(&name, Some("DirectoryId=d-1234567890"), body.as_bytes()) {
            prop_assert_eq!(request.operation(), operation);
        }
    }

    #[test]
    fn any_bytes_are_decoded_or_refused(
        service in 0..SERVICES.len(),
        index in any::<prop::sample::Index>(),
        cbor in any::<bool>(),
        body in vec(any::<u8>(), 0..200),
    ) {
        let operation = index.get(SERVICES[service].operations);
        let speaks_cbor = operation.service.speaks(Protocol::RpcCbor);
        let protocol = if cbor && speaks_cbor { Protocol::RpcCbor } else { usual_protocol(operation) };
        let route = Route { protocol, operation };
        if let Err(undecodable) = decode_as(route, None, &body)
            && let Some(refusal) = undecodable.refusal()
        {
            prop_assert!(route.refuse(&refusal, "id").status().is_client_error());
        }
    }

    #[test]
    fn any_damaged_cbor_is_decoded_or_refused(
        index in 0..ds::OPERATIONS.len(),
        bytes in vec(any::<u8>(), 0..80),
        damage in vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
    ) {
        let operation = &ds::OPERATIONS[index];
        let mut cbor = Encoder::new(Vec::new());
        to_cbor(&Dice(bytes.iter()).value(operation.input), &mut cbor);
        let mut body = cbor.into_writer();
        for (index, byte) in damage {
            *index.get_mut(&mut body) = byte;
        }
        let _ = decode_as(Route { protocol: Protocol::RpcCbor, operation }, None, &body);
    }

    #[test]
    fn any_head_is_routed_or_refused(
        head in (0..3_usize, "(/[a-zA-Z_0-9.]{0,20}){0,6}/?", proptest::option::of("[ -~]{0,60}")),
        headers in vec((0..HEADERS.len(), prop_oneof!["[ -~]{0,80}", likely()]), 0..6),
        body in vec(any::<u8>(), 0..60),
    ) {
        let (method, path, query) = head;
        let method = [Method::POST, Method::GET, Method::DELETE][method].clone();
        let headers: HeaderMap = headers
            .into_iter()
            .map(|(name, value)| (HeaderName::from_static(HEADERS[name]), HeaderValue::from_str(&value).unwrap()))
            .collect();
        let query = query.as_deref();
        let received = Received { method: &method, path: &path, query, headers: &headers, body: &body };
        match wire::detect(&received) {
            Ok(route) => {
                let _ = wire::credentials(&received, &route, Timestamp::from_millis(1_795_431_600_000));
                let _ = route.decode(&received);
            }
            Err(unroutable) => prop_assert!(unroutable.answer("id").status().is_client_error()),
        }
    }

    #[test]
    fn what_is_written_can_be_read(texts in vec(any::<String>(), 3), millis in 0..4_000_000_000_000_i64) {
        let description = ds::types::DirectoryDescription {
            name: Some(texts[0].clone()),
            dns_ip_addrs: Some(texts[1..].to_vec()),
            launch_time: Some(Timestamp::from_millis(millis)),
            sso_enabled: Some(false),
            desired_number_of_domain_controllers: Some(2),
            ..Default::default()
        };
        let output = ds::types::DescribeDirectoriesOutput {
            directory_descriptions: Some(vec![description.into()]),
            ..Default::default()
        };
        let response = model::Response::Directory(ds::Response::DescribeDirectories(output));
        let operation = operation("ds:DescribeDirectories");
        let json = Route { protocol: Protocol::AwsJson, operation }.encode(&response, "id").into_body();
        let read: Value = serde_json::from_slice(&json).unwrap();
        let read = &read["DirectoryDescriptions"][0];
        prop_assert_eq!(&read["Name"], &json!(texts[0]));
        prop_assert_eq!(&read["DnsIpAddrs"], &json!(texts[1..]));
        prop_assert_eq!(Timestamp::from_seconds(read["LaunchTime"].as_f64().unwrap()).as_millis(), millis);
        let cbor = Route { protocol: Protocol::RpcCbor, operation }.encode(&response, "id").into_body();
        let tokens: Vec<_> = minicbor::decode::Tokenizer::new(&cbor).collect::<Result<_, _>>().unwrap();
        prop_assert!(tokens.contains(&minicbor::data::Token::String(&texts[0])));
        #[allow(clippy::cast_precision_loss)]
        let seconds = millis as f64 / 1000.0;
        prop_assert!(tokens.contains(&minicbor::data::Token::F64(seconds)));
    }
}

const HEADERS: [&str; 7] =
    ["x-amz-target", "content-type", "smithy-protocol", "authorization", "x-amz-date", "date", "x-amz-security-token"];

fn likely() -> impl Strategy<Value = String> {
    proptest::sample::select(vec![
        "application/x-amz-json-1.1",
        "application/x-www-form-urlencoded",
        "rpc-v2-cbor",
        "AWSOrganizationsV20161128.ListRoots",
        "20261123T105517Z",
        "AWS4-HMAC-SHA256 Credential=a/20261123/r/organizations/aws4_request, SignedHeaders=host, Signature=0",
    ])
    .prop_map(str::to_owned)
}

fn flatten(name: &str, value: &Value, form: &mut form_urlencoded::Serializer<'_, String>) {
    let inner = |part: &str| if name.is_empty() { part.to_owned() } else { format!("{name}.{part}") };
    match value {
        Value::Object(entries) => entries.iter().for_each(|(key, value)| flatten(&inner(key), value, form)),
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(index, item)| flatten(&inner(&format!("member.{}", index + 1)), item, form));
        }
        Value::String(text) => drop(form.append_pair(name, text)),
        other => drop(form.append_pair(name, &other.to_string())),
    }
}

fn form(n_pairs: u32, pair: impl Fn(u32) -> String) -> String {
    (0..n_pairs).map(pair).collect::<Vec<_>>().join("&")
}

/// Far more than any input takes, even in a debug build on a busy machine. A quadratic reader would need hours.
const PATIENCE: Duration = Duration::from_secs(20);

#[test]
fn a_megabyte_of_anything_is_answered_in_time() {
    let started = Instant::now();
    let million = 1_000_000;
    let text = "x".repeat(million);
    for (name, body) in [
        ("organizations:DescribeAccount", "[".repeat(million)),
        ("organizations:DescribeAccount", r#"{"AccountId":"#.repeat(million / 13)),
        ("organizations:DescribeAccount", format!(r#"{{"AccountId":"{text}"}}"#)),
        ("organizations:DescribeAccount", format!(r#"{{"Unknown":{}"#, "[".repeat(million))),
        ("organizations:CreateAccount", format!(r#"{{"AccountName":"{text}","Email":"{text}@"}}"#)),
        (
            "organizations:TagResource",
            format!(r#"{{"ResourceId":"{text}","Tags":[{}{{}}]}}"#, "{},".repeat(million / 3)),
        ),
        ("ds:CreateMicrosoftAD", format!(r#"{{"Name":"{text}","Password":"{text}"}}"#)),
        ("ds:DescribeDirectories", format!(r#"{{"DirectoryIds":[{}0]}}"#, "1e9,".repeat(million / 4))),
        (
            "ds-data:CreateUser",
            format!(r#"{{"SAMAccountName":"{text}","OtherAttributes":{{"{text}":{{"S":"{text}"}}}}}}"#),
        ),
        ("sts:AssumeRole", "a.".repeat(million / 2)),
        ("sts:AssumeRole", format!("RoleArn={text}&RoleSessionName={text}")),
        ("sts:AssumeRole", form(50_000, |n| format!("Tags.member.{n}.Key={n}"))),
        ("sts:AssumeRole", form(100_000, |n| format!("{n}={n}"))),
    ] {
        let refused = decode(name, Some("DirectoryId=d-1234567890"), body.as_bytes());
        assert!(refused.is_err(), "{name} {}", &body[..40.min(body.len())]);
    }
    assert!(started.elapsed() < PATIENCE, "{:?}", started.elapsed());
}
