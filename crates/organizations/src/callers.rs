//! Who may call an operation at all.

use authorization::is_delegated;
use model::Callers;
use model::organizations::ErrorCode::AccessDeniedException;
use model::organizations::Request;
use model::organizations::errors::ConstraintViolationExceptionReason::OrganizationNotInAllFeaturesMode;
use model::organizations::types::OrganizationFeatureSet;
use world::View;

use crate::error::{Result, require};
use crate::lookup;

/// Whether the caller may make a request. AWS's order: is there an organization, may this account, has it all features.
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
        // A delegated administrator of a service only reads.
        Callers::ResourcePolicy => management || is_delegated(view, organization, request),
        Callers::Management => management,
    };
    require(allowed, AccessDeniedException)?;
    let all_features = organization.feature_set == OrganizationFeatureSet::All;
    require(all_features || !operation.all_features, OrganizationNotInAllFeaturesMode)?;
    Ok(())
}

/// Whether a member asks what applies to itself, which each of them may (API reference, `DescribeEffectivePolicy`: from
/// any account).
fn is_about_caller(view: &View<'_>, request: &Request) -> bool {
    match request {
        Request::DescribeEffectivePolicy(input) => {
            input.target_id.as_ref().is_none_or(|target| *target == view.caller.account.to_string())
        }
        _ => false,
    }
}
