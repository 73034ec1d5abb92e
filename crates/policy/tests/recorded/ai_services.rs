//! Opt-out policies for AI services: `organizations_ai_policy`, `organizations_ai_policy_details` and the documents of
//! `organizations_ai_policy_updates`.

use policy::management::Kind::AiServicesOptOut as Ai;

use super::check;

const SETTING: &str = r#"{"services": {"default": {"opt_out_policy": $$}}}"#;

#[test]
fn every_part_may_be_empty_and_none_is_null() {
    let empty = [r#"{"services": {}}"#, r#"{"services": {"default": {}}}"#];
    let others = ["{}", r#"{"other": {}}"#, r#"{"services": null}"#, r#"{"services": {"default": null}}"#];
    check(Ai, "$$", &empty, &others);
    let other = [r#"{"services": {"default": {"other": {"@@assign": "optOut"}}}}"#];
    check(Ai, "$$", &[], &other);
    let controls = r#"{"@@operators_allowed_for_child_policies": ["@@none"]}"#;
    check(Ai, SETTING, &["{}", controls], &[r#"{"other": {}}"#, "null"]);
    check(Ai, r#"{"services": $$}"#, &[controls], &[]);
}

#[test]
fn services_are_on_a_list() {
    const SERVICES: [&str; 38] = [
        "aidevops",
        "aiops",
        "awssupplychain",
        "biodiscovery",
        "chimesdkvoiceanalytics",
        "cloudwatch",
        "codeguruprofiler",
        "codewhisperer",
        "comprehend",
        "config",
        "connect",
        "connectamd",
        "connectdecision",
        "connecthealth::operations",
        "connecthealth::training",
        "connectoptimization",
        "contactlens",
        "datazone",
        "default",
        "dms",
        "entityresolution",
        "finopsagent",
        "frauddetector",
        "glue",
        "guardduty",
        "lex",
        "polly",
        "q",
        "quicksightq",
        "rekognition",
        "scenariodiscovery",
        "securityhub",
        "securitylake",
        "textract",
        "transcribe",
        "transform",
        "translate",
        "workspaces",
    ];
    let others = ["unknown", "s3", "*", "Default", "LEX", "", "lex ", "connecthealth"];
    check(Ai, r#"{"services": {"$$": {"opt_out_policy": {"@@assign": "optOut"}}}}"#, &SERVICES, &others);
    check(Ai, r#"{"services": {"$$": {}}}"#, &[], &["unknown", "", "Default"]);
}

#[test]
fn a_setting_is_one_of_two_texts_in_this_case() {
    check(
        Ai,
        r#"{"services": {"default": {"opt_out_policy": {"@@assign": $$}}}}"#,
        &[r#""optIn""#, r#""optOut""#],
        &[
            r#""optin""#,
            r#""optout""#,
            r#""OptOut""#,
            r#""optOut ""#,
            r#""""#,
            "true",
            "false",
            "1",
            "null",
            "[]",
            r#"["optOut"]"#,
            "{}",
        ],
    );
}

#[test]
fn a_setting_is_assigned_only() {
    for operator in ["@@append", "@@remove", "@@enforced_for"] {
        let alone = format!(r#"{{"{operator}": ["optOut"]}}"#);
        let beside = format!(r#"{{"@@assign": "optOut", "{operator}": ["optIn"]}}"#);
        check(Ai, SETTING, &[], &[&alone, &beside]);
    }
    check(Ai, SETTING, &[], &[r#"{"@@assign": "optOut", "@@append": []}"#]);
}

/// The four blocks and the setting, with a place for one more key.
const PLACES: [&str; 4] = [
    r#"{"services": {"default": {"opt_out_policy": {"@@assign": "optOut"}}}, $$}"#,
    r#"{"services": {"default": {"opt_out_policy": {"@@assign": "optOut"}}, $$}}"#,
    r#"{"services": {"default": {"opt_out_policy": {"@@assign": "optOut"}, $$}}}"#,
    r#"{"services": {"default": {"opt_out_policy": {"@@assign": "optOut", $$}}}}"#,
];

#[test]
fn controls_stand_everywhere() {
    for place in PLACES {
        let controls = place.replace("$$", r#""@@operators_allowed_for_child_policies": [$$]"#);
        check(
            Ai,
            &controls,
            &[r#""@@assign""#, r#""@@none""#, r#""@@all""#, r#""@@append""#, r#""@@remove""#],
            &[r#""@@assign", "@@none""#, "", r#""@@assign", "@@assign""#],
        );
    }
    check(
        Ai,
        &PLACES[3].replace("$$", r#""@@operators_allowed_for_child_policies": [$$]"#),
        &[
            r#""@@assign", "@@append""#,
            r#""@@append", "@@remove""#,
            r#""@@assign", "@@append", "@@remove""#,
            r#""@@all", "@@assign""#,
        ],
        &[r#""@@none", "@@remove""#, r#""@@none", "@@none""#],
    );
}

#[test]
fn operators_at_the_root_have_any_plain_value() {
    for operator in ["@@assign", "@@append", "@@remove"] {
        check(
            Ai,
            &PLACES[0].replace("$$", &format!(r#""{operator}": $$"#)),
            &["null", r#""optOut""#, "[]", r#"["one"]"#, "1", "[null]"],
            &["{}", "[{}]", r#"[["one"]]"#],
        );
    }
    for place in &PLACES[1..3] {
        check(Ai, place, &[], &[r#""@@append": []"#, r#""@@assign": "optOut""#]);
    }
}

#[test]
fn a_key_stands_once() {
    check(
        Ai,
        "$$",
        &[],
        &[
            r#"{"services":{},"services":{}}"#,
            r#"{"services":{"default":{},"default":{}}}"#,
            r#"{"services":{"default":{"opt_out_policy":{},"opt_out_policy":{}}}}"#,
            r#"{"services":{"default":{"opt_out_policy":{"@@assign":"optIn","@@assign":"optOut"}}}}"#,
            r#"{"services":{"default":{"opt_out_policy":{"@@operators_allowed_for_child_policies":["@@none"],
                "@@operators_allowed_for_child_policies":["@@assign"]}}}}"#,
        ],
    );
}
