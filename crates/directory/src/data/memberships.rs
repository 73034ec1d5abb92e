//! Memberships of users, groups and computers in groups.

use std::borrow::Cow;

use compact_str::CompactString;
use model::DirectoryId;
use model::ds_data::ErrorCode;
use model::ds_data::errors::ValidationExceptionReason;
use model::ds_data::types::{
    AddGroupMemberInput, AddGroupMemberOutput, GroupSummary, ListGroupMembersInput, ListGroupMembersOutput,
    ListGroupsForMemberInput, ListGroupsForMemberOutput, Member, RemoveGroupMemberInput, RemoveGroupMemberOutput,
};
use world::{Domain, Object, Tx, View};

use super::Service;
use super::error::{Result, invalid};
use super::gate::{self, Realm};
use super::generated::api;
use super::groups::group;
use super::pages::page_size;
use super::tokens::IdempotentCall;
use crate::error::{Coded, require};

/// Why a membership is refused.
#[derive(Clone, Debug, PartialEq)]
pub enum MembershipError {
    /// There is no such user, group or computer.
    UnknownMember(CompactString),
    /// The group cannot have the member.
    Nesting,
    /// The group already has the member.
    AlreadyMember(CompactString),
    /// The group does not have the member.
    NotMember(CompactString),
}

impl Coded<ErrorCode> for MembershipError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::UnknownMember(_) | Self::NotMember(_) => ErrorCode::ResourceNotFoundException,
            // Inferred: Active Directory's own error, `unwillingToPerform`, is no more precise.
            Self::Nesting => invalid(ValidationExceptionReason::LdapUnsupportedOperation),
            Self::AlreadyMember(_) => ErrorCode::ConflictException,
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            Self::UnknownMember(name) => format!("Member {name} was not found.").into(),
            Self::Nesting => "The group cannot have the member.".into(),
            Self::AlreadyMember(name) => format!("{name} is already a member of the group.").into(),
            Self::NotMember(name) => format!("{name} is not a member of the group.").into(),
        }
    }
}

impl api::Memberships for Service {
    fn add_group_member(tx: &mut Tx<'_>, mut input: AddGroupMemberInput) -> Result<AddGroupMemberOutput> {
        let call = IdempotentCall::new(tx.operation, input.client_token.take(), &input);
        let decide = |own: Realm<'_>| {
            let membership =
                requested_membership(own, &input.group_name, &input.member_name, input.member_realm.as_deref())?;
            let already_member = || MembershipError::AlreadyMember(input.member_name.as_str().into());
            require(!membership.exists_in(own.domain), already_member())?;
            require(membership.is_allowed, MembershipError::Nesting)?;
            Ok(membership)
        };
        call.serve(tx, &input.directory_id, decide, Membership::add)?;
        Ok(AddGroupMemberOutput {})
    }

    fn list_group_members(view: &View<'_>, input: ListGroupMembersInput) -> Result<ListGroupMembersOutput> {
        let own = gate::open(view, &input.directory_id)?;
        let realm = gate::realm(own, input.realm.as_deref())?;
        let home = gate::realm(own, input.member_realm.as_deref())?;
        let group = group(realm, &input.sam_account_name)?.rid;
        let parameters = [input.directory_id.as_str(), &realm.name(), &home.name(), &group.to_string()];
        let scan = view.scan(&parameters);
        let page = scan.page(input.next_token.as_deref(), page_size(input.max_results), |after| {
            members(realm, home, group, after)
        })?;
        Ok(ListGroupMembersOutput {
            directory_id: Some(input.directory_id),
            member_realm: Some(home.name()),
            members: Some(page.items),
            next_token: page.next_token,
            realm: Some(realm.name()),
        })
    }

    fn list_groups_for_member(view: &View<'_>, input: ListGroupsForMemberInput) -> Result<ListGroupsForMemberOutput> {
        let own = gate::open(view, &input.directory_id)?;
        let realm = gate::realm(own, input.realm.as_deref())?;
        let home = gate::realm(own, input.member_realm.as_deref().or(input.realm.as_deref()))?;
        let member = member(home, &input.sam_account_name)?;
        let parameters = [input.directory_id.as_str(), &realm.name(), &home.name(), &member.rid().to_string()];
        let scan = view.scan(&parameters);
        let page = scan.page(input.next_token.as_deref(), page_size(input.max_results), |after| {
            groups_of_member(realm, home, member, after)
        })?;
        Ok(ListGroupsForMemberOutput {
            directory_id: Some(input.directory_id),
            groups: Some(page.items),
            member_realm: Some(home.name()),
            next_token: page.next_token,
            realm: Some(realm.name()),
        })
    }

    fn remove_group_member(tx: &mut Tx<'_>, mut input: RemoveGroupMemberInput) -> Result<RemoveGroupMemberOutput> {
        let call = IdempotentCall::new(tx.operation, input.client_token.take(), &input);
        let decide = |own: Realm<'_>| {
            let membership =
                requested_membership(own, &input.group_name, &input.member_name, input.member_realm.as_deref())?;
            let not_member = || MembershipError::NotMember(input.member_name.as_str().into());
            require(membership.exists_in(own.domain), not_member())?;
            Ok(membership)
        };
        call.serve(tx, &input.directory_id, decide, Membership::remove)?;
        Ok(RemoveGroupMemberOutput {})
    }
}

