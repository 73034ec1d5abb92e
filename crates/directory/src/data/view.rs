//! Objects in answers: names, identifiers, rows and attribute values.

use std::collections::BTreeMap;

use model::Timestamp;
use model::ds_data::types::{AttributeValue, GroupScope, GroupSummary, Member, MemberType, UserSummary};
use world::{Group, Object, OtherAttributes, Stream, User};

use super::gate::Realm;
use crate::directory::names;

/// The domain of the built-in local groups, the same in every Active Directory.
const BUILTIN_SID: &str = "S-1-5-32";

impl<'w> Realm<'w> {
    /// The name of the domain.
    pub fn name(self) -> String {
        self.directory.name.to_lowercase().to_string()
    }

    /// An object's security identifier.
    pub fn sid(self, object: Object<'_>) -> String {
        let is_builtin = matches!(object, Object::Group(group) if group.scope == GroupScope::BuiltinLocal);
        format!("{}-{}", if is_builtin { BUILTIN_SID } else { &self.domain.sid }, object.rid())
    }

    /// An object's distinguished name.
    pub fn distinguished_name(self, object: Object<'_>) -> String {
        let domain = names::domain_components(&self.directory.name);
        format!("CN={},{},{domain}", object.sam_account_name(), object.container())
    }

    /// The object with a distinguished name. Case and spaces around commas are ignored.
    pub fn object_by_name(self, distinguished_name: &str) -> Option<Object<'w>> {
        let parts: Vec<&str> = distinguished_name.split(',').map(str::trim).collect();
        let (_, common_name) = parts.first()?.split_once('=')?;
        let object = self.domain.object(common_name)?;
        let matches = self.distinguished_name(object).to_lowercase() == parts.join(",").to_lowercase();
        matches.then_some(object)
    }

    /// A user's name for signing on.
    pub fn user_principal_name(self, user: &User) -> String {
        format!("{}@{}", user.sam_account_name, self.directory.name.to_uppercase())
    }

    /// The row of a user.
    pub fn user_summary(self, user: &User) -> UserSummary {
        UserSummary {
            enabled: user.enabled,
            given_name: user.given_name.clone(),
            sam_account_name: user.sam_account_name.to_string(),
            sid: self.sid(Object::User(user)),
            surname: user.surname.clone(),
        }
    }

    /// The row of a group.
    pub fn group_summary(self, group: &Group) -> GroupSummary {
        GroupSummary {
            group_scope: group.scope,
            group_type: group.kind,
            sam_account_name: group.sam_account_name.to_string(),
            sid: self.sid(Object::Group(group)),
        }
    }

    /// The row of a member.
    pub fn member(self, object: Object<'_>) -> Member {
        let member_type = match object {
            Object::User(_) => MemberType::User,
            Object::Group(_) => MemberType::Group,
            Object::Computer(_) => MemberType::Computer,
        };
        Member { member_type, sam_account_name: object.sam_account_name().into(), sid: self.sid(object) }
    }

    /// The values of attributes. Attributes that are not set are left out.
    pub fn values(self, names: &[&'static str], object: Object<'_>) -> BTreeMap<String, AttributeValue> {
        let value = |name: &&'static str| Some(((*name).into(), self.value(name, object)?));
        names.iter().filter_map(value).collect()
    }

    fn value(self, name: &str, object: Object<'_>) -> Option<AttributeValue> {
        match name {
            "cn" => Some(text(object.sam_account_name().into())),
            "directReports" => {
                let manager = self.distinguished_name(object).to_lowercase();
                let reports = self.domain.users_with(&["manager"], &manager, None);
                texts(reports.map(|(_, user)| self.distinguished_name(Object::User(user))).collect())
            }
            // Only groups have it, as one text.
            "objectClass" => Some(text("group".into())),
            "objectGUID" => Some(text(self.guid(object))),
            "pwdLastSet" => Some(number(self.password_set(object))),
            "whenChanged" => Some(text(generalized_time(self.changed_at(object)))),
            other => attributes(object)?.get(other).cloned(),
        }
    }

    /// An identifier derived from the object's security identifier.
    // Inferred: the value is an octet string in LDAP. As a text, it has the usual notation.
    fn guid(self, object: Object<'_>) -> String {
        let sid = self.sid(object);
        let half =
            |which: &str| self.world.entropy.derive(Stream::Domain, &format!("{sid} of {} {which}", self.domain.sid));
        let hex = format!("{:016x}{:016x}", half("first"), half("last"));
        format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
    }

    /// When a user last got a password, in hundreds of nanoseconds since 1601. Zero without one, as in an example of
    /// the service's model. The users of a new domain have passwords that are as old as the directory.
    fn password_set(self, object: Object<'_>) -> i64 {
        let set = match object {
            Object::User(user) if user.created_at.is_none() => {
                user.password_set_at.or(Some(self.directory.primary().launched_at))
            }
            Object::User(user) => user.password_set_at,
            Object::Group(_) | Object::Computer(_) => None,
        };
        set.map_or(0, |at| UNIX_EPOCH + at.as_millis() * PER_MILLISECOND)
    }

    /// When an object last changed. The objects of a new domain are as old as the directory.
    fn changed_at(self, object: Object<'_>) -> Timestamp {
        let (created, changed) = match object {
            Object::User(user) => (user.created_at, user.changed_at),
            Object::Group(group) => (group.created_at, group.changed_at),
            Object::Computer(_) => (None, None),
        };
        changed.or(created).unwrap_or(self.directory.primary().launched_at)
    }
}

/// The year 1970 in hundreds of nanoseconds since 1601, from where Active Directory counts.
const UNIX_EPOCH: i64 = 116_444_736_000_000_000;
const PER_MILLISECOND: i64 = 10_000;

fn number(number: i64) -> AttributeValue {
    AttributeValue { n: Some(number), ..AttributeValue::default() }
}

fn text(text: String) -> AttributeValue {
    AttributeValue { s: Some(text), ..AttributeValue::default() }
}

/// None without values: such an attribute is not set.
fn texts(texts: Vec<String>) -> Option<AttributeValue> {
    (!texts.is_empty()).then(|| AttributeValue { ss: Some(texts), ..AttributeValue::default() })
}

fn attributes(object: Object<'_>) -> Option<&OtherAttributes> {
    match object {
        Object::User(user) => Some(&user.other_attributes),
        Object::Group(group) => Some(&group.other_attributes),
        Object::Computer(_) => None,
    }
}

/// A time as LDAP writes it: `20261124080000.0Z`.
fn generalized_time(at: Timestamp) -> String {
    at.to_iso_seconds().replace(['-', ':', 'T'], "").replace('Z', ".0Z")
}
