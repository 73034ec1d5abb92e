//! Golden bytes: `fixtures/protocol/<protocol>/*.http` are requests as clients send them, `*.decoded` says how they are
//! read, and `*.answer` are answers. Bodies in CBOR are written in hexadecimal. `UPDATE_GOLDENS=1` writes what was
//! found.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response};
use model::organizations::errors::InvalidInputExceptionReason;
use model::organizations::types as organizations;
use model::{FrontEnd, Refusal, SERVICES, ServiceError, Timestamp, Violation, ds, ds_data, sts};
use wire::{Protocol, Received, Route, Undecodable};

const REQUEST_ID: &str = "11111111-2222-3333-4444-555555555555";
/// 2026-11-23T11:00:00Z, a few minutes after the recordings.
const NOW: Timestamp = Timestamp::from_millis(1_795_431_600_000);

fn folder(protocol: Protocol) -> PathBuf {
    let name = match protocol {
        Protocol::AwsJson => "aws_json",
        Protocol::RpcCbor => "rpc_cbor",
        Protocol::RestJson => "rest_json",
        Protocol::AwsQuery => "aws_query",
    };
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/protocol").join(name)
}

fn compare(path: &Path, found: &str) {
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        fs::write(path, found).expect("the fixture can be written");
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    assert_eq!(found, expected, "{} (UPDATE_GOLDENS=1 writes what was found)", path.display());
}

/// A request from its file.
struct Recorded {
    method: Method,
    path: String,
    query: Option<String>,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Recorded {
    fn read(file: &Path, body_is_hex: bool) -> Self {
        let text = fs::read_to_string(file).expect("the fixture can be read");
        let (head, body) = text.split_once("\n\n").expect("an empty line ends the head");
        let mut lines = head.lines();
        let mut first = lines.next().expect("a request line").split(' ');
        let method = first.next().expect("a method").parse().expect("a method");
        let target = first.next().expect("a target");
        let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
        let header = |line: &str| {
            let (name, value) = line.split_once(": ").expect("a header");
            (name.parse::<HeaderName>().expect("a name"), HeaderValue::from_str(value).expect("a value"))
        };
        let digits = body.replace([' ', '\n'], "");
        let body = if body_is_hex { HEXLOWER.decode(digits.as_bytes()).expect("digits") } else { body.into() };
        let (path, query) = (path.to_owned(), query.map(str::to_owned));
        Self { method, path, query, headers: lines.map(header).collect(), body }
    }

    fn received(&self) -> Received<'_> {
        let Self { method, path, query, headers, body } = self;
        Received { method, path, query: query.as_deref(), headers, body }
    }
}

fn answer(response: &Response<Vec<u8>>, body_is_hex: bool) -> String {
    let mut text = format!("{}\n", response.status());
    for (name, value) in response.headers() {
        let _ = writeln!(text, "{name}: {}", value.to_str().expect("a plain header"));
    }
    let body = response.body();
    let body = if body_is_hex { HEXLOWER.encode(body) } else { String::from_utf8(body.clone()).expect("a text") };
    format!("{text}\n{body}")
}

/// Writes all that decoding finds about a request.
fn describe(received: &Received<'_>) -> String {
    let route = match wire::detect(received) {
        Ok(route) => route,
        Err(unroutable) => {
            let is_cbor = received.headers.contains_key("smithy-protocol");
            return format!("unroutable, {}\n{}", unroutable.code(), answer(&unroutable.answer(REQUEST_ID), is_cbor));
        }
    };
    let mut text = format!("{:?} {:?}\n", route.protocol, route.operation);
    let _ = match wire::credentials(received, &route, NOW) {
        Ok(credentials) => writeln!(text, "signed by {} in {}\n", credentials.access_key_id, credentials.region),
        Err(refusal) => writeln!(text, "{}\n", refuse(&route, &refusal)),
    };
    let _ = match route.decode(received) {
        Ok(request) => writeln!(text, "{request:#?}"),
        Err(Undecodable::Violations(all)) => writeln!(text, "{}", Violation::describe(&all)),
        Err(other) => writeln!(text, "{}", refuse(&route, &other.refusal().expect("only violations have none"))),
    };
    text
}

fn refuse(route: &Route, refusal: &Refusal) -> String {
    answer(&route.refuse(refusal, REQUEST_ID), route.protocol == Protocol::RpcCbor)
}

