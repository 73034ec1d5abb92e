//! Policies of the AWS Shield network security director: where it scans.

use super::super::shape::{Block, Shape, fixed, optional};
use super::REGION_LISTS;

pub(in crate::management) static DOCUMENT: Block = fixed(&[optional("network_security_director", &DIRECTOR)]);

static DIRECTOR: Shape = Shape::Block(fixed(&[optional("enablement", &ENABLEMENT)]));

static ENABLEMENT: Shape =
    Shape::Block(fixed(&[optional("network_security_scan", &Shape::Block(fixed(&REGION_LISTS)))]));
