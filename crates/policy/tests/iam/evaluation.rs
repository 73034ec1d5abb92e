//! Decisions of policies, and their texts.

use policy::iam::evaluate::{AppliedPolicy, Level, PoliciesByKind, PolicyKind, through_levels};
use policy::iam::{AuthorizationRequest, Context, Document, RequestPrincipal, rcp, resource_policy, scp, session};

use crate::document;

const USER: RequestPrincipal<'_> = RequestPrincipal::Aws("arn:aws:iam::111111111111:user/alice");
const ROOT_USER: RequestPrincipal<'_> = RequestPrincipal::Aws("arn:aws:iam::111111111111:root");
const SESSION: RequestPrincipal<'_> = RequestPrincipal::Aws("arn:aws:sts::111111111111:assumed-role/Admin/alice");

fn service_control(statement: &str) -> Document {
    scp::validate(&document(statement)).unwrap()
}

fn identity(statement: &str) -> Document {
    session::validate(&document(statement)).unwrap()
}

fn level<'a>(name: &'a str, policies: &[(&'a str, &'a Document)]) -> Level<'a> {
    Level { name, policies: policies.iter().map(|(name, document)| AppliedPolicy { name, document }).collect() }
}

/// A request without condition keys.
fn request<'a>(caller: RequestPrincipal<'a>, action: &'a str, resource: &'a str) -> AuthorizationRequest<'a> {
    static NONE: std::sync::LazyLock<Context> = std::sync::LazyLock::new(Context::new);
    AuthorizationRequest { caller, action, resource, context: &NONE }
}

