//! Certificates of certificate authorities that a directory trusts.

use std::sync::Arc;

use compact_str::CompactString;
use model::Timestamp;
use model::ds::types::{CertificateState, CertificateType};

/// A certificate registered for a directory in a Region.
#[derive(Clone, Debug, PartialEq)]
pub struct Certificate {
    pub id: CompactString,
    pub kind: CertificateType,
    /// The certificate in DER.
    pub der: Arc<[u8]>,
    /// The common name of its subject.
    pub common_name: Option<CompactString>,
    pub expires_at: Timestamp,
    pub registered_at: Timestamp,
    pub state: CertificateState,
    /// None unless something went wrong.
    pub reason: Option<String>,
    /// Where revocation is checked. None where the users' certificates say it.
    pub ocsp_url: Option<String>,
}

impl Certificate {
    /// Whether it is trusted: registered, and not being deregistered.
    pub fn is_registered(&self) -> bool {
        self.state == CertificateState::Registered
    }

    /// Whether it is trusted and not expired.
    pub fn is_valid(&self, now: Timestamp) -> bool {
        self.is_registered() && now < self.expires_at
    }
}
