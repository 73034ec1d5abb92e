//! Effective policies worked out by hand. Each test names the page with AWS's example.

#![allow(clippy::unwrap_used)]

use policy::management::{AttachedPolicy, Inherited, Kind, effective, validate};

/// The ids and texts of the policies attached to one target, in the order of attachment.
type TargetPolicies<'t> = &'t [(&'t str, &'t str)];

fn level(kind: Kind, target: TargetPolicies<'_>) -> Vec<AttachedPolicy> {
    target
        .iter()
        .map(|(id, text)| {
            AttachedPolicy::new(*id, validate(kind, text).unwrap_or_else(|findings| panic!("{id}: {findings:?}")))
        })
        .collect()
}

/// Checks the effective policy of an account below these targets, and its contributing policies. Line breaks of the
/// expected text do not count.
#[track_caller]
fn check(kind: Kind, targets: &[TargetPolicies<'_>], expected: &str, contributing: &[&str]) {
    let levels: Vec<_> = targets.iter().map(|target| level(kind, target)).collect();
    let effective = effective(kind, &levels).unwrap();
    let expected: String = expected.lines().map(str::trim_start).collect();
    assert_eq!(effective.text(), expected);
    let ids: Vec<_> = effective.contributing_policies().iter().map(ToString::to_string).collect();
    assert_eq!(ids, contributing);
}

// "Inheritance examples" in the user guide, policies A to K.
const A: &str = r#"{"tags": {"costcenter": {"tag_key": {"@@assign": "CostCenter"},
    "tag_value": {"@@assign": ["Development", "Support"]}}}}"#;
const B: &str = r#"{"tags": {"costcenter": {"tag_key": {"@@assign": "CostCenter"},
    "tag_value": {"@@assign": ["Sandbox"]},
    "enforced_for": {"@@assign": ["redshift:*", "dynamodb:table"]}}}}"#;
const C: &str = r#"{"tags": {"costcenter": {"tag_key": {"@@assign": "CostCenter"},
    "tag_value": {"@@append": ["Marketing"]},
    "enforced_for": {"@@append": ["redshift:*", "dynamodb:table"]}}}}"#;
// The guide has enforced_for inside tag_value here, which its own grammar does not admit.
const D: &str = r#"{"tags": {"costcenter": {"tag_key": {"@@assign": "CostCenter"},
    "tag_value": {"@@remove": ["Development", "Marketing"]},
    "enforced_for": {"@@remove": ["redshift:*", "dynamodb:table"]}}}}"#;
const E: &str = r#"{"tags": {"project": {
    "tag_key": {"@@operators_allowed_for_child_policies": ["@@none"], "@@assign": "Project"},
    "tag_value": {"@@operators_allowed_for_child_policies": ["@@append"],
    "@@assign": ["Maintenance", "Escalations"]}}}}"#;
const F: &str = r#"{"tags": {"project": {"tag_key": {"@@assign": "PROJECT"},
    "tag_value": {"@@append": ["Escalations - research"]}}}}"#;
const G: &str = r#"{"tags": {"project": {"tag_value": {"@@operators_allowed_for_child_policies": ["@@append"],
    "@@assign": ["Maintenance"]}}}}"#;
const H: &str =
    r#"{"tags": {"project": {"tag_value": {"@@operators_allowed_for_child_policies": ["@@append", "@@remove"]}}}}"#;
const J: &str =
    r#"{"tags": {"project": {"tag_key": {"@@assign": "PROJECT"}, "tag_value": {"@@append": ["Maintenance"]}}}}"#;
const K: &str =
    r#"{"tags": {"project": {"tag_key": {"@@assign": "project"}, "tag_value": {"@@append": ["Escalations"]}}}}"#;

#[test]
fn a_child_assigns_other_values() {
    check(
        Kind::Tag,
        &[&[("p-a", A)], &[("p-b", B)]],
        r#"{"tags":{"costcenter":{"tag_key":"CostCenter","tag_value":["Sandbox"],
        "enforced_for":["redshift:*","dynamodb:table"]}}}"#,
        &["p-b"],
    );
}

#[test]
fn a_child_appends_values() {
    check(
        Kind::Tag,
        &[&[("p-a", A)], &[("p-c", C)]],
        r#"{"tags":{"costcenter":{"tag_key":"CostCenter","tag_value":["Development","Support","Marketing"],
        "enforced_for":["redshift:*","dynamodb:table"]}}}"#,
        &["p-a", "p-c"],
    );
}