#[test]
fn every_level_must_allow_and_none_may_deny() {
    let full = service_control(r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#);
    let only_ec2 = service_control(r#"{"Effect":"Allow","Action":"ec2:*","Resource":"*"}"#);
    let no_s3 = service_control(r#"[{"Effect":"Allow","Action":"*"},{"Sid":"NoS3","Effect":"Deny","Action":"s3:*"}]"#);
    let root = || level("r-ab12", &[("p-FullAWSAccess", &full)]);
    let account = || level("111111111111", &[("p-FullAWSAccess", &full)]);
    for (middle, action, expected) in [
        (
            level("ou-1", &[("p-FullAWSAccess", &full)]),
            "s3:ListBuckets",
            "Allowed by Statement[0] of p-FullAWSAccess at r-ab12 and by Statement[0] of p-FullAWSAccess at ou-1 and \
            by Statement[0] of p-FullAWSAccess at 111111111111.",
        ),
        // FullAWSAccess of the account cannot allow an action that the OU does not allow.
        (level("ou-1", &[("p-ec2", &only_ec2)]), "s3:ListBuckets", "Denied, since no statement at ou-1 allows it."),
        (level("ou-1", &[]), "ec2:RunInstances", "Denied, since no statement at ou-1 allows it."),
        (
            level("ou-1", &[("p-full", &full), ("p-no", &no_s3)]),
            "S3:listbuckets",
            "Denied by Statement[1] (NoS3) of p-no at ou-1.",
        ),
    ] {
        let levels = [root(), middle, account()];
        for caller in [USER, ROOT_USER, SESSION] {
            let decision = through_levels(&levels, &request(caller, action, "*"));
            assert_eq!(decision.to_string(), expected);
        }
    }
    assert_eq!(through_levels(&[], &request(USER, "a:b", "*")).to_string(), "Allowed, since no policy is in force.");
}

#[test]
fn a_resource_control_policy_requires_tls_of_everyone() {
    let full = rcp::full_access();
    let statement = r#"{"Sid":"Tls","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*",
        "Condition":{"BoolIfExists":{"aws:SecureTransport":"false"}}}"#;
    let tls = rcp::validate(&document(statement)).unwrap();
    let levels =
        [level("r-ab12", &[("p-RCPFullAWSAccess", &full)]), level("111111111111", &[("full", &full), ("p-tls", &tls)])];
    for caller in [
        USER,
        RequestPrincipal::Anonymous,
        RequestPrincipal::Service("s3.amazonaws.com"),
        RequestPrincipal::Aws("arn:aws:iam::222222222222:root"),
    ] {
        for (secure, expected) in [("true", true), ("false", false)] {
            let context = Context::new().with("aws:SecureTransport", [secure]);
            let request =
                AuthorizationRequest { context: &context, ..request(caller, "s3:GetObject", "arn:aws:s3:::b/k") };
            assert_eq!(through_levels(&levels, &request).is_allowed(), expected, "{caller:?} {secure}");
        }
    }
}

#[test]
fn negated_elements_mean_everything_else() {
    for (statement, action, resource, expected) in [
        (r#""NotAction":["iam:*","s3:Get*"]"#, "s3:PutObject", "*", true),
        (r#""NotAction":["iam:*","s3:Get*"]"#, "IAM:GetUser", "*", false),
        (r#""Action":"*","NotResource":"arn:aws:s3:::b/*""#, "s3:GetObject", "arn:aws:s3:::c/k", true),
        (r#""Action":"*","NotResource":"arn:aws:s3:::b/*""#, "s3:GetObject", "arn:aws:s3:::b/k", false),
        (r#""Action":"s3:*Object","Resource":"arn:aws:s3:::b/?""#, "s3:GetObject", "arn:aws:s3:::b/k", true),
        (r#""Action":"s3:*Object","Resource":"arn:aws:s3:::b/?""#, "s3:GetObjectAcl", "arn:aws:s3:::b/k", false),
        (r#""Action":"s3:*Object","Resource":"arn:aws:s3:::b/?""#, "s3:GetObject", "arn:aws:s3:::b/kk", false),
        (r#""Action":"s3:*","Resource":"arn:aws:s3:::B""#, "s3:GetObject", "arn:aws:s3:::b", false),
    ] {
        let document = service_control(&format!(r#"{{"Effect":"Allow",{statement}}}"#));
        let levels = [level("r-ab12", &[("p", &document)])];
        assert_eq!(
            through_levels(&levels, &request(USER, action, resource)).is_allowed(),
            expected,
            "{statement} {action} {resource}"
        );
    }
}

#[test]
fn a_delegation_is_limited_to_its_policy_type() {
    let is_member = |id: &str| id == "111111111111";
    let organization = resource_policy::DelegatingOrganization {
        id: "o-exampleorg",
        management_account_id: "999999999999",
        is_member: &is_member,
    };
    let text = document(
        r#"{"Sid":"Backup","Effect":"Allow","Principal":{"AWS":"111111111111"},"Action":"organizations:CreatePolicy",
        "Resource":"*",
            "Condition":{"StringEquals":{"organizations:PolicyType":"BACKUP_POLICY"}}}"#,
    );
    let delegation = resource_policy::validate(&text, organization).unwrap();
    let all = identity(r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#);
    let policies = PoliciesByKind {
        service_control: Vec::new(),
        resource_control: Vec::new(),
        resource: Some(level("o-exampleorg", &[("rp-12345678", &delegation)])),
        identity: level("alice", &[("Admin", &all)]),
        boundary: None,
        session: None,
        is_same_account: false,
    };
    for (caller, policy_type, expected) in [
        (USER, "BACKUP_POLICY", (PolicyKind::Identity, "Allowed by Statement[0] of Admin at alice.")),
        (
            USER,
            "SERVICE_CONTROL_POLICY",
            (PolicyKind::Resource, "Denied, since no statement at o-exampleorg allows it."),
        ),
        (
            RequestPrincipal::Aws("arn:aws:iam::222222222222:user/bob"),
            "BACKUP_POLICY",
            (PolicyKind::Resource, "Denied, since no statement at o-exampleorg allows it."),
        ),
    ] {
        let context = Context::new().with("organizations:PolicyType", [policy_type]);
        let request = AuthorizationRequest { context: &context, ..request(caller, "organizations:CreatePolicy", "*") };
        let (kind, decision) = policies.decide(&request);
        assert_eq!((kind, decision.to_string().as_str()), expected, "{caller:?} {policy_type}");
    }
}

#[test]
fn kinds_of_policies_combine() {
    let all = identity(r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#);
    let reads = identity(r#"{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}"#);
    let none = identity(r#"{"Effect":"Allow","Action":"ec2:*","Resource":"*"}"#);
    let denies = identity(r#"{"Effect":"Deny","Action":"s3:Put*","Resource":"*"}"#);
    let of = |identity: &'static str, document| PoliciesByKind {
        service_control: Vec::new(),
        resource_control: Vec::new(),
        resource: None,
        identity: level(identity, &[("p", document)]),
        boundary: None,
        session: None,
        is_same_account: true,
    };
    let put = request(SESSION, "s3:PutObject", "arn:aws:s3:::b/k");
    let get = request(SESSION, "s3:GetObject", "arn:aws:s3:::b/k");
    for (policies, request, expected) in [
        (of("i", &all), put, (PolicyKind::Identity, true)),
        (of("i", &none), put, (PolicyKind::Identity, false)),
        (
            PoliciesByKind { session: Some(level("s", &[("p", &reads)])), ..of("i", &all) },
            put,
            (PolicyKind::Session, false),
        ),
        (
            PoliciesByKind { session: Some(level("s", &[("p", &reads)])), ..of("i", &all) },
            get,
            (PolicyKind::Identity, true),
        ),
        (
            PoliciesByKind { boundary: Some(level("b", &[("p", &none)])), ..of("i", &all) },
            get,
            (PolicyKind::Boundary, false),
        ),
        (
            PoliciesByKind { boundary: Some(level("b", &[("p", &denies), ("q", &all)])), ..of("i", &all) },
            put,
            (PolicyKind::Boundary, false),
        ),
        (
            PoliciesByKind { service_control: vec![level("r", &[("p", &none)])], ..of("i", &all) },
            get,
            (PolicyKind::ServiceControl, false),
        ),
        (
            PoliciesByKind { resource_control: vec![level("r", &[])], ..of("i", &all) },
            get,
            (PolicyKind::ResourceControl, false),
        ),
        (PoliciesByKind { is_same_account: false, ..of("i", &all) }, get, (PolicyKind::Resource, false)),
    ] {
        let (kind, decision) = policies.decide(&request);
        assert_eq!((kind, decision.is_allowed()), expected, "{decision}");
    }
}

#[test]
fn a_resources_policy_alone_suffices_within_an_account() {
    let none = identity(r#"{"Effect":"Allow","Action":"ec2:*","Resource":"*"}"#);
    let is_member = |_: &str| true;
    let organization = resource_policy::DelegatingOrganization {
        id: "o-exampleorg",
        management_account_id: "999999999999",
        is_member: &is_member,
    };
    for (principal, expected) in [
        // The session policy does not limit what is allowed to the session's ARN. It limits what is allowed to the role
        // or the account.
        ("arn:aws:sts::111111111111:assumed-role/Admin/alice", (PolicyKind::Resource, true)),
        ("arn:aws:iam::111111111111:role/path/Admin", (PolicyKind::Session, false)),
        ("arn:aws:iam::111111111111:root", (PolicyKind::Session, false)),
        ("111111111111", (PolicyKind::Session, false)),
        ("arn:aws:iam::111111111111:role/Other", (PolicyKind::Identity, false)),
        ("arn:aws:iam::222222222222:role/Admin", (PolicyKind::Identity, false)),
        ("222222222222", (PolicyKind::Identity, false)),
    ] {
        let statement = format!(
            r#"{{"Effect":"Allow","Principal":{{"AWS":"{principal}"}},"Action":"organizations:ListRoots",
            "Resource":"*"}}"#
        );
        let granted = resource_policy::validate(&document(&statement), organization).unwrap();
        let policies = PoliciesByKind {
            service_control: Vec::new(),
            resource_control: Vec::new(),
            resource: Some(level("resource", &[("rp", &granted)])),
            identity: level("Admin", &[("p", &none)]),
            boundary: None,
            session: Some(level("session", &[("p", &none)])),
            is_same_account: true,
        };
        let list = request(SESSION, "organizations:ListRoots", "*");
        let (kind, decision) = policies.decide(&list);
        assert_eq!((kind, decision.is_allowed()), expected, "{principal}: {decision}");
        // From another account both sides must allow.
        let (kind, decision) = PoliciesByKind { is_same_account: false, ..policies }.decide(&list);
        assert_eq!((kind, decision.is_allowed()), (PolicyKind::Identity, false), "{principal}: {decision}");
    }
}
