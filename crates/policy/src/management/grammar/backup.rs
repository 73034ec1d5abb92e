//! Backup policies: backup plans with their rules, selections and settings.

use super::super::schedule::Schedule;
use super::super::shape::{
    Block, Named, Shape, Text, at_most, author_keys, counted, filled, fixed, named, one, optional, required, written,
};
use super::SWITCH;
use super::forms::{REGION, TAG_KEY, arn, is_account_id, is_region, is_role_arn, is_word};

pub(in crate::management) static DOCUMENT: Block = fixed(&[optional("plans", &PLANS)]);

const NAME: Text = Text::Form(is_name, "a name of 1 to 50 letters, digits, -, _ or .");
const ROLE: Shape = one(Text::Form(is_role_of_account, "arn:aws:iam::$account:role/ and the name of a role"));
const BOOLEAN: Shape = one(Text::OneOf(&["true", "false"]));
const MINUTES: Shape = one(Text::Integer(60, i64::MAX));
const DAYS: Shape = one(Text::Integer(1, i64::MAX));

static PLANS: Shape = Shape::Block(named(NAME, &PLAN));

static PLAN: Shape = Shape::Block(fixed(&[
    required("regions", &REGIONS),
    required("rules", &RULES),
    required("selections", &SELECTIONS),
    optional("advanced_backup_settings", &ADVANCED_SETTINGS),
    optional("backup_plan_tags", &TAGS),
    optional("scan_settings", &SCAN_SETTINGS),
]));

// A list of no Region is taken, and then makes the effective policy invalid.
static REGIONS: Shape = counted(Text::Form(is_region, REGION), 1, None);

// The counts are those of the policy quotas in the AWS Backup developer guide.
static RULES: Shape = at_most(10, NAME, &RULE);

static RULE: Shape = Shape::Block(fixed(&[
    optional("schedule_expression", &SCHEDULE),
    required(
        "target_backup_vault_name",
        &one(Text::Form(is_vault_name, "a vault name of 1 to 50 letters, digits, - or _")),
    ),
    optional(
        "target_logically_air_gapped_backup_vault_arn",
        &one(Text::Form(is_air_gapped_arn, "arn:aws:backup:$region:$account:backup-vault: and a vault name")),
    ),
    optional("start_backup_window_minutes", &MINUTES),
    optional("complete_backup_window_minutes", &MINUTES),
    optional("enable_continuous_backup", &BOOLEAN),
    optional("lifecycle", &LIFECYCLE),
    optional("copy_actions", &COPY_ACTIONS),
    optional("recovery_point_tags", &RECOVERY_POINT_TAGS),
    optional(
        "index_actions",
        &Shape::Block(fixed(&[optional("resource_types", &filled(Text::OneOf(&["EBS", "S3"]), None))])),
    ),
    optional("scan_actions", &SCAN_ACTIONS),
]));

static SCHEDULE: Shape = one(Text::Form(
    is_schedule,
    "cron() of five or six fields, with ? for the day of the month or the day of the week",
));

static LIFECYCLE: Shape = Shape::Block(fixed(&[
    optional("move_to_cold_storage_after_days", &DAYS),
    optional("delete_after_days", &DAYS),
    optional("opt_in_to_archive_for_supported_resources", &BOOLEAN),
]));

const VAULT: Text =
    Text::Form(is_vault_arn, "the ARN of a vault, such as arn:aws:backup:us-east-1:$account:backup-vault:main");

static COPY_ACTIONS: Shape = at_most(5, VAULT, &COPY_ACTION);

static COPY_ACTION: Shape =
    Shape::Block(fixed(&[written("target_backup_vault_arn", &one(VAULT)), optional("lifecycle", &LIFECYCLE)]));

static TAGS: Shape = Shape::Block(Block { fields: &[], named: Some(TAG_KEYS) });
static RECOVERY_POINT_TAGS: Shape =
    Shape::Block(Block { fields: &[], named: Some(Named { count_max: Some(10), ..TAG_KEYS }) });

const TAG_KEYS: Named = Named { echo: Some("tag_key"), ..author_keys(TAG_KEY, &TAG) };

static TAG: Shape =
    Shape::Block(fixed(&[written("tag_key", &one(TAG_KEY)), written("tag_value", &one(Text::Length(0, 256)))]));

static SELECTIONS: Shape =
    Shape::Block(fixed(&[optional("tags", &TAG_SELECTIONS), optional("resources", &RESOURCE_SELECTIONS)]));

static TAG_SELECTIONS: Shape = at_most(10, NAME, &TAG_SELECTION);

