//! Bedrock policies: guardrails that every inference call passes.

use super::super::shape::{Block, Shape, Text, fixed, many, named, one, optional, required};
use super::forms::{REGION, arn, is_account_id, is_region, is_word};

pub(in crate::management) static DOCUMENT: Block = fixed(&[optional("bedrock", &BEDROCK)]);

static BEDROCK: Shape = Shape::Block(fixed(&[optional("guardrail_inference", &GUARDRAILS)]));

static GUARDRAILS: Shape = Shape::Block(named(Text::Form(is_region, REGION), &REGION_GUARDRAILS));

static REGION_GUARDRAILS: Shape = Shape::Block(named(CONFIGURATION, &GUARDRAIL));

const CONFIGURATION: Text = Text::Form(is_configuration, "a name of letters, digits, - or _, such as config_1");

static GUARDRAIL: Shape = Shape::Block(fixed(&[
    required(
        "identifier",
        &one(Text::Form(is_guardrail, "the ARN of a guardrail, then : and the number of a version (not DRAFT)")),
    ),
    optional("selective_content_guarding", &CONTENT_GUARDING),
    optional("model_enforcement", &MODEL_ENFORCEMENT),
    optional("input_tags", &one(Text::OneOf(&["honor", "ignore"]))),
]));

static CONTENT_GUARDING: Shape = Shape::Block(fixed(&[optional("system", &GUARDING), optional("messages", &GUARDING)]));

const GUARDING: Shape = one(Text::OneOf(&["selective", "comprehensive"]));

static MODEL_ENFORCEMENT: Shape =
    Shape::Block(fixed(&[required("included_models", &MODELS), required("excluded_models", &MODELS)]));

static MODELS: Shape = many(Text::Length(1, 256));

fn is_configuration(text: &str) -> bool {
    is_word(text, |char| char.is_ascii_alphanumeric() || "-_".contains(char))
}

fn is_guardrail(text: &str) -> bool {
    let Some([_, "bedrock", region, account, resource]) = arn(text) else { return false };
    let Some((id, version)) = resource.strip_prefix("guardrail/").and_then(|rest| rest.split_once(':')) else {
        return false;
    };
    is_region(region)
        && is_account_id(account)
        && is_word(id, |char| char.is_ascii_alphanumeric())
        && is_word(version, |char| char.is_ascii_digit())
}
