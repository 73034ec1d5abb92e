//! Request rates through the control API: shown, and enforced where they are turned on.

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
        let bucket = |requests: u32| json!({"perSecond": f64::from(requests), "burst": requests});
        let data = json!({
            "account": bucket(100),
            "standard": {"reads": bucket(8), "writes": bucket(4)},
            "enterprise": {"reads": bucket(16), "writes": bucket(8)},
        });
        assert_eq!(shown["directoryData"], data);
    }
    let wrong = ask(&server, "PUT", "/_orgdir/rates", &json!({"on": true}));
    assert_eq!(wrong.status, 400);
    assert!(wrong.json()["detail"].as_str().unwrap().contains(r#"send a body such as {"enforced":true}"#));
}

#[test]
fn a_world_enforces_the_rates_while_that_is_turned_on() {
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

#[test]
fn directory_data_is_throttled_in_its_own_protocol() {
    let server = Process::start();
    ask(&server, "POST", "/_orgdir/clock/freeze", &json!(null)).ok();
    let input = json!({
        "Name": "corp.example.com",
        "Password": "Sup3rSecret!",
        "Edition": "Standard",
        "VpcSettings": {"VpcId": "vpc-12345678", "SubnetIds": ["subnet-11111111", "subnet-22222222"]},
    });
    let created = Request::json("ds:CreateMicrosoftAD", input.to_string()).to(server.address).ok();
    let id = created["DirectoryId"].clone();
    let enable = json!({ "DirectoryId": id }).to_string();
    Request::json("ds:EnableDirectoryDataAccess", enable).to(server.address).ok();
    ask(&server, "PUT", "/_orgdir/rates", &json!({"enforced": true})).ok();
    let path = format!("/Users/CreateUser?DirectoryId={}", id.as_str().unwrap());
    let create = |name: &str| {
        let body = json!({ "SAMAccountName": name }).to_string();
        Request::rest(path.as_str(), body).to(server.address)
    };
    for name in ["a", "b", "c", "d"] {
        create(name).ok();
    }
    let throttled = create("e");
    assert_eq!((throttled.status, throttled.header("x-amzn-errortype")), (429, Some("ThrottlingException")));
    assert_eq!(throttled.header("retry-after"), Some("1"));
    assert!(throttled.json()["Message"].is_string());
    ask(&server, "POST", "/_orgdir/clock/advance", &json!({"by": "1s"})).ok();
    create("e").ok();
    // An account has a rate of its own, also for directories that it does not have.
    ask(&server, "POST", "/_orgdir/clock/advance", &json!({"by": "1s"})).ok();
    let list = || Request::rest("/Users/ListUsers?DirectoryId=d-9067000000", "{}").to(server.address).status;
    assert_eq!([(); 100].map(|()| list()), [403; 100]);
    assert_eq!(list(), 429);
}
