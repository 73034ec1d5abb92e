//! Delegated administrators: members that administer a service for the whole organization.

use std::ops::Bound;

use compact_str::CompactString;
use model::organizations::ErrorCode::{AccountAlreadyRegisteredException, AccountNotRegisteredException};
use model::organizations::errors::ConstraintViolationExceptionReason::{
    CannotRegisterMasterAsDelegatedAdministrator, CannotRegisterSuspendedAccountAsDelegatedAdministrator,
    DelegatedAdministratorExistsForThisService, MaxDelegatedAdministratorsForServiceLimitExceeded,
    ServiceAccessNotEnabled, {self},
};
use model::organizations::errors::InvalidInputExceptionReason::UnrecognizedServicePrincipal;
use model::organizations::types::{
    AccountState, DelegatedService, DeregisterDelegatedAdministratorInput, DeregisterDelegatedAdministratorOutput,
    ListDelegatedAdministratorsInput, ListDelegatedAdministratorsOutput, ListDelegatedServicesForAccountInput,
    ListDelegatedServicesForAccountOutput, RegisterDelegatedAdministratorInput, RegisterDelegatedAdministratorOutput,
};
use model::{AccountId, Timestamp};
use world::{Organization, Tx, View};

use crate::delegation::service_principals;
use crate::error::{Result, require};
use crate::generated::api;
use crate::{Service, lookup, view};

impl api::DelegatedAdministrators for Service {
    fn register_delegated_administrator(
        tx: &mut Tx<'_>,
        input: RegisterDelegatedAdministratorInput,
    ) -> Result<RegisterDelegatedAdministratorOutput> {
        let (account, principal, now) = (input.account_id, input.service_principal, tx.now);
        require(service_principals::is_delegable(&principal), UnrecognizedServicePrincipal)?;
        require_registrable(&tx.view(), account, &principal)?;
        let organization = lookup::organization_mut(tx)?;
        organization.delegated_administrators.entry(account).or_default().insert(principal.into(), now);
        Ok(RegisterDelegatedAdministratorOutput {})
    }

    fn deregister_delegated_administrator(
        tx: &mut Tx<'_>,
        input: DeregisterDelegatedAdministratorInput,
    ) -> Result<DeregisterDelegatedAdministratorOutput> {
        let (account, principal) = (input.account_id, input.service_principal.as_str());
        require(service_principals::is_known(principal), UnrecognizedServicePrincipal)?;
        let view = tx.view();
        let organization = lookup::organization(&view)?;
        require(organization.management != account, CannotRegisterMasterAsDelegatedAdministrator)?;
        lookup::member(&view, account)?;
        require(organization.administers(account, principal), AccountNotRegisteredException)?;
        lookup::organization_mut(tx)?.end_delegation(account, principal);
        Ok(DeregisterDelegatedAdministratorOutput {})
    }

    fn list_delegated_administrators(
        view: &View<'_>,
        input: ListDelegatedAdministratorsInput,
    ) -> Result<ListDelegatedAdministratorsOutput> {
        let organization = lookup::organization(view)?;
        let principal = input.service_principal.as_deref();
        require(principal.is_none_or(service_principals::is_known), UnrecognizedServicePrincipal)?;
        let parameters = [organization.id.as_str(), principal.unwrap_or_default()];
        let scan = view.scan(&parameters);
        let page =
            scan.page(input.next_token.as_deref(), view::page_size(input.max_results), |last: Option<u64>| {
                administrators(organization, principal, last)
            })?;
        let page = page.map(|(account, since)| view::delegated_administrator(view.world, organization, account, since));
        Ok(ListDelegatedAdministratorsOutput {
            delegated_administrators: Some(page.items),
            next_token: page.next_token,
        })
    }

    fn list_delegated_services_for_account(
        view: &View<'_>,
        input: ListDelegatedServicesForAccountInput,
    ) -> Result<ListDelegatedServicesForAccountOutput> {
        let (organization, account) = (lookup::organization(view)?, input.account_id);
        lookup::member(view, account)?;
        let services = organization.delegated_administrators.get(&account).ok_or(AccountNotRegisteredException)?;
        let scan = view.scan(&[organization.id.as_str(), &account.to_string()]);
        let (token, size) = (input.next_token.as_deref(), view::page_size(input.max_results));
        let page = scan.page(token, size, |last: Option<CompactString>| {
            let from = last.map_or(Bound::Unbounded, Bound::Excluded);
            services.range((from, Bound::Unbounded)).map(|(name, since)| (name.clone(), service(name, *since)))
        })?;
        Ok(ListDelegatedServicesForAccountOutput { delegated_services: Some(page.items), next_token: page.next_token })
    }
}

/// Requires that an account can become a delegated administrator of a service.
// Inferred: AWS's order of checks is not published.
fn require_registrable(view: &View<'_>, account: AccountId, principal: &str) -> Result<()> {
    let organization = lookup::organization(view)?;
    require(organization.management != account, CannotRegisterMasterAsDelegatedAdministrator)?;
    let member = lookup::member(view, account)?;
    require(organization.trusts(principal), ServiceAccessNotEnabled)?;
    require(member.state == AccountState::Active, CannotRegisterSuspendedAccountAsDelegatedAdministrator)?;
    require(!organization.administers(account, principal), AccountAlreadyRegisteredException)?;
    let most = service_principals::administrators_max(principal);
    require(administrators(organization, Some(principal), None).count() < most, limit_reason(most))?;
    Ok(())
}

/// The reason for too many administrators, which depends on whether the service can have more than one.
fn limit_reason(most: usize) -> ConstraintViolationExceptionReason {
    if most == 1 {
        DelegatedAdministratorExistsForThisService
    } else {
        MaxDelegatedAdministratorsForServiceLimitExceeded
    }
}

/// The administrators of a service, or of any service, with the time of their first delegation. They are in the order
/// of account ids, after the id `after`. The list is short, because each service has a maximum.
fn administrators(
    organization: &Organization,
    principal: Option<&str>,
    after: Option<u64>,
) -> impl Iterator<Item = (u64, (AccountId, Timestamp))> {
    let from = after.and_then(AccountId::new).map_or(Bound::Unbounded, Bound::Excluded);
    organization.delegated_administrators.range((from, Bound::Unbounded)).filter_map(move |(account, services)| {
        let since = match principal {
            Some(principal) => services.get(principal).copied(),
            None => services.values().min().copied(),
        };
        Some((account.number(), (*account, since?)))
    })
}

fn service(name: &CompactString, since: Timestamp) -> DelegatedService {
    DelegatedService { delegation_enabled_date: Some(since), service_principal: Some(name.to_string()) }
}
