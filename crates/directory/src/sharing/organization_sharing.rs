//! Sharing inside an organization, and the trusted access that it needs.
//!
//! Trusted access of Directory Service has three states. If it was never set, sharing enables it, as the service's
//! console does. If it was disabled, sharing is refused until it is enabled again. It is checked only when a share is
//! created, so disabling it leaves existing shares as they are.

use model::ds::ErrorCode;
use model::organizations::types::{AccountState, OrganizationFeatureSet};
use model::{AccountId, OrganizationId};
use std::borrow::Cow;
use world::{Organization, ShareTrustedAccess, TrustedAccess, Tx, View};

use crate::error::{Coded, Result, require};

/// Why sharing inside an organization is refused.
#[derive(Clone, Debug, PartialEq)]
pub enum OrganizationSharingError {
    /// The caller is not in an organization.
    NotInOrganization,
    /// The organization does not have all features enabled.
    NotAllFeatures,
    /// The caller is a member account.
    NotManagement,
    /// Trusted access of Directory Service is disabled.
    NoTrustedAccess,
    /// The target is outside the organization.
    TargetOutside(AccountId),
    /// The target is suspended or being closed.
    TargetInactive(AccountId),
}

impl Coded for OrganizationSharingError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::NotInOrganization | Self::NotAllFeatures | Self::NotManagement | Self::NoTrustedAccess => {
                ErrorCode::OrganizationsException
            }
            Self::TargetOutside(_) | Self::TargetInactive(_) => ErrorCode::InvalidTargetException,
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            Self::NotInOrganization => "Your account is not a member of an organization.".into(),
            Self::NotAllFeatures => "Your organization does not have all features enabled.".into(),
            Self::NotManagement => {
                "Only the management account of an organization can share a directory within the organization.".into()
            }
            Self::NoTrustedAccess => "Trusted access for ds.amazonaws.com is not enabled in your organization.".into(),
            Self::TargetOutside(target) => format!("The account {target} is not a member of your organization.").into(),
            Self::TargetInactive(target) => format!("The account {target} is not active.").into(),
        }
    }
}

/// The service's principal.
const PRINCIPAL: &str = "ds.amazonaws.com";

/// Requires that the caller may share with `target` inside its organization. Returns the organization.
pub fn require_allowed(view: &View<'_>, target: AccountId) -> Result<OrganizationId> {
    let organization =
        view.world.organization_of(view.caller.account).ok_or(OrganizationSharingError::NotInOrganization)?;
    require(organization.feature_set == OrganizationFeatureSet::All, OrganizationSharingError::NotAllFeatures)?;
    require(organization.management == view.caller.account, OrganizationSharingError::NotManagement)?;
    require(may_share(view, organization), OrganizationSharingError::NoTrustedAccess)?;
    let member = view.world.account(target).filter(|account| {
        account.membership.as_ref().is_some_and(|membership| membership.organization == organization.id)
    });
    let member = member.ok_or(OrganizationSharingError::TargetOutside(target))?;
    require(member.state == AccountState::Active, OrganizationSharingError::TargetInactive(target))?;
    Ok(organization.id.clone())
}

/// Enables trusted access of an organization that [`require_allowed`] returned. Called after all checks that can refuse
/// the share.
pub fn enable_access(tx: &mut Tx<'_>, organization: &OrganizationId) {
    let organization = tx.world.organization_mut(organization);
    organization.expect("`require_allowed` found it").enable_access(PRINCIPAL, tx.now);
}

fn may_share(view: &View<'_>, organization: &Organization) -> bool {
    match organization.trusted_access.get(PRINCIPAL) {
        Some(TrustedAccess::Enabled(_)) => true,
        Some(TrustedAccess::Disabled) => false,
        None => view.world.settings.share_trusted_access == ShareTrustedAccess::Auto,
    }
}
