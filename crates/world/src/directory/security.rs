//! How the clients of a directory and its servers prove to each other who they are, in one Region.

use imbl::OrdMap;
use model::ds::types::{CertificateType, ClientAuthenticationStatus, LDAPSStatus, RadiusSettings, RadiusStatus};
use model::{DirectoryId, Timestamp};

use crate::context::Region;
use crate::directory::certificate::Certificate;
use crate::world::World;

/// What a directory has of it in one Region.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Security {
    /// The certificates, by place in lists. Quotas keep them few.
    pub certificates: OrdMap<u64, Certificate>,
    /// LDAP over TLS; none until it is first enabled.
    pub ldaps: Option<Ldaps>,
    /// Smart cards; none until they are first enabled.
    pub smart_card: Option<SmartCard>,
    /// Multi-factor authentication; none while it is disabled.
    pub radius: Option<Radius>,
}

/// LDAP over TLS, from AWS applications to the directory.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Ldaps {
    pub status: LDAPSStatus,
    /// Why it is no further, where something went wrong.
    pub reason: Option<String>,
    /// When it got its status.
    pub updated_at: Timestamp,
}

/// Authentication of users by smart card.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct SmartCard {
    /// Whether it is enabled.
    pub status: ClientAuthenticationStatus,
    /// When it got its status.
    pub updated_at: Timestamp,
}

/// Multi-factor authentication by RADIUS servers.
#[derive(Clone, Debug, PartialEq)]
pub struct Radius {
    /// The servers and how to ask them, without the shared secret.
    pub settings: RadiusSettings,
    pub status: RadiusStatus,
    /// The change that gave it its settings: a timer for an earlier one has nothing to do any more.
    pub change: u64,
}

impl Security {
    /// Whether something needs certificates of that kind now.
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

    /// The certificates of a kind.
    pub fn of_kind(&self, kind: CertificateType) -> impl Iterator<Item = &Certificate> {
        self.certificates.values().filter(move |certificate| certificate.kind == kind)
    }
}

impl World {
    /// What a directory has of security in a Region, to be changed.
    pub fn security_mut(&mut self, directory: &DirectoryId, region: &Region) -> Option<&mut Security> {
        self.directory_mut(directory)?.regional_mut(region).map(|regional| &mut regional.security)
    }
}
