//! Trusted access of AWS services to the organization's accounts.

use model::organizations::errors::ConstraintViolationExceptionReason::PolicyTypeEnabledForThisService;
use model::organizations::errors::InvalidInputExceptionReason::UnrecognizedServicePrincipal;
use model::organizations::types::{
    DisableAWSServiceAccessInput, DisableAWSServiceAccessOutput, EnableAWSServiceAccessInput,
    EnableAWSServiceAccessOutput, EnabledServicePrincipal, ListAWSServiceAccessForOrganizationInput,
    ListAWSServiceAccessForOrganizationOutput,
};
use world::{Organization, TrustedAccess, Tx, View};

use crate::delegation::service_principals;
use crate::error::{Result, require};
use crate::generated::api;
use crate::policy::policy_types;
use crate::{Service, lookup, view};

impl api::TrustedAccess for Service {
    fn enable_aws_service_access(
        tx: &mut Tx<'_>,
        input: EnableAWSServiceAccessInput,
    ) -> Result<EnableAWSServiceAccessOutput> {
        require(service_principals::is_known(&input.service_principal), UnrecognizedServicePrincipal)?;
        let now = tx.now;
        lookup::organization_mut(tx)?.enable_access(&input.service_principal, now);
        Ok(EnableAWSServiceAccessOutput {})
    }

    fn disable_aws_service_access(
        tx: &mut Tx<'_>,
        input: DisableAWSServiceAccessInput,
    ) -> Result<DisableAWSServiceAccessOutput> {
        let principal = input.service_principal.as_str();
        require(service_principals::is_known(principal), UnrecognizedServicePrincipal)?;
        let organization = lookup::organization_mut(tx)?;
        let belongs_to_service = |kind| policy_types::trusted_service(kind) == Some(principal);
        require(!organization.policies.enabled().any(belongs_to_service), PolicyTypeEnabledForThisService)?;
        organization.disable_access(principal);
        Ok(DisableAWSServiceAccessOutput {})
    }

    fn list_aws_service_access_for_organization(
        view: &View<'_>,
        input: ListAWSServiceAccessForOrganizationInput,
    ) -> Result<ListAWSServiceAccessForOrganizationOutput> {
        let organization = lookup::organization(view)?;
        let scan = view.scan(&[organization.id.as_str()]);
        let page = scan.page(input.next_token.as_deref(), view::page_size(input.max_results), |after| {
            enabled(organization, after)
        })?;
        Ok(ListAWSServiceAccessForOrganizationOutput {
            enabled_service_principals: Some(page.items),
            next_token: page.next_token,
        })
    }
}

/// The services with access, after a principal.
// Inferred: they are in the order of their principals. No order is documented.
fn enabled(
    organization: &Organization,
    after: Option<compact_str::CompactString>,
) -> impl Iterator<Item = (compact_str::CompactString, EnabledServicePrincipal)> {
    let from = after.map_or(std::ops::Bound::Unbounded, std::ops::Bound::Excluded);
    organization.trusted_access.range((from, std::ops::Bound::Unbounded)).filter_map(|(principal, access)| match access
    {
        TrustedAccess::Enabled(since) => Some((
            principal.clone(),
            EnabledServicePrincipal { service_principal: Some(principal.to_string()), date_enabled: Some(*since) },
        )),
        TrustedAccess::Disabled => None,
    })
}
