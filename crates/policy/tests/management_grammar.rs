//! Documents that are policies of a type, and the findings in others.

#![allow(clippy::unwrap_used)]

use policy::management::{Kind, validate};

#[track_caller]
fn accept(kind: Kind, text: &str) {
    if let Err(findings) = validate(kind, text) {
        panic!("{kind:?} {text}: {findings:#?}");
    }
}

#[track_caller]
fn refuse(kind: Kind, text: &str, expected: &[&str]) {
    let printed: Vec<_> = validate(kind, text).unwrap_err().iter().map(ToString::to_string).collect();
    assert_eq!(printed, expected, "{text}");
}

/// One document for each type, from its syntax page in the user guide.
const SAMPLES: [(Kind, &str); 17] = [
    (
        Kind::Tag,
        r#"{"tags": {"costcenter": {"tag_key": {"@@assign": "CostCenter"},
        "tag_value": {"@@assign": ["100", "*@example.com"]},
        "enforced_for": {"@@assign": ["secretsmanager:*"]},
        "report_required_tag_for": {"@@append": ["ec2:instance", "s3:ALL_SUPPORTED"]}}}}"#,
    ),
    (
        Kind::Backup,
        r#"{"plans": {"PII_Backup_Plan": {"regions": {"@@append": ["us-east-1"]},
        "rules": {"Hourly": {"schedule_expression": {"@@assign": "cron(0 5/1 ? * * *)"},
        "start_backup_window_minutes": {"@@assign": "480"},
            "complete_backup_window_minutes": {"@@assign": "10080"}, "enable_continuous_backup": {"@@assign": true},
            "target_backup_vault_name": {"@@assign": "FortKnox"},
            "target_logically_air_gapped_backup_vault_arn": {
            "@@assign": "arn:aws:backup:$region:$account:backup-vault:AirGappedVault"},
            "index_actions": {"resource_types": {"@@assign": ["EBS", "S3"]}},
            "recovery_point_tags": {"Owner": {"tag_key": {"@@assign": "Owner"}, "tag_value": {"@@assign": "Backup"}}},
            "scan_actions": {"GUARDDUTY": {"scan_mode": {"@@assign": "INCREMENTAL_SCAN"}}},
            "copy_actions": {"arn:aws:backup:us-west-1:111111111111:backup-vault:tertiary_vault": {
                "target_backup_vault_arn": {
                "@@assign": "arn:aws:backup:us-west-1:111111111111:backup-vault:tertiary_vault"},
                "lifecycle": {"move_to_cold_storage_after_days": {"@@assign": "30"},
                "delete_after_days": {"@@assign": "120"}}}}}},
        "selections": {"resources": {"all": {"iam_role_arn": {"@@assign": "arn:aws:iam::$account:role/IAMRole"},
            "resource_types": {"@@assign": ["*"]}, "not_resource_types": {"@@assign": ["arn:aws:ec2:*:*:volume/*"]},
            "conditions": {"string_not_like": {"name": {"condition_key": {"@@assign": "aws:ResourceTag/key2"},
            "condition_value": {"@@assign": "*exclude*"}}}}}}},
        "advanced_backup_settings": {"ec2": {"windows_vss": {"@@assign": "enabled"}},
        "s3": {"backup_acls": {"@@assign": "disabled"}}},
        "backup_plan_tags": {"stage": {"tag_key": {"@@assign": "Stage"}, "tag_value": {"@@assign": "Beta"}}},
        "scan_settings": {"GUARDDUTY": {"resource_types": {"@@assign": ["EBS"]},
        "scanner_role_arn": {"@@assign": "arn:aws:iam::$account:role/Scanner"}}}}}}"#,
    ),
    (
        Kind::AiServicesOptOut,
        r#"{"services": {"default": {"opt_out_policy": {"@@assign": "optOut"}},
        "lex": {"opt_out_policy": {"@@assign": "optIn"}}}}"#,
    ),
    (
        Kind::Chatbot,
        r#"{"chatbot": {"platforms": {"slack": {"client": {"@@assign": "enabled"},
        "workspaces": {"@@assign": ["*", "T01234567"]},
        "default": {"supported_channel_types": {"@@assign": ["private"]},
        "supported_role_settings": {"@@assign": ["user_role"]}},
        "overrides": {"T01234567": {"supported_channel_types": {"@@assign": ["public"]}}}},
        "microsoft_teams": {"client": {"@@assign": "enabled"},
        "tenants": {"36a67c4c-d2d1-4b0b-8a8c-0d5b5a4c2f10": {"@@assign": ["*"]}},
        "overrides": {"36a67c4c-d2d1-4b0b-8a8c-0d5b5a4c2f10": {
        "36a67c4c-d2d1-4b0b-8a8c-0d5b5a4c2f11": {"supported_role_settings": {"@@assign": ["channel_role"]}}}}},
        "chime": {"client": {"@@assign": "disabled"}}}, "default": {"client": {"@@assign": "disabled"}}}}"#,
    ),
    (
        Kind::DeclarativeEc2,
        r#"{"ec2_attributes": {"exception_message": {"@@assign": "Ask https://example.com"},
        "vpc_block_public_access": {"internet_gateway_block": {"mode": {"@@assign": "block_ingress"},
        "exclusions_allowed": {"@@assign": "enabled"}}},
        "serial_console_access": {"status": {"@@assign": "disabled"}},
        "image_block_public_access": {"state": {"@@assign": "block_new_sharing"}},
        "allowed_images_settings": {"state": {"@@assign": "audit_mode"}, "image_criteria": {"criteria_1": {
            "allowed_image_providers": {"@@append": ["amazon", "111122223333"]},
            "image_names": {"@@assign": ["golden-*"]},
            "creation_date_condition": {"maximum_days_since_created": {"@@assign": 90}}}}},
        "instance_metadata_defaults": {"http_tokens": {"@@assign": "required"},
        "http_put_response_hop_limit": {"@@assign": 2},
            "http_endpoint": {"@@assign": "no_preference"}, "http_tokens_enforced": {"@@assign": "enabled"}},
        "snapshot_block_public_access": {"state": {"@@assign": "block_all_sharing"}}}}"#,
    ),
    (Kind::DeclarativeEc2, r#"{"ec2_attributes": {"vpc_encryption_settings": {"mode": {"@@assign": "monitor"}}}}"#),
    (
        Kind::SecurityHub,
        r#"{"securityhub": {"enable_in_regions": {"@@append": ["ALL_SUPPORTED"],
        "@@operators_allowed_for_child_policies": ["@@all"]},
        "disable_in_regions": {"@@append": []},
        "features": {"network_scanning": {"enable_in_regions": {"@@append": ["us-west-2"]}}}}}"#,
    ),
    (
        Kind::SecurityHubCspm,
        r#"{"securityhub": {"cspm_enablement": {"enable_in_regions": {"@@assign": ["us-east-1"]},
        "disable_in_regions": {"@@assign": []}},
        "standards": {"@@assign": ["any"]}}}"#,
    ),
    (
        Kind::Inspector,
        r#"{"inspector": {"enablement": {"lambda_standard_scanning": {"enable_in_regions": {"@@assign": ["us-east-1"]},
        "disable_in_regions": {"@@assign": []},
        "lambda_code_scanning": {"enable_in_regions": {"@@assign": ["us-east-1"]},
        "disable_in_regions": {"@@assign": []}}},
        "ec2_scanning": {"enable_in_regions": {"@@assign": ["ALL_SUPPORTED"]}}}}}"#,
    ),
    (
        Kind::UpgradeRollout,
        r#"{"upgrade_rollout": {"default": {"patch_order": {"@@assign": "last"}}, "tags": {"devtag": {"tag_values": {
        "tag1": {"patch_order": {"@@assign": "first"}}, "Tag1": {"patch_order": {"@@assign": "second"}}}}}}}"#,
    ),
    (
        Kind::Bedrock,
        r#"{"bedrock": {"guardrail_inference": {"us-east-1": {"config_1": {
        "identifier": {"@@assign": "arn:aws:bedrock:us-east-1:123456789012:guardrail/hu1dlsv9wy1d:1"},
        "selective_content_guarding": {"system": {"@@assign": "selective"}, "messages": {"@@assign": "comprehensive"}},
        "model_enforcement": {"included_models": {"@@assign": ["ALL"]},
        "excluded_models": {"@@assign": ["cohere.embed-english-v3"]}},
        "input_tags": {"@@assign": "honor"}}}}}}"#,
    ),
    (Kind::S3, r#"{"s3_attributes": {"public_access_block_configuration": {"@@assign": "all"}}}"#),
    (Kind::S3, r#"{"@@operators_allowed_for_child_policies": ["@@none"], "s3_attributes": {}}"#),
    (
        Kind::NetworkSecurityDirector,
        r#"{"network_security_director": {"enablement": {"network_security_scan": {
        "enable_in_regions": {"@@assign": ["us-east-1", "eu-west-1"]},
        "disable_in_regions": {"@@assign": []}}}}}"#,
    ),
    (
        Kind::GuardDuty,
        r#"{"guardduty": {"enablement": {"default": {"foundational": {"status": {"@@assign": "enabled"}}},
        "us-east-1": {"runtime_monitoring": {"status": {"@@assign": "enabled"},
        "additional_configuration": {"ec2_agent_management": {"status": {"@@assign": "enabled"}}}}}}}}"#,
    ),
    (Kind::Tag, "{\n\"tags\":{\n\"CostCenter\":{\n\"tag_key\":{\n\"@@assign\":\"CostCenter\"\n}\n}\n}\n}\n\n"),
    (
        Kind::Tag,
        r#"{"tags": {"environment": {"tag_value": {"@@operators_allowed_for_child_policies": ["@@append",
        "@@remove"]}}}}"#,
    ),
];

