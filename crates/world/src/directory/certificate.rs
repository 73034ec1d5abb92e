//! Certificates of authorities that a directory trusts.

use std::sync::Arc;

use compact_str::CompactString;
use model::Timestamp;
use model::ds::types::{CertificateState, CertificateType};

/// A certificate that is registered for a directory in a Region.
#[derive(Clone, Debug, PartialEq)]
pub struct Certificate {
    pub id: CompactString,
    /// What it is trusted for.
    pub kind: CertificateType,
    /// The certificate itself, as DER.
    pub der: Arc<[u8]>,
    /// The common name of its subject.
    pub common_name: Option<CompactString>,
    /// When it expires.
    pub expires_at: Timestamp,
    pub registered_at: Timestamp,
    /// Where it is between registration and deregistration.
    pub state: CertificateState,
    /// Why it is there, where something went wrong.
    pub reason: Option<String>,
    /// Where revocation is asked for, if elsewhere than the users' certificates say.
    pub ocsp_url: Option<String>,
}

impl Certificate {
    /// Whether it is trusted: registered, and not on its way out.
    pub fn is_registered(&self) -> bool {
        self.state == CertificateState::Registered
    }

    /// Whether it is trusted and has not expired.
    pub fn is_valid(&self, now: Timestamp) -> bool {
        self.is_registered() && now < self.expires_at
    }
}
