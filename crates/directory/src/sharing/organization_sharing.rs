//! Sharing inside an organization, and the trusted access that it takes.
//!
//! Whether Directory Service may act in an organization's accounts is a flag with three states. Where nobody ever decided,
//! sharing turns it on, as sharing in the service's console does. Where it was turned off, sharing is refused until it is turned on
//! again. The flag is asked when a share is made and never afterwards, so turning it off touches no share there is.

use model::organizations::types::{AccountState, OrganizationFeatureSet};
use model::{AccountId, OrganizationId};
use world::{Organization, ShareTrustedAccess, TrustedAccess, Tx, View};

use crate::error::{Error, Result, require};

/// The service's principal.
const PRINCIPAL: &str = "ds.amazonaws.com";

/// Requires that the caller may share with `target` inside its organization, which is the answer. Changes nothing yet.
pub fn require_allowed(view: &View<'_>, target: AccountId) -> Result<OrganizationId> {
    let organization = view.world.organization_of(view.caller.account).ok_or(Error::NotInOrganization)?;
    require(organization.feature_set == OrganizationFeatureSet::All, Error::NotAllFeatures)?;
    require(organization.management == view.caller.account, Error::NotManagement)?;
    require(may_share(view, organization), Error::NoTrustedAccess)?;
    let member = view.world.account(target).filter(|account| {
        account.membership.as_ref().is_some_and(|membership| membership.organization == organization.id)
    });
    let member = member.ok_or(Error::TargetOutside(target))?;
    require(member.state == AccountState::Active, Error::TargetInactive(target))?;
    Ok(organization.id.clone())
}

/// Turns trusted access on where nobody ever decided; where it is on, nothing changes. For an organization that
/// [`require_allowed`] answered, in the same transaction, after everything that can refuse the share.
pub fn turn_on(tx: &mut Tx<'_>, organization: &OrganizationId) {
    let now = tx.now;
    if let Some(organization) = tx.world.organization_mut(organization) {
        organization.enable_access(PRINCIPAL, now);
    }
}

fn may_share(view: &View<'_>, organization: &Organization) -> bool {
    match organization.trusted_access.get(PRINCIPAL) {
        Some(TrustedAccess::Enabled(_)) => true,
        Some(TrustedAccess::Disabled) => false,
        None => view.world.settings.share_trusted_access == ShareTrustedAccess::Auto,
    }
}
