//! Attributes of users beyond the few that have members of their own, by LDAP display name.

use std::collections::BTreeMap;

use compact_str::CompactString;
use imbl::OrdMap;
use model::ds_data::types::AttributeValue;
use world::{Directory, User};

use super::error::{Error, Result};
use crate::error::require;

/// All attributes, in a list of names to read.
const EVERY: &str = "*";

/// What kind of value an attribute has.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Syntax {
    Text,
    Number,
    Texts,
}

/// Who has an attribute, and whether a caller can set it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Use {
    /// A user's; callers set it.
    Set,
    /// A user's; the directory keeps it.
    ReadOnly,
    /// Has a member of its own in requests.
    Member,
    /// A group's only.
    Groups,
}

use Syntax::{Number, Text, Texts};
use Use::{Groups, Member, ReadOnly, Set};

/// The attributes.
// Inferred: the documented list could not be read in full; this one has what Active Directory users commonly carry.
const ATTRIBUTES: &[(&str, Syntax, Use)] = &[
    ("accountExpires", Number, Set),
    ("assistant", Text, Set),
    ("badPwdCount", Number, ReadOnly),
    ("c", Text, Set),
    ("canonicalName", Text, ReadOnly),
    ("cn", Text, ReadOnly),
    ("co", Text, Set),
    ("comment", Text, Set),
    ("company", Text, Set),
    ("countryCode", Number, Set),
    ("department", Text, Set),
    ("departmentNumber", Text, Set),
    ("description", Text, Set),
    ("displayName", Text, Set),
    ("distinguishedName", Text, Member),
    ("division", Text, Set),
    ("EmailAddress", Text, Member),
    ("employeeID", Text, Set),
    ("employeeNumber", Text, Set),
    ("employeeType", Text, Set),
    ("Enabled", Text, Member),
    ("facsimileTelephoneNumber", Text, Set),
    ("givenName", Text, Member),
    ("groupScope", Text, Groups),
    ("groupType", Text, Groups),
    ("homeDirectory", Text, Set),
    ("homeDrive", Text, Set),
    ("homePhone", Text, Set),
    ("info", Text, Set),
    ("initials", Text, Set),
    ("ipPhone", Text, Set),
    ("l", Text, Set),
    ("lastLogonTimestamp", Number, ReadOnly),
    ("lockoutTime", Number, ReadOnly),
    ("logonCount", Number, ReadOnly),
    ("mail", Text, Member),
    ("managedBy", Text, Groups),
    ("manager", Text, Set),
    ("member", Texts, Groups),
    ("memberOf", Texts, ReadOnly),
    ("middleName", Text, Set),
    ("mobile", Text, Set),
    ("name", Text, ReadOnly),
    ("objectClass", Texts, ReadOnly),
    ("objectGUID", Text, ReadOnly),
    ("objectSid", Text, Member),
    ("otherFacsimileTelephoneNumber", Texts, Set),
    ("otherHomePhone", Texts, Set),
    ("otherIpPhone", Texts, Set),
    ("otherMailbox", Texts, Set),
    ("otherMobile", Texts, Set),
    ("otherPager", Texts, Set),
    ("otherTelephone", Texts, Set),
    ("pager", Text, Set),
    ("personalTitle", Text, Set),
    ("physicalDeliveryOfficeName", Text, Set),
    ("postalCode", Text, Set),
    ("postOfficeBox", Text, Set),
    ("preferredLanguage", Text, Set),
    ("profilePath", Text, Set),
    ("proxyAddresses", Texts, Set),
    ("pwdLastSet", Number, Set),
    ("sAMAccountName", Text, Member),
    ("scriptPath", Text, Set),
    ("servicePrincipalName", Texts, Set),
    ("SID", Text, Member),
    ("sn", Text, Member),
    ("st", Text, Set),
    ("streetAddress", Text, Set),
    ("Surname", Text, Member),
    ("telephoneNumber", Text, Set),
    ("title", Text, Set),
    ("uid", Text, Set),
    ("url", Text, Set),
    ("userAccountControl", Number, ReadOnly),
    ("userPrincipalName", Text, Member),
    ("whenChanged", Text, ReadOnly),
    ("whenCreated", Text, ReadOnly),
    ("wWWHomePage", Text, Set),
];

/// Attributes as a user keeps them.
pub type Kept = OrdMap<CompactString, (CompactString, AttributeValue)>;

/// The attributes that a request sets on a new user.
pub fn to_set(given: BTreeMap<String, AttributeValue>) -> Result<Kept> {
    let mut kept = Kept::new();
    for (name, value) in given {
        let (canonical, syntax, used) = of_users(&name)?;
        require(used == Set, Error::ReadOnlyAttribute(canonical.into()))?;
        require(is_of(&value, syntax), Error::AttributeValue(canonical.into()))?;
        let twice = kept.insert(canonical.to_lowercase().into(), (canonical.into(), value)).is_some();
        require(!twice, Error::DuplicateAttribute(canonical.into()))?;
    }
    // An attribute of no values is one that is not set.
    let is_set = |value: &AttributeValue| value.ss.as_ref().is_none_or(|texts| !texts.is_empty());
    Ok(kept.into_iter().filter(|(_, (_, value))| is_set(value)).collect())
}

