//! Accounts of an organization, and the work of creating and closing them.

use std::sync::Arc;
use std::time::Duration;

use compact_str::format_compact;
use model::organizations::ErrorCode::{
    AccountAlreadyClosedException, ConflictException, CreateAccountStatusNotFoundException,
};
use model::organizations::errors::ConstraintViolationExceptionReason::{
    AccountCreationRateLimitExceeded, AccountNumberLimitExceeded, CannotCloseManagementAccount,
    CloseAccountQuotaExceeded, CloseAccountRequestsLimitExceeded, MasterAccountNotGovcloudEnabled,
};
use model::organizations::errors::InvalidInputExceptionReason::{InvalidPattern, InvalidRoleName};
use model::organizations::types::{
    AccountJoinedMethod, AccountState, CloseAccountInput, CloseAccountOutput, CreateAccountFailureReason,
    CreateAccountInput, CreateAccountOutput, CreateAccountState, CreateAccountStatus, CreateGovCloudAccountInput,
    CreateGovCloudAccountOutput, DescribeAccountInput, DescribeAccountOutput, DescribeCreateAccountStatusInput,
    DescribeCreateAccountStatusOutput, ListAccountsInput, ListAccountsOutput, ListCreateAccountStatusInput,
    ListCreateAccountStatusOutput, RemoveAccountFromOrganizationInput, RemoveAccountFromOrganizationOutput,
};
use model::{AccountId, CreateAccountRequestId, Timestamp};
use world::{
    Account, CloseAccountWork, CreateAccountRequest, CreateAccountWork, Organization, OrganizationsWork,
    RemoveAccountWork, Role, Stream, Tx, View, World, merged,
};

use crate::account::{email, membership};
use crate::error::{Result, require};
use crate::generated::api;
use crate::handshake::sliding_window;
use crate::work::Finish;
use crate::{Service, free_text, ids, lookup, tags, view};

/// The role that the management account can assume in the accounts that it creates.
const ROLE: &str = "OrganizationAccountAccessRole";
/// The prefix of roles that only AWS's services make.
const SERVICE_LINKED_ROLE: &str = "AWSServiceRoleFor";
/// The time over which the quota of closures counts.
const CLOSURES_WINDOW: Duration = Duration::from_hours(30 * 24);
/// How long a closed account stays a member.
const CLOSED_MEMBERSHIP: Duration = Duration::from_hours(90 * 24);
const STATES: [CreateAccountState; 3] =
    [CreateAccountState::InProgress, CreateAccountState::Succeeded, CreateAccountState::Failed];

/// The time from `CreateAccount` to the account (recorded: 3 s to tens of seconds).
const CREATION_TIME: Duration = Duration::from_secs(30);
/// The time from `CloseAccount` to the closed account (user guide: a few minutes).
const CLOSURE_TIME: Duration = Duration::from_mins(3);

impl api::Accounts for Service {
    fn create_account(tx: &mut Tx<'_>, input: CreateAccountInput) -> Result<CreateAccountOutput> {
        let status = start_creation(tx, input, false)?;
        Ok(CreateAccountOutput { create_account_status: Some(status) })
    }

    fn create_gov_cloud_account(
        tx: &mut Tx<'_>,
        input: CreateGovCloudAccountInput,
    ) -> Result<CreateGovCloudAccountOutput> {
        let CreateGovCloudAccountInput { account_name, email, iam_user_access_to_billing, role_name, tags } = input;
        let account = CreateAccountInput { account_name, email, iam_user_access_to_billing, role_name, tags };
        let status = start_creation(tx, account, true)?;
        Ok(CreateGovCloudAccountOutput { create_account_status: Some(status) })
    }

    fn describe_create_account_status(
        view: &View<'_>,
        input: DescribeCreateAccountStatusInput,
    ) -> Result<DescribeCreateAccountStatusOutput> {
        let organization = lookup::organization(view)?;
        let request = view.world.create_account_request(&input.create_account_request_id);
        let request = request.filter(|found| found.organization == organization.id);
        let status = view::create_account_status(request.ok_or(CreateAccountStatusNotFoundException)?);
        Ok(DescribeCreateAccountStatusOutput { create_account_status: Some(status) })
    }

    fn list_create_account_status(
        view: &View<'_>,
        input: ListCreateAccountStatusInput,
    ) -> Result<ListCreateAccountStatusOutput> {
        let organization = lookup::organization(view)?;
        let requested = input.states.filter(|states| !states.is_empty()).unwrap_or(STATES.into());
        let states: Vec<_> = STATES.into_iter().filter(|state| requested.contains(state)).collect();
        let mut parameters = vec![organization.id.as_str()];
        parameters.extend(states.iter().map(|state| state.as_str()));
        let scan = view.scan(&parameters);
        let page = scan.page(input.next_token.as_deref(), view::page_size(input.max_results), |last| {
            requests_in_states(organization, &states, last).filter_map(|(sequence, id)| {
                Some((sequence, view::create_account_status(view.world.create_account_request(id)?)))
            })
        })?;
        Ok(ListCreateAccountStatusOutput { create_account_statuses: Some(page.items), next_token: page.next_token })
    }

