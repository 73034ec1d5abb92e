//! Tag policies: `organizations_effective_policy` (the cases `validation-…`), `organizations_tag_structure` and
//! `organizations_tags_controls`.

use policy::management::Kind::Tag;

use super::check;

#[test]
fn documents_have_tags_and_nothing_else() {
    check(Tag, "$$", &[r#"{"tags": {}}"#], &["{}", r#"{"wrong": {}}"#, r#"{"tags":{},"tags":{}}"#]);
    let empty_key = r#""": {}"#;
    let other_case = r#""Key": {"tag_value": {"@@assign": ["first"]}}, "key": {"tag_value": {"@@assign": ["second"]}}"#;
    check(Tag, r#"{"tags": {$$}}"#, &[r#""key": {}"#], &[empty_key, other_case]);
}

#[test]
fn a_tag_repeats_its_key_and_has_texts_as_values() {
    check(
        Tag,
        r#"{"tags": {"key": {$$}}}"#,
        &[r#""tag_value": {"@@assign": ["a"], "@@append": ["b"]}"#],
        &[
            r#""tag_key": "key""#,
            r#""tag_key": {"@@assign": "other"}"#,
            r#""tag_key": {"@@assign": 12}"#,
            r#""tag_key": {"@@append": ["key"]}"#,
            r#""tag_key": {"@@operators_allowed_for_child_policies": ["@@wrong"]}"#,
            r#""unknown": {"@@assign": "key"}"#,
        ],
    );
    check(
        Tag,
        r#"{"tags": {"key": {"tag_value": {"@@assign": [$$]}}}}"#,
        &["true", "null", "12"],
        &[r#"{"x": "y"}"#, r#""a*b*""#],
    );
}

#[test]
fn resources_are_those_that_a_policy_can_be_enforced_for() {
    check(
        Tag,
        r#"{"tags": {"key": {"enforced_for": {"@@assign": ["$$"]}}}}"#,
        &["ecs:ALL_SUPPORTED", "sqs:queue"],
        &["ecs:*", "imaginary:thing"],
    );
}

#[test]
fn operators_are_taken_at_the_root_and_not_below_it() {
    for operator in ["@@assign", "@@append", "@@remove"] {
        let values = [r#""value""#, "null", r#"["value"]"#, "[]", "1"];
        check(Tag, &format!(r#"{{"tags": {{}}, "{operator}": $$}}"#), &values, &["{}"]);
        let all = [r#""value""#, "null", r#"["value"]"#, "[]", "1", "{}"];
        check(Tag, &format!(r#"{{"tags": {{"{operator}": $$}}}}"#), &[], &all);
    }
}

#[test]
fn keys_operators_and_controls_are_read_in_any_case() {
    let key = r#""Key": {"tag_key": {"@@assign": "Key"}, "#;
    check(Tag, r#"{"TAGS": {$$}}"#, &[&format!(r#"{key}"tag_value": {{"@@assign": ["red"]}}}}"#)], &[]);
    check(
        Tag,
        &format!(r#"{{"tags": {{{key}$$}}}}}}"#),
        &[
            r#""TAG_VALUE": {"@@assign": ["red"]}"#,
            r#""tag_value": {"@@Assign": ["red"]}"#,
            r#""tag_value": {"@@assign": ["red"], "@@Operators_Allowed_For_Child_Policies": ["@@None"]}"#,
            r#""tag_value": {"@@assign": ["red"], "@@operators_allowed_for_child_policies": ["@@assign", "@@Assign"]}"#,
        ],
        &[r#""tag_value": {"@@assign": ["red"], "@@operators_allowed_for_child_policies": ["@@none", "@@Assign"]}"#],
    );
}

#[test]
fn a_control_names_each_operator_once_and_none_alone() {
    check(
        Tag,
        r#"{"tags": {"@@operators_allowed_for_child_policies": [$$]}}"#,
        &[
            r#""@@none""#,
            r#""@@assign", "@@append""#,
            r#""@@append", "@@remove""#,
            r#""@@assign", "@@append", "@@remove""#,
            r#""@@all", "@@assign""#,
        ],
        &[r#""@@none", "@@remove""#, r#""@@assign", "@@assign""#],
    );
    check(
        Tag,
        r#"{"tags": {$$}}"#,
        &[
            r#""@@operators_allowed_for_child_policies": ["@@none"], "key": {"tag_value": {"@@assign": ["red"]}}"#,
            r#""key": {"@@operators_allowed_for_child_policies": ["@@none"], "tag_value": {"@@assign": ["red"]}}"#,
        ],
        &[],
    );
}
