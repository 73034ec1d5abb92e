//! Schedules of backup rules: `organizations_backup_schedule`, `…_schedule_details`, `…_calendar`,
//! `…_calendar_details`, `…_cadence`, `…_rollover`, `…_selectors`, `…_cron_grammar`, `…_archive_rule` and
//! `…_archive_plan`.

use policy::management::Kind::Backup;

use super::{NOW, check, check_at};

const PLAIN: &str = r#"{"plans": {"daily": {"rules": {"daily": {"schedule_expression": {"@@assign": "cron($$)"}}}}}}"#;
const ARCHIVE: &str = r#"{"plans": {"daily": {"rules": {"daily": {
    "schedule_expression": {"@@assign": "cron($$)"},
    "lifecycle": {"move_to_cold_storage_after_days": {"@@assign": "30"}, "delete_after_days": {"@@assign": "120"},
        "opt_in_to_archive_for_supported_resources": {"@@assign": "true"}}}}}}}"#;

/// 13 September 2026, at a time of day.
fn at(hour: i64, minute: i64, second: i64) -> i64 {
    NOW - (7 * 60 + 32) * 60 + (hour * 60 + minute) * 60 + second
}

#[test]
fn fields_are_read_as_a_scheduler_does() {
    check(
        Backup,
        PLAIN,
        &[
            "0 5 ? * MON-FRI *",
            "0 5 ? * mon *",
            "0 5 ? * MON#2 *",
            "0 5 ? * 6L *",
            "0 5 ? * L *",
            "0 5 L * ? *",
            "0 5 L-3 * ? *",
            "0 5 L-3W * ? *",
            "0 5 L-30 * ? *",
            "0 5 LW * ? *",
            "0 5 15W * ? *",
            "0 5 1-5W * ? *",
            "0 5 1W,15W * ? *",
            "0 5 1,15 * ? *",
            "0 5 ? * 1L *",
            "0 5 ? * MONL *",
            "0 5 ? * 7-1 *",
            "0 5 ? * MON-FRI/2 *",
            "0 5 ? * 1#1,2 *",
            "0 5 1 NOV-FEB ? *",
            "0 20-2 ? * * *",
            "0 5 ? * * 2030-2035",
            "0 5 ? * * 2030/2",
            "0 5 1 * ?",
            "0 5 1 * ? * *",
            "0 5 1 * ? * garbage",
            "0  5 ? * * *",
        ],
        &[
            "0 5 ? * MON#2,TUE#3 *",
            "0 5 ? * MON#0 *",
            "0 5 ? * MON#6 *",
            "0 5 ? * MON#1/2 *",
            "0 5 ? * 0 *",
            "0 5 ? * 0L *",
            "0 5 ? * 1L,2L *",
            "0 5 L,L * ? *",
            "0 5 L-31 * ? *",
            "0 5 31W FEB ? *",
            "0 5 ? * * 2035-2030",
            "0 5 ? * * 2200",
            "0 5 ? * * 1969",
            "0 5 ? * * 9999",
        ],
    );
    check(Backup, &PLAIN.replace("cron($$)", "cron(0 5 ? * * *)$$"), &[""], &[" "]);
}

#[test]
fn two_backups_are_an_hour_apart() {
    let place = PLAIN.replace("$$", "$$ 5 ? * * *");
    check(Backup, &place, &["0,0", "5-5", "1/59"], &["*", "0/15", "*/60", "0/60", "0/59", "0,30"]);
    let (seven, eight) = ("0,59 7 ? * * *", "44,46 8 ? * * *");
    let others = ["0,59 8 ? * * *", "0,59 6 ? * * *"];
    check_at(Backup, at(7, 40, 0), PLAIN, &[seven], &others);
    // Only the next two count, so the clock decides.
    check_at(Backup, at(8, 45, 51), PLAIN, &[eight], &[]);
    check_at(Backup, at(8, 46, 3), PLAIN, &[], &[eight]);
}

#[test]
fn two_backups_are_to_come() {
    let once = [
        "0 5 31 FEB ? *",
        "0 5 29 FEB ? 2027",
        "0 5 29 FEB ? 2028",
        "0 5 1 JAN ? 1970",
        "0 5 1 JAN ? 2025",
        "0 5 1 JAN ? 2030",
        "0 5 1 JAN ? 1970,1971",
        "0 5 ? JAN * 1970",
        "0 5 ? JAN * 2025",
    ];
    let more = ["0 5 29 FEB ? *", "0 5 29 FEB ? 2028,2032", "0 5 1 JAN ? 2030,2031", "0 5 1 JAN,FEB ? 2030"];
    check(Backup, PLAIN, &more, &once);
    check(Backup, ARCHIVE, &more, &once);
}

