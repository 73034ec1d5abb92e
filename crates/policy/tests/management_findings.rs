//! Findings in effective policies that AWS calls invalid.

#![allow(clippy::unwrap_used)]

use policy::management::{AttachedPolicy, Kind, effective, effective_findings, validate};

/// Checks the findings of policies that are attached to targets each below the other: code, message, path and
/// contributing policies.
#[track_caller]
fn check(kind: Kind, policies: &[(&str, &str)], expected: &[&str]) {
    let levels: Vec<_> = policies
        .iter()
        .map(|(id, text)| {
            vec![AttachedPolicy::new(*id, validate(kind, text).unwrap_or_else(|findings| panic!("{id}: {findings:?}")))]
        })
        .collect();
    let findings = effective_findings(&effective(kind, &levels).unwrap());
    let printed: Vec<_> = findings
        .iter()
        .map(|finding| {
            format!(
                "{} {} at {} by {}",
                finding.code.as_str(),
                finding.message,
                finding.path_to_error,
                finding.contributing_policies.join(" ")
            )
        })
        .collect();
    assert_eq!(printed, expected);
}

/// A backup policy with one plan, its rules given as JSON.
fn plan(rules: &str) -> String {
    format!(
        r#"{{"plans": {{"hourly-backup": {{"regions": {{"@@assign": ["us-east-1"]}}, "rules": {{{rules}}},
        "selections": {{"tags": {{"all": {{"iam_role_arn": {{"@@assign": "arn:aws:iam::$account:role/Backup"}},
        "tag_key": {{"@@assign": "backup"}}, "tag_value": {{"@@assign": ["yes"]}}}}}}}}}}}}}}"#
    )
}

fn rule(name: &str, more: &str) -> String {
    format!(
        r#""{name}": {{"schedule_expression": {{"@@assign": "cron(0 5 ? * * *)"}},
        "target_backup_vault_name": {{"@@assign": "Default"}}{more}}}"#
    )
}

fn rules(prefix: &str, count: usize) -> String {
    (1..=count).map(|number| rule(&format!("{prefix}_{number}"), "")).collect::<Vec<_>>().join(",")
}

#[test]
fn eleven_rules_are_too_many() {
    // The code, the message and the form of the path are those of the CloudTrail event EffectivePolicyValidation.
    check(Kind::Backup, &[("p-ten", &plan(&rules("hourly", 10)))], &[]);
    let more = format!(r#"{{"plans": {{"Hourly-Backup": {{"rules": {{{}}}}}}}}}"#, rule("Hourly_Rule", ""));
    check(
        Kind::Backup,
        &[("p-ten", &plan(&rules("hourly", 10))), ("p-more", &more)],
        &["ELEMENTS_TOO_MANY 'hourly_rule' exceeds the allowed maximum limit 10 at \
            plans/hourly-backup/rules/hourly_rule by p-ten p-more"],
    );
}

#[test]
fn a_plan_needs_regions_rules_and_selections() {
    let partial = r#"{"plans": {"P": {"rules": {"R": {"schedule_expression": {"@@assign": "cron(0 5 ? * * *)"}}}}}}"#;
    check(
        Kind::Backup,
        &[("p-partial", partial)],
        &[
            "KEY_REQUIRED 'regions' is missing at plans/p by p-partial",
            "KEY_REQUIRED 'selections' is missing at plans/p by p-partial",
            "KEY_REQUIRED 'target_backup_vault_name' is missing at plans/p/rules/r by p-partial",
        ],
    );
}

#[test]
fn the_policy_that_removes_the_last_region_contributes() {
    let none = r#"{"plans": {"hourly-backup": {"regions": {"@@remove": ["us-east-1"]}}}}"#;
    check(
        Kind::Backup,
        &[("p-plan", &plan(&rule("r", ""))), ("p-none", none)],
        &["KEY_REQUIRED 'regions' is missing at plans/hourly-backup by p-plan p-none"],
    );
}

#[test]
fn lifecycles_agree_with_cold_storage_and_continuous_backup() {
    let lifecycle = |moved: u32, deleted: u32| {
        format!(
            r#", "lifecycle": {{"move_to_cold_storage_after_days": {{"@@assign": {moved}}},
            "delete_after_days": {{"@@assign": {deleted}}}}}"#
        )
    };
    check(Kind::Backup, &[("p-fits", &plan(&rule("r", &lifecycle(10, 100))))], &[]);
    check(
        Kind::Backup,
        &[("p-early", &plan(&rule("r", &lifecycle(10, 99))))],
        &["CROSS_ATTRIBUTE_VALIDATION Dependent fields move_to_cold_storage_after_days,delete_after_days in policy \
            block r are invalid when used together at plans/hourly-backup/rules/r by p-early"],
    );
    let continuous =
        r#", "enable_continuous_backup": {"@@assign": true}, "lifecycle": {"delete_after_days": {"@@assign": "36"}}"#;
    check(Kind::Backup, &[("p-fits", &plan(&rule("r", &continuous.replace("36", "35"))))], &[]);
    check(
        Kind::Backup,
        &[("p-long", &plan(&rule("r", continuous)))],
        &["CROSS_ATTRIBUTE_VALIDATION Dependent fields enable_continuous_backup,delete_after_days in policy block r \
            are invalid when used together at plans/hourly-backup/rules/r by p-long"],
    );
}

#[test]
fn both_region_lists_are_needed() {
    let half = r#"{"securityhub": {"enable_in_regions": {"@@assign": []},
    "features": {"network_scanning": {"enable_in_regions": {"@@append": ["us-east-1"]}}}}}"#;
    check(
        Kind::SecurityHub,
        &[("p-half", half)],
        &[
            "KEY_REQUIRED 'disable_in_regions' is missing at securityhub by p-half",
            "KEY_REQUIRED 'disable_in_regions' is missing at securityhub/features/network_scanning by p-half",
        ],
    );
    let other = r#"{"securityhub": {"disable_in_regions": {"@@assign": []},
    "features": {"network_scanning": {"disable_in_regions": {"@@append": []}}}}}"#;
    check(Kind::SecurityHub, &[("p-half", half), ("p-other", other)], &[]);
}

#[test]
fn guard_duty_needs_its_foundational_protection() {
    let policy =
        r#"{"guardduty": {"enablement": {"us-east-1": {"s3_data_events": {"status": {"@@assign": "enabled"}}}}}}"#;
    check(
        Kind::GuardDuty,
        &[("p-s3", policy)],
        &["CROSS_ATTRIBUTE_VALIDATION Dependent fields foundational,s3_data_events in policy block us-east-1 are \
            invalid when used together at guardduty/enablement/us-east-1 by p-s3"],
    );
    let foundation =
        r#"{"guardduty": {"enablement": {"us-east-1": {"foundational": {"status": {"@@assign": "enabled"}}}}}}"#;
    check(Kind::GuardDuty, &[("p-s3", policy), ("p-foundation", foundation)], &[]);
}
