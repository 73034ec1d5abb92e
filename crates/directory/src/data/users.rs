//! Users of a domain.

use std::time::Duration;

use compact_str::CompactString;
use model::ds_data::types::{
    CreateUserInput, CreateUserOutput, DescribeUserInput, DescribeUserOutput, ListUsersInput, ListUsersOutput,
    UserSummary,
};
use world::{ClientToken, Directory, Domain, Scan, Tx, User, View};

use super::error::{Error, Result};
use super::generated::api;
use super::{Service, attributes, built_in, gate};
use crate::error::require;
use crate::names;

/// How long a client token is remembered after the last request that it served.
const TOKEN_LIFE: Duration = Duration::from_hours(8);

/// The users of a page where the caller does not say how many.
// Inferred: no default is documented; this is the most that may be asked for.
const PAGE: usize = 250;

impl api::Users for Service {
    fn create_user(tx: &mut Tx<'_>, mut input: CreateUserInput) -> Result<CreateUserOutput> {
        let token = input.client_token.take();
        let request = format!("{input:?}");
        let (id, name) = (input.directory_id.clone(), input.sam_account_name.clone());
        let view = tx.view();
        let (directory, domain) = gate::open(&view, &id)?;
        let repeated = repeated(&view, domain, token.as_deref(), &request)?;
        let user = if repeated.is_none() { Some(new_user(directory, domain, input)?) } else { None };
        let expires_at = tx.now.after(TOKEN_LIFE);
        let domain = gate::domain_mut(tx, &id)?;
        let rid = repeated.unwrap_or(domain.next_rid);
        if let Some(user) = user {
            domain.add_user(user);
        }
        if let Some(token) = token {
            domain.client_tokens.insert(token.into(), ClientToken { request, rid, expires_at });
        }
        Ok(CreateUserOutput { directory_id: Some(id), sam_account_name: Some(name), sid: Some(sid(domain, rid)) })
    }

    fn describe_user(view: &View<'_>, input: DescribeUserInput) -> Result<DescribeUserOutput> {
        let (directory, domain) = gate::open(view, &input.directory_id)?;
        gate::require_realm(directory, input.realm.as_deref())?;
        let attributes = input.other_attributes.as_deref().map(attributes::named).transpose()?;
        let user = domain.user(&input.sam_account_name);
        let user = user.ok_or_else(|| Error::UnknownUser(input.sam_account_name.as_str().into()))?;
        Ok(DescribeUserOutput {
            directory_id: Some(directory.id.clone()),
            distinguished_name: Some(distinguished_name(directory, user)),
            email_address: user.email_address.clone(),
            enabled: Some(user.enabled),
            given_name: user.given_name.clone(),
            other_attributes: attributes.map(|names| attributes::values(&names, directory, user)),
            realm: Some(realm(directory)),
            sam_account_name: Some(user.sam_account_name.to_string()),
            sid: Some(sid(domain, user.rid)),
            surname: user.surname.clone(),
            user_principal_name: Some(format!("{}@{}", user.sam_account_name, directory.name.to_uppercase())),
        })
    }

    fn list_users(view: &View<'_>, input: ListUsersInput) -> Result<ListUsersOutput> {
        let (directory, domain) = gate::open(view, &input.directory_id)?;
        gate::require_realm(directory, input.realm.as_deref())?;
        let scan = Scan::new("ListUsers", &[directory.id.as_str()]);
        let limit = input.max_results.and_then(|most| usize::try_from(most).ok()).unwrap_or(PAGE);
        let page = scan.page(input.next_token.as_deref(), limit, |after: Option<u64>| {
            let from = after.map_or(0, |last| last + 1);
            domain.users.range(from..).map(|(rid, user)| (*rid, summary(domain, user)))
        })?;
        Ok(ListUsersOutput {
            directory_id: Some(directory.id.clone()),
            next_token: page.next_token,
            realm: Some(realm(directory)),
            users: Some(page.items),
        })
    }
}

/// The user that the client token of a request already made, if it did.
fn repeated(view: &View<'_>, domain: &Domain, token: Option<&str>, request: &str) -> Result<Option<u64>> {
    let used = token.and_then(|token| domain.client_tokens.get(token)).filter(|used| view.now < used.expires_at);
    let Some(used) = used else { return Ok(None) };
    require(used.request == request, Error::TokenReused)?;
    Ok(Some(used.rid))
}

/// A user as a request wants it: disabled, since it has no password yet.
fn new_user(directory: &Directory, domain: &Domain, input: CreateUserInput) -> Result<User> {
    let other_attributes = attributes::to_set(input.other_attributes.unwrap_or_default())?;
    let name = CompactString::from(input.sam_account_name);
    require(!domain.names.contains_key(&name.to_lowercase()), Error::NameTaken(name.clone()))?;
    Ok(User {
        email_address: input.email_address,
        given_name: input.given_name,
        surname: input.surname,
        other_attributes,
        ..built_in::user(name, built_in::customer_users(&directory.short_name))
    })
}

fn summary(domain: &Domain, user: &User) -> UserSummary {
    UserSummary {
        enabled: user.enabled,
        given_name: user.given_name.clone(),
        sam_account_name: user.sam_account_name.to_string(),
        sid: sid(domain, user.rid),
        surname: user.surname.clone(),
    }
}

fn sid(domain: &Domain, rid: u64) -> String {
    format!("{}-{rid}", domain.sid)
}

fn realm(directory: &Directory) -> String {
    directory.name.to_lowercase().to_string()
}

fn distinguished_name(directory: &Directory, user: &User) -> String {
    let domain = names::domain_components(&directory.name);
    format!("CN={},{},{domain}", user.sam_account_name, user.container)
}
