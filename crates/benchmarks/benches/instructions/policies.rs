//! Benchmarks of a policy decision and of a merge.

use std::hint::black_box;

use policy::iam::evaluate::{AppliedPolicy, Level, through_levels};
use policy::iam::{AuthorizationRequest, Context, RequestPrincipal, scp};
use policy::management;

use crate::Benchmark;

const ALLOW_ALL: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;
const GUARDRAIL: &str = r#"{"Version":"2012-10-17","Statement":[
    {"Sid":"Regions","Effect":"Deny","NotAction":["iam:*","organizations:*","sts:*"],"Resource":"*",
     "Condition":{"StringNotEquals":{"aws:RequestedRegion":["eu-central-1","eu-west-1"]}}},
    {"Sid":"Leave","Effect":"Deny","Action":["organizations:LeaveOrganization"],"Resource":"*"},
    {"Sid":"Directories","Effect":"Deny","Action":["ds:Delete*","ds:Unshare*"],
     "Resource":"arn:aws:ds:*:*:directory/*",
     "Condition":{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/admin-*"}}}]}"#;
const TAGS_OF_ROOT: &str = r#"{"tags":{"CostCenter":{"tag_key":{"@@assign":"CostCenter"},
    "tag_value":{"@@assign":["Support","Sales"]},"enforced_for":{"@@assign":["ec2:instance"]}}}}"#;
const TAGS_OF_UNIT: &str = r#"{"tags":{"costcenter":{"tag_value":{"@@append":["Marketing"]}},
    "Project":{"tag_key":{"@@assign":"Project"}}}}"#;

/// All benchmarks of policies.
pub fn benchmarks() -> Vec<Benchmark> {
    vec![("policy: a decision".to_owned(), Box::new(decision())), ("policy: a merge".to_owned(), Box::new(merge()))]
}

/// Decides whether an account three levels down may share a directory, with a guardrail at each level.
fn decision() -> impl Fn() {
    let allow = scp::validate(ALLOW_ALL).expect("the policy is valid");
    let deny = scp::validate(GUARDRAIL).expect("the policy is valid");
    let context = Context::default().with("aws:RequestedRegion", Some("eu-west-1".to_owned()));
    move || {
        let level = |name| Level {
            name,
            policies: vec![
                AppliedPolicy { name: "p-FullAWSAccess", document: &allow },
                AppliedPolicy { name: "p-guardrail", document: &deny },
            ],
        };
        let request = AuthorizationRequest {
            caller: RequestPrincipal::Aws("arn:aws:iam::222222222222:user/admin"),
            action: "ds:ShareDirectory",
            resource: "arn:aws:ds:eu-west-1:222222222222:directory/d-1234567890",
            context: &context,
        };
        let decision = through_levels(&["r-abcd", "ou-abcd-11111111", "the account"].map(level), &request);
        assert!(black_box(decision).is_allowed());
    }
}

/// Merges the effective tag policy of an account under a root and a unit with a policy each.
fn merge() -> impl Fn() {
    let tags = |text| management::validate(management::Kind::Tag, text).expect("the policy is valid");
    let root = vec![management::AttachedPolicy::new("p-root", tags(TAGS_OF_ROOT))];
    let unit = vec![management::AttachedPolicy::new("p-unit", tags(TAGS_OF_UNIT))];
    let levels = [root, unit];
    move || assert!(black_box(management::effective(management::Kind::Tag, &levels)).is_some())
}
