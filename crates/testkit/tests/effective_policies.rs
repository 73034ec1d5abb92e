//! Compares effective policies after random attachments, detachments, moves and updates with a merge from scratch. The
//! world lists invalid policies again only where something changed since the last list. The second model starts anew
//! each time.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use model::organizations::SERVICE;
use policy::management::{AttachedPolicy, Effective, Kind, effective, effective_findings, validate};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Map, Value, json};
use testkit::{Client, Credentials};
use world::Settings;

const MANAGEMENT: &str = "111111111111";

/// The statements of a policy about the values of one tag.
const VALUES: [&str; 6] = [
    r#""@@assign":["one"]"#,
    r#""@@assign":["two","three"],"@@operators_allowed_for_child_policies":["@@append"]"#,
    r#""@@append":["three","four"]"#,
    r#""@@append":["five"],"@@operators_allowed_for_child_policies":["@@remove"]"#,
    r#""@@remove":["one","three"]"#,
    r#""@@remove":["five"]"#,
];

/// A type of policies, and documents of it.
#[derive(Clone, Copy)]
struct Documents {
    kind: Kind,
    policy_type: &'static str,
    content: fn(usize) -> String,
}

/// Policies with different statements about the same tag.
const TAGS: Documents = Documents { kind: Kind::Tag, policy_type: "TAG_POLICY", content: tags };

/// Backup policies with five hourly rules each. A plan has at most ten.
const BACKUPS: Documents = Documents { kind: Kind::Backup, policy_type: "BACKUP_POLICY", content: backups };

#[derive(Clone, Copy, Debug)]
enum Step {
    Attach(usize, usize),
    Detach(usize, usize),
    Update(usize, usize),
    Move(usize, usize),
    List,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..POLICIES, 0..TARGETS).prop_map(|(policy, target)| Step::Attach(policy, target)),
        2 => (0..POLICIES, 0..TARGETS).prop_map(|(policy, target)| Step::Detach(policy, target)),
        1 => (0..POLICIES, 0..VALUES.len()).prop_map(|(policy, values)| Step::Update(policy, values)),
        1 => (0..ACCOUNTS, 0..UNITS).prop_map(|(account, unit)| Step::Move(account, unit)),
        1 => Just(Step::List),
    ]
}

const POLICIES: usize = 4;
const ACCOUNTS: usize = 2;
/// The tree: the root, two units in it, and a chain of two below the first.
const PARENTS: [Option<usize>; 5] = [None, Some(0), Some(0), Some(1), Some(3)];
const UNITS: usize = PARENTS.len();
/// The number of targets: the root, the units, and then the accounts.
const TARGETS: usize = UNITS + ACCOUNTS;

/// An organization and its second model.
struct Both {
    documents: Documents,
    client: Client,
    targets: Vec<String>,
    policies: Vec<String>,
    says: Vec<usize>,
    /// Policies by target, in the order of attachment.
    attached: Vec<Vec<usize>>,
    /// The parent of each account.
    parents: [usize; ACCOUNTS],
}

