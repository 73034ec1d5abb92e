//! The process: how it starts, its options and variables, and how it ends.

use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::fake::nobody;
use crate::serving::{ACCOUNT, Connection, Process, Request, output};

const FREE_PORT: [&str; 2] = ["--listen", "127.0.0.1:0"];
const VARIABLES: [&str; 8] = [
    "ORGDIR_LISTEN",
    "ORGDIR_DEFAULT_ACCOUNT",
    "ORGDIR_PACE",
    "ORGDIR_SEED",
    "ORGDIR_SHARE_TRUSTED_ACCESS",
    "ORGDIR_GOV_CLOUD",
    "ORGDIR_UPSTREAM",
    "ORGDIR_LOG",
];

#[test]
#[cfg_attr(windows, ignore = "Windows has no signals")]
fn stdout_is_one_line_and_the_log_is_on_stderr() {
    let server = Process::with(&["serve", "--listen", "127.0.0.1:0", "--log", "debug"], &[]);
    let address = server.address;
    assert!(address.ip().is_loopback() && address.port() != 0);
    let line = format!(
        "orgdir is ready at http://{address} -- point a shell at it: eval \"$(orgdir env --listen {address})\"\n"
    );
    assert_eq!(server.ready, line);
    Request::json("organizations:CreateOrganization", "{}").to(address).ok();
    server.signal("TERM");
    let ended = server.ended();
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), ""));
    assert!(ended.stderr.contains("organizations:CreateOrganization"), "{}", ended.stderr);
    assert!(ended.stderr.contains("finishing the calls in flight"), "{}", ended.stderr);
    assert!(!ended.stderr.contains('\u{1b}'), "no colors where nobody looks: {}", ended.stderr);
}

#[test]
fn a_port_in_use_is_refused_with_what_to_do() {
    let first = Process::start();
    let second = output(&["--listen", &first.address.to_string()], &[]);
    let stderr = String::from_utf8(second.stderr).unwrap();
    assert_eq!((second.status.code(), second.stdout.as_slice()), (Some(1), &b""[..]));
    for part in [&*first.address.to_string(), "is taken", "--listen", "ORGDIR_LISTEN"] {
        assert!(stderr.contains(part), "{stderr}");
    }
    let nowhere = output(&["--listen", "192.0.2.1:4566"], &[]);
    let stderr = String::from_utf8(nowhere.stderr).unwrap();
    assert_eq!(nowhere.status.code(), Some(1));
    assert!(stderr.contains("cannot listen at 192.0.2.1:4566") && stderr.contains("--listen"), "{stderr}");
}