/// A membership in a group of a directory's own domain. It need not exist.
struct Membership {
    group: u64,
    member: u64,
    /// The directory of the member, if it is another one.
    home: Option<DirectoryId>,
    /// Whether Active Directory allows the membership.
    is_allowed: bool,
}

impl Membership {
    fn exists_in(&self, domain: &Domain) -> bool {
        match &self.home {
            None => domain.members.has(self.group, self.member),
            Some(home) => domain.foreign_members.has(self.group, (home.clone(), self.member)),
        }
    }

    fn add(domain: &mut Domain, new: Self) -> u64 {
        match new.home {
            None => domain.members.add(new.group, new.member),
            Some(home) => domain.foreign_members.add(new.group, (home, new.member)),
        }
        new.group
    }

    fn remove(domain: &mut Domain, old: Self) -> u64 {
        match old.home {
            None => domain.members.remove(old.group, old.member),
            Some(home) => domain.foreign_members.remove(old.group, (home, old.member)),
        }
        old.group
    }
}

/// The membership that a request names. Customers have to be allowed to change the group's members.
fn requested_membership(
    own: Realm<'_>,
    group_name: &str,
    member_name: &str,
    member_realm: Option<&str>,
) -> Result<Membership> {
    let home = gate::realm(own, member_realm)?;
    let group = group(own, group_name)?;
    own.require_open_to_members(Object::Group(group))?;
    let member = member(home, member_name)?;
    let is_own = home.is_same(own);
    Ok(Membership {
        group: group.rid,
        member: member.rid(),
        home: (!is_own).then(|| home.directory.id.clone()),
        is_allowed: if is_own { group.may_hold(member) } else { group.may_hold_foreign(member) },
    })
}

/// The user, group or computer of that name, with an error for absence.
fn member<'w>(home: Realm<'w>, name: &str) -> Result<Object<'w>> {
    Ok(home.domain.object(name).ok_or_else(|| MembershipError::UnknownMember(name.into()))?)
}

/// The members of a group that are in the domain `home`, after a relative identifier. Objects whose primary group it is
/// are not listed.
fn members<'w>(
    realm: Realm<'w>,
    home: Realm<'w>,
    group: u64,
    after: Option<u64>,
) -> Box<dyn Iterator<Item = (u64, Member)> + 'w> {
    let from = after.map_or(0, |last| last.saturating_add(1));
    let row = move |rid: u64| home.domain.object_of(rid).map(|object| (rid, home.member(object)));
    if home.is_same(realm) {
        return Box::new(realm.domain.members.members(group, from).filter_map(move |rid| row(*rid)));
    }
    let id = &home.directory.id;
    let foreign = realm.domain.foreign_members.members(group, (id.clone(), from));
    Box::new(foreign.take_while(move |(directory, _)| directory == id).filter_map(move |(_, rid)| row(*rid)))
}

/// The groups of the domain `realm` that have the member, after a relative identifier. Its primary group is listed.
fn groups_of_member<'w>(
    realm: Realm<'w>,
    home: Realm<'w>,
    member: Object<'w>,
    after: Option<u64>,
) -> Box<dyn Iterator<Item = (u64, GroupSummary)> + 'w> {
    let from = after.map_or(0, |last| last.saturating_add(1));
    let row = move |rid: u64| realm.domain.group_of(rid).map(|group| (rid, realm.group_summary(group)));
    if !home.is_same(realm) {
        let key = (home.directory.id.clone(), member.rid());
        return Box::new(realm.domain.foreign_members.groups(key, from).filter_map(row));
    }
    let mut primary = member.primary_group().filter(|rid| *rid >= from);
    let mut others = realm.domain.members.groups(member.rid(), from).peekable();
    let merged = std::iter::from_fn(move || match (primary, others.peek()) {
        (Some(rid), Some(other)) if rid > *other => others.next(),
        (Some(_), _) => primary.take(),
        (None, _) => others.next(),
    });
    Box::new(merged.filter_map(row))
}