impl Both {
    fn new(documents: Documents) -> Self {
        let client = Client::new(Settings::default());
        call(&client, "CreateOrganization", &json!({})).unwrap();
        let root = text(&call(&client, "ListRoots", &json!({})).unwrap()["Roots"][0]["Id"]);
        call(&client, "EnablePolicyType", &json!({"RootId": root, "PolicyType": documents.policy_type})).unwrap();
        let mut targets = vec![root];
        for (index, parent) in PARENTS.iter().enumerate().filter_map(|(index, parent)| Some((index, (*parent)?))) {
            let input = json!({"ParentId": targets[parent], "Name": format!("unit {index}")});
            targets.push(text(&call(&client, "CreateOrganizationalUnit", &input).unwrap()["OrganizationalUnit"]["Id"]));
        }
        for index in 0..ACCOUNTS {
            let input = json!({"Email": format!("dev{index}@example.com"), "AccountName": "dev"});
            let request = call(&client, "CreateAccount", &input).unwrap()["CreateAccountStatus"]["Id"].clone();
            let input = json!({"CreateAccountRequestId": request});
            let status = call(&client, "DescribeCreateAccountStatus", &input).unwrap();
            targets.push(text(&status["CreateAccountStatus"]["AccountId"]));
        }
        let policies = (0..POLICIES).map(|index| {
            let (name, content) = (format!("p{index}"), (documents.content)(index));
            let input = json!({"Name": name, "Description": "", "Type": documents.policy_type, "Content": content});
            text(&call(&client, "CreatePolicy", &input).unwrap()["Policy"]["PolicySummary"]["Id"])
        });
        let policies = policies.collect();
        let says = (0..POLICIES).collect();
        Self { documents, client, targets, policies, says, attached: vec![Vec::new(); TARGETS], parents: [0; ACCOUNTS] }
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::Attach(policy, target) => {
                let is_new = !self.attached[target].contains(&policy);
                let input = json!({"PolicyId": self.policies[policy], "TargetId": self.targets[target]});
                assert_eq!(call(&self.client, "AttachPolicy", &input).is_some(), is_new);
                if is_new {
                    self.attached[target].push(policy);
                }
            }
            Step::Detach(policy, target) => {
                let found = self.attached[target].iter().position(|attached| *attached == policy);
                let input = json!({"PolicyId": self.policies[policy], "TargetId": self.targets[target]});
                assert_eq!(call(&self.client, "DetachPolicy", &input).is_some(), found.is_some());
                found.map(|found| self.attached[target].remove(found));
            }
            Step::Update(policy, values) => {
                let input = json!({"PolicyId": self.policies[policy], "Content": (self.documents.content)(values)});
                call(&self.client, "UpdatePolicy", &input).unwrap();
                self.says[policy] = values;
            }
            Step::Move(account, unit) => {
                let (from, to) = (&self.targets[self.parents[account]], &self.targets[unit]);
                let input = json!({"AccountId": self.targets[UNITS + account], "SourceParentId": from,
                "DestinationParentId": to});
                assert_eq!(call(&self.client, "MoveAccount", &input).is_some(), self.parents[account] != unit);
                self.parents[account] = unit;
            }
            Step::List => assert_eq!(self.invalid(), self.expected_invalid()),
        }
        assert_eq!(self.client.world.settled(self.client.at).broken_invariants(), Vec::<String>::new());
    }

    /// The expected effective policy of an account: the merge of all attached policies from the root down to it.
    fn expected(&self, account: usize) -> Option<Effective> {
        let mut way = vec![UNITS + account, self.parents[account]];
        while let Some(parent) = PARENTS[way[way.len() - 1]] {
            way.push(parent);
        }
        let level = |target: &usize| {
            let policies = self.attached[*target].iter();
            let read =
                |policy: &usize| validate(self.documents.kind, &(self.documents.content)(self.says[*policy])).unwrap();
            policies.map(|policy| AttachedPolicy::new(&*self.policies[*policy], read(policy))).collect()
        };
        let levels: Vec<_> = way.iter().rev().map(level).collect();
        effective(self.documents.kind, &levels)
    }

    fn found(&self, account: usize) -> Option<String> {
        let input = json!({"PolicyType": self.documents.policy_type, "TargetId": self.targets[UNITS + account]});
        Some(text(&call(&self.client, "DescribeEffectivePolicy", &input)?["EffectivePolicy"]["PolicyContent"]))
    }

    /// The accounts that must be listed with an invalid policy.
    fn expected_invalid(&self) -> BTreeSet<String> {
        let accounts = (0..ACCOUNTS).filter(|account| {
            self.expected(*account).is_some_and(|effective| !effective_findings(&effective).is_empty())
        });
        accounts.map(|account| self.targets[UNITS + account].clone()).collect()
    }

    /// The listed accounts. The management account never moves, and is left out.
    fn invalid(&self) -> BTreeSet<String> {
        let input = json!({"PolicyType": self.documents.policy_type});
        let list = call(&self.client, "ListAccountsWithInvalidEffectivePolicy", &input).unwrap();
        let accounts = list["Accounts"].as_array().unwrap().iter().map(|account| text(&account["Id"]));
        accounts.filter(|id| id != MANAGEMENT).collect()
    }
}

fn tags(index: usize) -> String {
    let values = VALUES[index];
    format!(r#"{{"tags":{{"color":{{"tag_value":{{{values}}}}}}}}}"#)
}

fn backups(index: usize) -> String {
    let hourly = json!({"schedule_expression": {"@@assign": "cron(0 5/1 ? * * *)"},
    "target_backup_vault_name": {"@@assign": "v"}});
    let rules: Map<String, Value> = (0..5).map(|rule| (format!("rule-{index}-{rule}"), hourly.clone())).collect();
    let role = "arn:aws:iam::$account:role/Backup";
    let data =
        json!({"iam_role_arn": {"@@assign": role}, "tag_key": {"@@assign": "k"}, "tag_value": {"@@assign": ["v"]}});
    let plan = json!({"regions": {"@@assign": ["us-east-1"]}, "rules": rules, "selections": {"tags": {"data": data}}});
    json!({"plans": {"hourly": plan}}).to_string()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// The answer. None for a refusal.
fn call(client: &Client, name: &str, input: &Value) -> Option<Value> {
    let operation = SERVICE.operation(name).unwrap();
    client.call(&Credentials::of(MANAGEMENT), operation, input.to_string().as_bytes()).ok()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 64, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default()
    })]

    #[test]
    fn effective_policies_equal_a_merge_from_scratch(steps in vec(step(), 1..40)) {
        let mut both = Both::new(TAGS);
        for step in steps {
            both.take(step);
            for account in 0..ACCOUNTS {
                let expected = both.expected(account).map(|effective| effective.text().to_owned());
                prop_assert_eq!(both.found(account), expected, "after {:?}", step);
            }
        }
    }

    #[test]
    fn invalid_policies_are_listed_after_any_change(steps in vec(step(), 1..40)) {
        let mut both = Both::new(BACKUPS);
        for step in steps {
            both.take(step);
        }
        prop_assert_eq!(both.invalid(), both.expected_invalid());
    }
}
