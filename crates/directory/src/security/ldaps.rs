//! LDAPS: LDAP over TLS between AWS applications and a directory.

use model::ds::ErrorCode;
use model::ds::types::{
    CertificateType, DescribeLDAPSSettingsInput, DescribeLDAPSSettingsOutput, DisableLDAPSInput, DisableLDAPSOutput,
    EnableLDAPSInput, EnableLDAPSOutput, LDAPSSettingInfo, LDAPSStatus,
};
use model::{DirectoryId, Timestamp};
use std::borrow::Cow;
use std::time::Duration;
use world::{DirectoryWork, Failure, Ldaps, LdapsWork, Tx, View, World};

use crate::availability::RegionalDirectory;
use crate::directory::view;
use crate::error::{Coded, Result, require};
use crate::failures::{CanFail, Failures, Finish};
use crate::generated::api;
use crate::security::certificates;
use crate::{Service, availability};

/// Why a change of LDAPS is refused. No text is public.
#[derive(Clone, Debug, PartialEq)]
pub enum LdapsError {
    /// The operation does not work in the status of LDAPS.
    Status(LDAPSStatus),
}

impl Coded for LdapsError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Status(_) => ErrorCode::InvalidLDAPSStatusException,
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            Self::Status(status) => format!("LDAPS is {}.", status.as_str()).into(),
        }
    }
}

/// From Enabling to Enabled.
const ENABLED: Duration = Duration::from_mins(2);

impl api::Ldaps for Service {
    fn enable_ldaps(tx: &mut Tx<'_>, input: EnableLDAPSInput) -> Result<EnableLDAPSOutput> {
        let view = tx.view();
        let found = availability::directory(&view, &input.directory_id)?;
        let status = status(found);
        let is_off = matches!(status, LDAPSStatus::Disabled | LDAPSStatus::EnableFailed);
        require(is_off, LdapsError::Status(status))?;
        certificates::require_one(&found.regional.security, CertificateType::ClientLdaps, view.now)?;
        set_status(tx, &input.directory_id, LDAPSStatus::Enabling);
        let work = LdapsWork { directory: input.directory_id, region: tx.caller.region.clone(), failure: None };
        tx.after(ENABLED, DirectoryWork::Ldaps(work));
        Ok(EnableLDAPSOutput {})
    }

    fn disable_ldaps(tx: &mut Tx<'_>, input: DisableLDAPSInput) -> Result<DisableLDAPSOutput> {
        let view = tx.view();
        let status = status(availability::directory(&view, &input.directory_id)?);
        require(status == LDAPSStatus::Enabled, LdapsError::Status(status))?;
        // The model has no status between Enabled and Disabled.
        set_status(tx, &input.directory_id, LDAPSStatus::Disabled);
        Ok(DisableLDAPSOutput {})
    }

    // The acceptance tests of Terraform's provider show that a directory that never had LDAPS has no row.
    fn describe_ldaps_settings(
        view: &View<'_>,
        input: DescribeLDAPSSettingsInput,
    ) -> Result<DescribeLDAPSSettingsOutput> {
        let found = availability::directory(view, &input.directory_id)?;
        let settings = found.regional.security.ldaps.as_ref().map(|ldaps| LDAPSSettingInfo {
            ldaps_status: Some(ldaps.status),
            ldaps_status_reason: ldaps.reason.clone(),
            last_updated_date_time: Some(ldaps.updated_at),
        });
        // There is one type of LDAPS, and so one row.
        let scan = view.scan(&[view.caller.region.as_str(), input.directory_id.as_str()]);
        let page = scan.page(input.next_token.as_deref(), view::page_size(input.limit), |after: Option<u64>| {
            settings.filter(|_| after.is_none()).map(|settings| (0, settings)).into_iter()
        })?;
        Ok(DescribeLDAPSSettingsOutput { ldaps_settings_info: Some(page.items), next_token: page.next_token })
    }
}

impl Finish for LdapsWork {
    fn finish(self, world: &mut World, at: Timestamp) {
        let enabled = (LDAPSStatus::Enabled, None);
        let (status, reason) = self.failure.map_or(enabled, |failure| (failure.status, failure.reason));
        let security = world.security_mut(&self.directory, &self.region);
        let ldaps = security.and_then(|security| security.ldaps.as_mut());
        if let Some(ldaps) = ldaps.filter(|ldaps| ldaps.status == LDAPSStatus::Enabling) {
            *ldaps = Ldaps { status, reason, updated_at: at };
        }
    }
}

impl CanFail for LdapsWork {
    type Status = LDAPSStatus;

    const FAILURES: &'static [Failures<LDAPSStatus>] =
        &[Failures::with_reason(&["EnableLDAPS"], &[LDAPSStatus::EnableFailed])];

    fn status_name(status: LDAPSStatus) -> &'static str {
        status.as_str()
    }

    fn failure(&mut self) -> &mut Option<Failure<LDAPSStatus>> {
        &mut self.failure
    }
}

fn status(found: RegionalDirectory<'_>) -> LDAPSStatus {
    found.regional.security.ldaps.as_ref().map_or(LDAPSStatus::Disabled, |ldaps| ldaps.status)
}

fn set_status(tx: &mut Tx<'_>, id: &DirectoryId, status: LDAPSStatus) {
    let ldaps = Ldaps { status, reason: None, updated_at: tx.now };
    tx.regional_mut(id).security.ldaps = Some(ldaps);
}
