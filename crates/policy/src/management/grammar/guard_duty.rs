//! GuardDuty policies: which protections are on, everywhere and by Region.

use super::super::shape::{Block, Shape, Text, fixed, named, optional, required};
use super::SWITCH;
use super::forms::is_region;

pub(in crate::management) static DOCUMENT: Block = fixed(&[optional("guardduty", &GUARD_DUTY)]);

static GUARD_DUTY: Shape = Shape::Block(fixed(&[required("enablement", &ENABLEMENT)]));

static ENABLEMENT: Shape =
    Shape::Block(named(Text::Form(is_default_or_region, "default or a Region, such as us-east-1"), &FEATURES));

static FEATURES: Shape = Shape::Block(fixed(&[
    optional("foundational", &FEATURE),
    optional("s3_data_events", &FEATURE),
    optional("eks_audit_logs", &FEATURE),
    optional("ebs_malware_protection", &FEATURE),
    optional("rds_login_events", &FEATURE),
    optional("lambda_network_logs", &FEATURE),
    optional("runtime_monitoring", &RUNTIME_MONITORING),
    optional("ai_protection", &FEATURE),
]));

static FEATURE: Shape = Shape::Block(fixed(&[required("status", &SWITCH)]));

static RUNTIME_MONITORING: Shape =
    Shape::Block(fixed(&[required("status", &SWITCH), optional("additional_configuration", &AGENTS)]));

static AGENTS: Shape = Shape::Block(fixed(&[
    optional("eks_addon_management", &FEATURE),
    optional("ec2_agent_management", &FEATURE),
    optional("ecs_fargate_agent_management", &FEATURE),
]));

fn is_default_or_region(text: &str) -> bool {
    text == "default" || is_region(text)
}
