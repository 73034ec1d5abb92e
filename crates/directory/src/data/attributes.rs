//! The attributes of users and groups, by LDAP display name: what kind of value each has, who has it and what callers may do with it.

use std::collections::BTreeMap;

use model::ds_data::types::AttributeValue;
use world::OtherAttributes;

use super::error::{Error, Result};
use crate::error::require;

/// All attributes, in a list of names to read.
const EVERY: &str = "*";

/// The classes of objects that have attributes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Class {
    /// Users.
    User,
    /// Groups.
    Group,
}

/// What kind of value an attribute has.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Syntax {
    /// One text.
    Text,
    /// One number.
    Number,
    /// Any number of texts.
    Texts,
}

/// What callers may do with an attribute of a class.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Use {
    /// Callers set it.
    Set,
    /// The directory keeps it.
    ReadOnly,
    /// It has a member of its own in requests.
    Member,
    /// The class does not have it.
    Absent,
}

use Syntax::{Number, Text, Texts};
use Use::{Absent, Member, ReadOnly, Set};

/// An attribute.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Attribute {
    /// Its name as the schema spells it.
    pub name: &'static str,
    /// What kind of value it has.
    pub syntax: Syntax,
    used: Use,
}

/// The attributes, with what users and what groups have of them.
// Inferred: the documented list could not be read in full; this one has what Active Directory objects commonly carry.
const ATTRIBUTES: &[(&str, Syntax, Use, Use)] = &[
    ("accountExpires", Number, Set, Absent),
    ("assistant", Text, Set, Absent),
    ("badPwdCount", Number, ReadOnly, Absent),
    ("c", Text, Set, Absent),
    ("canonicalName", Text, ReadOnly, ReadOnly),
    ("cn", Text, ReadOnly, ReadOnly),
    ("co", Text, Set, Absent),
    ("comment", Text, Set, Absent),
    ("company", Text, Set, Absent),
    ("countryCode", Number, Set, Absent),
    ("department", Text, Set, Absent),
    ("departmentNumber", Text, Set, Absent),
    ("description", Text, Set, Set),
    ("displayName", Text, Set, Set),
    ("distinguishedName", Text, Member, Member),
    ("division", Text, Set, Absent),
    ("EmailAddress", Text, Member, Absent),
    ("employeeID", Text, Set, Absent),
    ("employeeNumber", Text, Set, Absent),
    ("employeeType", Text, Set, Absent),
    ("Enabled", Text, Member, Absent),
    ("facsimileTelephoneNumber", Text, Set, Absent),
    ("givenName", Text, Member, Absent),
    ("groupScope", Text, Absent, Member),
    ("groupType", Text, Absent, Member),
    ("homeDirectory", Text, Set, Absent),
    ("homeDrive", Text, Set, Absent),
    ("homePhone", Text, Set, Absent),
    ("info", Text, Set, Set),
    ("initials", Text, Set, Absent),
    ("ipPhone", Text, Set, Absent),
    ("l", Text, Set, Absent),
    ("lastLogonTimestamp", Number, ReadOnly, Absent),
    ("lockoutTime", Number, ReadOnly, Absent),
    ("logonCount", Number, ReadOnly, Absent),
    ("mail", Text, Member, Set),
    ("managedBy", Text, Absent, Set),
    ("manager", Text, Set, Absent),
    ("member", Texts, Absent, ReadOnly),
    ("memberOf", Texts, ReadOnly, ReadOnly),
    ("middleName", Text, Set, Absent),
    ("mobile", Text, Set, Absent),
    ("name", Text, ReadOnly, ReadOnly),
    ("objectClass", Texts, ReadOnly, ReadOnly),
    ("objectGUID", Text, ReadOnly, ReadOnly),
    ("objectSid", Text, Member, Member),
    ("otherFacsimileTelephoneNumber", Texts, Set, Absent),
    ("otherHomePhone", Texts, Set, Absent),
    ("otherIpPhone", Texts, Set, Absent),
    ("otherMailbox", Texts, Set, Absent),
    ("otherMobile", Texts, Set, Absent),
    ("otherPager", Texts, Set, Absent),
    ("otherTelephone", Texts, Set, Absent),
    ("pager", Text, Set, Absent),
    ("personalTitle", Text, Set, Absent),
    ("physicalDeliveryOfficeName", Text, Set, Absent),
    ("postalCode", Text, Set, Absent),
    ("postOfficeBox", Text, Set, Absent),
    ("preferredLanguage", Text, Set, Absent),
    ("profilePath", Text, Set, Absent),
    ("proxyAddresses", Texts, Set, Absent),
    ("pwdLastSet", Number, Set, Absent),
    ("sAMAccountName", Text, Member, Member),
    ("scriptPath", Text, Set, Absent),
    ("servicePrincipalName", Texts, Set, Absent),
    ("SID", Text, Member, Member),
    ("sn", Text, Member, Absent),
    ("st", Text, Set, Absent),
    ("streetAddress", Text, Set, Absent),
    ("Surname", Text, Member, Absent),
    ("telephoneNumber", Text, Set, Absent),
    ("title", Text, Set, Absent),
    ("uid", Text, Set, Absent),
    ("url", Text, Set, Absent),
    ("userAccountControl", Number, ReadOnly, Absent),
    ("userPrincipalName", Text, Member, Absent),
    ("whenChanged", Text, ReadOnly, ReadOnly),
    ("whenCreated", Text, ReadOnly, ReadOnly),
    ("wWWHomePage", Text, Set, Absent),
];

