//! An organization with more than a page of everything that Organizations lists, at a page size of two.

use aws_sdk_organizations::Client;
use aws_sdk_organizations::operation::create_policy::builders::CreatePolicyFluentBuilder;
use aws_sdk_organizations::operation::invite_account_to_organization::builders::InviteAccountToOrganizationFluentBuilder;
use aws_sdk_organizations::types::{HandshakeParty, HandshakePartyType, PolicyType, Tag};
use serde_json::{Map, Value, json};

use crate::caller::Caller;
use crate::cast::{BILLING, M, S, X};
use crate::world::World;

pub const PLANS: [&str; 3] = ["one", "two", "three"];
pub const PRINCIPALS: [&str; 3] = ["cloudtrail.amazonaws.com", "config.amazonaws.com", "guardduty.amazonaws.com"];

pub struct Grown {
    pub root: String,
    pub accounts: Vec<String>,
    pub units: Vec<String>,
    pub policies: Vec<String>,
    pub sent: Vec<String>,
    pub received: Vec<String>,
}

impl Grown {
    pub async fn of(world: &World) -> Self {
        let m = world.caller(M);
        m.organizations.create_organization().send().await.expect("an organization");
        let root = root(&m.organizations).await;
        let mut accounts = Vec::new();
        for i in 0..5 {
            accounts.push(m.create_account(&format!("account{i}")).await);
        }
        let mut units = Vec::new();
        for name in ["Sandbox", "Security", "Workloads"] {
            units.push(create_unit(&m.organizations, &root, name).await);
        }
        let tags = ["cost", "stage", "team"].map(|key| Tag::builder().key(key).value("any").build().expect("a tag"));
        let tag = m.organizations.tag_resource().resource_id(&accounts[0]).set_tags(Some(tags.to_vec()));
        tag.send().await.expect("the account is tagged");
        delegate(&m.organizations, &accounts).await;
        let policies = attach_policies(&m.organizations, &root, &units).await;
        let (sent, received) = invite_each_other(world, &m).await;
        Self { root, accounts, units, policies, sent, received }
    }
}

pub async fn root(m: &Client) -> String {
    let roots = m.list_roots().send().await.expect("roots");
    roots.roots()[0].id().expect("a root has an id").to_owned()
}

/// Makes a unit and answers its id.
pub async fn create_unit(m: &Client, parent: &str, name: &str) -> String {
    let made = m.create_organizational_unit().parent_id(parent).name(name).send().await.expect("a unit");
    made.organizational_unit.and_then(|unit| unit.id).expect("a unit has an id")
}

/// A request for a policy.
pub fn policy(m: &Client, kind: PolicyType, name: &str, content: &Value) -> CreatePolicyFluentBuilder {
    m.create_policy().r#type(kind).name(name).description("").content(content.to_string())
}

/// Makes a policy and answers its id.
pub async fn create_policy(m: &Client, kind: PolicyType, name: &str, content: &Value) -> String {
    let made = policy(m, kind, name, content).send().await.expect("the policy is made").policy.expect("a policy");
    made.policy_summary.and_then(|summary| summary.id).expect("a policy has an id")
}

pub async fn attach(m: &Client, policy: &str, target: &str) {
    m.attach_policy().policy_id(policy).target_id(target).send().await.expect("the policy is attached");
}

/// A request to invite an account.
pub fn invitation(m: &Client, account: &str) -> InviteAccountToOrganizationFluentBuilder {
    m.invite_account_to_organization().target(party(account))
}

pub fn party(account: &str) -> HandshakeParty {
    HandshakeParty::builder().id(account).r#type(HandshakePartyType::Account).build().expect("the party is complete")
}

/// Invites an account and answers the handshake's id.
pub async fn invite(m: &Client, account: &str) -> String {
    let sent = invitation(m, account).send().await.expect("the account is invited");
    sent.handshake.and_then(|handshake| handshake.id).expect("a handshake has an id")
}

/// A tag policy with one key and its allowed values.
pub fn tag_policy(key: &str, values: &[&str]) -> Value {
    let mut rule = json!({"tag_key": {"@@assign": key}});
    if !values.is_empty() {
        rule["tag_value"] = json!({"@@assign": values});
    }
    json!({"tags": {key: rule}})
}

/// A backup policy with three plans, each with these rules. AWS allows ten rules with an hourly schedule in a plan.
fn backup_policy(rules: impl Iterator<Item = u8>) -> Value {
    let schedule = json!({"@@assign": "cron(0 5/1 ? * * *)"});
    let rule = json!({"schedule_expression": schedule, "target_backup_vault_name": {"@@assign": "vault"}});
    let rules: Map<_, _> = rules.map(|number| (format!("rule{number}"), rule.clone())).collect();
    let data = json!({
        "iam_role_arn": {"@@assign": "arn:aws:iam::$account:role/Backup"},
        "tag_key": {"@@assign": "backup"},
        "tag_value": {"@@assign": ["yes"]},
    });
    let plan = json!({"regions": {"@@assign": ["us-east-1"]}, "rules": rules, "selections": {"tags": {"data": data}}});
    json!({"plans": PLANS.iter().map(|name| ((*name).to_owned(), plan.clone())).collect::<Map<_, _>>()})
}

/// Delegates: one account administers three services, and two more accounts the first of them.
async fn delegate(m: &Client, accounts: &[String]) {
    for principal in PRINCIPALS {
        m.enable_aws_service_access().service_principal(principal).send().await.expect("trusted access");
    }
    let all = PRINCIPALS.map(|principal| (&accounts[0], principal));
    for (account, principal) in all.into_iter().chain(accounts[1..3].iter().map(|account| (account, PRINCIPALS[0]))) {
        let register = m.register_delegated_administrator().account_id(account).service_principal(principal);
        register.send().await.expect("the account is registered");
    }
}

/// Attaches two backup policies to the root, which together break a limit, and three tag policies to each unit.
async fn attach_policies(m: &Client, root: &str, units: &[String]) -> Vec<String> {
    for kind in [PolicyType::BackupPolicy, PolicyType::TagPolicy] {
        m.enable_policy_type().root_id(root).policy_type(kind).send().await.expect("the type is enabled");
    }
    for (name, content) in [("ten", backup_policy(0..10)), ("one", backup_policy(10..11))] {
        attach(m, &create_policy(m, PolicyType::BackupPolicy, name, &content).await, root).await;
    }
    let mut policies = Vec::new();
    for key in ["a", "b", "c"] {
        let policy = create_policy(m, PolicyType::TagPolicy, key, &tag_policy(key, &[])).await;
        for unit in units {
            attach(m, &policy, unit).await;
        }
        policies.push(policy);
    }
    policies
}

/// M invites three accounts, and three organizations invite S. Answers the handshakes that M sent and those that S
/// received.
async fn invite_each_other(world: &World, m: &Caller) -> (Vec<String>, Vec<String>) {
    let mut sent = Vec::new();
    for account in [S, "555555555555", "666666666666"] {
        sent.push(invite(&m.organizations, account).await);
    }
    let mut received = vec![sent[0].clone()];
    for account in [X, BILLING] {
        let other = world.caller(account).organizations;
        other.create_organization().send().await.expect("an organization");
        received.push(invite(&other, S).await);
    }
    (sent, received)
}
