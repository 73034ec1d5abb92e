//! Effective policies: what all policies that merge come to for an account.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use compact_str::{CompactString, format_compact};
use model::organizations::ErrorCode::{EffectivePolicyNotFoundException, TargetNotFoundException};
use model::organizations::errors::InvalidInputExceptionReason::TargetNotSupported;
use model::organizations::types::{
    DescribeEffectivePolicyInput, DescribeEffectivePolicyOutput, EffectivePolicy, EffectivePolicyType,
    EffectivePolicyValidationError, ListAccountsWithInvalidEffectivePolicyInput,
    ListAccountsWithInvalidEffectivePolicyOutput, ListEffectivePolicyValidationErrorsInput,
    ListEffectivePolicyValidationErrorsOutput, PolicyType,
};
use model::{AccountId, OrganizationalUnitId, ParentId, Timestamp};
use policy::management::{Effective, EffectiveFault, effective_faults};
use world::{Account, Key, Organization, Scan, Target, View};

use crate::error::{Result, require};
use crate::generated::api;
use crate::{Service, lookup, policy_types, view};

impl api::EffectivePolicies for Service {
    fn describe_effective_policy(
        view: &View<'_>,
        input: DescribeEffectivePolicyInput,
    ) -> Result<DescribeEffectivePolicyOutput> {
        let asked = input.target_id.unwrap_or_else(|| view.caller.account.to_string());
        let account: AccountId = asked.parse().map_err(|_| TargetNotSupported)?;
        let account = lookup::member(view, account).map_err(|_| TargetNotFoundException)?;
        let (effective, changed_at) = effective(view, account, input.policy_type)?;
        let effective_policy = EffectivePolicy {
            last_updated_timestamp: Some(changed_at),
            policy_content: Some(effective.text().to_owned()),
            policy_type: Some(input.policy_type),
            target_id: Some(asked),
        };
        Ok(DescribeEffectivePolicyOutput { effective_policy: Some(effective_policy) })
    }

    fn list_accounts_with_invalid_effective_policy(
        view: &View<'_>,
        input: ListAccountsWithInvalidEffectivePolicyInput,
    ) -> Result<ListAccountsWithInvalidEffectivePolicyOutput> {
        let (organization, kind) = (lookup::organization(view)?, policy_types::merging(input.policy_type));
        require(organization.policies.is_enabled(kind), EffectivePolicyNotFoundException)?;
        let parameters = [organization.id.as_str(), kind.as_str()];
        let scan = Scan::new("ListAccountsWithInvalidEffectivePolicy", &parameters);
        let page = scan.page(input.next_token.as_deref(), view::page_size(input.max_results), |last| {
            invalid(view, organization, kind, last)
        })?;
        let accounts = view::Accounts::of(organization);
        let page = page.map(|account| accounts.account(&view.world.account_or_standalone(account)));
        Ok(ListAccountsWithInvalidEffectivePolicyOutput {
            accounts: Some(page.items),
            next_token: page.next_token,
            policy_type: Some(input.policy_type),
        })
    }

    fn list_effective_policy_validation_errors(
        view: &View<'_>,
        input: ListEffectivePolicyValidationErrorsInput,
    ) -> Result<ListEffectivePolicyValidationErrorsOutput> {
        let (organization, kind) = (lookup::organization(view)?, input.policy_type);
        let account = lookup::member(view, input.account_id)?;
        let (effective, changed_at) = effective(view, account, kind)?;
        let parameters = [organization.id.as_str(), kind.as_str(), &account.id.to_string()];
        let scan = Scan::new("ListEffectivePolicyValidationErrors", &parameters);
        let page = scan.page(input.next_token.as_deref(), view::page_size(input.max_results), |last| {
            (1..).zip(effective_faults(&effective)).filter(move |(place, _)| last.is_none_or(|last| *place > last))
        })?;
        let page = page.map(validation_error);
        Ok(ListEffectivePolicyValidationErrorsOutput {
            account_id: Some(account.id),
            effective_policy_validation_errors: Some(page.items),
            evaluation_timestamp: Some(changed_at),
            next_token: page.next_token,
            path: Some(view::path(organization, account)),
            policy_type: Some(kind),
        })
    }
}

/// The effective policy of a member, and when it last changed.
fn effective(view: &View<'_>, account: &Account, kind: EffectivePolicyType) -> Result<(Effective, Timestamp)> {
    let (organization, kind) = (lookup::organization(view)?, policy_types::merging(kind));
    let effective = organization.effective_policy(kind, account.id, account.member());
    Ok(effective.ok_or(EffectivePolicyNotFoundException)?)
}