/// Members of requests that are named differently from their attributes, and the attributes' names.
const MEMBERS: [(&str, &str); 3] = [("EmailAddress", "mail"), ("GivenName", "givenName"), ("Surname", "sn")];

impl Class {
    /// The attributes that a request sets on a new object.
    pub fn to_set(self, given: BTreeMap<String, AttributeValue>) -> Result<OtherAttributes> {
        let mut attributes = OtherAttributes::default();
        for (attribute, value) in self.given(given)? {
            // An attribute of no values is one that is not set.
            if value.ss.as_ref().is_none_or(|texts| !texts.is_empty()) {
                attributes.set(attribute.name, value);
            }
        }
        Ok(attributes)
    }

    /// The attributes that a request gives values for.
    pub fn given(self, given: BTreeMap<String, AttributeValue>) -> Result<Vec<(Attribute, AttributeValue)>> {
        let mut found: Vec<(Attribute, AttributeValue)> = Vec::with_capacity(given.len());
        for (name, value) in given {
            let attribute = self.other(&name)?;
            require(attribute.used == Set, Error::ReadOnlyAttribute(attribute.name.into()))?;
            require(attribute.syntax.fits(&value), Error::AttributeValue(attribute.name.into()))?;
            let is_new = found.iter().all(|(before, _)| before.name != attribute.name);
            require(is_new, Error::DuplicateAttribute(attribute.name.into()))?;
            found.push((attribute, value));
        }
        Ok(found)
    }

    /// The attributes that a request asks for, `*` being all, as the schema spells them.
    pub fn named(self, names: &[String]) -> Result<Vec<&'static str>> {
        let mut named = Vec::new();
        for name in names {
            if name == EVERY {
                let readable = self.attributes().filter(|attribute| matches!(attribute.used, Set | ReadOnly));
                named.extend(readable.map(|attribute| attribute.name));
            } else {
                named.push(self.other(name)?.name);
            }
        }
        Ok(named)
    }

    /// An attribute that objects can be searched for by; those of requests go by both of their names.
    // Inferred: what callers write as text can be searched for, as the four members that are documented can; numbers, and what
    // the directory keeps by itself, cannot.
    pub fn searched(self, name: &str) -> Result<Attribute> {
        let alias = MEMBERS.iter().find(|(member, _)| self == Self::User && member.eq_ignore_ascii_case(name));
        let attribute = self.attribute(alias.map_or(name, |(_, name)| name))?;
        let is_member = ["mail", "givenName", "sn", "sAMAccountName"].contains(&attribute.name);
        let is_text = attribute.used == Set && attribute.syntax != Number;
        require(is_member || is_text, Error::NotSearched(attribute.name.into()))?;
        Ok(attribute)
    }

    /// An attribute that has no member of its own.
    fn other(self, name: &str) -> Result<Attribute> {
        let attribute = self.attribute(name)?;
        require(attribute.used != Member, Error::DuplicateAttribute(attribute.name.into()))?;
        Ok(attribute)
    }

    /// An attribute that objects of the class have.
    fn attribute(self, name: &str) -> Result<Attribute> {
        let row = ATTRIBUTES.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name));
        let attribute = self.column(row.ok_or_else(|| Error::UnknownAttribute(name.into()))?);
        let other = match self {
            Self::User => Error::NotOfUsers(attribute.name.into()),
            Self::Group => Error::NotOfGroups(attribute.name.into()),
        };
        require(attribute.used != Absent, other)?;
        Ok(attribute)
    }

    fn attributes(self) -> impl Iterator<Item = Attribute> {
        ATTRIBUTES.iter().map(move |row| self.column(row))
    }

    fn column(self, (name, syntax, user, group): &(&'static str, Syntax, Use, Use)) -> Attribute {
        let used = if self == Self::User { *user } else { *group };
        Attribute { name, syntax: *syntax, used }
    }
}