#[test]
fn archived_backups_are_28_days_apart() {
    let rare = [
        "0 5 1,29 JAN ? *",
        "0 5 1,29 FEB ? *",
        "0 5 1,30 JAN ? *",
        "0 5 1/28 JAN ? *",
        "0 5 1,29 JAN,FEB ? *",
        "0 5 1,29 JAN,MAR ? *",
        "0 5 1,30 JAN,FEB ? *",
        "0 5 1,1 * ? *",
        "0 5,5 1 * ? *",
        "0 5-5 1 * ? *",
        "0 5 1 * ? *",
        "0 5 1 1 ? *",
        "0 5 L-3 * ? *",
        "0 5 L-3W * ? *",
        "0 5 L * ? *",
        "0 5 LW * ? *",
        "0 5 15W * ? *",
        "0 5 31W * ? *",
        "0 5 1W,15W * ? *",
        "0 5 ? * MON#1 *",
        "0 5 ? JAN,MAR MON#1 *",
        "0 5 ? FEB SAT#5 *",
        "0 5 ? * SUN#5 *",
        "0 5 ? * 1#1,2 *",
        "0 5 ? * 1,2#1 *",
        "0 5 1 * ?",
        "0 5 1 * ? * garbage",
    ];
    let often = [
        "0 5 1,29 * ? *",
        "0 5 1,28 FEB ? *",
        "0 5 1/28 * ? *",
        "0 5 1,28 JAN,FEB ? *",
        "0 5,6 1 * ? *",
        "0 5 ? JAN * 2030",
        "0 5 1-5W * ? *",
        "0 5 ? * L *",
        "0 5 ? * 1-2L *",
        "0 5 ? * * *",
        "0 5 ? * SUN *",
    ];
    check(Backup, PLAIN, &[&rare[..], &often[..]].concat(), &[]);
    check(Backup, ARCHIVE, &rare, &often);
}

#[test]
fn what_is_archived_stays_in_cold_storage_for_90_days() {
    let place = r#"{"plans": {"daily": {"rules": {"daily": {
        "schedule_expression": {"@@assign": "cron(0 5 1 * ? *)"}, "lifecycle": {$$}}}}}}"#;
    let lifecycle = |moved: &str, deleted: &str, archive: &str| {
        let days = |key: &str, days: &str| match days {
            "" => String::new(),
            days => format!(r#""{key}": {{"@@assign": "{days}"}}, "#),
        };
        format!(
            r#"{}{}"opt_in_to_archive_for_supported_resources": {{"@@assign": {archive}}}"#,
            days("move_to_cold_storage_after_days", moved),
            days("delete_after_days", deleted)
        )
    };
    let [exact, later, word, year] =
        [("30", "120", "true"), ("90", "180", "true"), ("30", "120", r#""true""#), ("120", "365", "true")]
            .map(|(moved, deleted, archive)| lifecycle(moved, deleted, archive));
    let [early, none, unmoved, undeleted] =
        [("30", "60"), ("", ""), ("", "120"), ("30", "")].map(|(moved, deleted)| lifecycle(moved, deleted, "true"));
    let [off, early_off] = [("", ""), ("30", "60")].map(|(moved, deleted)| lifecycle(moved, deleted, "false"));
    check(Backup, place, &[&exact, &later, &word, &year, &off, &early_off], &[&early, &none, &unmoved, &undeleted]);
    let unscheduled = r#"{"plans": {"daily": {"rules": {"daily": {"lifecycle": {$$}}}}}}"#;
    let [one, more] = [("1", "91"), ("30", "121")].map(|(moved, deleted)| lifecycle(moved, deleted, "true"));
    check(Backup, unscheduled, &[&off], &[&exact, &later, &word, &one, &more, &unmoved]);
    let copy = r#"{"plans": {"daily": {"rules": {"daily": {$$ "copy_actions": {
        "arn:aws:backup:us-east-1:$account:backup-vault:second": {
            "target_backup_vault_arn": {"@@assign": "arn:aws:backup:us-east-1:$account:backup-vault:second"},
            "lifecycle": {LIFECYCLE}}}}}}}}"#;
    let [monthly, daily] = ["0 5 1 * ? *", "0 5 ? * * *"]
        .map(|fields| format!(r#""schedule_expression": {{"@@assign": "cron({fields})"}},"#));
    check(Backup, &copy.replace("LIFECYCLE", &exact), &[&monthly], &["", &daily]);
}