fn validation_error(fault: EffectiveFault) -> EffectivePolicyValidationError {
    EffectivePolicyValidationError {
        contributing_policies: Some(fault.contributing_policies.iter().map(|id| id.as_ref().into()).collect()),
        error_code: Some(fault.code.as_str().to_owned()),
        error_message: Some(fault.message),
        path_to_error: Some(fault.path_to_error),
    }
}

/// A place in the list of accounts with invalid policies: the parent, then the place among its accounts.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct Place(ParentId, u64);

impl Key for Place {
    fn to_text(&self) -> CompactString {
        format_compact!("{} {}", self.0, self.1)
    }

    fn from_text(text: &str) -> Option<Self> {
        let (parent, place) = text.split_once(' ')?;
        Some(Self(parent.into(), place.parse().ok()?))
    }
}

/// The accounts whose effective policy is invalid, after a place in the list. Each account that has policies of its own is looked at
/// when its turn comes; of the others nothing more is to be known than what their parent hands down.
fn invalid<'w>(
    view: &View<'w>,
    organization: &'w Organization,
    kind: PolicyType,
    last: Option<Place>,
) -> impl Iterator<Item = (Place, AccountId)> + use<'w> {
    let world = view.world;
    let mut parents = invalid_places(organization, kind);
    // Accounts with policies of their own may be valid below an invalid unit, and invalid below a valid one.
    let mut own: BTreeMap<ParentId, BTreeMap<u64, AccountId>> = BTreeMap::new();
    for id in organization.policies.accounts_with(kind) {
        let Some(member) = world.account(id).and_then(|found| found.membership.as_ref()) else { continue };
        parents.entry(member.parent.clone()).or_insert(false);
        own.entry(member.parent.clone()).or_default().insert(member.sequence, id);
    }
    let has_valid_own = move |id: AccountId| {
        let account = world.account(id).filter(|_| organization.policies.has_own(kind, id));
        account.is_some_and(|account| {
            let effective = organization.effective_policy(kind, id, account.member());
            effective.is_none_or(|(effective, _)| effective_faults(&effective).is_empty())
        })
    };
    parents.into_iter().flat_map(move |(parent, all)| {
        let own = own.remove(&parent).unwrap_or_default();
        let from = first_place(&parent, last.as_ref());
        let everyone = from.filter(|_| all).map(|from| accounts_from(organization, &parent, from));
        let some = from
            .filter(|_| !all)
            .into_iter()
            .flat_map(move |from| own.clone().into_iter().filter(move |(place, _)| *place >= from));
        let accounts = everyone.into_iter().flatten().chain(some);
        accounts.filter(move |(_, id)| !has_valid_own(*id)).map(move |(place, id)| (Place(parent.clone(), place), id))
    })
}

/// From which place on a list that goes on after `last` shows the accounts of a parent; none where it has shown them all.
fn first_place(parent: &ParentId, last: Option<&Place>) -> Option<u64> {
    match last.map(|last| (parent.cmp(&last.0), last.1)) {
        None | Some((Ordering::Greater, _)) => Some(0),
        Some((Ordering::Equal, place)) => Some(place + 1),
        Some((Ordering::Less, _)) => None,
    }
}

/// The accounts directly in a root or unit, from a place on.
fn accounts_from<'w>(
    organization: &'w Organization,
    parent: &ParentId,
    from: u64,
) -> impl Iterator<Item = (u64, AccountId)> + use<'w> {
    let children = organization.children(parent).into_iter();
    children.flat_map(move |children| children.accounts.range(from..)).map(|(place, id)| (*place, *id))
}

/// The root and the units that hand down an invalid policy, all `true`.
fn invalid_places(organization: &Organization, kind: PolicyType) -> BTreeMap<ParentId, bool> {
    let broken = organization.policies.all_handed_down(kind).filter(|(_, handed)| !handed.is_valid);
    let mut open: Vec<ParentId> = broken.map(|(target, _)| place(organization, target)).collect();
    let mut found = BTreeMap::new();
    while let Some(place) = open.pop() {
        let units = organization.children(&place).into_iter().flat_map(|children| children.units.values());
        // What has policies of its own stands for itself.
        let inherits = |unit: &&OrganizationalUnitId| {
            organization.policies.handed_down(kind, &Target::Unit((*unit).clone())).is_none()
        };
        open.extend(units.filter(inherits).map(ParentId::from));
        found.insert(place, true);
    }
    found
}

fn place(organization: &Organization, target: &Target) -> ParentId {
    match target {
        Target::Unit(id) => ParentId::from(id),
        _ => ParentId::from(&organization.root),
    }
}
