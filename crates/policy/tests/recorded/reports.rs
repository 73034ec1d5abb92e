//! What is wrong with effective policies: `organizations_policy_limits`, `…_policy_limit_details`,
//! `…_backup_inheritance`, `…_backup_copy_inheritance`, `…_backup_copy_duplicates` and `…_tag_required`.

use policy::management::Kind::{Backup, Tag};
use policy::management::{AttachedPolicy, Kind, effective, effective_findings, validate};

use super::NOW;

/// Checks the reasons why an effective policy is invalid, of an account with a policy below a root with another.
#[track_caller]
fn check(kind: Kind, root: &str, account: &str, expected: &[&str]) {
    let level = |id: &str, text: &str| vec![AttachedPolicy::new(id, validate(kind, text, NOW).unwrap())];
    let findings = effective_findings(&effective(kind, &[level("root", root), level("account", account)]));
    let printed: Vec<_> = findings
        .iter()
        .map(|found| {
            let policies = found.contributing_policies.join(" ");
            format!("{} at {} by {policies}: {}", found.code.as_str(), found.path_to_error, found.message)
        })
        .collect();
    assert_eq!(printed, expected);
}

const NOTHING: &str = r#"{"plans": {"p": {}}}"#;

/// A plan with a rule `daily` that also has these settings.
fn plan(settings: &str) -> String {
    let more = if settings.is_empty() { "" } else { "," };
    plan_of(&format!(r#""daily": {{"target_backup_vault_name": {{"@@assign": "vault"}}{more}{settings}}}"#))
}

fn plan_of(rules: &str) -> String {
    format!(
        r#"{{"plans": {{"p": {{"regions": {{"@@assign": ["us-east-1"]}}, "rules": {{{rules}}}, "selections": {{"tags":
        {{"selection": {{"iam_role_arn": {{"@@assign": "arn:aws:iam::$account:role/Backup"}},
        "tag_key": {{"@@assign": "backup"}}, "tag_value": {{"@@assign": ["yes"]}}}}}}}}}}}}}}"#
    )
}

/// A policy that only has settings of the rule `daily`.
fn rule(settings: &str) -> String {
    format!(r#"{{"plans": {{"p": {{"rules": {{"daily": {{{settings}}}}}}}}}}}"#)
}

fn lifecycle(moved: u32, deleted: u32) -> String {
    format!(
        r#""lifecycle": {{"move_to_cold_storage_after_days": {{"@@assign": "{moved}"}},
        "delete_after_days": {{"@@assign": "{deleted}"}}}}"#
    )
}

fn archived(moved: u32, deleted: u32) -> String {
    let opted_in = r#", "opt_in_to_archive_for_supported_resources": {"@@assign": "true"}}"#;
    format!("{}{opted_in}", lifecycle(moved, deleted).trim_end_matches('}').to_owned() + "}")
}

const MONTHLY: &str = r#""schedule_expression": {"@@assign": "cron(0 5 1 * ? *)"}"#;
const DAILY: &str = r#""schedule_expression": {"@@assign": "cron(0 5 ? * * *)"}"#;

