//! EC2 policies: attributes of EC2, VPC and EBS that accounts cannot change.

use super::super::shape::{Block, Shape, Text, at_most, author_keys, fixed, many, one, optional, required};
use super::SWITCH;
use super::forms::{is_account_id, is_word};

pub(in crate::management) static DOCUMENT: Block = fixed(&[optional("ec2_attributes", &ATTRIBUTES)]);

static ATTRIBUTES: Shape = Shape::Block(Block {
    fields: &[
        optional("exception_message", &one(Text::Length(1, 10_000))),
        optional("vpc_block_public_access", &VPC_BLOCK),
        optional("serial_console_access", &Shape::Block(fixed(&[required("status", &SWITCH)]))),
        optional("image_block_public_access", &IMAGE_BLOCK),
        optional("allowed_images_settings", &ALLOWED_IMAGES),
        optional("instance_metadata_defaults", &METADATA_DEFAULTS),
        optional("snapshot_block_public_access", &SNAPSHOT_BLOCK),
    ],
    // Inferred: the user guide lists VPC encryption controls, but no record shows their keys.
    named: Some(author_keys(Text::Form(is_encryption_key, "another attribute of EC2"), &Shape::Open)),
});

static VPC_BLOCK: Shape = Shape::Block(fixed(&[optional(
    "internet_gateway_block",
    &Shape::Block(fixed(&[
        required("mode", &one(Text::OneOf(&["off", "block_ingress", "block_bidirectional"]))),
        required("exclusions_allowed", &SWITCH),
    ])),
)]));

static IMAGE_BLOCK: Shape =
    Shape::Block(fixed(&[required("state", &one(Text::OneOf(&["unblocked", "block_new_sharing"])))]));

static SNAPSHOT_BLOCK: Shape = Shape::Block(fixed(&[required(
    "state",
    &one(Text::OneOf(&["unblocked", "block_new_sharing", "block_all_sharing"])),
)]));

static ALLOWED_IMAGES: Shape = Shape::Block(fixed(&[
    required("state", &one(Text::OneOf(&["enabled", "disabled", "audit_mode"]))),
    optional("image_criteria", &IMAGE_CRITERIA),
]));

static IMAGE_CRITERIA: Shape = at_most(10, Text::Form(is_criteria_key, "criteria_1 to criteria_10"), &IMAGE_CRITERION);

static IMAGE_CRITERION: Shape = Shape::Block(fixed(&[
    optional("allowed_image_providers", &many(Text::Form(is_provider, "an account id or an alias, such as amazon"))),
    optional("image_names", &many(Text::Length(1, 128))),
    optional("marketplace_product_codes", &many(Text::Length(1, 128))),
    optional("creation_date_condition", &Shape::Block(fixed(&[optional("maximum_days_since_created", &DAYS)]))),
    optional("deprecation_time_condition", &Shape::Block(fixed(&[optional("maximum_days_since_deprecated", &DAYS)]))),
]));

const DAYS: Shape = one(Text::Integer(0, i64::MAX));

// Inferred: an effective policy may leave defaults out; the guide's samples show all of them.
static METADATA_DEFAULTS: Shape = Shape::Block(fixed(&[
    optional("http_tokens", &one(Text::OneOf(&["no_preference", "required", "optional"]))),
    optional("http_put_response_hop_limit", &one(Text::Integer(-1, 64))),
    optional("http_endpoint", &PREFERENCE),
    optional("instance_metadata_tags", &PREFERENCE),
    optional("http_tokens_enforced", &PREFERENCE),
]));

const PREFERENCE: Shape = one(Text::OneOf(&["no_preference", "enabled", "disabled"]));

fn is_encryption_key(text: &str) -> bool {
    text.strip_prefix("vpc_encryption_")
        .is_some_and(|rest| is_word(rest, |char| char.is_ascii_lowercase() || char == '_'))
}

fn is_criteria_key(text: &str) -> bool {
    text.strip_prefix("criteria_").is_some_and(|number| Text::Integer(1, 10).admits(number) && !number.starts_with('0'))
}

fn is_provider(text: &str) -> bool {
    is_account_id(text) || is_word(text, |char| char.is_ascii_lowercase() || char == '_')
}
