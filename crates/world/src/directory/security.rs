//! Client and server authentication of a directory: certificates, LDAPS, smart cards and RADIUS.

use imbl::OrdMap;
use model::Timestamp;
use model::ds::types::{CertificateType, ClientAuthenticationStatus, LDAPSStatus, RadiusSettings, RadiusStatus};

use crate::directory::certificate::Certificate;

/// The authentication settings of a directory in one Region.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Security {
    /// By sequence. Quotas keep them few.
    pub certificates: OrdMap<u64, Certificate>,
    /// None until LDAPS is first enabled.
    pub ldaps: Option<Ldaps>,
    /// None until smart cards are first enabled.
    pub smart_card: Option<SmartCard>,
    /// None while multi-factor authentication is disabled.
    pub radius: Option<Radius>,
}

/// LDAPS (LDAP over TLS) from AWS applications to the directory.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Ldaps {
    pub status: LDAPSStatus,
    /// None unless something went wrong.
    pub reason: Option<String>,
    /// When it got its status.
    pub updated_at: Timestamp,
}

/// Authentication of users by smart card.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct SmartCard {
    pub status: ClientAuthenticationStatus,
    /// When it got its status.
    pub updated_at: Timestamp,
}

/// Multi-factor authentication by RADIUS servers.
#[derive(Clone, Debug, PartialEq)]
pub struct Radius {
    /// Without the shared secret.
    pub settings: RadiusSettings,
    pub status: RadiusStatus,
    /// The sequence of the change that made these settings. Work for an earlier change does nothing.
    pub change: u64,
}

impl Security {
    /// Whether a setting that is enabled needs certificates of that kind.
    pub fn needs(&self, kind: CertificateType) -> bool {
        match kind {
            CertificateType::ClientLdaps => {
                let status = self.ldaps.as_ref().map(|ldaps| ldaps.status);
                matches!(status, Some(LDAPSStatus::Enabled | LDAPSStatus::Enabling))
            }
            CertificateType::ClientCertAuth => {
                self.smart_card.is_some_and(|smart_card| smart_card.status == ClientAuthenticationStatus::Enabled)
            }
        }
    }

    pub fn of_kind(&self, kind: CertificateType) -> impl Iterator<Item = &Certificate> {
        self.certificates.values().filter(move |certificate| certificate.kind == kind)
    }
}
