//! Users of a domain.

use std::borrow::Cow;

use compact_str::CompactString;
use model::Timestamp;
use model::ds_data::ErrorCode;
use model::ds_data::types::{
    CreateUserInput, CreateUserOutput, DeleteUserInput, DeleteUserOutput, DescribeUserInput, DescribeUserOutput,
    DisableUserInput, DisableUserOutput, ListUsersInput, ListUsersOutput, SearchUsersInput, SearchUsersOutput,
    UpdateType, UpdateUserInput, UpdateUserOutput,
};
use world::{Domain, Object, OtherAttributes, Tx, User, View};

use super::attributes::Class;
use super::error::Result;
use super::gate::{self, Realm};
use super::generated::api;
use super::pages::page_size;
use super::search::Search;
use super::tokens::IdempotentCall;
use super::update::UpdateError;
use super::{Service, built_in, update};
use crate::error::{Coded, require};

/// Why a user is refused.
#[derive(Clone, Debug, PartialEq)]
pub enum UserError {
    /// There is no such user.
    Unknown(CompactString),
}

impl Coded<ErrorCode> for UserError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Unknown(_) => ErrorCode::ResourceNotFoundException,
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            Self::Unknown(name) => format!("User {name} was not found.").into(),
        }
    }
}

impl api::Users for Service {
    fn create_user(tx: &mut Tx<'_>, mut input: CreateUserInput) -> Result<CreateUserOutput> {
        let call = IdempotentCall::new(tx.operation, input.client_token.take(), &input);
        let (now, id, name) = (tx.now, input.directory_id.clone(), input.sam_account_name.clone());
        let domain_sid = gate::open(&tx.view(), &id)?.domain.sid.clone();
        let rid = call.serve(tx, &id, |own| new_user(own, input, now), Domain::add_user)?;
        let sid = format!("{domain_sid}-{rid}");
        Ok(CreateUserOutput { directory_id: Some(id), sam_account_name: Some(name), sid: Some(sid) })
    }

    fn delete_user(tx: &mut Tx<'_>, mut input: DeleteUserInput) -> Result<DeleteUserOutput> {
        let call = IdempotentCall::new(tx.operation, input.client_token.take(), &input);
        let decide = |own: Realm<'_>| {
            let user = user(own, &input.sam_account_name)?;
            own.require_deletable(Object::User(user))?;
            Ok((user.rid, own.distinguished_name(Object::User(user))))
        };
        call.serve(tx, &input.directory_id, decide, |domain, (rid, name)| {
            domain.forget_manager(&name);
            domain.remove_user(rid);
            rid
        })?;
        Ok(DeleteUserOutput {})
    }

    fn describe_user(view: &View<'_>, input: DescribeUserInput) -> Result<DescribeUserOutput> {
        let realm = gate::read(view, &input.directory_id, input.realm.as_deref())?;
        let attributes =
            input.other_attributes.as_deref().map(|names| Class::User.readable_names(names)).transpose()?;
        let user = user(realm, &input.sam_account_name)?;
        let object = Object::User(user);
        Ok(DescribeUserOutput {
            directory_id: Some(input.directory_id),
            distinguished_name: Some(realm.distinguished_name(object)),
            email_address: user.email_address.clone(),
            enabled: Some(user.enabled),
            given_name: user.given_name.clone(),
            other_attributes: attributes.map(|names| realm.values(&names, object)),
            realm: Some(realm.name()),
            sam_account_name: Some(user.sam_account_name.to_string()),
            sid: Some(realm.sid(object)),
            surname: user.surname.clone(),
            user_principal_name: Some(realm.user_principal_name(user)),
        })
    }

    fn disable_user(tx: &mut Tx<'_>, mut input: DisableUserInput) -> Result<DisableUserOutput> {
        let (call, now) = (IdempotentCall::new(tx.operation, input.client_token.take(), &input), tx.now);
        let decide = |own: Realm<'_>| {
            let user = user(own, &input.sam_account_name)?;
            own.require_writable(Object::User(user))?;
            Ok(User { enabled: false, changed_at: Some(now), ..user.clone() })
        };
        call.serve(tx, &input.directory_id, decide, Domain::put_user)?;
        Ok(DisableUserOutput {})
    }

    fn list_users(view: &View<'_>, input: ListUsersInput) -> Result<ListUsersOutput> {
        let realm = gate::read(view, &input.directory_id, input.realm.as_deref())?;
        let scan = view.scan(&[input.directory_id.as_str(), &realm.name()]);
        let page = scan.page(input.next_token.as_deref(), page_size(input.max_results), |after| {
            realm.domain.users(after).map(|(rid, user)| (rid, realm.user_summary(user)))
        })?;
        Ok(ListUsersOutput {
            directory_id: Some(input.directory_id),
            next_token: page.next_token,
            realm: Some(realm.name()),
            users: Some(page.items),
        })
    }

    fn search_users(view: &View<'_>, input: SearchUsersInput) -> Result<SearchUsersOutput> {
        let realm = gate::read(view, &input.directory_id, input.realm.as_deref())?;
        let search = Search::new(Class::User, &input.search_attributes, &input.search_string)?;
        let (name, attributes) = (realm.name(), search.names());
        let scan = view.scan(&search.parameters(input.directory_id.as_str(), &name));
        let page = scan.page(input.next_token.as_deref(), page_size(input.max_results), |after| {
            let found = realm.domain.users_with(&attributes, &search.value, after);
            found.map(|(rid, user)| (rid, search.user(realm, user)))
        })?;
        Ok(SearchUsersOutput {
            directory_id: Some(input.directory_id),
            next_token: page.next_token,
            realm: Some(name),
            users: Some(page.items),
        })
    }

    fn update_user(tx: &mut Tx<'_>, mut input: UpdateUserInput) -> Result<UpdateUserOutput> {
        let (call, now) = (IdempotentCall::new(tx.operation, input.client_token.take(), &input), tx.now);
        let id = input.directory_id.clone();
        call.serve(tx, &id, |own| updated_user(own, input, now), Domain::put_user)?;
        Ok(UpdateUserOutput {})
    }
}

