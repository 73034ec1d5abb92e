//! What each policy type takes as a document.

use model::organizations::ErrorCode::MalformedPolicyDocumentException;
use model::organizations::types::PolicyType;
use policy::iam::{rcp, scp};
use policy::management::{self, Kind, ManagementPolicy};
use policy::{Fault, SizeUnit, TypeFacts};

use crate::error::{Error, Result};

/// Reads a document of the type. Those of management policies are kept as they were read, since they merge; those that authorize
/// are only looked at.
pub fn read(kind: PolicyType, content: &str) -> Result<Option<ManagementPolicy>> {
    let read = match kind {
        PolicyType::ServiceControlPolicy => scp::validate(content).map(|_| None),
        PolicyType::ResourceControlPolicy => rcp::validate(content).map(|_| None),
        _ => match Kind::of(kind.as_str()) {
            Some(kind) => management::validate(kind, content).map(Some),
            None => Ok(None),
        },
    };
    read.map_err(|faults| malformed(&faults))
}

/// How large a document is, in the unit of its type's quota.
pub fn size(kind: PolicyType, content: &str) -> usize {
    match TypeFacts::of(kind.as_str()).map(|facts| facts.size_unit) {
        Some(SizeUnit::Bytes) => content.len(),
        _ => content.chars().count(),
    }
}

/// So many faults are told.
const TOLD_MAX: usize = 5;

/// AWS's one sentence, and then, which AWS leaves out, where and why.
fn malformed(faults: &[Fault]) -> Error {
    let error = Error::from(MalformedPolicyDocumentException);
    faults.iter().take(TOLD_MAX).fold(error, |error, fault| error.and(fault))
}
