//! Groups of a domain.

use std::borrow::Cow;

use compact_str::CompactString;
use model::Timestamp;
use model::ds_data::ErrorCode;
use model::ds_data::errors::ValidationExceptionReason;
use model::ds_data::types::{
    CreateGroupInput, CreateGroupOutput, DeleteGroupInput, DeleteGroupOutput, DescribeGroupInput, DescribeGroupOutput,
    GroupScope, GroupType, ListGroupsInput, ListGroupsOutput, SearchGroupsInput, SearchGroupsOutput, UpdateGroupInput,
    UpdateGroupOutput, UpdateType,
};
use world::{Domain, Group, Object, OtherAttributes, Tx, View};

use super::attributes::{AttributeError, Class};
use super::error::{Result, invalid};
use super::gate::{self, Realm};
use super::generated::api;
use super::pages::page_size;
use super::search::Search;
use super::tokens::IdempotentCall;
use super::update::UpdateError;
use super::{Service, built_in, update};
use crate::error::{Coded, require};

/// Why a group is not found, or not changed.
#[derive(Clone, Debug, PartialEq)]
pub enum GroupError {
    /// There is no such group.
    Unknown(CompactString),
    /// The group cannot change to the scope.
    Scope,
}

impl Coded<ErrorCode> for GroupError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Unknown(_) => ErrorCode::ResourceNotFoundException,
            // Inferred: Active Directory's own error, `unwillingToPerform`, is no more precise.
            Self::Scope => invalid(ValidationExceptionReason::LdapUnsupportedOperation),
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            Self::Unknown(name) => format!("Group {name} was not found.").into(),
            Self::Scope => "The group cannot be changed to that scope.".into(),
        }
    }
}

impl api::Groups for Service {
    fn create_group(tx: &mut Tx<'_>, mut input: CreateGroupInput) -> Result<CreateGroupOutput> {
        let call = IdempotentCall::new(tx.operation, input.client_token.take(), &input);
        let (now, id, name) = (tx.now, input.directory_id.clone(), input.sam_account_name.clone());
        let domain_sid = gate::open(&tx.view(), &id)?.domain.sid.clone();
        let rid = call.serve(tx, &id, |own| new_group(own, input, now), Domain::add_group)?;
        let sid = format!("{domain_sid}-{rid}");
        Ok(CreateGroupOutput { directory_id: Some(id), sam_account_name: Some(name), sid: Some(sid) })
    }

