//! Quotas through the control API: shown, set and enforced.

use serde_json::{Value, json};

use crate::serving::{Answer, Process, Request};

struct Control {
    server: Process,
    prefix: &'static str,
}

impl Control {
    fn start(prefix: &'static str) -> Self {
        Self { server: Process::start(), prefix }
    }

    fn ask(&self, method: &'static str, path: &str, body: &Value) -> Answer {
        Request::new(method, &format!("{}/_orgdir{path}", self.prefix), body.to_string()).to(self.server.address)
    }

    fn quotas(&self) -> Value {
        self.ask("GET", "/quotas", &json!(null)).ok()
    }

    fn set(&self, quotas: &Value) -> Value {
        self.ask("PATCH", "/quotas", quotas).ok()
    }

    fn call(&self, operation: &str, body: &Value) -> Answer {
        let request = Request::json(&format!("organizations:{operation}"), body.to_string());
        request.at(&format!("{}/", self.prefix)).to(self.server.address)
    }

    fn refused(&self, operation: &str, body: &Value, code: &str, reason: &str) {
        let answer = self.call(operation, body);
        assert_eq!(answer.status, 400, "{operation} {}", answer.text());
        assert_eq!((&answer.json()["__type"], &answer.json()["Reason"]), (&json!(code), &json!(reason)), "{operation}");
    }
}

#[test]
fn all_quotas_are_shown() {
    let control = Control::start("");
    let quotas = control.quotas();
    for (name, value) in [
        ("accounts", json!(50_000)),
        ("units", json!(2_000)),
        ("unitDepth", json!(5)),
        ("creationsAtOnce", json!(5)),
        ("closuresAtOnce", json!(3)),
        ("closures", json!(250)),
        ("invitations", json!(20)),
        ("minimumAge", json!("4d")),
        ("tags", json!(50)),
        ("sharesStandard", json!(25)),
    ] {
        assert_eq!(quotas[name], value, "{name}");
    }
    let types = quotas["policyTypes"].as_object().unwrap();
    assert_eq!(types.len(), 15);
    assert_eq!(types["SERVICE_CONTROL_POLICY"], json!({"size": 10_240, "attached": 10, "policies": 10_000}));
}

#[test]
fn what_is_shown_can_be_set() {
    let control = Control::start("");
    let quotas = control.quotas();
    assert_eq!(control.set(&quotas), quotas);
    assert_eq!(control.set(&json!({})), quotas);
}

#[test]
fn quotas_are_set_in_one_world_until_it_is_reset() {
    let control = Control::start("/w/blue");
    let before = control.quotas();
    let mut expected = before.clone();
    expected["unitDepth"] = json!(1);
    expected["minimumAge"] = json!("36h");
    expected["policyTypes"]["TAG_POLICY"]["attached"] = json!(2);
    let changes = json!({"unitDepth": 1, "minimumAge": "36h", "policyTypes": {"TAG_POLICY": {"attached": 2}}});
    assert_eq!(control.set(&changes), expected);
    assert_eq!(control.quotas(), expected);
    let default = Request::new("GET", "/_orgdir/quotas", "").to(control.server.address).ok();
    assert_eq!(default, before, "another world keeps its own");
    control.ask("POST", "/reset", &json!(null));
    assert_eq!(control.quotas(), before);
}

#[test]
fn what_cannot_be_set_changes_nothing() {
    let control = Control::start("");
    let before = control.quotas();
    for (changes, parts) in [
        (json!({"accounts": 3, "depth": 3}), ["no quota depth", "unitDepth, creationsAtOnce"]),
        (json!({"accounts": 3, "units": -1}), ["'-1' is no value of units", "whole number"]),
        (json!({"units": 1.5}), ["'1.5' is no value of units", "whole number"]),
        (json!({"units": null}), ["'null' is no value of units", "whole number"]),
        (json!({"units": {}}), ["'{}' is no value of units", "whole number"]),
        (json!({"minimumAge": 4}), ["'4' is no duration", "such as 4d"]),
        (json!({"policyTypes": 4}), ["no quota policyTypes", "policyTypes.TAG_POLICY.attached"]),
        (json!({"policyTypes": {"TAGS": {"attached": 4}}}), ["no policy type TAGS", "TAG_POLICY"]),
        (json!({"policyTypes": {"TAG_POLICY": {"depth": 4}}}), ["no quota depth", "size, attached, policies"]),
        (json!(["accounts"]), ["send a body such as", "accounts"]),
    ] {
        let answer = control.ask("PATCH", "/quotas", &changes);
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (400, Some("application/problem+json")),
            "{changes}"
        );
        let detail = answer.json()["detail"].as_str().unwrap().to_owned();
        for part in parts {
            assert!(detail.contains(part), "{changes}: {detail} does not say {part}");
        }
        assert_eq!(control.quotas(), before, "{changes}");
    }
}

#[test]
fn calls_are_held_against_the_quotas_that_were_set() {
    let control = Control::start("");
    control.call("CreateOrganization", &json!({})).ok();
    let root = control.call("ListRoots", &json!({})).ok()["Roots"][0]["Id"].clone();
    control.set(&json!({"accounts": 1, "units": 1, "tags": 1}));
    let account = json!({"AccountName": "dev", "Email": "dev@example.com"});
    control.refused("CreateAccount", &account, "ConstraintViolationException", "ACCOUNT_NUMBER_LIMIT_EXCEEDED");
    control.call("CreateOrganizationalUnit", &json!({"ParentId": root, "Name": "a"})).ok();
    let unit = json!({"ParentId": root, "Name": "b"});
    control.refused("CreateOrganizationalUnit", &unit, "ConstraintViolationException", "OU_NUMBER_LIMIT_EXCEEDED");
    let tags = json!({"ResourceId": root, "Tags": [{"Key": "a", "Value": ""}, {"Key": "b", "Value": ""}]});
    control.refused("TagResource", &tags, "ConstraintViolationException", "MAX_TAG_LIMIT_EXCEEDED");
    control.set(&json!({"accounts": 2, "minimumAge": "0s"}));
    control.call("CreateAccount", &account).ok();
    let id = control.call("ListAccounts", &json!({})).ok()["Accounts"][1]["Id"].clone();
    let removed = control.call("RemoveAccountFromOrganization", &json!({ "AccountId": id }));
    assert_eq!(removed.status, 200, "{}", removed.text());
}