#[test]
fn existing_values_are_not_appended_again() {
    // "Inheritance operators": appending adds what the inherited values lack. A policy that adds nothing does not
    // contribute.
    let again = r#"{"tags": {"costcenter": {"tag_value": {"@@append": ["Support", "Marketing"]}}}}"#;
    let nothing = r#"{"tags": {"costcenter": {"tag_value": {"@@append": ["Development"]}}}}"#;
    check(
        Kind::Tag,
        &[&[("p-a", A)], &[("p-again", again), ("p-nothing", nothing)], &[("p-twice", again)]],
        r#"{"tags":{"costcenter":{"tag_key":"CostCenter","tag_value":["Development","Support","Marketing"]}}}"#,
        &["p-a", "p-again"],
    );
}

#[test]
fn a_child_removes_values_and_an_emptied_setting_goes() {
    check(
        Kind::Tag,
        &[&[("p-a", A)], &[("p-c", C)], &[("p-d", D)]],
        r#"{"tags":{"costcenter":{"tag_key":"CostCenter","tag_value":["Support"]}}}"#,
        &["p-a", "p-c", "p-d"],
    );
}

#[test]
fn forbidden_operators_of_a_child_have_no_effect() {
    // The guide prints the key as "project"; the text above it says that the child cannot change the case of "Project".
    check(
        Kind::Tag,
        &[&[("p-e", E)], &[("p-f", F)]],
        r#"{"tags":{"project":{"tag_key":"Project",
        "tag_value":["Maintenance","Escalations","Escalations - research"]}}}"#,
        &["p-e", "p-f"],
    );
}

#[test]
fn children_may_use_the_operators_that_all_policies_of_a_target_allow() {
    let remove = r#"{"tags": {"project": {"tag_value": {"@@remove": ["Maintenance"]}}}}"#;
    let append = r#"{"tags": {"project": {"tag_value": {"@@append": ["Cleaning"]}}}}"#;
    check(
        Kind::Tag,
        &[&[("p-g", G), ("p-h", H)], &[("p-remove", remove), ("p-append", append)]],
        r#"{"tags":{"project":{"tag_value":["Maintenance","Cleaning"],"tag_key":"project"}}}"#,
        &["p-g", "p-append"],
    );
}

#[test]
fn a_child_cannot_widen_what_its_parent_allows() {
    let widen = r#"{"tags": {"project": {"tag_value": {"@@operators_allowed_for_child_policies": ["@@all"]}}}}"#;
    let assign = r#"{"tags": {"project": {"tag_value": {"@@assign": ["Mine"]}}}}"#;
    check(
        Kind::Tag,
        &[&[("p-g", G)], &[("p-widen", widen)], &[("p-assign", assign)]],
        r#"{"tags":{"project":{"tag_value":["Maintenance"],"tag_key":"project"}}}"#,
        &["p-g"],
    );
}

#[test]
fn the_first_attached_assignment_of_a_target_wins() {
    let [first, second] = [
        r#"{"tags":{"project":{"tag_key":"PROJECT","tag_value":["Maintenance","Escalations"]}}}"#,
        r#"{"tags":{"project":{"tag_key":"project","tag_value":["Escalations","Maintenance"]}}}"#,
    ];
    check(Kind::Tag, &[&[("p-j", J), ("p-k", K)]], first, &["p-j", "p-k"]);
    check(Kind::Tag, &[&[("p-k", K), ("p-j", J)]], second, &["p-k", "p-j"]);
}

#[test]
fn keys_differ_by_more_than_case() {
    // "Tag policy syntax and examples", example 1: keys and their values come from two policies.
    let keys = r#"{"tags": {"CostCenter": {"tag_key": {"@@assign": "CostCenter",
    "@@operators_allowed_for_child_policies": ["@@none"]}}}}"#;
    let values = r#"{"tags": {"COSTCENTER": {"tag_value": {"@@assign": ["Production", "Test"]}}}}"#;
    check(
        Kind::Tag,
        &[&[("p-keys", keys)], &[], &[("p-values", values)]],
        r#"{"tags":{"costcenter":{"tag_key":"CostCenter","tag_value":["Production","Test"]}}}"#,
        &["p-keys", "p-values"],
    );
}

