//! The grammar of each type, as tables. Each follows the syntax page of its type in the AWS Organizations user guide.

pub(super) mod ai_services;
pub(super) mod backup;
pub(super) mod bedrock;
pub(super) mod chatbot;
pub(super) mod ec2;
pub(super) mod forms;
pub(super) mod guard_duty;
pub(super) mod inspector;
pub(super) mod network_security_director;
pub(super) mod s3;
pub(super) mod security_hub;
pub(super) mod tag;
pub(super) mod upgrade_rollout;

use super::shape::{Field, Shape, Text, many, one, required};
use forms::{REGION_OR_ALL, is_region_or_all};

/// `enabled` or `disabled`.
const SWITCH: Shape = one(Text::OneOf(&["enabled", "disabled"]));

/// The two lists that switch a service on and off by Region. Either may be empty.
static REGION_LISTS: [Field; 2] = [required("enable_in_regions", &REGIONS), required("disable_in_regions", &REGIONS)];
static REGIONS: Shape = many(Text::Form(is_region_or_all, REGION_OR_ALL));