/// The user of that name, with an error for absence.
fn user<'w>(realm: Realm<'w>, name: &str) -> Result<&'w User> {
    Ok(realm.domain.user(name).ok_or_else(|| UserError::Unknown(name.into()))?)
}

/// The user that a request creates. It is disabled, since it has no password yet.
fn new_user(own: Realm<'_>, input: CreateUserInput, now: Timestamp) -> Result<User> {
    let others = Class::User.other_values(input.other_attributes.unwrap_or_default())?;
    let name = CompactString::from(input.sam_account_name);
    own.require_free(&name)?;
    let mut other_attributes = OtherAttributes::default();
    update::update_others(own, UpdateType::Replace, &mut other_attributes, others)?;
    Ok(User {
        email_address: input.email_address,
        given_name: input.given_name,
        surname: input.surname,
        other_attributes,
        created_at: Some(now),
        ..built_in::new_user(name, built_in::customer_users(&own.directory.short_name))
    })
}

/// A user with the changes of a request.
// Inferred: a request without an update type replaces values.
fn updated_user(own: Realm<'_>, input: UpdateUserInput, now: Timestamp) -> Result<User> {
    let others = Class::User.other_values(input.other_attributes.unwrap_or_default())?;
    let members = [&input.email_address, &input.given_name, &input.surname];
    require(members.iter().any(|member| member.is_some()) || !others.is_empty(), UpdateError::Nothing)?;
    let user = user(own, &input.sam_account_name)?;
    own.require_writable(Object::User(user))?;
    let mut user = User { changed_at: Some(now), ..user.clone() };
    let update_type = input.update_type.unwrap_or(UpdateType::Replace);
    update::update_value(update_type, "mail", &mut user.email_address, input.email_address)?;
    update::update_value(update_type, "givenName", &mut user.given_name, input.given_name)?;
    update::update_value(update_type, "sn", &mut user.surname, input.surname)?;
    update::update_others(own, update_type, &mut user.other_attributes, others)?;
    Ok(user)
}
