//! Faults through the control API: ordered, met by calls in each protocol, listed and cancelled.

use serde_json::{Value, json};

use crate::serving::{ACCOUNT, Answer, Process, Request};

struct World {
    server: Process,
    prefix: &'static str,
}

impl World {
    fn start(prefix: &'static str) -> Self {
        let world = Self { server: Process::start(), prefix };
        world.call(ACCOUNT, "organizations:CreateOrganization", &json!({})).ok();
        world
    }

    fn control(&self, method: &'static str, path: &str, body: &Value) -> Answer {
        Request::new(method, &format!("{}/_orgdir{path}", self.prefix), body.to_string()).to(self.server.address)
    }

    fn order(&self, order: &Value) -> Value {
        let answer = self.control("POST", "/faults", order);
        assert_eq!(answer.status, 201, "{}", answer.text());
        answer.json()
    }

    fn refused(&self, order: &Value, parts: &[&str]) {
        let answer = self.control("POST", "/faults", order);
        assert_eq!((answer.status, answer.header("content-type")), (400, Some("application/problem+json")), "{order}");
        let detail = answer.json()["detail"].as_str().unwrap().to_owned();
        for part in parts {
            assert!(detail.contains(part), "{order}: {detail} does not say {part}");
        }
        assert_eq!(self.waiting(), json!([]), "{order} orders nothing");
    }

    fn waiting(&self) -> Value {
        self.control("GET", "/faults", &json!(null)).ok()["faults"].clone()
    }

    fn call(&self, account: &str, operation: &str, body: &Value) -> Answer {
        let service = operation.split(':').next().unwrap();
        let request = Request::json(operation, body.to_string()).at(&format!("{}/", self.prefix));
        request.signed(account, service).to(self.server.address)
    }

    fn create_account(&self, email: &str) -> Answer {
        self.call(ACCOUNT, "organizations:CreateAccount", &json!({"AccountName": "dev", "Email": email}))
    }
}

#[test]
fn a_fault_is_ordered_met_and_used_up() {
    for prefix in ["", "/w/blue"] {
        let world = World::start(prefix);
        let order = json!({"operation": "CreateAccount", "error": "ConcurrentModificationException", "times": 2});
        let ordered = world.order(&order);
        let text = ordered["message"].as_str().unwrap();
        let mut expected = json!({
            "id": 1, "operation": "organizations:CreateAccount", "account": null, "target": null,
            "error": "ConcurrentModificationException", "reason": null, "message": text, "failureReason": null,
            "status": null, "left": 2,
        });
        assert_eq!((&ordered, world.waiting()), (&expected, json!([expected])));
        let refused = world.create_account("dev@example.com");
        assert_eq!(
            (refused.status, refused.json()),
            (400, json!({"__type": "ConcurrentModificationException", "Message": text}))
        );
        expected["left"] = json!(1);
        assert_eq!(world.waiting(), json!([expected]));
        assert_eq!(world.create_account("dev@example.com").status, 400);
        assert_eq!(world.waiting(), json!([]));
        world.create_account("dev@example.com").ok();
        let other = if prefix.is_empty() { "/w/blue/" } else { "/" };
        let elsewhere = Request::json("organizations:CreateOrganization", "{}").at(other).to(world.server.address);
        assert_eq!(elsewhere.status, 200, "a fault is of one world");
    }
}

#[test]
fn everything_about_a_fault_can_be_said() {
    let world = World::start("");
    let ordered = world.order(&json!({
        "service": "organizations", "operation": "InviteAccountToOrganization", "account": ACCOUNT,
        "target": "222222222222",
        "error": "HandshakeConstraintViolationException", "reason": "PAST_DUE_INVOICE", "message": "Pay first.",
        "times": 1,
    }));
    let (account, target, left) = (&ordered["account"], &ordered["target"], &ordered["left"]);
    assert_eq!((account, target, left), (&json!(ACCOUNT), &json!("222222222222"), &json!(1)));
    let invite = |id: &str| {
        let target = json!({"Target": {"Type": "ACCOUNT", "Id": id}});
        world.call(ACCOUNT, "organizations:InviteAccountToOrganization", &target)
    };
    invite("333333333333").ok();
    let expected = json!({
        "__type": "HandshakeConstraintViolationException", "Message": "Pay first.", "Reason": "PAST_DUE_INVOICE",
    });
    assert_eq!(invite("222222222222").json(), expected);
    invite("222222222222").ok();
}