/// The attributes that a request asks for, `*` being all, as the schema spells them.
pub fn named(names: &[String]) -> Result<Vec<&'static str>> {
    let mut named = Vec::new();
    for name in names {
        if name == EVERY {
            let readable = ATTRIBUTES.iter().filter(|(.., used)| matches!(used, Set | ReadOnly));
            named.extend(readable.map(|(name, ..)| *name));
        } else {
            named.push(of_users(name)?.0);
        }
    }
    Ok(named)
}

/// The values of attributes. Those that are not set are left out.
pub fn values(names: &[&'static str], directory: &Directory, user: &User) -> BTreeMap<String, AttributeValue> {
    names.iter().filter_map(|name| value(name, directory, user).map(|value| ((*name).into(), value))).collect()
}

/// An attribute of users that has no member of its own, with its name as the schema spells it.
fn of_users(name: &str) -> Result<(&'static str, Syntax, Use)> {
    let found = ATTRIBUTES.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name));
    let (canonical, syntax, used) = *found.ok_or_else(|| Error::UnknownAttribute(name.into()))?;
    require(used != Groups, Error::NotOfUsers(canonical.into()))?;
    require(used != Member, Error::DuplicateAttribute(canonical.into()))?;
    Ok((canonical, syntax, used))
}

/// Whether a value is of that kind, and of no other.
fn is_of(value: &AttributeValue, syntax: Syntax) -> bool {
    let AttributeValue { bool, n, s, ss } = value;
    let given = (bool.is_some(), n.is_some(), s.is_some(), ss.is_some());
    given == (false, syntax == Number, syntax == Text, syntax == Texts)
}

fn value(name: &str, directory: &Directory, user: &User) -> Option<AttributeValue> {
    let text = |text: String| Some(AttributeValue { s: Some(text), ..AttributeValue::default() });
    match name {
        "cn" | "name" => text(user.sam_account_name.to_string()),
        "canonicalName" => text(canonical_name(directory, user)),
        "objectClass" => {
            let classes = ["top", "person", "organizationalPerson", "user"].map(String::from);
            Some(AttributeValue { ss: Some(classes.into()), ..AttributeValue::default() })
        }
        "userAccountControl" => Some(AttributeValue { n: Some(account_control(user)), ..AttributeValue::default() }),
        other => user.other_attributes.get(other.to_lowercase().as_str()).map(|(_, value)| value.clone()),
    }
}

/// The path from the domain down: `corp.example.com/CORP/Users/jane`.
fn canonical_name(directory: &Directory, user: &User) -> String {
    let mut path = directory.name.to_lowercase().to_string();
    for part in user.container.rsplit(',') {
        path.push('/');
        path.push_str(part.split_once('=').map_or(part, |(_, name)| name));
    }
    format!("{path}/{}", user.sam_account_name)
}

/// The flags of Active Directory: a normal account, and whether it is disabled.
fn account_control(user: &User) -> i64 {
    const NORMAL_ACCOUNT: i64 = 0x200;
    const ACCOUNT_DISABLE: i64 = 0x2;
    if user.enabled { NORMAL_ACCOUNT } else { NORMAL_ACCOUNT | ACCOUNT_DISABLE }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &str) -> AttributeValue {
        AttributeValue { s: Some(value.into()), ..AttributeValue::default() }
    }

    fn set(given: &[(&str, AttributeValue)]) -> Result<Kept> {
        to_set(given.iter().map(|(name, value)| ((*name).into(), value.clone())).collect())
    }

    #[test]
    fn names_are_spelled_as_in_the_schema() {
        let kept = set(&[("TITLE", text("Dr."))]).unwrap();
        assert_eq!(kept.get("title"), Some(&("title".into(), text("Dr."))));
    }

    #[test]
    fn attributes_are_refused_for_what_is_wrong() {
        let number = AttributeValue { n: Some(1), ..AttributeValue::default() };
        let both = AttributeValue { n: Some(1), ..text("x") };
        for (name, value, expected) in [
            ("shoeSize", text("x"), Error::UnknownAttribute("shoeSize".into())),
            ("*", text("x"), Error::UnknownAttribute("*".into())),
            ("managedBy", text("x"), Error::NotOfUsers("managedBy".into())),
            ("MAIL", text("x"), Error::DuplicateAttribute("mail".into())),
            ("memberOf", text("x"), Error::ReadOnlyAttribute("memberOf".into())),
            ("title", number, Error::AttributeValue("title".into())),
            ("title", both, Error::AttributeValue("title".into())),
            ("title", AttributeValue::default(), Error::AttributeValue("title".into())),
            ("proxyAddresses", text("x"), Error::AttributeValue("proxyAddresses".into())),
        ] {
            assert_eq!(set(&[(name, value)]), Err(expected));
        }
        let twice = set(&[("Title", text("x")), ("title", text("y"))]);
        assert_eq!(twice, Err(Error::DuplicateAttribute("title".into())));
    }
}