#[test]
#[cfg_attr(windows, ignore = "Windows has no signals")]
fn signals_end_it_after_the_call_in_flight() {
    for signal in ["TERM", "INT"] {
        let server = Process::start();
        let mut idle = Connection::to(server.address);
        idle.send(Request::query("Action=GetCallerIdentity&Version=2011-06-15").bytes()).answer();
        let call = Request::json("organizations:CreateOrganization", r#"{"FeatureSet":"ALL"}"#);
        let mut flying = Connection::to(server.address);
        flying.send(format!("{}Content-Length: 20\r\n\r\n", call.with("Expect", "100-continue").head("1.1")));
        assert_eq!(flying.head().status, 100, "the server has begun with the call");
        server.signal(signal);
        assert_eq!(idle.rest(), "", "idle connections are closed");
        assert!(flying.send(r#"{"FeatureSet":"ALL"}"#).answer().ok()["Organization"].is_object());
        assert_eq!(server.ended().code, Some(0), "{signal}");
    }
}

#[test]
#[cfg_attr(windows, ignore = "Windows has no signals")]
fn connections_that_ask_nothing_do_not_hold_the_end() {
    let server = Process::start();
    let (mut silent, mut hesitant) = (Connection::to(server.address), Connection::to(server.address));
    hesitant.send("POST / HTTP/1.1\r\nHost: loc");
    Request::new("GET", "/_orgdir/health", "").to(server.address).ok();
    let begun = Instant::now();
    server.signal("TERM");
    assert_eq!((silent.rest(), hesitant.rest()), (String::new(), String::new()));
    let ended = server.ended();
    assert!(ended.code == Some(0) && begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
}

fn caller_of_unknown_key(server: &Process) -> String {
    let form = "Action=GetCallerIdentity&Version=2011-06-15";
    Request::query(form).signed("test", "sts").to(server.address).text()
}

fn organization(server: &Process) -> String {
    let answer = Request::json("organizations:CreateOrganization", "{}").to(server.address).ok();
    answer["Organization"]["Id"].as_str().unwrap().to_owned()
}

/// Whether a management account creates accounts with a counterpart in AWS GovCloud (US).
fn creates_counterparts(server: &Process) -> bool {
    organization(server);
    let account = json!({"AccountName": "dev", "Email": "dev@example.com"}).to_string();
    Request::json("organizations:CreateGovCloudAccount", account).to(server.address).status == 200
}

/// Whether sharing in the organization is refused while trusted access was never configured.
fn is_strict(server: &Process) -> bool {
    let call = |operation: &str, body: serde_json::Value| Request::json(operation, body.to_string()).to(server.address);
    call("organizations:CreateOrganization", json!({})).ok();
    let account = json!({"AccountName": "dev", "Email": "dev@example.com"});
    call("organizations:CreateAccount", account).ok();
    let accounts = call("organizations:ListAccounts", json!({})).ok();
    let ids = accounts["Accounts"].as_array().unwrap().iter().map(|account| &account["Id"]);
    let member = ids.clone().find(|id| **id != ACCOUNT).expect("the account is there");
    let vpc = json!({"VpcId": "vpc-12345678", "SubnetIds": ["subnet-11111111", "subnet-22222222"]});
    let directory = json!({"Name": "corp.example.com", "Password": "Sup3rSecret!", "VpcSettings": vpc});
    let directory = call("ds:CreateMicrosoftAD", directory).ok()["DirectoryId"].clone();
    let target = json!({"Id": member, "Type": "ACCOUNT"});
    let share = json!({"DirectoryId": directory, "ShareMethod": "ORGANIZATIONS", "ShareTarget": target});
    let answer = call("ds:ShareDirectory", share);
    assert!(answer.status == 200 || answer.json()["__type"] == "OrganizationsException", "{}", answer.text());
    answer.status != 200
}

fn logs_calls(server: Process) -> bool {
    caller_of_unknown_key(&server);
    server.signal("TERM");
    server.ended().stderr.contains("sts:GetCallerIdentity")
}

/// Whether a server with an option behaves like one with its variable, and unlike one with neither.
fn works<T: PartialEq + std::fmt::Debug>(option: &str, value: &str, observe: impl Fn(Process) -> T) -> T {
    let variable = format!("ORGDIR_{}", option.trim_start_matches('-').replace('-', "_").to_uppercase());
    assert!(VARIABLES.contains(&&*variable));
    let by_option = observe(Process::with(&[&FREE_PORT[..], &[option, value]].concat(), &[]));
    let by_variable = observe(Process::with(&FREE_PORT, &[(&variable, value)]));
    let by_neither = observe(Process::with(&FREE_PORT, &[]));
    assert_eq!(by_option, by_variable, "{option}");
    assert_ne!(by_option, by_neither, "{option}");
    by_option
}

#[test]
fn each_other_option_works_and_so_does_its_variable() {
    let account =
        works("--default-account", "222222222222", |server| caller_of_unknown_key(&server).contains("222222222222"));
    assert!(account);
    let pace = works("--pace", "60x", |server| {
        Request::new("GET", "/_orgdir/clock", "").to(server.address).ok()["pace"].clone()
    });
    assert_eq!(pace, "60x");
    works("--seed", "7", |server| organization(&server));
    assert!(works("--share-trusted-access", "strict", |server| is_strict(&server)));
    assert!(works("--gov-cloud", "on", |server| creates_counterparts(&server)));
    let dead = works("--upstream", &format!("http://{}", nobody()), |server| {
        Request::new("GET", "/bucket/key", "").signed(ACCOUNT, "s3").to(server.address).status
    });
    assert_eq!(dead, 424);
    let listening = Process::with(&[], &[("ORGDIR_LISTEN", "127.0.0.1:0")]);
    assert_ne!(listening.address.port(), 4566);
    let preferred = Process::with(&FREE_PORT, &[("ORGDIR_LISTEN", "192.0.2.1:1")]);
    assert!(preferred.address.ip().is_loopback(), "an option beats its variable");
}

#[test]
#[cfg_attr(windows, ignore = "Windows has no signals")]
fn the_option_of_the_log_works_and_so_does_its_variable() {
    assert!(works("--log", "debug", logs_calls));
}

#[test]
fn wrong_values_are_refused_with_their_option() {
    for (option, value) in [
        ("--listen", "localhost"),
        ("--default-account", "1"),
        ("--pace", "fast"),
        ("--seed", "x"),
        ("--share-trusted-access", "maybe"),
        ("--gov-cloud", "perhaps"),
        ("--upstream", "https://127.0.0.1:5000"),
        ("--log", "orgdir=loud"),
    ] {
        let ended = output(&[&FREE_PORT[..], &[option, value]].concat()[usize::from(option == "--listen") * 2..], &[]);
        let stderr = String::from_utf8(ended.stderr).unwrap();
        assert!(ended.status.code().is_some_and(|code| code != 0) && ended.stdout.is_empty(), "{option}");
        assert!(stderr.contains(option) && stderr.contains(value), "{stderr}");
    }
}

#[test]
fn the_help_names_each_variable_and_the_default_is_loopback() {
    for arguments in [&["--help"][..], &["serve", "--help"]] {
        let help = String::from_utf8(output(arguments, &[]).stdout).unwrap();
        for variable in VARIABLES {
            assert!(help.contains(variable), "{variable} is missing in {help}");
        }
        assert!(help.contains("[default: 127.0.0.1:4566]"), "{help}");
    }
    let version = String::from_utf8(output(&["--version"], &[]).stdout).unwrap();
    assert_eq!(version, format!("orgdir {}\n", env!("CARGO_PKG_VERSION")));
}

/// The values of these variables in a shell that evaluated the lines.
fn evaluated(arguments: &[&str], shown: &str) -> String {
    let printed = output(&[&["env"], arguments].concat(), &[]);
    assert!(printed.status.success());
    let lines = String::from_utf8(printed.stdout).unwrap();
    let script = format!("set -eu\neval \"$LINES_OF_ENV\"\nprintf '%s' \"{shown}\"");
    let stale = [("AWS_PROFILE", "other"), ("AWS_SESSION_TOKEN", "old"), ("AWS_ENDPOINT_URL_STS", "http://other")];
    let shell = Command::new("sh").args(["-c", &script]).envs(stale).env("LINES_OF_ENV", lines).output().unwrap();
    assert!(shell.status.success() && shell.stderr.is_empty(), "{shell:?}");
    String::from_utf8(shell.stdout).unwrap()
}

#[test]
fn the_lines_of_env_can_be_evaluated() {
    assert_eq!(evaluated(&[], "$AWS_ENDPOINT_URL $AWS_ACCESS_KEY_ID"), "http://127.0.0.1:4566 111111111111");
    let all = ["--listen", "[::1]:7", "--account", "222222222222", "--world", "blue-1"];
    assert_eq!(evaluated(&all, "$AWS_ENDPOINT_URL $AWS_ACCESS_KEY_ID"), "http://[::1]:7/w/blue-1 222222222222");
    assert_eq!(evaluated(&["--shell", "posix"], "$AWS_REGION $AWS_EC2_METADATA_DISABLED"), "us-east-1 true");
    assert_eq!(evaluated(&[], "${AWS_PROFILE-}${AWS_SESSION_TOKEN-}${AWS_ENDPOINT_URL_STS-}"), "");
    for (shell, first, last) in [
        ("fish", "set -gx AWS_ENDPOINT_URL ", "set -e "),
        ("powershell", "$env:AWS_ENDPOINT_URL = ", "Remove-Item Env:"),
    ] {
        let lines = String::from_utf8(output(&["env", "--shell", shell], &[]).stdout).unwrap();
        assert!(lines.starts_with(first) && lines.lines().last().unwrap().starts_with(last), "{lines}");
    }
    let variable = output(&["env"], &[("ORGDIR_LISTEN", "127.0.0.1:5")]);
    assert!(String::from_utf8(variable.stdout).unwrap().contains("=http://127.0.0.1:5\n"));
    let nowhere = output(&["env", "--listen", "127.0.0.1:0"], &[]);
    assert!(!nowhere.status.success() && nowhere.stdout.is_empty(), "nobody listens at port 0");
    let stderr = String::from_utf8(nowhere.stderr).unwrap();
    assert!(stderr.contains("--listen"), "{stderr}");
}