#[test]
fn an_account_fails_for_a_reason_that_was_ordered() {
    let world = World::start("");
    let order = json!({"operation": "CreateAccount", "email": "dev@example.com",
    "failureReason": "MISSING_PAYMENT_INSTRUMENT"});
    let ordered = world.order(&order);
    assert_eq!((&ordered["error"], &ordered["failureReason"]), (&json!(null), &json!("MISSING_PAYMENT_INSTRUMENT")));
    let status = |answer: &Answer| {
        let id = answer.ok()["CreateAccountStatus"]["Id"].clone();
        let asked = json!({ "CreateAccountRequestId": id });
        let status = world.call(ACCOUNT, "organizations:DescribeCreateAccountStatus", &asked).ok();
        (status["CreateAccountStatus"]["State"].clone(), status["CreateAccountStatus"]["FailureReason"].clone())
    };
    assert_eq!(status(&world.create_account("prod@example.com")), (json!("SUCCEEDED"), json!(null)));
    let first = world.create_account("dev@example.com");
    assert_eq!(first.ok()["CreateAccountStatus"]["State"], "IN_PROGRESS");
    assert_eq!(status(&first), (json!("FAILED"), json!("MISSING_PAYMENT_INSTRUMENT")));
    assert_eq!(status(&world.create_account("dev@example.com")), (json!("SUCCEEDED"), json!(null)));
}

#[test]
fn a_directory_ends_in_a_status_that_was_ordered() {
    let world = World::start("");
    let order = json!({
        "operation": "CreateMicrosoftAD", "account": ACCOUNT, "target": "bad.example.com",
        "status": "Failed", "message": "The VPC is out of addresses.",
    });
    let expected = json!({
        "id": 1, "operation": "ds:CreateMicrosoftAD", "account": ACCOUNT, "target": "bad.example.com", "error": null,
        "reason": null, "message": "The VPC is out of addresses.", "failureReason": null, "status": "Failed", "left": 1,
    });
    assert_eq!(world.order(&order), expected);
    for name in ["good.example.com", "bad.example.com"] {
        let vpc = json!({"VpcId": "vpc-12345678", "SubnetIds": ["subnet-11111111", "subnet-22222222"]});
        let input = json!({"Name": name, "Password": "Sup3rSecret!", "Edition": "Standard", "VpcSettings": vpc});
        world.call(ACCOUNT, "ds:CreateMicrosoftAD", &input).ok();
    }
    let directories = world.call(ACCOUNT, "ds:DescribeDirectories", &json!({})).ok()["DirectoryDescriptions"].clone();
    assert_eq!((&directories[0]["Stage"], &directories[0]["StageReason"]), (&json!("Active"), &json!(null)));
    let failed = (&directories[1]["Stage"], &directories[1]["StageReason"]);
    assert_eq!(failed, (&json!("Failed"), &json!("The VPC is out of addresses.")));
}