impl Attribute {
    /// Whether it has a member of its own in requests.
    pub fn is_member(self) -> bool {
        self.used == Member
    }
}

impl Syntax {
    /// Whether a value is of that kind, and of no other.
    fn fits(self, value: &AttributeValue) -> bool {
        let AttributeValue { bool, n, s, ss } = value;
        let given = (bool.is_some(), n.is_some(), s.is_some(), ss.is_some());
        given == (false, self == Number, self == Text, self == Texts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &str) -> AttributeValue {
        AttributeValue { s: Some(value.into()), ..AttributeValue::default() }
    }

    fn set(class: Class, given: &[(&str, AttributeValue)]) -> Result<OtherAttributes> {
        class.to_set(given.iter().map(|(name, value)| ((*name).into(), value.clone())).collect())
    }

    #[test]
    fn names_are_spelled_as_in_the_schema() {
        let kept = set(Class::User, &[("TITLE", text("Dr."))]).unwrap();
        assert_eq!(kept.get("Title"), Some(&text("Dr.")));
        assert_eq!(Class::User.named(&["TITLE".into()]), Ok(vec!["title"]));
    }

    #[test]
    fn attributes_are_refused_for_what_is_wrong() {
        let number = AttributeValue { n: Some(1), ..AttributeValue::default() };
        let both = AttributeValue { n: Some(1), ..text("x") };
        for (class, name, value, expected) in [
            (Class::User, "shoeSize", text("x"), Error::UnknownAttribute("shoeSize".into())),
            (Class::User, "*", text("x"), Error::UnknownAttribute("*".into())),
            (Class::User, "managedBy", text("x"), Error::NotOfUsers("managedBy".into())),
            (Class::Group, "title", text("x"), Error::NotOfGroups("title".into())),
            (Class::User, "MAIL", text("x"), Error::DuplicateAttribute("mail".into())),
            (Class::Group, "groupType", text("x"), Error::DuplicateAttribute("groupType".into())),
            (Class::User, "memberOf", text("x"), Error::ReadOnlyAttribute("memberOf".into())),
            (Class::User, "title", number, Error::AttributeValue("title".into())),
            (Class::User, "title", both, Error::AttributeValue("title".into())),
            (Class::User, "title", AttributeValue::default(), Error::AttributeValue("title".into())),
            (Class::User, "proxyAddresses", text("x"), Error::AttributeValue("proxyAddresses".into())),
        ] {
            assert_eq!(set(class, &[(name, value)]), Err(expected));
        }
        let twice = set(Class::User, &[("Title", text("x")), ("title", text("y"))]);
        assert_eq!(twice, Err(Error::DuplicateAttribute("title".into())));
        assert!(set(Class::Group, &[("mail", text("x"))]).is_ok());
    }

    #[test]
    fn members_are_searched_by_either_name() {
        for (name, expected) in
            [("surname", "sn"), ("SN", "sn"), ("emailAddress", "mail"), ("SamAccountName", "sAMAccountName")]
        {
            assert_eq!(Class::User.searched(name).map(|attribute| attribute.name), Ok(expected));
        }
        assert_eq!(Class::Group.searched("mail").map(|attribute| attribute.name), Ok("mail"));
        assert_eq!(Class::Group.searched("EmailAddress"), Err(Error::NotOfGroups("EmailAddress".into())));
        assert_eq!(Class::User.searched("countryCode"), Err(Error::NotSearched("countryCode".into())));
        assert_eq!(Class::User.searched("SID"), Err(Error::NotSearched("SID".into())));
    }
}
