//! The accounts that may call an operation.

use authorization::{Delegation, delegation};
use model::Callers;
use model::organizations::ErrorCode::AccessDeniedException;
use model::organizations::Request;
use model::organizations::errors::ConstraintViolationExceptionReason::OrganizationNotInAllFeaturesMode;
use model::organizations::types::OrganizationFeatureSet;
use world::View;

use crate::error::{Result, require};
use crate::lookup;

/// Requires that the caller may make a request. AWS checks in this order: that there is an organization, that the
/// account may call the operation, and that the organization has all features.
///
/// What the organization's resource policy denies, no member may do, whatever else lets it: that it is a member, or a
/// delegated administrator. The management account is not bound by it (captures of radkawar/stackd, 9dc356f:
/// `organizations_delegation_authority.json`, `organizations_resource_policy.json`).
pub fn authorize(view: &View<'_>, request: &Request) -> Result<()> {
    let operation = request.operation();
    if matches!(operation.callers, Callers::Anyone | Callers::Standalone) {
        // Inferred: operations of every account can be denied too, to those in the organization.
        let organization = view.world.organization_of(view.caller.account);
        let denied = organization.is_some_and(|found| delegation(view, found, request) == Delegation::Denied);
        return Ok(require(!denied, AccessDeniedException)?);
    }
    let organization = lookup::organization(view)?;
    let management = organization.management == view.caller.account;
    let delegated = organization.delegated_administrators.contains_key(&view.caller.account);
    let by_policy = delegation(view, organization, request);
    let allowed = match operation.callers {
        Callers::Anyone | Callers::Standalone | Callers::Organization => true,
        Callers::Delegated => {
            management || delegated || is_about_caller(view, request) || by_policy == Delegation::Allowed
        }
        // Delegated administrators of services may only read.
        Callers::ResourcePolicy => management || by_policy == Delegation::Allowed,
        Callers::Management => management,
    };
    require(allowed && by_policy != Delegation::Denied, AccessDeniedException)?;
    let all_features = organization.feature_set == OrganizationFeatureSet::All;
    require(all_features || !operation.all_features, OrganizationNotInAllFeaturesMode)?;
    Ok(())
}

/// Whether the caller asks for its own effective policy. Every account may (API reference, `DescribeEffectivePolicy`).
fn is_about_caller(view: &View<'_>, request: &Request) -> bool {
    match request {
        Request::DescribeEffectivePolicy(input) => {
            input.target_id.as_ref().is_none_or(|target| *target == view.caller.account.to_string())
        }
        _ => false,
    }
}
