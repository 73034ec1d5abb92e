//! Effective tag policies: `organizations_effective_policy`. Two policies are attached to a target, the first before
//! the second, and a third to the account below it. AWS writes keys in an order of its own, which is not compared.

use policy::json::{self, Value};
use policy::management::{AttachedPolicy, Kind, effective, validate};

use super::NOW;

/// What the three policies say of a key: the settings of the first, the second and the third, or nothing. Then the
/// values in the effective policy with the first alone, with the first two, and with all three.
type Row = (&'static str, [&'static str; 3], [&'static str; 3]);

const RED: &str = r#""tag_value": {"@@assign": ["red"]}"#;
const RED_AND_BLUE: &str = r#""tag_value": {"@@assign": ["red", "blue"]}"#;
const APPEND_RED: &str = r#""tag_value": {"@@append": ["red"]}"#;
const REMOVE_RED: &str = r#""tag_value": {"@@remove": ["red"]}"#;
const APPEND_BLUE: &str = r#""tag_value": {"@@append": ["blue"]}"#;
const GREEN: &str = r#""tag_value": {"@@assign": ["green"]}"#;
const APPEND_ONLY: &str =
    r#""tag_value": {"@@assign": ["red"], "@@operators_allowed_for_child_policies": ["@@append"]}"#;

const ROWS: [Row; 22] = [
    ("replace", [RED_AND_BLUE, "", GREEN], [r#""red","blue""#, r#""red","blue""#, r#""green""#]),
    (
        "append",
        [RED_AND_BLUE, "", r#""tag_value": {"@@append": ["blue", "green"]}"#],
        [r#""red","blue""#, r#""red","blue""#, r#""red","blue","green""#],
    ),
    (
        "remove",
        [RED_AND_BLUE, "", r#""tag_value": {"@@remove": ["red", "missing"]}"#],
        [r#""red","blue""#, r#""red","blue""#, r#""blue""#],
    ),
    (
        "lock",
        [r#""tag_value": {"@@assign": ["red"], "@@operators_allowed_for_child_policies": ["@@none"]}"#, "", GREEN],
        [r#""red""#; 3],
    ),
    (
        "append_only",
        [APPEND_ONLY, "", r#""tag_value": {"@@append": ["green"]}"#],
        [r#""red""#, r#""red""#, r#""red","green""#],
    ),
    (
        "cannot_unlock",
        [
            APPEND_ONLY,
            "",
            r#""tag_value": {"@@assign": ["green"], "@@operators_allowed_for_child_policies": ["@@all"]}"#,
        ],
        [r#""red""#; 3],
    ),
    ("same_assign", [RED, r#""tag_value": {"@@assign": ["blue"]}"#, ""], [r#""red""#; 3]),
    (
        "same_assign_lists",
        [RED_AND_BLUE, r#""tag_value": {"@@assign": ["blue", "green"]}"#, ""],
        [r#""red","blue""#; 3],
    ),
    ("same_remove", [RED_AND_BLUE, REMOVE_RED, ""], [r#""red","blue""#, r#""blue""#, r#""blue""#]),
    ("same_append_remove", [APPEND_RED, REMOVE_RED, ""], [r#""red""#, "", ""]),
    ("same_remove_append", [REMOVE_RED, APPEND_RED, ""], [r#""*""#, "", ""]),
    (
        "multi_operators",
        [r#""tag_value": {"@@assign": ["red"], "@@append": ["blue"], "@@remove": ["red"]}"#, "", ""],
        [r#""blue""#; 3],
    ),
    (
        "child_multi_operators",
        [RED_AND_BLUE, "", r#""tag_value": {"@@assign": ["green"], "@@append": ["yellow"], "@@remove": ["green"]}"#],
        [r#""red","blue""#, r#""red","blue""#, r#""yellow""#],
    ),
    ("same_append", [APPEND_RED, APPEND_BLUE, ""], [r#""red""#, r#""red","blue""#, r#""red","blue""#]),
    ("same_assign_append", [RED, APPEND_BLUE, ""], [r#""red""#, r#""red","blue""#, r#""red","blue""#]),
    (
        "same_append_assign",
        [APPEND_RED, r#""tag_value": {"@@assign": ["blue"]}"#, ""],
        [r#""red""#, r#""blue","red""#, r#""blue","red""#],
    ),
    (
        "intersection",
        [
            APPEND_ONLY,
            r#""tag_value": {"@@operators_allowed_for_child_policies": ["@@remove"]}"#,
            r#""tag_value": {"@@append": ["green"]}"#,
        ],
        [r#""red""#; 3],
    ),
    ("empty_remove", [RED, "", REMOVE_RED], [r#""red""#, r#""red""#, ""]),
    // A control of a block is one of its keys. The settings below have their own.
    (
        "logical-lock",
        [
            r#""@@operators_allowed_for_child_policies": ["@@none"], "tag_value": {"@@assign": ["red"]}"#,
            "",
            r#""tag_value": {"@@assign": ["blue"]}"#,
        ],
        [r#""red""#, r#""red""#, r#""blue""#],
    ),
    (
        "numeric",
        [r#""tag_value": {"@@assign": [12, true, null]}"#, "", r#""tag_value": {"@@append": ["12", 13]}"#],
        [r#""12","true","null""#, r#""12","true","null""#, r#""12","true","null","13""#],
    ),
    ("Default", [RED, "", APPEND_BLUE], [r#""red""#, r#""red""#, r#""red","blue""#]),
    ("Empty", ["NOTHING", "", ""], [r#""*""#; 3]),
];

/// One of the three policies.
fn policy(index: usize) -> AttachedPolicy {
    let keys = ROWS.iter().filter(|(_, settings, _)| !settings[index].is_empty());
    let mut keys: Vec<_> =
        keys.map(|(key, settings, _)| format!(r#""{key}": {{{}}}"#, settings[index].replace("NOTHING", ""))).collect();
    if index == 2 {
        keys.push(format!(r#""orphan_remove": {{{REMOVE_RED}}}"#));
    }
    let text = format!(r#"{{"tags": {{{}}}}}"#, keys.join(", "));
    AttachedPolicy::new(format!("p-{index}"), validate(Kind::Tag, &text, NOW).unwrap())
}

#[track_caller]
fn check(levels: &[Vec<AttachedPolicy>], column: usize) {
    let effective = effective(Kind::Tag, levels);
    let document = json::read(effective.text()).unwrap().root;
    let tags = document.get("tags").and_then(Value::as_object).unwrap();
    assert_eq!(tags.len(), ROWS.len() + usize::from(column == 2));
    for (key, _, values) in ROWS {
        let key = key.to_lowercase();
        let tag = document.get("tags").and_then(|tags| tags.get(&key)).unwrap();
        assert_eq!(tag.get("tag_key").and_then(Value::as_str), Some(&*key));
        assert_eq!(tag.get("tag_value").unwrap().to_string(), format!("[{}]", values[column]), "{key} {column}");
    }
    if column == 2 {
        let orphan = document.get("tags").and_then(|tags| tags.get("orphan_remove")).unwrap();
        assert_eq!(orphan.get("tag_value").unwrap().to_string(), r#"["*"]"#);
    }
}

#[test]
fn peers_act_together_and_the_account_below_comes_last() {
    check(&[vec![policy(0)]], 0);
    check(&[vec![policy(0), policy(1)]], 1);
    check(&[vec![policy(0), policy(1)], vec![policy(2)]], 2);
}

#[test]
fn where_nothing_is_set_the_effective_policy_is_empty() {
    assert_eq!(effective(Kind::Tag, &[]).text(), "{}");
    for (kind, text) in [
        (Kind::Tag, r#"{"tags": {}}"#),
        (Kind::Backup, r#"{"plans": {"p": {}}}"#),
        (Kind::Chatbot, r#"{"chatbot": {"platforms": {}}}"#),
    ] {
        let level = vec![AttachedPolicy::new("p-1", validate(kind, text, NOW).unwrap())];
        assert_eq!(effective(kind, &[level]).text(), "{}");
    }
}
