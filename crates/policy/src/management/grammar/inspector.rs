//! Inspector policies: which scans run where.

use super::super::shape::{Block, Shape, fixed, optional, required};
use super::{REGION_LISTS, REGIONS};

pub(in crate::management) static DOCUMENT: Block = fixed(&[optional("inspector", &INSPECTOR)]);

static INSPECTOR: Shape = Shape::Block(fixed(&[optional("enablement", &SCANS)]));

static SCANS: Shape = Shape::Block(fixed(&[
    optional("lambda_standard_scanning", &LAMBDA),
    optional("ec2_scanning", &SCAN),
    optional("ecr_scanning", &SCAN),
    optional("code_repository_scanning", &SCAN),
]));

static SCAN: Shape = Shape::Block(fixed(&REGION_LISTS));

static LAMBDA: Shape = Shape::Block(fixed(&[
    required("enable_in_regions", &REGIONS),
    required("disable_in_regions", &REGIONS),
    optional("lambda_code_scanning", &SCAN),
]));
