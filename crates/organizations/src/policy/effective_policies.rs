//! Effective policies of accounts, and their validation errors.

use std::ops::Bound;

use compact_str::{CompactString, format_compact};
use model::organizations::ErrorCode::{EffectivePolicyNotFoundException, TargetNotFoundException};
use model::organizations::errors::InvalidInputExceptionReason::TargetNotSupported;
use model::organizations::types::{
    DescribeEffectivePolicyInput, DescribeEffectivePolicyOutput, EffectivePolicy, EffectivePolicyType,
    EffectivePolicyValidationError, ListAccountsWithInvalidEffectivePolicyInput,
    ListAccountsWithInvalidEffectivePolicyOutput, ListEffectivePolicyValidationErrorsInput,
    ListEffectivePolicyValidationErrorsOutput, PolicyType,
};
use model::{AccountId, ParentId, Timestamp};
use policy::management::{Effective, EffectiveFinding, effective_findings};
use world::{Account, Key, Organization, View};

use crate::error::{Result, require};
use crate::generated::api;
use crate::policy::policy_types;
use crate::structure::tree;
use crate::{Service, lookup, view};

impl api::EffectivePolicies for Service {
    fn describe_effective_policy(
        view: &View<'_>,
        input: DescribeEffectivePolicyInput,
    ) -> Result<DescribeEffectivePolicyOutput> {
        let target = input.target_id.unwrap_or_else(|| view.caller.account.to_string());
        let account: AccountId = target.parse().map_err(|_| TargetNotSupported)?;
        let account = lookup::member(view, account).map_err(|_| TargetNotFoundException)?;
        let (effective, changed_at) = effective_policy(view, account, input.policy_type)?;
        let effective_policy = EffectivePolicy {
            last_updated_timestamp: Some(changed_at),
            policy_content: Some(effective.text().to_owned()),
            policy_type: Some(input.policy_type),
            target_id: Some(target),
        };
        Ok(DescribeEffectivePolicyOutput { effective_policy: Some(effective_policy) })
    }

    fn list_accounts_with_invalid_effective_policy(
        view: &View<'_>,
        input: ListAccountsWithInvalidEffectivePolicyInput,
    ) -> Result<ListAccountsWithInvalidEffectivePolicyOutput> {
        let (organization, kind) = (lookup::organization(view)?, policy_types::to_policy_type(input.policy_type));
        require(organization.policies.is_enabled(kind), EffectivePolicyNotFoundException)?;
        let parameters = [organization.id.as_str(), kind.as_str()];
        let scan = view.scan(&parameters);
        let page = scan.page(input.next_token.as_deref(), view::page_size(input.max_results), |last| {
            invalid_accounts(view, organization, kind, last)
        })?;
        let page = page.map(|account| view::account(organization, &view.world.account_or_standalone(account)));
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
        let (effective, changed_at) = effective_policy(view, account, kind)?;
        let parameters = [organization.id.as_str(), kind.as_str(), &account.id.to_string()];
        let scan = view.scan(&parameters);
        let page = scan.page(input.next_token.as_deref(), view::page_size(input.max_results), |last| {
            (1..).zip(effective_findings(&effective)).filter(move |(number, _)| last.is_none_or(|last| *number > last))
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
fn effective_policy(view: &View<'_>, account: &Account, kind: EffectivePolicyType) -> Result<(Effective, Timestamp)> {
    let (organization, kind) = (lookup::organization(view)?, policy_types::to_policy_type(kind));
    let effective = organization.effective_policy(kind, account.id, account.member());
    Ok(effective.ok_or(EffectivePolicyNotFoundException)?)
}

fn validation_error(finding: EffectiveFinding) -> EffectivePolicyValidationError {
    EffectivePolicyValidationError {
        contributing_policies: Some(finding.contributing_policies.iter().map(|id| id.as_ref().into()).collect()),
        error_code: Some(finding.code.as_str().to_owned()),
        error_message: Some(finding.message),
        path_to_error: Some(finding.path_to_error),
    }
}

/// The key of an account in the list of accounts with invalid policies.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum InvalidAccountKey {
    /// An account without policies of its own: its parent, and its sequence among the parent's accounts.
    Inheriting(ParentId, u64),
    /// An account with policies of its own.
    Own(AccountId),
}

impl Key for InvalidAccountKey {
    fn to_text(&self) -> CompactString {
        match self {
            Self::Inheriting(parent, sequence) => format_compact!("{parent} {sequence}"),
            Self::Own(account) => format_compact!("{account}"),
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        match text.split_once(' ') {
            Some((parent, sequence)) => Some(Self::Inheriting(parent.into(), sequence.parse().ok()?)),
            None => Some(Self::Own(text.parse().ok()?)),
        }
    }
}

/// The accounts whose effective policy is invalid, after a key of the list. First those without policies of their own.
fn invalid_accounts<'w>(
    view: &View<'w>,
    organization: &'w Organization,
    kind: PolicyType,
    last: Option<InvalidAccountKey>,
) -> impl Iterator<Item = (InvalidAccountKey, AccountId)> + use<'w> {
    let invalid = view.world.invalid_policies(organization, kind);
    let (inheriting, own) = match last {
        None => (Some((ParentId::from(""), None)), None),
        Some(InvalidAccountKey::Inheriting(parent, sequence)) => (Some((parent, Some(sequence))), None),
        Some(InvalidAccountKey::Own(account)) => (None, Some(account)),
    };
    let inheriting = invalid.zip(inheriting).into_iter().flat_map(move |(invalid, (first, sequence))| {
        invalid.parents.range(first.clone()..).flat_map(move |parent| {
            let last = sequence.filter(|_| *parent == first);
            let inherits = move |(_, id): &(u64, AccountId)| !organization.policies.has_own(kind, *id);
            let accounts = tree::accounts_in(organization, parent, last).filter(inherits);
            accounts.map(move |(sequence, id)| (InvalidAccountKey::Inheriting(parent.clone(), sequence), id))
        })
    });
    let after = own.map_or(Bound::Unbounded, Bound::Excluded);
    let own = invalid.into_iter().flat_map(move |invalid| invalid.accounts.range((after, Bound::Unbounded)));
    inheriting.chain(own.map(|id| (InvalidAccountKey::Own(*id), *id)))
}