fn requests(protocol: Protocol) {
    let folder = folder(protocol);
    let mut n_requests = 0;
    for entry in fs::read_dir(&folder).expect("the fixtures are there") {
        let file = entry.expect("a file").path();
        if file.extension().is_some_and(|extension| extension == "http") {
            n_requests += 1;
            let recorded = Recorded::read(&file, protocol == Protocol::RpcCbor);
            compare(&file.with_extension("decoded"), &describe(&recorded.received()));
        }
    }
    assert!(n_requests > 5, "{} has few requests", folder.display());
}

#[test]
fn json_requests() {
    requests(Protocol::AwsJson);
}

#[test]
fn cbor_requests() {
    requests(Protocol::RpcCbor);
}

#[test]
fn rest_requests() {
    requests(Protocol::RestJson);
}

#[test]
fn query_requests() {
    requests(Protocol::AwsQuery);
}

fn route(protocol: Protocol, operation: &str) -> Route {
    let mut found = SERVICES.iter().filter_map(|service| service.operation(operation));
    Route { protocol, operation: found.next().expect("an operation") }
}

fn encodes(route: Route, name: &str, response: &model::Response) {
    let found = answer(&route.encode(response, REQUEST_ID), route.protocol == Protocol::RpcCbor);
    compare(&folder(route.protocol).join(name).with_extension("answer"), &found);
}

fn refuses(route: Route, name: &str, refusal: &Refusal) {
    compare(&folder(route.protocol).join(name).with_extension("answer"), &refuse(&route, refusal));
}

fn service(code: impl model::ModeledError, message: &'static str) -> Refusal {
    Refusal::Service(ServiceError::new(code, message))
}

fn front_end(kind: FrontEnd, text: &'static str) -> Refusal {
    Refusal::FrontEnd(kind, text.into())
}

#[test]
fn json_answers() {
    let describe_account = route(Protocol::AwsJson, "DescribeAccount");
    let account = organizations::Account {
        arn: Some("arn:aws:organizations::123456789012:account/o-abcdefghij/123456789012".into()),
        email: Some("a@b.cd".into()),
        id: "123456789012".parse().ok(),
        joined_method: Some(organizations::AccountJoinedMethod::Created),
        joined_timestamp: Some(Timestamp::from_millis(1_700_000_000_123)),
        name: Some("n \"\u{e9}\"".into()),
        status: Some(organizations::AccountStatus::Active),
        ..Default::default()
    };
    let output = organizations::DescribeAccountOutput { account: Some(account.into()) };
    let response = model::Response::Organizations(model::organizations::Response::DescribeAccount(output));
    encodes(describe_account, "success", &response);
    let tag_resource = route(Protocol::AwsJson, "TagResource");
    let output = model::organizations::Response::TagResource(organizations::TagResourceOutput::default());
    encodes(tag_resource, "success_without_output", &model::Response::Organizations(output));

    let reason = InvalidInputExceptionReason::InvalidPattern;
    let invalid = model::organizations::ErrorCode::InvalidInputException(Some(reason));
    let text = "You provided a value that does not match the required pattern.";
    refuses(describe_account, "error_with_reason", &service(invalid, text));
    let directories = route(Protocol::AwsJson, "DescribeDirectories");
    refuses(directories, "error_of_ds", &service(ds::ErrorCode::EntityDoesNotExistException, "m"));
    refuses(describe_account, "error_planned", &Refusal::Planned(route(Protocol::AwsJson, "CreatePolicy").operation));
    refuses(describe_account, "error_malformed", &front_end(FrontEnd::Serialization, ""));
    let text = "NUMBER_VALUE cannot be converted to String";
    refuses(describe_account, "error_mistyped", &front_end(FrontEnd::Serialization, text));
    let text = "The security token included in the request is invalid.";
    refuses(describe_account, "error_unknown_key", &front_end(FrontEnd::UnrecognizedClient, text));
    refuses(describe_account, "error_too_large", &front_end(FrontEnd::RequestEntityTooLarge, ""));
    refuses(describe_account, "error_internal", &front_end(FrontEnd::InternalFailure, ""));
}