static TAG_SELECTION: Shape = Shape::Block(fixed(&[
    required("iam_role_arn", &ROLE),
    written("tag_key", &one(TAG_KEY)),
    written("tag_value", &filled(Text::Length(0, 256), Some(30))),
    optional("conditions", &CONDITIONS),
]));

static RESOURCE_SELECTIONS: Shape = at_most(100, NAME, &RESOURCE_SELECTION);

static RESOURCE_SELECTION: Shape = Shape::Block(fixed(&[
    required("iam_role_arn", &ROLE),
    optional("resource_types", &RESOURCE_TYPES),
    optional("not_resource_types", &RESOURCE_TYPES),
    optional("conditions", &CONDITIONS),
]));

static RESOURCE_TYPES: Shape =
    filled(Text::Form(is_resource_type, "* or an ARN of what is backed up, such as arn:aws:ec2:*:*:volume/*"), None);

static CONDITIONS: Shape = Shape::Block(fixed(&[
    optional("string_equals", &CONDITION_BLOCK),
    optional("string_not_equals", &CONDITION_BLOCK),
    optional("string_like", &CONDITION_BLOCK),
    optional("string_not_like", &CONDITION_BLOCK),
]));

static CONDITION_BLOCK: Shape = at_most(30, NAME, &CONDITION);

static CONDITION: Shape = Shape::Block(fixed(&[
    written("condition_key", &one(Text::Form(is_condition_key, "aws:ResourceTag/ and a tag key"))),
    written("condition_value", &one(Text::Length(0, 256))),
]));

static ADVANCED_SETTINGS: Shape = Shape::Block(fixed(&[
    optional("ec2", &Shape::Block(fixed(&[optional("windows_vss", &SWITCH)]))),
    optional("s3", &Shape::Block(fixed(&[optional("backup_acls", &SWITCH), optional("backup_object_tags", &SWITCH)]))),
]));

static SCAN_ACTIONS: Shape = Shape::Block(fixed(&[optional(
    "GUARDDUTY",
    &Shape::Block(fixed(&[required("scan_mode", &one(Text::OneOf(&["INCREMENTAL_SCAN", "FULL_SCAN"])))])),
)]));

static SCAN_SETTINGS: Shape = Shape::Block(fixed(&[optional(
    "GUARDDUTY",
    &Shape::Block(fixed(&[
        optional("resource_types", &filled(Text::OneOf(&["EBS", "EC2", "S3", "ALL"]), None)),
        required("scanner_role_arn", &ROLE),
    ])),
)]));

fn is_name(text: &str) -> bool {
    text.len() <= 50 && is_word(text, |char| char.is_ascii_alphanumeric() || "-_.".contains(char))
}

fn is_vault_name(text: &str) -> bool {
    text.len() <= 50 && is_word(text, |char| char.is_ascii_alphanumeric() || "-_".contains(char))
}

fn is_vault_arn(text: &str) -> bool {
    let Some([_, "backup", region, account, resource]) = arn(text) else { return false };
    is_region(region)
        && (account == "$account" || is_account_id(account))
        && resource.strip_prefix("backup-vault:").is_some_and(is_vault_name)
}

fn is_air_gapped_arn(text: &str) -> bool {
    let Some([_, "backup", "$region", "$account", resource]) = arn(text) else { return false };
    resource.strip_prefix("backup-vault:").is_some_and(is_vault_name)
}

/// The services with resources that AWS Backup backs up.
// The developer guide's list of supported resources. Recorded: `*` and volumes are taken, Amazon SQS is not. Inferred:
// the types of a service are not checked, since the list grows.
const BACKED_UP: [&str; 16] = [
    "backup-gateway",
    "cloudformation",
    "docdb",
    "dynamodb",
    "ec2",
    "eks",
    "elasticfilesystem",
    "fsx",
    "neptune",
    "rds",
    "redshift",
    "redshift-serverless",
    "s3",
    "ssm-sap",
    "storagegateway",
    "timestream",
];

fn is_resource_type(text: &str) -> bool {
    text == "*" || arn(text).is_some_and(|[_, service, ..]| BACKED_UP.contains(&service))
}

/// A role of whichever account has the policy.
fn is_role_of_account(text: &str) -> bool {
    is_role_arn(text) && text.contains("::$account:")
}

fn is_condition_key(text: &str) -> bool {
    text.strip_prefix("aws:ResourceTag/").is_some_and(|key| TAG_KEY.admits(key))
}

fn is_schedule(text: &str) -> bool {
    Schedule::read(text).is_some()
}