    fn delete_group(tx: &mut Tx<'_>, mut input: DeleteGroupInput) -> Result<DeleteGroupOutput> {
        let call = IdempotentCall::new(tx.operation, input.client_token.take(), &input);
        let decide = |own: Realm<'_>| {
            let group = group(own, &input.sam_account_name)?;
            own.require_deletable(Object::Group(group))?;
            Ok((group.rid, own.distinguished_name(Object::Group(group))))
        };
        call.serve(tx, &input.directory_id, decide, |domain, (rid, name)| {
            domain.forget_manager(&name);
            domain.remove_group(rid);
            rid
        })?;
        Ok(DeleteGroupOutput {})
    }

    fn describe_group(view: &View<'_>, input: DescribeGroupInput) -> Result<DescribeGroupOutput> {
        let realm = gate::read(view, &input.directory_id, input.realm.as_deref())?;
        let attributes =
            input.other_attributes.as_deref().map(|names| Class::Group.readable_names(names)).transpose()?;
        let group = group(realm, &input.sam_account_name)?;
        let object = Object::Group(group);
        Ok(DescribeGroupOutput {
            directory_id: Some(input.directory_id),
            distinguished_name: Some(realm.distinguished_name(object)),
            group_scope: Some(group.scope),
            group_type: Some(group.kind),
            other_attributes: attributes.map(|names| realm.values(&names, object)),
            realm: Some(realm.name()),
            sam_account_name: Some(group.sam_account_name.to_string()),
            sid: Some(realm.sid(object)),
        })
    }

    fn list_groups(view: &View<'_>, input: ListGroupsInput) -> Result<ListGroupsOutput> {
        let realm = gate::read(view, &input.directory_id, input.realm.as_deref())?;
        let scan = view.scan(&[input.directory_id.as_str(), &realm.name()]);
        let page = scan.page(input.next_token.as_deref(), page_size(input.max_results), |after| {
            realm.domain.groups(after).map(|(sequence, group)| (sequence, realm.group_summary(group)))
        })?;
        Ok(ListGroupsOutput {
            directory_id: Some(input.directory_id),
            groups: Some(page.items),
            next_token: page.next_token,
            realm: Some(realm.name()),
        })
    }

    fn search_groups(view: &View<'_>, input: SearchGroupsInput) -> Result<SearchGroupsOutput> {
        let realm = gate::read(view, &input.directory_id, input.realm.as_deref())?;
        let search = Search::new(Class::Group, &input.search_attributes, &input.search_string)?;
        let (name, attributes) = (realm.name(), search.names());
        let scan = view.scan(&search.parameters(input.directory_id.as_str(), &name));
        let page = scan.page(input.next_token.as_deref(), page_size(input.max_results), |after| {
            let found = realm.domain.groups_with(&attributes, &search.value, after);
            found.map(|(rid, group)| (rid, search.group(realm, group)))
        })?;
        Ok(SearchGroupsOutput {
            directory_id: Some(input.directory_id),
            groups: Some(page.items),
            next_token: page.next_token,
            realm: Some(name),
        })
    }

    fn update_group(tx: &mut Tx<'_>, mut input: UpdateGroupInput) -> Result<UpdateGroupOutput> {
        let (call, now) = (IdempotentCall::new(tx.operation, input.client_token.take(), &input), tx.now);
        let id = input.directory_id.clone();
        call.serve(tx, &id, |own| updated_group(own, input, now), Domain::put_group)?;
        Ok(UpdateGroupOutput {})
    }
}

/// The group of that name, with an error for absence.
pub fn group<'w>(realm: Realm<'w>, name: &str) -> Result<&'w Group> {
    Ok(realm.domain.group(name).ok_or_else(|| GroupError::Unknown(name.into()))?)
}

/// The group that a request creates.
fn new_group(own: Realm<'_>, input: CreateGroupInput, now: Timestamp) -> Result<Group> {
    let scope = input.group_scope.unwrap_or(GroupScope::Global);
    // Inferred: only Active Directory itself creates groups of this scope.
    require(scope != GroupScope::BuiltinLocal, AttributeError::Value("groupScope".into()))?;
    let others = Class::Group.other_values(input.other_attributes.unwrap_or_default())?;
    let name = CompactString::from(input.sam_account_name);
    own.require_free(&name)?;
    let mut other_attributes = OtherAttributes::default();
    update::update_others(own, UpdateType::Replace, &mut other_attributes, others)?;
    Ok(Group {
        kind: input.group_type.unwrap_or(GroupType::Security),
        other_attributes,
        created_at: Some(now),
        ..built_in::new_group(name, scope, built_in::customer_users(&own.directory.short_name))
    })
}

/// A group with the changes of a request.
// Inferred: a request without an update type replaces values.
fn updated_group(own: Realm<'_>, input: UpdateGroupInput, now: Timestamp) -> Result<Group> {
    let others = Class::Group.other_values(input.other_attributes.unwrap_or_default())?;
    let is_change = input.group_scope.is_some() || input.group_type.is_some() || !others.is_empty();
    require(is_change, UpdateError::Nothing)?;
    let before = group(own, &input.sam_account_name)?;
    own.require_writable(Object::Group(before))?;
    let mut group = Group { changed_at: Some(now), ..before.clone() };
    let update_type = input.update_type.unwrap_or(UpdateType::Replace);
    update::update_required(update_type, "groupScope", &mut group.scope, input.group_scope)?;
    update::update_required(update_type, "groupType", &mut group.kind, input.group_type)?;
    update::update_others(own, update_type, &mut group.other_attributes, others)?;
    require(own.domain.may_rescope(before, group.scope), GroupError::Scope)?;
    Ok(group)
}