    fn describe_account(view: &View<'_>, input: DescribeAccountInput) -> Result<DescribeAccountOutput> {
        let account = lookup::member(view, input.account_id)?;
        Ok(DescribeAccountOutput { account: Some(view::account(lookup::organization(view)?, account)) })
    }

    fn list_accounts(view: &View<'_>, input: ListAccountsInput) -> Result<ListAccountsOutput> {
        let organization = lookup::organization(view)?;
        let scan = view.scan(&[organization.id.as_str()]);
        let page = scan.page(input.next_token.as_deref(), view::page_size(input.max_results), |last| {
            let members = organization.members(view::sequence_after(last));
            members.filter_map(|(sequence, id)| Some((sequence, view.world.account(id)?)))
        })?;
        let page = page.map(|account| view::account(organization, account));
        Ok(ListAccountsOutput { accounts: Some(page.items), next_token: page.next_token })
    }

    fn remove_account_from_organization(
        tx: &mut Tx<'_>,
        input: RemoveAccountFromOrganizationInput,
    ) -> Result<RemoveAccountFromOrganizationOutput> {
        lookup::member(&tx.view(), input.account_id)?;
        membership::leave(tx, input.account_id)?;
        Ok(RemoveAccountFromOrganizationOutput {})
    }

    fn close_account(tx: &mut Tx<'_>, input: CloseAccountInput) -> Result<CloseAccountOutput> {
        let (account, now) = (input.account_id, tx.now);
        sliding_window::drop_before(&mut lookup::organization_mut(tx)?.closures, now, CLOSURES_WINDOW);
        require_closable(&tx.view(), account)?;
        tx.world.account_mut(account).state = AccountState::PendingClosure;
        let organization = lookup::organization_mut(tx)?;
        organization.closing.insert(account, now);
        organization.closures.insert((now, account), ());
        tx.after(CLOSURE_TIME, OrganizationsWork::CloseAccount(CloseAccountWork { account }));
        Ok(CloseAccountOutput {})
    }
}

/// Starts the creation of an account, with or without one in AWS GovCloud (US).
fn start_creation(tx: &mut Tx<'_>, input: CreateAccountInput, with_gov_cloud: bool) -> Result<CreateAccountStatus> {
    let request = new_request(tx, input, with_gov_cloud)?;
    let status = view::create_account_status(&request);
    let work = CreateAccountWork { request: request.id.clone(), failure: None };
    tx.after(CREATION_TIME, OrganizationsWork::CreateAccount(work));
    tx.world.put_create_account_request(request);
    Ok(status)
}

/// Checks the input and makes the request.
fn new_request(tx: &mut Tx<'_>, input: CreateAccountInput, with_gov_cloud: bool) -> Result<CreateAccountRequest> {
    require(email::is_valid(&input.email), InvalidPattern)?;
    free_text::require_plain([Some(&*input.account_name)])?;
    let role_name: Arc<str> = input.role_name.map_or_else(|| ROLE.into(), Arc::from);
    require(!role_name.starts_with(SERVICE_LINKED_ROLE), InvalidRoleName)?;
    let tags = tags::from_request(input.tags)?;
    require(!with_gov_cloud || has_gov_cloud_account(&tx.view()), MasterAccountNotGovcloudEnabled)?;
    tags::require_allowed(&tx.view(), tags::resource_type::ACCOUNT, &tags)?;
    require_room(&tx.view())?;
    Ok(CreateAccountRequest {
        id: ids::create_account_request(tx.world),
        sequence: tx.world.next_sequence(),
        organization: lookup::organization(&tx.view())?.id.clone(),
        account_name: input.account_name,
        email: input.email,
        role_name,
        with_gov_cloud,
        tags,
        state: CreateAccountState::InProgress,
        requested_at: tx.now,
        completed_at: None,
        account: None,
        gov_cloud_account: None,
        failure_reason: None,
    })
}

/// Whether the management account has a counterpart in AWS GovCloud (US).
fn has_gov_cloud_account(view: &View<'_>) -> bool {
    view.world.settings.gov_cloud || view.world.account_or_standalone(view.caller.account).gov_cloud.is_some()
}

fn require_room(view: &View<'_>) -> Result<()> {
    let organization = lookup::organization(view)?;
    let quotas = &view.world.settings.quotas;
    require(organization.n_accounts() < quotas.accounts, AccountNumberLimitExceeded)?;
    require(organization.n_creations() < quotas.creations_at_once, AccountCreationRateLimitExceeded)?;
    Ok(())
}