#[test]
fn the_samples_of_the_user_guide_are_policies() {
    for (kind, text) in SAMPLES {
        accept(kind, text);
    }
    for kind in Kind::ALL {
        assert!(SAMPLES.iter().any(|(sampled, _)| *sampled == kind), "{kind:?} has no sample");
    }
}

#[test]
fn the_sample_of_one_type_is_no_policy_of_another() {
    for (kind, text) in SAMPLES {
        for other in Kind::ALL.into_iter().filter(|other| *other != kind) {
            assert!(validate(other, text).is_err(), "{text} is a {kind:?} policy, and a {other:?} policy too");
        }
    }
}

#[test]
fn any_json_is_no_policy() {
    for kind in Kind::ALL {
        for text in
            ["", "{", "null", "[]", "\"tags\"", "{}", r#"{"Version": "2012-10-17", "Statement": []}"#, r#"{"tags": 1}"#]
        {
            assert!(validate(kind, text).is_err(), "{kind:?} {text}");
        }
    }
}

#[test]
fn the_top_key_is_that_of_the_type() {
    refuse(Kind::Tag, "{}", &[r#"In the document: found no settings, expected "tags"."#]);
    refuse(Kind::Tag, r#"{"Tags": {}}"#, &[r#"At Tags: found the key "Tags", expected "tags"."#]);
    refuse(Kind::S3, r#"{"tags": {}}"#, &[r#"At tags: found the key "tags", expected "s3_attributes"."#]);
    refuse(Kind::Backup, "[]", &[r#"In the document: found an empty list, expected an object with "plans"."#]);
    refuse(
        Kind::Tag,
        r#"{"tags": "x"}"#,
        &["At tags: found the string \"x\", expected an object with a tag key of 1 to 128 characters."],
    );
}

#[test]
fn findings_in_texts_that_are_not_json_have_a_position() {
    refuse(Kind::Tag, "{\"tags\": {},}", &["At line 1, column 13: found '}', expected a key in quotation marks."]);
    refuse(
        Kind::Tag,
        r#"{"tags": {"a": {}, "a": {}}}"#,
        &[r#"At tags.a: found the key "a" a second time, expected each key once."#],
    );
}

#[test]
fn values_need_operators() {
    // An answer of DescribeEffectivePolicy is no policy.
    refuse(
        Kind::Tag,
        r#"{"tags": {"costcenter": {"tag_key": "CostCenter", "tag_value": ["Sandbox"]}}}"#,
        &[
            "At tags.costcenter.tag_key: found the string \"CostCenter\", expected an object with operators, such as \
            {\"@@assign\": \"…\"}.",
            "At tags.costcenter.tag_value: found a list, expected an object with operators, such as {\"@@assign\": \
            [\"…\"]}.",
        ],
    );
}

#[test]
fn operators_are_refused_where_they_have_no_effect() {
    refuse(
        Kind::Tag,
        r#"{"tags": {"a": {"tag_key": {"@@append": ["a"]}, "tag_value": {"@@replace": ["x"], "value": 1},
        "@@assign": {}}}}"#,
        &[
            "At tags.a.tag_key.@@append: found the operator \"@@append\", expected @@assign or \
            @@operators_allowed_for_child_policies.",
            "At tags.a.tag_value.@@replace: found the operator \"@@replace\", expected @@assign, @@append, @@remove or \
            @@operators_allowed_for_child_policies.",
            "At tags.a.tag_value.value: found the key \"value\", expected @@assign, @@append, @@remove or \
            @@operators_allowed_for_child_policies.",
            "At tags.a.@@assign: found the operator \"@@assign\", expected @@operators_allowed_for_child_policies or \
            \"tag_key\", \"tag_value\", \"enforced_for\" or \"report_required_tag_for\".",
        ],
    );
    refuse(
        Kind::AiServicesOptOut,
        r#"{"services": {"lex": {"opt_out_policy": {"@@remove": ["optIn"], "@@assign": "OptOut"}}}}"#,
        &[
            "At services.lex.opt_out_policy.@@remove: found the operator \"@@remove\", expected @@assign or \
            @@operators_allowed_for_child_policies.",
            "At services.lex.opt_out_policy.@@assign: found the string \"OptOut\", expected \"optOut\" or \"optIn\".",
        ],
    );
}

#[test]
fn child_control_is_a_list_of_operators() {
    const AT: &str = "At tags.@@operators_allowed_for_child_policies";
    const NAMES: &str = r#""@@all", "@@none", "@@assign", "@@append" or "@@remove""#;
    let with = |list: &str| format!(r#"{{"tags": {{"@@operators_allowed_for_child_policies": {list}}}}}"#);
    for list in [r#"["@@all"]"#, r#"["@@none"]"#, r#"["@@assign", "@@append", "@@remove"]"#] {
        accept(Kind::Tag, &with(list));
    }
    refuse(
        Kind::Tag,
        &with(r#""@@none""#),
        &[&format!(r#"{AT}: found the string "@@none", expected a list of {NAMES}."#)],
    );
    refuse(Kind::Tag, &with("[]"), &[&format!("{AT}: found an empty list, expected a list of {NAMES}.")]);
    refuse(Kind::Tag, &with(r#"["none"]"#), &[&format!(r#"{AT}[0]: found the string "none", expected {NAMES}."#)]);
    refuse(
        Kind::Tag,
        &with(r#"["@@assign", "@@none"]"#),
        &[&format!(r#"{AT}[1]: found the string "@@none", expected "@@none" by itself."#)],
    );
}

#[test]
fn tag_keys_repeat_their_policy_key() {
    refuse(
        Kind::Tag,
        r#"{"tags": {"CostCenter": {"tag_key": {"@@assign": "Cost-Center"}}, "costcenter": {}}}"#,
        &[
            "At tags.CostCenter.tag_key.@@assign: found the string \"Cost-Center\", expected \"CostCenter\" in any \
            case, like the key above it.",
            "At tags.costcenter: found the key \"costcenter\" again, in another case, expected each key once, in any \
            case.",
        ],
    );
    refuse(
        Kind::Tag,
        r#"{"tags": {"a": {"tag_value": {"@@assign": ["*@*.com"]}, "enforced_for": {"@@append": ["*", "*:*"]}}}}"#,
        &[
            "At tags.a.tag_value.@@assign[0]: found the string \"*@*.com\", expected a tag value with at most one *.",
            "At tags.a.enforced_for.@@append[0]: found the string \"*\", expected service:type, service:* or \
            service:ALL_SUPPORTED.",
            "At tags.a.enforced_for.@@append[1]: found the string \"*:*\", expected service:type, service:* or \
            service:ALL_SUPPORTED.",
        ],
    );
}

#[test]
fn backup_rules_have_schedules_and_whole_numbers() {
    refuse(
        Kind::Backup,
        r#"{"plans": {"P": {"rules": {"R": {"schedule_expression": {"@@assign": "cron(0 5 1-7 * MON *)"},
            "start_backup_window_minutes": {"@@assign": 59.5}, "colour": {"@@assign": "red"}}},
            "regions": {"@@assign": "us-east-1"}}}}"#,
        &[
            "At plans.P.rules.R.schedule_expression.@@assign: found the string \"cron(0 5 1-7 * MON *)\", expected \
            cron() of six fields, with ? for either the day of the month or the day of the week.",
            "At plans.P.rules.R.start_backup_window_minutes.@@assign: found the number 59.5, expected an integer from \
            60 on.",
            "At plans.P.rules.R.colour: found the key \"colour\", expected \"schedule_expression\", \
            \"target_backup_vault_name\", \"target_logically_air_gapped_backup_vault_arn\", \
            \"start_backup_window_minutes\", \"complete_backup_window_minutes\", \"enable_continuous_backup\", \
            \"lifecycle\", \"copy_actions\", \"recovery_point_tags\", \"index_actions\" or \"scan_actions\".",
            "At plans.P.regions.@@assign: found the string \"us-east-1\", expected a list, each item a Region, such as \
            us-east-1.",
        ],
    );
}

#[test]
fn values_are_those_of_the_service() {
    refuse(
        Kind::S3,
        r#"{"s3_attributes": {"public_access_block_configuration": {"@@assign": "some"}}}"#,
        &["At s3_attributes.public_access_block_configuration.@@assign: found the string \"some\", expected \"all\" \
            or \"none\"."],
    );
    refuse(
        Kind::Bedrock,
        r#"{"bedrock": {"guardrail_inference": {"us-east-1": {"c": {"identifier": {
        "@@assign": "arn:aws:bedrock:us-east-1:123456789012:guardrail/x:DRAFT"}}}}}}"#,
        &["At bedrock.guardrail_inference.us-east-1.c.identifier.@@assign: found the string \
            \"arn:aws:bedrock:us-east-1:123456789012:guardrail/x:DRAFT\", expected the ARN of a guardrail, then : and \
            the number of a version (not DRAFT)."],
    );
    refuse(
        Kind::GuardDuty,
        r#"{"guardduty": {"enablement": {"everywhere": {},
        "us-east-1": {"foundational": {"status": {"@@assign": null}}}}}}"#,
        &[
            "At guardduty.enablement.everywhere: found the key \"everywhere\", expected default or a Region, such as \
            us-east-1.",
            "At guardduty.enablement.us-east-1.foundational.status.@@assign: found null, expected \"enabled\" or \
            \"disabled\".",
        ],
    );
    refuse(
        Kind::DeclarativeEc2,
        r#"{"ec2_attributes": {"instance_metadata_defaults": {"http_put_response_hop_limit": {"@@assign": 65}},
            "allowed_images_settings": {"image_criteria": {"criteria_11": {}}}}}"#,
        &[
            "At ec2_attributes.instance_metadata_defaults.http_put_response_hop_limit.@@assign: found the number 65, \
            expected an integer from -1 to 64.",
            "At ec2_attributes.allowed_images_settings.image_criteria.criteria_11: found the key \"criteria_11\", \
            expected criteria_1 to criteria_10.",
        ],
    );
}