#[test]
fn a_tag_policy_without_values_admits_any_and_one_with_none_admits_none() {
    // The CLI walkthrough of tag policies: the answer to a policy of one key.
    let key = r#"{"tags": {"CostCenter": {"tag_key": {"@@assign": "CostCenter"}}}}"#;
    check(
        Kind::Tag,
        &[&[("p-key", key)]],
        r#"{"tags":{"costcenter":{"tag_key":"CostCenter","tag_value":["*"]}}}"#,
        &["p-key"],
    );
    // "Tag policy syntax and examples", example 2: a key that may not be used.
    let none = r#"{"tags": {"Color": {"tag_key": {"@@assign": "Color"}, "tag_value": {"@@assign": []}}}}"#;
    check(Kind::Tag, &[&[("p-none", none)]], r#"{"tags":{"color":{"tag_key":"Color","tag_value":[]}}}"#, &["p-none"]);
}

#[test]
fn backup_plans_come_out_in_lower_case_and_as_strings() {
    // "Viewing effective backup policies": the plan PII_Backup_Plan and its rule Hourly.
    let plan = r#"{"plans": {"PII_Backup_Plan": {"regions": {"@@assign": ["ap-northeast-2", "us-east-1"]},
        "rules": {"Hourly": {"schedule_expression": {"@@assign": "cron(0 5/1 ? * * *)"},
        "start_backup_window_minutes": {"@@assign": 480},
            "target_backup_vault_name": {"@@assign": "FortKnox"},
            "lifecycle": {"delete_after_days": {"@@assign": "270"},
            "opt_in_to_archive_for_supported_resources": {"@@assign": false}},
            "copy_actions": {"arn:aws:backup:us-east-1:$account:backup-vault:Second": {
            "lifecycle": {"delete_after_days": {"@@assign": "100"}}}}}},
        "selections": {"tags": {"DataType": {"iam_role_arn": {"@@assign": "arn:aws:iam::$account:role/MyIamRole"},
            "tag_value": {"@@assign": ["PII"]}, "tag_key": {"@@assign": "dataType"}}}}}}}"#;
    check(
        Kind::Backup,
        &[&[("p-plan", plan)]],
        concat!(
            r#"{"plans":{"pii_backup_plan":{"regions":["ap-northeast-2","us-east-1"],"#,
            r#""rules":{"hourly":{"schedule_expression":"cron(0 5/1 ? * * *)","start_backup_window_minutes":"480","#,
            r#""target_backup_vault_name":"FortKnox","lifecycle":{"delete_after_days":"270",
            "opt_in_to_archive_for_supported_resources":"false"},"#,
            r#""copy_actions":{"arn:aws:backup:us-east-1:$account:backup-vault:second":{
            "lifecycle":{"delete_after_days":"100"}}}}},"#,
            r#""selections":{"tags":{"datatype":{"iam_role_arn":"arn:aws:iam::$account:role/MyIamRole",
            "tag_value":["PII"],"tag_key":"dataType"}}}}}}"#,
        ),
        &["p-plan"],
    );
}

#[test]
fn a_locked_plan_stays_and_new_plans_come_beside_it() {
    // "Backup policy syntax and examples", example 4.
    let parent = r#"{"plans": {"@@operators_allowed_for_child_policies": ["@@append"], "PII": {
        "@@operators_allowed_for_child_policies": ["@@none"],
        "regions": {"@@operators_allowed_for_child_policies": ["@@none"], "@@append": ["us-east-1"]}}}}"#;
    let child = r#"{"plans": {"pii": {"regions": {"@@append": ["eu-west-1"]},
    "backup_plan_tags": {"a": {"tag_key": {"@@assign": "a"}}}},
        "Monthly": {"regions": {"@@assign": ["eu-central-1"]}}}}"#;
    check(
        Kind::Backup,
        &[&[("p-parent", parent)], &[("p-child", child)]],
        r#"{"plans":{"pii":{"regions":["us-east-1"]},"monthly":{"regions":["eu-central-1"]}}}"#,
        &["p-parent", "p-child"],
    );
    // Example 3: nothing can be added where the block above is locked too.
    let locked = parent.replace("@@append\"], \"PII", "@@none\"], \"PII");
    let expected = r#"{"plans":{"pii":{"regions":["us-east-1"]}}}"#;
    check(Kind::Backup, &[&[("p-parent", &locked)], &[("p-child", child)]], expected, &["p-parent"]);
}

#[test]
fn a_child_overrides_parts_of_a_plan() {
    // "Backup policy syntax and examples", example 5, shortened.
    let parent = r#"{"plans": {"P": {"regions": {"@@append": ["us-east-1"]}, "rules": {"Hourly": {
        "schedule_expression": {"@@assign": "cron(0 0/1 ? * * *)"},
        "target_backup_vault_name": {"@@assign": "FortKnox"}}}}}}"#;
    let child = r#"{"plans": {"P": {"regions": {"@@assign": ["us-west-2"]}, "rules": {"Hourly": {
        "target_backup_vault_name": {"@@assign": "Default"}}}}}}"#;
    check(
        Kind::Backup,
        &[&[("p-parent", parent)], &[("p-child", child)]],
        r#"{"plans":{"p":{"regions":["us-west-2"],"rules":{"hourly":{"schedule_expression":"cron(0 0/1 ? * * *)",
        "target_backup_vault_name":"Default"}}}}}"#,
        &["p-parent", "p-child"],
    );
}

