//! Opt-out policies for AI services: whose content AWS may use.

use super::super::shape::{Block, Shape, Text, fixed, named, one, optional, required};

pub(in crate::management) static DOCUMENT: Block = fixed(&[optional("services", &SERVICES)]);

static SERVICES: Shape = Shape::Block(named(Text::OneOf(&SERVICE_NAMES), &SERVICE));

static SERVICE: Shape = Shape::Block(fixed(&[required("opt_out_policy", &one(Text::OneOf(&["optOut", "optIn"])))]));

/// The services that AWS took in September 2026 (captures of radkawar/stackd, 9dc356f, organizations_ai_policy and
/// organizations_ai_policy_details). `default` stands for all of them.
static SERVICE_NAMES: [&str; 38] = [
    "default",
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