#[test]
fn each_service_fails_in_its_own_protocol() {
    let world = World::start("");
    world.order(&json!({"operation": "ds:DescribeDirectories", "error": "ServiceException"}));
    world.order(&json!({"operation": "ds-data:ListUsers", "error": "ThrottlingException"}));
    // STS has error codes that are not the names of its errors. Both may be ordered.
    world.order(&json!({"operation": "AssumeRole", "error": "PackedPolicyTooLarge"}));
    world.order(&json!({"operation": "sts:AssumeRole", "error": "PackedPolicyTooLargeException"}));
    let directories = world.call(ACCOUNT, "ds:DescribeDirectories", &json!({}));
    assert_eq!((directories.status, &directories.json()["__type"]), (500, &json!("ServiceException")));
    let users = Request::rest("/Users/ListUsers?MaxResults=1", r#"{"DirectoryId":"d-1234567890"}"#);
    let users = users.to(world.server.address);
    assert_eq!((users.status, users.header("x-amzn-errortype")), (429, Some("ThrottlingException")));
    assert_eq!(users.header("retry-after"), Some("1"));
    let form = "Action=AssumeRole&Version=2011-06-15&RoleArn=arn:aws:iam::222222222222:role/x&RoleSessionName=story";
    for _ in 0..2 {
        let role = Request::query(form).to(world.server.address);
        assert_eq!(role.status, 400);
        assert!(role.text().contains("<Code>PackedPolicyTooLarge</Code>"), "{}", role.text());
    }
    assert_eq!(world.waiting(), json!([]));
}

#[test]
fn what_aws_does_not_have_cannot_be_ordered() {
    let world = World::start("");
    let (create, invite) = ("CreateAccount", "InviteAccountToOrganization");
    let (error, with_reasons) = ("ConcurrentModificationException", "HandshakeConstraintViolationException");
    let cases: [(Value, &[&str]); 20] = [
        (
            json!({"operation": "CreateAcount", "error": error}),
            &["no operation CreateAcount", "GET /_orgdir/operations"],
        ),
        (json!({"operation": "ListTagsForResource", "error": error}), &["several services", "ds:ListTagsForResource"]),
        (json!({"service": "s3", "operation": create, "error": error}), &["s3 has no operation CreateAccount"]),
        (
            json!({"operation": create, "error": "PolicyInUseException"}),
            &["the model lists", "FinalizingOrganizationException"],
        ),
        (json!({"operation": create, "error": error, "reason": "PAST_DUE_INVOICE"}), &["the model lists none"]),
        (
            json!({"operation": invite, "error": with_reasons, "reason": "NONE"}),
            &["PAST_DUE_INVOICE", "UNUSED_PREPAYMENT_BALANCE"],
        ),
        (json!({"operation": create, "failureReason": "NONE"}), &["INTERNAL_FAILURE", "EMAIL_ALREADY_EXISTS"]),
        (json!({"operation": invite, "failureReason": "INTERNAL_FAILURE"}), &["asks for no account"]),
        (json!({"operation": "s3:*", "error": error}), &["no service s3"]),
        (
            json!({"operation": "organizations:*", "error": "NoException"}),
            &["organizations:* has no error", "PolicyInUseException"],
        ),
        (json!({"operation": "ds:*", "failureReason": "INTERNAL_FAILURE"}), &["ds:* asks for no account"]),
        (json!({"operation": create}), &["an error", "a failure reason"]),
        (
            json!({"operation": create, "error": error, "failureReason": "INTERNAL_FAILURE"}),
            &["an error", "a failure reason"],
        ),
        (json!({"operation": "CreateMicrosoftAD", "status": "Active"}), &["Failed", "Impaired", "Inoperable"]),
        (json!({"operation": "CreateAlias", "status": "Failed"}), &["starts nothing", "the model lists none"]),
        (json!({"operation": "CreateSnapshot", "status": "Failed", "message": "No room."}), &["leave the message out"]),
        (json!({"operation": create, "error": error, "account": "12"}), &["12 digits"]),
        (json!({"operation": create, "error": error, "target": ""}), &["leave the target out"]),
        (json!({"operation": create, "error": error, "times": 0}), &["one call at least"]),
        (json!({"operation": create, "error": error, "time": 2}), &["send a body such as", "time"]),
    ];
    for (order, parts) in cases {
        world.refused(&order, parts);
    }
}

#[test]
fn a_fault_can_be_for_all_calls_of_an_account() {
    let world = World::start("");
    let order = json!({"operation": "organizations:*", "error": "ServiceException", "account": ACCOUNT, "times": 2});
    assert_eq!(world.order(&order)["operation"], "organizations:*");
    let describe = |account: &str| world.call(account, "organizations:DescribeOrganization", &json!({})).status;
    world.call(ACCOUNT, "ds:DescribeDirectories", &json!({})).ok();
    world.call("222222222222", "organizations:CreateOrganization", &json!({})).ok();
    assert_eq!([describe("222222222222"), describe(ACCOUNT), describe("222222222222")], [200, 500, 200]);
    assert_eq!(world.create_account("dev@example.com").status, 500);
    world.create_account("dev@example.com").ok();
    world.order(&json!({"operation": "organizations:*", "failureReason": "INVALID_ADDRESS"}));
    assert_eq!(describe(ACCOUNT), 200);
    world.create_account("prod@example.com").ok();
    assert_eq!(world.waiting(), json!([]));
}

#[test]
fn faults_are_cancelled_one_by_one_all_together_and_by_a_reset() {
    let world = World::start("/w/blue");
    let order = || world.order(&json!({"operation": "CreateAccount", "error": "ServiceException"}))["id"].clone();
    assert_eq!([order(), order(), order()], [json!(1), json!(2), json!(3)]);
    assert_eq!(world.control("DELETE", "/faults/2", &json!(null)).status, 204);
    for gone in ["2", "9", "x", "-1"] {
        let answer = world.control("DELETE", &format!("/faults/{gone}"), &json!(null));
        assert_eq!(answer.status, 404, "{gone}");
        assert!(answer.json()["detail"].as_str().unwrap().contains("GET /_orgdir/faults"), "{gone}");
    }
    let ids = || world.waiting().as_array().unwrap().iter().map(|fault| fault["id"].clone()).collect::<Vec<_>>();
    assert_eq!(ids(), [1, 3]);
    assert_eq!(world.control("DELETE", "/faults", &json!(null)).status, 204);
    assert_eq!(world.waiting(), json!([]));
    world.create_account("dev@example.com").ok();
    order();
    assert_eq!(world.control("POST", "/reset", &json!(null)).status, 204);
    assert_eq!(world.waiting(), json!([]));
}