#[test]
fn opting_out_is_locked_key_by_key() {
    // "AI services opt-out policy syntax and examples", examples 1 and 2.
    let all = r#"{"services": {"@@operators_allowed_for_child_policies": ["@@none"], "default": {
        "@@operators_allowed_for_child_policies": ["@@none"], "opt_out_policy": {
        "@@operators_allowed_for_child_policies": ["@@none"], "@@assign": "optOut"}}}}"#;
    let child = r#"{"services": {"default": {"opt_out_policy": {"@@assign": "optIn"}},
    "lex": {"opt_out_policy": {"@@assign": "optIn"}}}}"#;
    let locked = r#"{"services":{"default":{"opt_out_policy":"optOut"}}}"#;
    check(Kind::AiServicesOptOut, &[&[("p-all", all)], &[("p-lex", child)]], locked, &["p-all"]);

    let default = all.replacen(r#""@@operators_allowed_for_child_policies": ["@@none"], "#, "", 1);
    let beside = r#"{"services":{"default":{"opt_out_policy":"optOut"},"lex":{"opt_out_policy":"optIn"}}}"#;
    check(Kind::AiServicesOptOut, &[&[("p-default", &default)], &[("p-lex", child)]], beside, &["p-default", "p-lex"]);
}

#[test]
fn an_empty_list_of_regions_stays() {
    // "Security Hub policy syntax and examples": the basic structure, then the child that appends and removes.
    let parent = r#"{"securityhub": {"enable_in_regions": {"@@append": ["ALL_SUPPORTED"]},
    "disable_in_regions": {"@@append": []}}}"#;
    check(
        Kind::SecurityHub,
        &[&[("p-hub", parent)]],
        r#"{"securityhub":{"enable_in_regions":["ALL_SUPPORTED"],"disable_in_regions":[]}}"#,
        &["p-hub"],
    );
    let parent = r#"{"securityhub": {"enable_in_regions": {"@@assign": ["us-east-1"]},
    "disable_in_regions": {"@@assign": ["us-west-2"]}}}"#;
    let child = r#"{"securityhub": {"enable_in_regions": {"@@append": ["eu-central-1"]},
    "disable_in_regions": {"@@remove": ["us-west-2"]}}}"#;
    check(
        Kind::SecurityHub,
        &[&[("p-hub", parent)], &[("p-child", child)]],
        r#"{"securityhub":{"enable_in_regions":["us-east-1","eu-central-1"],"disable_in_regions":[]}}"#,
        &["p-hub", "p-child"],
    );
}

#[test]
fn statuses_lose_their_operators() {
    // "Amazon GuardDuty policy syntax and examples": the authored and the effective form of a status.
    let policy = r#"{"guardduty": {"enablement": {"default": {"foundational": {"status": {"@@assign": "enabled"}}}}}}"#;
    let expected = r#"{"guardduty":{"enablement":{"default":{"foundational":{"status":"enabled"}}}}}"#;
    check(Kind::GuardDuty, &[&[("p-guard", policy)]], expected, &["p-guard"]);
}

#[test]
fn without_a_policy_there_is_no_effective_policy() {
    assert_eq!(effective(Kind::Tag, &[]), None);
    assert_eq!(effective(Kind::Tag, &[Vec::new(), Vec::new()]), None);
    let of_other_kind = level(
        Kind::S3,
        &[("p-s3", r#"{"s3_attributes": {"public_access_block_configuration": {"@@assign": "all"}}}"#)],
    );
    assert_eq!(effective(Kind::Tag, &[of_other_kind]), None);
    check(Kind::Tag, &[&[("p-empty", r#"{"tags": {}}"#)]], "{}", &[]);
}

#[test]
fn a_target_without_policies_changes_nothing() {
    let root = Inherited::nothing(Kind::Tag).merge(&level(Kind::Tag, &[("p-a", A)]));
    assert_eq!(root.merge(&[]), root);
    let account = root.merge(&level(Kind::Tag, &[("p-b", B)]));
    assert_ne!(account, root);
    assert_eq!(
        root.effective().unwrap().text(),
        r#"{"tags":{"costcenter":{"tag_key":"CostCenter","tag_value":["Development","Support"]}}}"#
    );
}
