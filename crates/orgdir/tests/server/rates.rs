//! Request rates through the control API: shown, and kept to where they are turned on.

use serde_json::{Value, json};

use crate::serving::{Answer, Process, Request};

fn ask(server: &Process, method: &'static str, path: &str, body: &Value) -> Answer {
    Request::new(method, path, body.to_string()).to(server.address)
}

#[test]
fn rates_are_shown_and_off() {
    let server = Process::start();
    for prefix in ["", "/w/blue"] {
        let shown = ask(&server, "GET", &format!("{prefix}/_orgdir/rates"), &json!(null)).ok();
        assert_eq!(shown["enforced"], false);
        let rates = shown["rates"].as_array().unwrap();
        let of = |operation: &str| rates.iter().find(|rate| rate["operation"] == operation).unwrap();
        let close =
            json!({"operation": "CloseAccount", "account": {"perSecond": 0.05, "burst": 1}, "organization": null});
        assert_eq!(*of("CloseAccount"), close);
        assert_eq!(of("ListAccounts")["organization"], json!({"perSecond": 9.0, "burst": 15}));
    }
    let wrong = ask(&server, "PUT", "/_orgdir/rates", &json!({"on": true}));
    assert_eq!(wrong.status, 400);
    assert!(wrong.json()["detail"].as_str().unwrap().contains(r#"send a body such as {"enforced":true}"#));
}

#[test]
fn a_world_keeps_to_the_rates_while_it_is_told_to() {
    let server = Process::start();
    ask(&server, "POST", "/w/blue/_orgdir/clock/freeze", &json!(null)).ok();
    let describe = |prefix: &str| {
        let request = Request::json("organizations:DescribeOrganization", "{}").at(&format!("{prefix}/"));
        let answer = request.to(server.address);
        answer.json()["__type"].as_str().unwrap_or("ok").to_owned()
    };
    for prefix in ["", "/w/blue"] {
        Request::json("organizations:CreateOrganization", "{}").at(&format!("{prefix}/")).to(server.address).ok();
    }
    let enforce = |enforced: bool| {
        let shown = ask(&server, "PUT", "/w/blue/_orgdir/rates", &json!({ "enforced": enforced })).ok();
        assert_eq!(shown["enforced"], enforced);
    };
    enforce(true);
    let throttled = "TooManyRequestsException";
    assert_eq!([(); 4].map(|()| describe("/w/blue")), ["ok", "ok", throttled, throttled]);
    assert_eq!([(); 4].map(|()| describe("")), ["ok"; 4], "another world takes all");
    ask(&server, "POST", "/w/blue/_orgdir/clock/advance", &json!({"by": "1s"})).ok();
    assert_eq!([(); 2].map(|()| describe("/w/blue")), ["ok", throttled]);
    enforce(false);
    assert_eq!([(); 4].map(|()| describe("/w/blue")), ["ok"; 4]);
    enforce(true);
    assert_eq!(describe("/w/blue"), "ok", "nothing is used up");
    ask(&server, "POST", "/w/blue/_orgdir/reset", &json!(null));
    assert_eq!(ask(&server, "GET", "/w/blue/_orgdir/rates", &json!(null)).ok()["enforced"], false);
}