/// The requests in a state, after a sequence.
pub fn requests(
    organization: &Organization,
    state: CreateAccountState,
    last: Option<u64>,
) -> impl Iterator<Item = (u64, &CreateAccountRequestId)> {
    organization.create_account_requests(state, view::sequence_after(last))
}

/// The requests in some states, after a sequence, in the order of their creation.
fn requests_in_states<'w>(
    organization: &'w Organization,
    states: &[CreateAccountState],
    last: Option<u64>,
) -> impl Iterator<Item = (u64, &'w CreateAccountRequestId)> + use<'w> {
    merged(states.iter().map(|state| requests(organization, *state, last)).collect::<Vec<_>>())
}

/// Creates the account. The request fails if the work has a failure, or if the e-mail is taken.
impl Finish for CreateAccountWork {
    fn finish(self, world: &mut World, at: Timestamp) {
        let Some(request) = world.create_account_request(&self.request).cloned() else { return };
        let Some(organization) = world.organization(&request.organization) else { return };
        let management = organization.management;
        let request = CreateAccountRequest { completed_at: Some(at), ..request };
        let email_taken =
            world.account_by_email(&request.email).map(|_| CreateAccountFailureReason::EmailAlreadyExists);
        let ended = if let Some(reason) = self.failure.or(email_taken) {
            CreateAccountRequest { state: CreateAccountState::Failed, failure_reason: Some(reason), ..request }
        } else {
            let account = open_account(world, at, &request, management);
            let gov_cloud_account = request.with_gov_cloud.then(|| add_gov_cloud_account(world, account));
            let state = CreateAccountState::Succeeded;
            CreateAccountRequest { state, account: Some(account), gov_cloud_account, ..request }
        };
        world.put_create_account_request(ended);
    }
}

/// Creates the account of a request, with a role for the management account.
fn open_account(world: &mut World, at: Timestamp, request: &CreateAccountRequest, management: AccountId) -> AccountId {
    let id = world.mint_account_id();
    let role_id = format_compact!("{}A", id.access_key_id("AROA", world.entropy.draw(Stream::Session)));
    let role = Role { name: request.role_name.clone(), id: role_id, trusts: management };
    world.put_account(Account {
        id,
        name: request.account_name.clone(),
        email: request.email.clone(),
        state: AccountState::Active,
        role: Some(role),
        membership: None,
        gov_cloud: None,
    });
    membership::join(world, &request.organization, id, AccountJoinedMethod::Created, request.tags.clone(), at);
    id
}

/// Adds the counterpart of an account in AWS GovCloud (US). It is standalone and gets no tags. It is in another
/// partition, so only its id is stored.
fn add_gov_cloud_account(world: &mut World, account: AccountId) -> AccountId {
    let counterpart = world.mint_account_id();
    world.account_mut(account).gov_cloud = Some(counterpart);
    counterpart
}

/// Requires that an account of the organization can be closed now.
fn require_closable(view: &View<'_>, id: AccountId) -> Result<()> {
    let account = lookup::member(view, id)?;
    let organization = lookup::organization(view)?;
    let quotas = &view.world.settings.quotas;
    // A fifth of the member accounts. The management account does not count.
    let fifth = (organization.n_members() - 1) / 5;
    let closures = quotas.closures.max(fifth).min(quotas.closures_max);
    let closed = matches!(account.state, AccountState::Closed | AccountState::Suspended);
    require(organization.management != id, CannotCloseManagementAccount)?;
    require(!closed, AccountAlreadyClosedException)?;
    require(account.state != AccountState::PendingClosure, ConflictException)?;
    require(organization.closing.len() < quotas.closures_at_once, CloseAccountRequestsLimitExceeded)?;
    require(organization.closures.len() < closures, CloseAccountQuotaExceeded)?;
    Ok(())
}

/// Closes the account. It stays a member for a time.
impl Finish for CloseAccountWork {
    fn finish(self, world: &mut World, at: Timestamp) {
        let account = self.account;
        let closing = world.account(account).is_some_and(|found| found.state == AccountState::PendingClosure);
        let organization = world.organization_of(account).map(|organization| organization.id.clone());
        let Some(organization) = organization.filter(|_| closing) else { return };
        world.account_mut(account).state = AccountState::Closed;
        if let Some(organization) = world.organization_mut(&organization) {
            organization.closing.remove(&account);
        }
        world.at(at.after(CLOSED_MEMBERSHIP), OrganizationsWork::RemoveAccount(RemoveAccountWork { account }));
    }
}

/// Removes the account from its organization. Its e-mail stays taken.
impl Finish for RemoveAccountWork {
    fn finish(self, world: &mut World, at: Timestamp) {
        if world.account(self.account).is_some_and(|account| account.state == AccountState::Closed) {
            membership::remove(world, self.account, at);
        }
    }
}