/// Copies into vaults with these names, each with a lifecycle.
fn copies(names: &[&str], lifecycle: &str) -> String {
    let copies: Vec<_> = names
        .iter()
        .map(|name| {
            let arn = format!("arn:aws:backup:us-east-1:$account:backup-vault:{name}");
            format!(r#""{arn}": {{"target_backup_vault_arn": {{"@@assign": "{arn}"}}, {lifecycle}}}"#)
        })
        .collect();
    format!(r#""copy_actions": {{{}}}"#, copies.join(", "))
}

#[test]
fn a_plan_is_whole() {
    check(Backup, &plan(""), NOTHING, &[]);
    check(Backup, &plan(&lifecycle(30, 60)), NOTHING, &[]);
    check(Backup, &plan(&lifecycle(30, 120)), NOTHING, &[]);
    check(Backup, &plan(&copies(&["second"], &lifecycle(30, 60))), NOTHING, &[]);
    let windows = r#""start_backup_window_minutes": {"@@assign": "120"},
        "complete_backup_window_minutes": {"@@assign": "60"}"#;
    check(Backup, &plan(windows), NOTHING, &[]);
    let both = plan("").replace(
        r#""tags":"#,
        r#""resources": {"all": {"iam_role_arn": {"@@assign": "arn:aws:iam::$account:role/Backup"},
        "resource_types": {"@@assign": ["*"]}}}, "tags":"#,
    );
    check(Backup, &both, NOTHING, &[]);
    let removes = plan("").replace(r#"{"@@assign": ["us-east-1"]}"#, r#"{"@@remove": ["us-east-1"]}"#);
    check(Backup, &removes, NOTHING, &["KEY_REQUIRED at plans/p by root: 'regions' is missing"]);
    let nowhere = plan("").replace(r#"["us-east-1"]"#, "[]");
    let few = "ELEMENTS_TOO_FEW at plans/p/regions by root: 'regions' is less than the allowed minimum limit 1";
    check(Backup, &nowhere, NOTHING, &[few]);
    let no_value = plan("").replace(r#"{"@@assign": ["yes"]}"#, r#"{"@@remove": ["yes"]}"#);
    let missing = "KEY_REQUIRED at plans/p/selections/tags/selection by root: 'tag_value' is missing";
    check(Backup, &no_value, NOTHING, &[missing]);
}

#[test]
fn rules_are_ten_at_most() {
    let rules: Vec<_> = (0..11)
        .map(|number| format!(r#""{number}": {{"target_backup_vault_name": {{"@@assign": "vault"}}}}"#))
        .collect();
    check(Backup, &plan_of(&rules[..10].join(", ")), NOTHING, &[]);
    let many = "ELEMENTS_TOO_MANY at plans/p/rules by root: 'rules' exceeds the allowed maximum limit 10";
    check(Backup, &plan_of(&rules.join(", ")), NOTHING, &[many]);
}

#[test]
fn scans_need_settings() {
    let scan = r#""scan_actions": {"GUARDDUTY": {"scan_mode": {"@@assign": "FULL_SCAN"}}}"#;
    check(
        Backup,
        &plan(scan),
        NOTHING,
        &["CROSS_ATTRIBUTE_VALIDATION at plans/p/rules/daily by root: Dependent fields \
            scan_actions(undefined),scan_settings(undefined) in policy block daily are invalid when used together"],
    );
    let settings = r#""scan_settings": {"GUARDDUTY": {"scanner_role_arn": {
        "@@assign": "arn:aws:iam::$account:role/Scanner"}}}, "rules":"#;
    check(Backup, &plan("").replace(r#""rules":"#, settings), NOTHING, &[]);
}

/// The report about the rule `daily`, to which both policies contributed.
fn dependent(fields: &str) -> String {
    format!(
        "CROSS_ATTRIBUTE_VALIDATION at plans/p/rules/daily by account root: Dependent fields {fields} in policy block \
        daily are invalid when used together"
    )
}

#[test]
fn a_child_breaks_what_its_parent_has() {
    let kept = r#""enable_continuous_backup": {"@@assign": "true"}, "lifecycle": {"delete_after_days":
        {"@@assign": "35"}}"#;
    let longer = rule(r#""lifecycle": {"delete_after_days": {"@@assign": "45"}}"#);
    check(Backup, &plan(kept), &longer, &[&dependent("enable_continuous_backup=true,delete_after_days=45")]);
    let moved = rule(r#""lifecycle": {"move_to_cold_storage_after_days": {"@@assign": "1"}}"#);
    check(Backup, &plan(kept), &moved, &[]);

    let parent = plan(&format!("{MONTHLY}, {}", archived(30, 120)));
    check(Backup, &parent, NOTHING, &[]);
    let often = dependent("opt_in_to_archive_for_supported_resources=true,schedule_expression=cron(0 5 ? * * *)");
    check(Backup, &parent, &rule(DAILY), &[&often]);
    let early = |days: &str| dependent(&format!("opt_in_to_archive_for_supported_resources=true,{days}"));
    let [sooner, later] = [
        (r#""delete_after_days": {"@@assign": "60"}"#, "delete_after_days=60,move_to_cold_storage_after_days=30"),
        (
            r#""move_to_cold_storage_after_days": {"@@assign": "90"}"#,
            "delete_after_days=120,move_to_cold_storage_after_days=90",
        ),
    ];
    for (setting, days) in [sooner, later] {
        check(Backup, &parent, &rule(&format!(r#""lifecycle": {{{setting}}}"#)), &[&early(days)]);
    }
    let indexed = plan(r#""index_actions": {"resource_types": {"@@assign": ["EBS"]}}"#);
    check(Backup, &indexed, &rule(r#""index_actions": {"resource_types": {"@@remove": ["EBS"]}}"#), &[]);
}

#[test]
fn the_fault_of_a_copy_is_the_rules_and_told_once() {
    let often = dependent("opt_in_to_archive_for_supported_resources=true,schedule_expression=cron(0 5 ? * * *)");
    let early = dependent(
        "opt_in_to_archive_for_supported_resources=true,delete_after_days=60,move_to_cold_storage_after_days=30",
    );
    let parent = plan(&format!("{MONTHLY}, {}", copies(&["second"], &archived(30, 120))));
    check(Backup, &parent, NOTHING, &[]);
    check(Backup, &parent, &rule(DAILY), &[&often]);
    let sooner = copies(&["second"], r#""lifecycle": {"delete_after_days": {"@@assign": "60"}}"#);
    check(Backup, &parent, &rule(&sooner), &[&early]);
    check(Backup, &parent, &rule(&format!("{DAILY}, {sooner}")), &[&often, &early]);
    let two = plan(&format!("{MONTHLY}, {}", copies(&["second", "third"], &archived(30, 120))));
    check(Backup, &two, &rule(DAILY), &[&often]);
}

fn required(numbers: std::ops::Range<usize>) -> String {
    let tags: Vec<_> = numbers
        .map(|number| format!(r#""k{number}": {{"report_required_tag_for": {{"@@assign": ["ec2:instance"]}}}}"#))
        .collect();
    format!(r#"{{"tags": {{{}}}}}"#, tags.join(", "))
}

#[test]
fn a_type_of_resource_has_fifty_required_tags_at_most() {
    check(Tag, &required(0..25), &required(25..50), &[]);
    check(
        Tag,
        &required(0..30),
        &required(30..55),
        &["ELEMENTS_TOO_MANY at tags by account root: Resource type 'ec2:instance' has 55 tags for \
            'report_required_tag_for', which exceeds the maximum limit of 50. Contributing tag keys include: k0, k1, \
            k10, k11, k12 and 50 more"],
    );
}

#[test]
fn an_effective_tag_policy_has_395_000_bytes_at_most() {
    // Recorded of 9,000 keys of five characters, which have 414,010 bytes. Longer keys need fewer of them.
    let keys = |numbers: std::ops::Range<usize>| {
        let keys: Vec<_> = numbers.map(|number| format!(r#""{number:0128}":{{}}"#)).collect();
        format!(r#"{{"tags":{{{}}}}}"#, keys.join(","))
    };
    check(Tag, &keys(0..700), &keys(700..1352), &[]);
    check(
        Tag,
        &keys(0..700),
        &keys(700..1353),
        &["ELEMENTS_TOO_MANY at tags by : Effective policy size is 395086 bytes, which exceeds the maximum limit of \
            395000 bytes"],
    );
}
