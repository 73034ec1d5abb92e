//! The documents of each policy type.

use std::sync::Arc;

use model::organizations::ErrorCode::MalformedPolicyDocumentException;
use model::organizations::types::PolicyType;
use policy::iam::{rcp, scp};
use policy::management::{
    Kind, {self},
};
use policy::{Finding, TypeFacts};
use world::PolicyDocument;

use crate::error::{Error, Result};

/// Reads a document of the type.
pub fn read(kind: PolicyType, content: &str) -> Result<PolicyDocument> {
    let authorizing = |document| PolicyDocument::Authorizing(Arc::new(document));
    let read = match (kind, Kind::of(kind.as_str())) {
        (_, Some(merging)) => management::validate(merging, content).map(PolicyDocument::Merging),
        (PolicyType::ResourceControlPolicy, None) => rcp::validate(content).map(authorizing),
        (_, None) => scp::validate(content).map(authorizing),
    };
    read.map_err(|findings| malformed(&findings))
}

/// The size of a document, in the unit of its type's quota.
pub fn size(kind: PolicyType, content: &str) -> usize {
    TypeFacts::of(kind.as_str()).map_or(content.len(), |facts| facts.size(content))
}

/// The maximum number of findings in an error's text.
const FINDINGS_MAX: usize = 5;

/// AWS's error text, followed by the findings, which AWS leaves out.
fn malformed(findings: &[Finding]) -> Error {
    let error = Error::from(MalformedPolicyDocumentException);
    findings.iter().take(FINDINGS_MAX).fold(error, Error::with_detail)
}
