//! The control API: each route, in the default world and in others, and its errors.

use serde_json::{Value, json};

use crate::serving::{Answer, Process, Request};

/// The prefixes of the default world and of another.
const PREFIXES: [&str; 2] = ["", "/w/blue"];

struct Control(Process);

impl Control {
    fn start() -> Self {
        Self(Process::start())
    }

    fn ask(&self, method: &'static str, path: &str, body: &str) -> Answer {
        Request::new(method, path, body).to(self.0.address)
    }

    /// The JSON of a route that succeeds.
    fn ok(&self, method: &'static str, path: &str, body: &str) -> Value {
        let answer = self.ask(method, path, body);
        assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/json")), "{path}");
        answer.json()
    }

    /// Checks that an answer is a problem of RFC 9457, and that its text has these parts.
    fn problem(&self, (method, path, body): (&'static str, &str, &str), status: u16, parts: &[&str]) {
        let answer = self.ask(method, path, body);
        let content_type = answer.header("content-type");
        assert_eq!((answer.status, content_type), (status, Some("application/problem+json")), "{method} {path} {body}");
        let problem = answer.json();
        assert_eq!(problem["status"], status);
        assert!(problem["title"].as_str().is_some_and(|title| !title.is_empty()), "{problem}");
        let detail = problem["detail"].as_str().unwrap();
        for part in parts {
            assert!(detail.contains(part), "{method} {path} {body}: {detail} does not say {part}");
        }
    }

    fn call(&self, prefix: &str, operation: &str) -> Answer {
        Request::json(operation, "{}").at(&format!("{prefix}/")).to(self.0.address)
    }

    fn has_organization(&self, prefix: &str) -> bool {
        self.call(prefix, "organizations:DescribeOrganization").status == 200
    }
}

#[test]
fn health_and_its_alias() {
    let control = Control::start();
    let health = control.ok("GET", "/_orgdir/health", "");
    let services = json!({"ds": "available", "ds-data": "available", "organizations": "available", "sts": "available"});
    assert_eq!(health, json!({"status": "running", "version": env!("CARGO_PKG_VERSION"), "services": services}));
    for alias in ["/_localstack/health", "/w/blue/_orgdir/health"] {
        assert_eq!(control.ok("GET", alias, ""), health);
    }
    assert_eq!(
        control.ok("GET", "/_orgdir/worlds", ""),
        json!({"worlds": [{"name": "default"}]}),
        "asking makes no world"
    );
}

#[test]
fn operations_are_those_of_the_model_in_the_state_of_the_overlay() {
    let control = Control::start();
    let list = control.ok("GET", "/_orgdir/operations", "");
    assert_eq!(control.ok("GET", "/w/blue/_orgdir/operations", ""), list);
    assert_eq!(list["total"], 171);
    assert_eq!(list["implemented"].as_u64().unwrap() + list["planned"].as_u64().unwrap(), 171);
    let expected = [("organizations", 63), ("ds", 80), ("ds-data", 17), ("sts", 11)];
    for (service, (id, total)) in list["services"].as_array().unwrap().iter().zip(expected) {
        assert_eq!(service["id"], id);
        let rows = service["operations"].as_array().unwrap();
        assert_eq!(rows.len(), total, "{id}");
        let file = format!("{}/../../fixtures/model/{id}.overlay.toml", env!("CARGO_MANIFEST_DIR"));
        let overlay = std::fs::read_to_string(file).unwrap();
        for row in rows {
            let block = format!("[operations.{}]", row["name"].as_str().unwrap());
            let (_, after) = overlay.split_once(&block).unwrap_or_else(|| panic!("{id} has no {block}"));
            let is_planned =
                after.lines().skip(1).take_while(|line| !line.starts_with('[')).any(|line| line == "planned = true");
            assert_eq!(row["state"], if is_planned { "planned" } else { "implemented" }, "{block}");
        }
        let implemented = rows.iter().filter(|row| row["state"] == "implemented").count();
        assert_eq!(service["implemented"], implemented);
        assert_eq!(service["planned"], total - implemented);
    }
}

#[test]
fn worlds_are_listed_made_and_deleted() {
    let control = Control::start();
    let names = || control.ok("GET", "/_orgdir/worlds", "")["worlds"].clone();
    let created = control.ask("POST", "/_orgdir/worlds", r#"{"name":"blue"}"#);
    assert_eq!((created.status, created.json()), (201, json!({"name": "blue"})));
    assert_eq!(names(), json!([{"name": "blue"}, {"name": "default"}]));
    let again = ("POST", "/_orgdir/worlds", r#"{"name":"blue"}"#);
    control.problem(again, 409, &["there is a world blue already", "POST /w/blue/_orgdir/reset"]);
    control.problem(("POST", "/_orgdir/worlds", r#"{"name":"a b"}"#), 400, &["1 to 64 letters"]);
    control.problem(("POST", "/_orgdir/worlds", r#"{"name":""}"#), 400, &["1 to 64 letters"]);
    for body in ["", "{", "[]", "{}", r#"{"name":1}"#, r#"{"name":"a","x":1}"#, "\u{1}", &"[".repeat(100_000)] {
        control.problem(("POST", "/_orgdir/worlds", body), 400, &[r#"send a body such as {"name":"blue"}"#]);
    }
    let at_once = std::thread::scope(|scope| {
        let make = || control.ask("POST", "/_orgdir/worlds", r#"{"name":"green"}"#).status;
        let threads = [(); 8].map(|()| scope.spawn(make));
        threads.map(|thread| thread.join().unwrap())
    });
    assert_eq!(at_once.iter().filter(|status| **status == 201).count(), 1, "only one can make it: {at_once:?}");
    control.ask("DELETE", "/_orgdir/worlds/green", "");
    let deleted = control.ask("DELETE", "/_orgdir/worlds/blue", "");
    assert_eq!((deleted.status, deleted.body.len()), (204, 0));
    control.problem(("DELETE", "/_orgdir/worlds/blue", ""), 404, &["no world blue", "GET /_orgdir/worlds"]);
    assert_eq!(names(), json!([{"name": "default"}]));
}

#[test]
fn worlds_share_nothing_and_begin_as_the_seed_is() {
    let control = Control::start();
    let first = control.call("/w/blue", "organizations:CreateOrganization").ok();
    assert!(
        control.has_organization("/w/blue") && !control.has_organization("") && !control.has_organization("/w/green")
    );
    let second = control.call("/w/green", "organizations:CreateOrganization").ok();
    assert_eq!(first["Organization"]["Id"], second["Organization"]["Id"], "a new world is a fork of the same seed");
    control.call("", "organizations:CreateOrganization");
    assert!(control.has_organization("/w/default"), "the default world has a name too");
    control.ask("POST", "/_orgdir/reset", "");
    control.ok("POST", "/w/blue/_orgdir/clock/freeze", "");
    control.ok("PUT", "/w/blue/_orgdir/clock/pace", r#"{"pace":"real"}"#);
    let clock = control.ok("GET", "/w/green/_orgdir/clock", "");
    assert_eq!((&clock["frozen"], &clock["pace"]), (&json!(false), &json!("instant")));
    let operations = |prefix: &str| {
        let events = control.ok("GET", &format!("{prefix}/_orgdir/events"), "");
        let names = events["events"].as_array().unwrap().iter().map(|event| event["operation"].clone());
        names.collect::<Vec<Value>>()
    };
    assert_eq!(operations("/w/green"), ["DescribeOrganization", "CreateOrganization"]);
    assert_eq!(operations(""), [""; 0]);
    control.ask("DELETE", "/_orgdir/worlds/blue", "");
    assert!(!control.has_organization("/w/blue") && control.has_organization("/w/green"));
    assert_eq!(control.ok("GET", "/w/blue/_orgdir/clock", "")["pace"], "instant");
}

#[test]
fn reset_and_its_alias_empty_one_world() {
    let control = Control::start();
    for (reset, prefix, other) in [
        ("/_orgdir/reset", "", "/w/blue"),
        ("/w/blue/_orgdir/reset", "/w/blue", ""),
        ("/moto-api/reset", "", "/w/blue"),
    ] {
        for prefix in PREFIXES {
            control.call(prefix, "organizations:CreateOrganization");
            control.ok("PUT", &format!("{prefix}/_orgdir/clock/pace"), r#"{"pace":"2x"}"#);
        }
        let answer = control.ask("POST", reset, "");
        assert_eq!((answer.status, answer.body.len()), (204, 0), "{reset}");
        assert_eq!(control.ok("GET", &format!("{prefix}/_orgdir/events"), ""), json!({"events": []}));
        assert_eq!(control.ok("GET", &format!("{prefix}/_orgdir/clock"), "")["pace"], "instant");
        assert!(!control.has_organization(prefix) && control.has_organization(other), "{reset}");
    }
}

#[test]
fn the_clock_is_read_frozen_advanced_and_resumed() {
    let control = Control::start();
    for prefix in PREFIXES {
        let at = |path: &str| format!("{prefix}/_orgdir/clock{path}");
        let read = control.ok("GET", &at(""), "");
        assert_eq!((&read["frozen"], &read["pace"]), (&json!(false), &json!("instant")));
        let frozen = control.ok("POST", &at("/freeze"), "");
        assert_eq!(frozen["frozen"], true);
        assert_eq!(control.ok("GET", &at(""), ""), frozen, "time stands still");
        let day = |reading: &Value| reading["now"].as_str().unwrap()[..10].to_owned();
        let later = control.ok("POST", &at("/advance"), r#"{"by":"365d"}"#);
        assert_ne!(day(&later), day(&frozen));
        assert_eq!(later["now"].as_str().unwrap()[10..], frozen["now"].as_str().unwrap()[10..], "the same time of day");
        assert_eq!(control.ok("POST", &at("/resume"), "")["frozen"], false);
        for pace in ["real", "60x", "instant"] {
            assert_eq!(control.ok("PUT", &at("/pace"), &json!({ "pace": pace }).to_string())["pace"], pace);
        }
        for by in ["", "4", "-1d", "4 weeks", "36601d"] {
            let body = json!({ "by": by }).to_string();
            control.problem(("POST", &at("/advance"), &body), 400, &["a number and ms, s, m, h or d, such as 4d"]);
        }
        for pace in ["", "fast", "0x", "-1x"] {
            let body = json!({ "pace": pace }).to_string();
            control.problem(("PUT", &at("/pace"), &body), 400, &["use instant, real or a factor such as 60x"]);
        }
        control.problem(("POST", &at("/advance"), "4d"), 400, &[r#"send a body such as {"by":"4d"}"#]);
        control.problem(("PUT", &at("/pace"), "{}"), 400, &[r#"send a body such as {"pace":"60x"}"#]);
    }
}

#[test]
fn work_becomes_due_when_the_clock_says_so() {
    let control = Control::start();
    for prefix in PREFIXES {
        let clock = format!("{prefix}/_orgdir/clock");
        control.ok("POST", &format!("{clock}/freeze"), "");
        control.ok("PUT", &format!("{clock}/pace"), r#"{"pace":"real"}"#);
        let call = |operation: &str, body: &str| {
            Request::json(operation, body).at(&format!("{prefix}/")).to(control.0.address)
        };
        call("organizations:CreateOrganization", "{}").ok();
        call("organizations:CreateAccount", r#"{"AccountName":"dev","Email":"dev@example.com"}"#).ok();
        let n_accounts = || call("organizations:ListAccounts", "{}").ok()["Accounts"].as_array().unwrap().len();
        control.ok("POST", &format!("{clock}/advance"), r#"{"by":"29s"}"#);
        assert_eq!(n_accounts(), 1);
        control.ok("POST", &format!("{clock}/advance"), r#"{"by":"1000ms"}"#);
        assert_eq!(n_accounts(), 2);
    }
}

#[test]
fn the_calendar_has_an_end() {
    let control = Control::start();
    let mut last = control.ok("GET", "/_orgdir/clock", "")["now"].clone();
    let mut advanced = 0;
    loop {
        let answer = control.ask("POST", "/_orgdir/clock/advance", r#"{"by":"36600d"}"#);
        if answer.status != 200 {
            break;
        }
        let now = answer.json()["now"].clone();
        assert!(now.as_str() > last.as_str(), "{now} is not after {last}");
        last = now;
        advanced += 1;
    }
    assert!(advanced > 70, "{advanced} centuries");
    let more = ("POST", "/_orgdir/clock/advance", r#"{"by":"36600d"}"#);
    control.problem(more, 400, &["the year 9900", "POST /_orgdir/reset"]);
    control.call("", "organizations:CreateOrganization").ok();
}

#[test]
fn events_tell_who_asked_what_and_how_it_ended() {
    let control = Control::start();
    for prefix in PREFIXES {
        let events = |query: &str| control.ok("GET", &format!("{prefix}/_orgdir/events{query}"), "")["events"].clone();
        assert_eq!(events(""), json!([]));
        control.call(prefix, "organizations:CreateOrganization");
        control.call(prefix, "organizations:CreateOrganization");
        Request::new("GET", &format!("{prefix}/"), "").to(control.0.address);
        Request::json("ds:DescribeDirectories", "{").at(&format!("{prefix}/")).to(control.0.address);
        let mut all = events("");
        for event in all.as_array_mut().unwrap() {
            let at = event.as_object_mut().unwrap().remove("at").unwrap();
            assert!(at.as_str().unwrap().ends_with('Z'), "{at}");
        }
        let event = |account: &str, service: &str, operation: &str, outcome: &str| {
            let word = |text: &str| if text.is_empty() { Value::Null } else { json!(text) };
            let principal = word(account).as_str().map(|account| format!("arn:aws:iam::{account}:user/admin"));
            let (service, operation) = (word(service), word(operation));
            json!({"account": word(account), "principal": principal, "service": service, "operation": operation,
            "outcome": outcome})
        };
        let (who, service) = ("111111111111", "organizations");
        let expected = json!([
            event(who, service, "CreateOrganization", "ok"),
            event(who, service, "CreateOrganization", "AlreadyInOrganizationException"),
            event("", "", "", "MissingAuthenticationTokenException"),
            event("", "ds", "DescribeDirectories", "SerializationException"),
        ]);
        assert_eq!(all, expected);
        assert_eq!(events("?limit=1").as_array().unwrap().len(), 1);
        assert_eq!(events("?limit=1")[0]["service"], "ds", "the last one");
        assert_eq!(events("?limit=0"), json!([]));
        for query in ["?limit=x", "?limit=-1", "?last=1", "?limit=99999999999999999999"] {
            control.problem(("GET", &format!("{prefix}/_orgdir/events{query}"), ""), 400, &["?limit=10"]);
        }
    }
}

#[test]
fn unknown_paths_and_methods_are_refused() {
    let control = Control::start();
    for prefix in PREFIXES {
        for path in ["", "/", "/x", "/clock/", "/clock/stop", "/health/x"] {
            let path = format!("{prefix}/_orgdir{path}");
            for method in ["GET", "POST", "DELETE"] {
                control.problem(
                    (method, &path, ""),
                    404,
                    &[&format!("has no {path}"), "health", "clock/advance", "worlds"],
                );
            }
        }
        for (method, path, allowed) in [
            ("POST", "/health", "GET,HEAD"),
            ("DELETE", "/operations", "GET,HEAD"),
            ("GET", "/reset", "POST"),
            ("PUT", "/clock", "GET,HEAD"),
            ("GET", "/clock/advance", "POST"),
            ("POST", "/clock/pace", "PUT"),
            ("DELETE", "/events", "GET,HEAD"),
        ] {
            let path = format!("{prefix}/_orgdir{path}");
            control.problem((method, &path, ""), 405, &[&path, method, "the Allow header"]);
            assert_eq!(control.ask(method, &path, "").header("allow"), Some(allowed), "{path}");
        }
    }
    control.problem(("PUT", "/_orgdir/worlds", ""), 405, &["Allow"]);
    control.problem(("GET", "/_orgdir/worlds/blue", ""), 405, &["Allow"]);
    control.problem(("GET", "/moto-api/reset", ""), 405, &["Allow"]);
    control.problem(("POST", "/w/blue/_orgdir/worlds", ""), 404, &["/_orgdir/worlds"]);
    for path in ["/reset", "/clock/freeze", "/clock/advance"] {
        control.problem(("POST", &format!("/w/a%20b/_orgdir{path}"), "{}"), 400, &["1 to 64 letters"]);
    }
}
