//! Backup policies: `organizations_backup_policy`, `…_extended`, `…_numeric`, `…_structure`, `…_archive_plan`,
//! `…_archive_rule`, `…_copy_duplicates` and `organizations_plans_controls`.

use policy::management::Kind::Backup;

use super::check;

const PLAN: &str = r#"{"plans": {"daily": {$$}}}"#;
const RULE: &str = r#"{"plans": {"daily": {"rules": {"daily": {$$}}}}}"#;

/// A setting of a rule, assigned.
fn rule(key: &str) -> String {
    RULE.replace("$$", &format!(r#""{key}": {{"@@assign": $$}}"#))
}

#[test]
fn documents_have_plans_with_known_keys() {
    let taken = [r#"{"plans": {}}"#, r#"{"plans": {"daily": {}}}"#];
    check(Backup, "$$", &taken, &["{}", r#"{"other": {}}"#, r#"{"plans":{},"plans":{}}"#]);
    let control = r#""@@operators_allowed_for_child_policies": ["@@none"]"#;
    check(Backup, r#"{"plans": {$$}}"#, &[control], &[r#""@@assign": {}"#]);
    let other = r#""other": {"@@assign": "one"}"#;
    check(Backup, PLAN, &[], &[other, r#""advanced_backup_settings": {"other": {"field": {"@@assign": "enabled"}}}"#]);
    check(Backup, RULE, &[], &[other, r#""lifecycle": {"other": {"@@assign": "1"}}"#]);
    let (longest, longer) = ("x".repeat(50), "x".repeat(51));
    check(
        Backup,
        r#"{"plans": {"$$": {"regions": {"@@assign": ["us-east-1"]}}}}"#,
        &["with.dot", "A_-9", &longest],
        &["with space", "é", &longer],
    );
}

#[test]
fn a_control_names_each_operator_once_and_none_alone() {
    check(
        Backup,
        r#"{"plans": {"@@operators_allowed_for_child_policies": [$$]}}"#,
        &[
            r#""@@assign", "@@append""#,
            r#""@@append", "@@remove""#,
            r#""@@assign", "@@append", "@@remove""#,
            r#""@@all", "@@assign""#,
        ],
        &[r#""@@none", "@@remove""#, r#""@@assign", "@@assign""#],
    );
}

#[test]
fn regions_are_a_list() {
    check(
        Backup,
        r#"{"plans": {"daily": {"regions": {$$}}}}"#,
        &[
            r#""@@assign": []"#,
            r#""@@assign": ["us-east-1"]"#,
            r#""@@assign": ["us-east-1", "us-east-1"]"#,
            r#""@@append": ["us-east-1"]"#,
            r#""@@remove": ["us-east-1"]"#,
            r#""@@assign": ["us-east-1"], "@@append": ["us-west-2"]"#,
        ],
        &[r#""@@assign": ["wrong"]"#, r#""@@assign": ["*"]"#, r#""@@assign": "us-east-1""#, r#""@@assign": [12]"#],
    );
}

#[test]
fn windows_are_minutes_from_an_hour_on() {
    for key in ["start_backup_window_minutes", "complete_backup_window_minutes"] {
        check(
            Backup,
            &rule(key),
            &[r#""60""#, r#""10080""#, r#""52560000""#, "60", r#""060""#],
            &[
                r#""0""#,
                r#""1""#,
                r#""30""#,
                r#""59""#,
                r#""60.5""#,
                "true",
                r#""bad""#,
                "60.0",
                r#""+60""#,
                r#"" 60""#,
                r#""1e2""#,
                r#""9223372036854775807""#,
                r#""9223372036854775808""#,
            ],
        );
    }
}

#[test]
fn lifecycles_count_days_from_one_on() {
    for key in ["move_to_cold_storage_after_days", "delete_after_days"] {
        let place = RULE.replace("$$", &format!(r#""lifecycle": {{"{key}": {{"@@assign": $$}}}}"#));
        let refused = [r#""-1""#, r#""0""#, r#""bad""#];
        check(Backup, &place, &[r#""1""#, r#""36500""#, r#""36501""#, "1"], &refused);
    }
    let both = r#""lifecycle": {"move_to_cold_storage_after_days": {"@@assign": "30"},
        "delete_after_days": {"@@assign": "60"}}"#;
    check(Backup, RULE, &[both], &[]);
}

#[test]
fn continuous_backups_are_kept_for_35_days_at_most() {
    let place = rule("enable_continuous_backup");
    let refused = ["true", r#""true""#, r#""TRUE""#, "1", r#""yes""#];
    check(Backup, &place, &["false", r#""false""#], &refused);
    let kept = |continuous: &str, days: u32| {
        format!(
            r#""enable_continuous_backup": {{"@@assign": {continuous}}},
            "lifecycle": {{"delete_after_days": {{"@@assign": "{days}"}}}}"#
        )
    };
    let taken = [kept("true", 35), kept(r#""true""#, 35), kept(r#""false""#, 35), kept(r#""false""#, 36)];
    let refused = [kept("true", 36), kept(r#""true""#, 36)];
    check(Backup, RULE, &taken.each_ref().map(String::as_str), &refused.each_ref().map(String::as_str));
}

#[test]
fn schedules_are_cron_expressions() {
    let refused = [r#""bad""#, r#""rate(1 day)""#, r#""cron(* * * * * *)""#, r#""""#];
    check(Backup, &rule("schedule_expression"), &[r#""cron(0 5 ? * * *)""#], &refused);
}

#[test]
fn vaults_have_names() {
    let [longest, longer] = [50, 51].map(|length| format!(r#""{}""#, "x".repeat(length)));
    let refused = [r#""with space""#, r#""with.dot""#, &longer, r#""""#];
    check(Backup, &rule("target_backup_vault_name"), &[r#""vault""#, r#""a""#, &longest], &refused);
    let place = RULE.replace("$$", r#""target_backup_vault_name": {$$}"#);
    check(Backup, &place, &[], &[r#""@@append": ["vault"]"#, r#""@@remove": ["vault"]"#]);
    for count in [10, 11] {
        let rules: Vec<_> = (0..count)
            .map(|number| format!(r#""{number}": {{"target_backup_vault_name": {{"@@assign": "vault"}}}}"#))
            .collect();
        check(Backup, r#"{"plans": {"daily": {"rules": {$$}}}}"#, &[&rules.join(", ")], &[]);
    }
}

#[test]
fn a_selection_by_tags_is_whole() {
    let place = r#"{"plans": {"daily": {"selections": {"tags": {$$}}}}}"#;
    check(
        Backup,
        place,
        &[""],
        &[
            r#""selection": {}"#,
            r#""selection": {"tag_value": {"@@assign": []}}"#,
            r#""selection": {"tag_value": {"@@assign": ["one"]}}"#,
            r#""selection": {"tag_value": {"@@assign": "one"}}"#,
            r#""selection": {"tag_value": {"@@assign": [1]}}"#,
            r#""selection": {"iam_role_arn": {"@@assign": "arn:aws:iam::$account:role/Backup"}}"#,
            r#""selection": {"iam_role_arn": {"@@assign": "arn:aws:iam::111111111111:role/Backup"}}"#,
            r#""selection": {"iam_role_arn": {"@@assign": "bad"}}"#,
        ],
    );
}

#[test]
fn resources_are_those_that_are_backed_up() {
    check(
        Backup,
        r#"{"plans": {"daily": {"selections": {"resources": {"all": {"resource_types": {"@@assign": [$$]}}}}}}}"#,
        &[r#""arn:aws:ec2:*:*:volume/*""#, r#""*""#],
        &[r#""arn:aws:sqs:*:*:*""#, ""],
    );
}

#[test]
fn switches_are_enabled_or_disabled() {
    for setting in [r#""ec2": {"windows_vss": "#, r#""s3": {"backup_acls": "#, r#""s3": {"backup_object_tags": "#] {
        let place = PLAN.replace("$$", &format!(r#""advanced_backup_settings": {{{setting}{{"@@assign": $$}}}}}}"#));
        check(Backup, &place, &[r#""enabled""#, r#""disabled""#], &[r#""wrong""#, "true"]);
    }
    let place = RULE.replace("$$", r#""lifecycle": {"opt_in_to_archive_for_supported_resources": {"@@assign": $$}}"#);
    check(Backup, &place, &["false", r#""false""#], &["true", r#""true""#, r#""enabled""#]);
    let place = RULE.replace("$$", r#""index_actions": {"resource_types": {"@@assign": [$$]}}"#);
    check(Backup, &place, &[r#""EBS""#, r#""S3""#, r#""EBS", "S3""#], &[r#""WRONG""#, ""]);
}

#[test]
fn tags_repeat_their_keys() {
    let place = r#"{"plans": {"daily": {"backup_plan_tags": {"cost": {"tag_key": {"@@assign": $$},
        "tag_value": {"@@assign": "one"}}}}}}"#;
    check(Backup, place, &[], &[r#""x""#, r#""aws:reserved""#, r#""""#, "12"]);
}
