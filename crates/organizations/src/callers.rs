//! The accounts that may call an operation.

use authorization::is_delegated;
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
pub fn authorize(view: &View<'_>, request: &Request) -> Result<()> {
    let operation = request.operation();
    if matches!(operation.callers, Callers::Anyone | Callers::Standalone) {
        return Ok(());
    }
    let organization = lookup::organization(view)?;
    let management = organization.management == view.caller.account;
    let delegated = organization.delegated_administrators.contains_key(&view.caller.account);
    let allowed = match operation.callers {
        Callers::Anyone | Callers::Standalone | Callers::Organization => true,
        Callers::Delegated => {
            management || delegated || is_about_caller(view, request) || is_delegated(view, organization, request)
        }
        // Delegated administrators of services may only read.
        Callers::ResourcePolicy => management || is_delegated(view, organization, request),
        Callers::Management => management,
    };
    require(allowed, AccessDeniedException)?;
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