#[test]
fn cbor_answers() {
    let directories = route(Protocol::RpcCbor, "DescribeDirectories");
    let description = ds::types::DirectoryDescription {
        directory_id: Some("d-1".into()),
        launch_time: Some(Timestamp::from_millis(1_700_000_000_123)),
        ..Default::default()
    };
    let output = ds::types::DescribeDirectoriesOutput {
        directory_descriptions: Some(vec![description.into()]),
        ..Default::default()
    };
    encodes(directories, "success", &model::Response::Directory(ds::Response::DescribeDirectories(output)));
    let output = ds::types::AddTagsToResourceOutput::default();
    let empty = model::Response::Directory(ds::Response::AddTagsToResource(output));
    encodes(route(Protocol::RpcCbor, "AddTagsToResource"), "success_without_members", &empty);
    refuses(directories, "error", &service(ds::ErrorCode::EntityDoesNotExistException, "m"));
    let text = "The security token included in the request is invalid.";
    refuses(directories, "error_unknown_key", &front_end(FrontEnd::UnrecognizedClient, text));
    refuses(directories, "error_planned", &Refusal::Planned(route(Protocol::RpcCbor, "CreateTrust").operation));
}

#[test]
fn rest_answers() {
    let create_user = route(Protocol::RestJson, "CreateUser");
    let output = ds_data::types::CreateUserOutput {
        directory_id: Some("d-1234567890".into()),
        sam_account_name: Some("joe".into()),
        sid: Some("S-1-5-21-1".into()),
    };
    encodes(create_user, "success", &model::Response::DirectoryData(ds_data::Response::CreateUser(output)));
    let output = ds_data::types::DisableUserOutput::default();
    let empty = model::Response::DirectoryData(ds_data::Response::DisableUser(output));
    encodes(route(Protocol::RestJson, "DisableUser"), "success_without_members", &empty);
    let reason = ds_data::errors::ValidationExceptionReason::InvalidRealm;
    refuses(create_user, "error", &service(ds_data::ErrorCode::ValidationException(Some(reason)), "m"));
    let text = "The security token included in the request is invalid.";
    refuses(create_user, "error_unknown_key", &front_end(FrontEnd::UnrecognizedClient, text));
    let text = "NUMBER_VALUE cannot be converted to String";
    refuses(create_user, "error_mistyped", &front_end(FrontEnd::Serialization, text));
    refuses(create_user, "error_planned", &Refusal::Planned(route(Protocol::RestJson, "DeleteUser").operation));
}

#[test]
fn query_answers() {
    let identity = route(Protocol::AwsQuery, "GetCallerIdentity");
    let output = sts::types::GetCallerIdentityOutput {
        account: "123456789012".parse().ok(),
        arn: Some("arn:aws:iam::123456789012:root".into()),
        user_id: Some("123456789012".into()),
    };
    encodes(identity, "success", &model::Response::Sts(sts::Response::GetCallerIdentity(output)));
    let output = sts::types::AssumeRoleOutput {
        assumed_role_user: Some(sts::types::AssumedRoleUser {
            arn: "arn:aws:sts::123456789012:assumed-role/x/s1".into(),
            assumed_role_id: "AROARZPUZDIKAAAAAAAAA:s1".into(),
        }),
        credentials: Some(sts::types::Credentials {
            access_key_id: "ASIARZPUZDIKAAAAAAAA".into(),
            expiration: Timestamp::from_millis(1_795_435_200_000),
            secret_access_key: "a/b+c".into(),
            session_token: "<token>".into(),
        }),
        packed_policy_size: Some(6),
        ..Default::default()
    };
    let assume_role = route(Protocol::AwsQuery, "AssumeRole");
    encodes(assume_role, "success_assume_role", &model::Response::Sts(sts::Response::AssumeRole(output)));
    refuses(identity, "error", &front_end(FrontEnd::AccessDenied, "no"));
    let packed = sts::ErrorCode::PackedPolicyTooLargeException;
    refuses(assume_role, "error_of_sts", &service(packed, "a < b & c"));
    refuses(assume_role, "error_internal", &front_end(FrontEnd::InternalFailure, ""));
    refuses(assume_role, "error_without_text", &front_end(FrontEnd::InvalidSignature, ""));
    refuses(assume_role, "error_planned", &Refusal::Planned(route(Protocol::AwsQuery, "AssumeRoot").operation));
}
