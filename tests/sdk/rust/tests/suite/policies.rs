//! Policies: in force below where they are attached, refused where they are malformed, and managed by delegates.

use aws_sdk_organizations::Client;
use aws_sdk_organizations::error::ProvideErrorMetadata;
use aws_sdk_organizations::types::{EffectivePolicyType, PolicyType};
use serde_json::{Value, json};

use crate::caller::Caller;
use crate::cast::M;
use crate::grown::{attach, create_policy, create_unit, policy, root, tag_policy};
use crate::refused::refused;
use crate::world::World;

/// A world where M manages account dev in a unit.
struct Workloads {
    m: Caller,
    dev: Caller,
    root: String,
    unit: String,
    account: String,
    _world: World,
}

impl Workloads {
    async fn of(test: &str) -> Self {
        let world = World::of(test);
        let m = world.caller(M);
        m.organizations.create_organization().send().await.expect("an organization");
        let root = root(&m.organizations).await;
        let unit = create_unit(&m.organizations, &root, "Workloads").await;
        let account = m.create_account("dev").await;
        let to_the_unit = m.organizations.move_account().account_id(&account).source_parent_id(&root);
        to_the_unit.destination_parent_id(&unit).send().await.expect("the account is moved");
        Self { dev: world.caller(&account), m, root, unit, account, _world: world }
    }

    async fn enable(&self, kind: PolicyType) {
        let enable = self.m.organizations.enable_policy_type().root_id(&self.root).policy_type(kind);
        enable.send().await.expect("the type is enabled");
    }
}

fn one_statement(effect: &str, action: &str) -> Value {
    json!({"Version": "2012-10-17", "Statement": [{"Effect": effect, "Action": action, "Resource": "*"}]})
}

#[tokio::test]
async fn a_service_control_policy_is_in_force_below_its_unit_until_it_is_taken_off() {
    let w = Workloads::of("policy-scp").await;
    let m = &w.m.organizations;
    w.enable(PolicyType::ServiceControlPolicy).await;
    let content = one_statement("Deny", "ds:CreateMicrosoftAD");
    let policy = create_policy(m, PolicyType::ServiceControlPolicy, "NoDirectories", &content).await;
    attach(m, &policy, &w.unit).await;
    let refused = w.dev.try_microsoft_ad("corp.example.com").send().await.expect_err("the policy is in force");
    assert_eq!(refused.code(), Some("AccessDeniedException"));
    w.m.create_microsoft_ad("corp.example.com").await;
    refused!(m.delete_policy().policy_id(&policy), is_policy_in_use_exception);
    m.detach_policy().policy_id(&policy).target_id(&w.unit).send().await.expect("the policy is taken off");
    w.dev.create_microsoft_ad("corp.example.com").await;
    m.delete_policy().policy_id(&policy).send().await.expect("the policy is deleted");
}

#[tokio::test]
async fn a_tag_policy_is_merged_with_those_above_it() {
    let w = Workloads::of("policy-tags").await;
    let m = &w.m.organizations;
    w.enable(PolicyType::TagPolicy).await;
    let upper = tag_policy("CostCenter", &["sales", "support"]);
    attach(m, &create_policy(m, PolicyType::TagPolicy, "upper", &upper).await, &w.root).await;
    let lower = json!({"tags": {"costcenter": {"tag_value": {"@@append": ["marketing"]}}}});
    attach(m, &create_policy(m, PolicyType::TagPolicy, "lower", &lower).await, &w.unit).await;
    let describe = |client: &Client| client.describe_effective_policy().policy_type(EffectivePolicyType::TagPolicy);
    let seen = describe(m).target_id(&w.account).send().await.expect("an effective policy").effective_policy;
    let own = describe(&w.dev.organizations).send().await.expect("an effective policy").effective_policy;
    assert_eq!(own, seen);
    let content = seen.and_then(|policy| policy.policy_content).expect("a policy has content");
    let merged = json!({"tag_key": "CostCenter", "tag_value": ["sales", "support", "marketing"]});
    let content: Value = serde_json::from_str(&content).expect("the content is JSON");
    assert_eq!(content, json!({"tags": {"costcenter": merged}}));
}

#[tokio::test]
async fn a_malformed_document_is_refused_with_the_path() {
    let w = Workloads::of("policy-malformed").await;
    for (path, kind, content) in [
        ("tags.team.tag_key", PolicyType::TagPolicy, json!({"tags": {"team": {"tag_key": "team"}}})),
        ("Statement[0].Effect", PolicyType::ServiceControlPolicy, one_statement("Forbid", "*")),
    ] {
        let create = policy(&w.m.organizations, kind, "malformed", &content);
        let error = refused!(create, is_malformed_policy_document_exception);
        let message = error.message().expect("a refusal says why");
        assert!(message.contains(path), "{message}");
    }
}

#[tokio::test]
async fn a_delegated_administrator_reads_but_does_not_write() {
    let w = Workloads::of("policy-administrator").await;
    let (m, dev) = (&w.m.organizations, &w.dev.organizations);
    let service = "config.amazonaws.com";
    refused!(dev.list_accounts(), is_access_denied_exception);
    m.enable_aws_service_access().service_principal(service).send().await.expect("trusted access");
    let register = m.register_delegated_administrator().account_id(&w.account).service_principal(service);
    register.send().await.expect("the account is registered");
    assert_eq!(dev.list_accounts().send().await.expect("accounts").accounts().len(), 2);
    let create = policy(dev, PolicyType::TagPolicy, "tags", &tag_policy("team", &[]));
    refused!(create, is_access_denied_exception);
    let deregister = m.deregister_delegated_administrator().account_id(&w.account).service_principal(service);
    deregister.send().await.expect("the account is no longer registered");
    refused!(dev.list_accounts(), is_access_denied_exception);
}

#[tokio::test]
async fn a_delegate_does_what_a_resource_policy_says() {
    let w = Workloads::of("policy-delegate").await;
    let (m, dev) = (&w.m.organizations, &w.dev.organizations);
    let content = json!({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow",
        "Principal": {"AWS": format!("arn:aws:iam::{}:root", w.account)},
        "Action": ["organizations:CreatePolicy", "organizations:DeletePolicy"],
        "Resource": "*",
        "Condition": {"StringEquals": {"organizations:PolicyType": "TAG_POLICY"}},
    }]});
    m.put_resource_policy().content(content.to_string()).send().await.expect("the resource policy is put");
    let made = create_policy(dev, PolicyType::TagPolicy, "tags", &tag_policy("team", &[])).await;
    let scp = one_statement("Deny", "ds:*");
    refused!(policy(dev, PolicyType::ServiceControlPolicy, "scp", &scp), is_access_denied_exception);
    refused!(dev.update_policy().policy_id(&made).name("other"), is_access_denied_exception);
    dev.delete_policy().policy_id(&made).send().await.expect("the policy is deleted");
    m.delete_resource_policy().send().await.expect("the resource policy is deleted");
    refused!(m.describe_resource_policy(), is_resource_policy_not_found_exception);
    let again = policy(dev, PolicyType::TagPolicy, "tags", &tag_policy("team", &[]));
    refused!(again, is_access_denied_exception);
}
