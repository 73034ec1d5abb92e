//! The attributes of users and groups, by LDAP display name: what kind of value each has, who has it and what
//! callers may do with it (administration guide, Directory Service Data attributes).

use std::borrow::Cow;
use std::collections::BTreeMap;

use compact_str::CompactString;
use model::ds_data::ErrorCode;
use model::ds_data::errors::ValidationExceptionReason;
use model::ds_data::types::AttributeValue;

use super::error::{Result, invalid};
use crate::error::{Coded, require};

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
    /// One text of at most so many characters.
    Text(usize),
    /// The distinguished name of an object.
    Name,
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

use Syntax::{Name, Text, Texts};
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

/// The longest text that the model lets a caller give.
const LONGEST: usize = 1024;

/// The attributes, with what users and what groups have of them. Lengths are those of Active Directory's schema, as far
/// as they are less than the model's.
// Inferred: the guide calls some attributes creatable and others mutable only. The model has no reason for refusing the
// latter when an object is created, and the console offers some of them there, so both may be given then.
const ATTRIBUTES: &[(&str, Syntax, Use, Use)] = &[
    ("assistant", Name, ReadOnly, Absent),
    ("cn", Text(64), ReadOnly, ReadOnly),
    ("co", Text(128), Set, Absent),
    ("company", Text(64), Set, Absent),
    ("department", Text(64), Set, Absent),
    ("description", Text(LONGEST), Set, Set),
    ("directReports", Texts, ReadOnly, Absent),
    ("displayName", Text(256), Set, Set),
    ("distinguishedName", Name, Member, Member),
    ("EmailAddress", Text(256), Member, Absent),
    ("Enabled", Text(LONGEST), Member, Absent),
    ("facsimileTelephoneNumber", Text(64), Set, Set),
    ("givenName", Text(64), Member, Absent),
    ("groupScope", Text(LONGEST), Absent, Member),
    ("groupType", Text(LONGEST), Absent, Member),
    ("homePhone", Text(64), Set, Absent),
    ("info", Text(LONGEST), Set, Set),
    ("initials", Text(6), Set, Absent),
    ("ipPhone", Text(64), Set, Absent),
    ("l", Text(128), Set, Absent),
    ("mail", Text(256), Member, Set),
    ("manager", Name, Set, Absent),
    ("mobile", Text(64), Set, Absent),
    ("objectClass", Text(LONGEST), Absent, ReadOnly),
    ("objectGUID", Text(LONGEST), ReadOnly, ReadOnly),
    ("objectSid", Text(LONGEST), Member, Member),
    ("pager", Text(64), Set, Absent),
    ("physicalDeliveryOfficeName", Text(128), Set, Absent),
    ("postalCode", Text(40), Set, Absent),
    ("preferredLanguage", Text(LONGEST), Set, Absent),
    ("proxyAddresses", Texts, ReadOnly, ReadOnly),
    ("sAMAccountName", Text(64), Member, Member),
    ("servicePrincipalName", Texts, Set, Absent),
    ("SID", Text(LONGEST), Member, Member),
    ("sn", Text(64), Member, Absent),
    ("st", Text(128), Set, Absent),
    ("streetAddress", Text(LONGEST), Set, Absent),
    ("Surname", Text(64), Member, Absent),
    ("telephoneNumber", Text(64), Set, Absent),
    ("title", Text(128), Set, Absent),
    ("userPrincipalName", Text(LONGEST), Member, Absent),
    ("whenChanged", Text(LONGEST), ReadOnly, ReadOnly),
    ("wWWHomePage", Text(LONGEST), Set, Set),
];

/// The attributes that objects can be searched for by.
const SEARCHED: [&str; 8] =
    ["displayName", "givenName", "l", "mail", "physicalDeliveryOfficeName", "proxyAddresses", "sAMAccountName", "sn"];

/// Members of requests that are named differently from their attributes, and the attributes' names.
const MEMBERS: [(&str, &str); 3] = [("EmailAddress", "mail"), ("GivenName", "givenName"), ("Surname", "sn")];

/// What is wrong with an attribute of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum AttributeError {
    /// It has a member of its own, or is named twice.
    Duplicate(CompactString),
    /// It is unknown.
    Unknown(CompactString),
    /// Users do not have it.
    NotOfUsers(CompactString),
    /// Groups do not have it.
    NotOfGroups(CompactString),
    /// Objects cannot be searched for by it.
    NotSearched(CompactString),
    /// The directory keeps it itself.
    ReadOnly(CompactString),
    /// The value is of another type than the attribute's.
    Value(CompactString),
}

impl Coded<ErrorCode> for AttributeError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Duplicate(_) => invalid(ValidationExceptionReason::DuplicateAttribute),
            Self::Unknown(_) => invalid(ValidationExceptionReason::InvalidAttributeName),
            Self::NotOfUsers(_) => invalid(ValidationExceptionReason::InvalidAttributeForUser),
            Self::NotOfGroups(_) => invalid(ValidationExceptionReason::InvalidAttributeForGroup),
            Self::NotSearched(_) => invalid(ValidationExceptionReason::InvalidAttributeForSearch),
            Self::ReadOnly(_) => invalid(ValidationExceptionReason::InvalidAttributeForModify),
            Self::Value(_) => invalid(ValidationExceptionReason::InvalidAttributeValue),
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            Self::Duplicate(name) => format!("Attribute {name} is given more than once.").into(),
            Self::Unknown(name) => format!("Attribute {name} is unknown.").into(),
            Self::NotOfUsers(name) => format!("Attribute {name} cannot be used for users.").into(),
            Self::NotOfGroups(name) => format!("Attribute {name} cannot be used for groups.").into(),
            Self::NotSearched(name) => format!("Attribute {name} cannot be used for searches.").into(),
            Self::ReadOnly(name) => format!("Attribute {name} cannot be modified.").into(),
            Self::Value(name) => format!("The value of attribute {name} is invalid.").into(),
        }
    }
}

impl Class {
    /// The attributes that a request gives values for.
    pub fn given(self, given: BTreeMap<String, AttributeValue>) -> Result<Vec<(Attribute, AttributeValue)>> {
        let mut found: Vec<(Attribute, AttributeValue)> = Vec::with_capacity(given.len());
        for (name, value) in given {
            let attribute = self.other(&name)?;
            require(attribute.used == Set, AttributeError::ReadOnly(attribute.name.into()))?;
            require(attribute.syntax.fits(&value), AttributeError::Value(attribute.name.into()))?;
            let is_new = found.iter().all(|(before, _)| before.name != attribute.name);
            require(is_new, AttributeError::Duplicate(attribute.name.into()))?;
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
    pub fn searched(self, name: &str) -> Result<Attribute> {
        let alias = MEMBERS.iter().find(|(member, _)| self == Self::User && member.eq_ignore_ascii_case(name));
        let attribute = self.attribute(alias.map_or(name, |(_, name)| name))?;
        require(SEARCHED.contains(&attribute.name), AttributeError::NotSearched(attribute.name.into()))?;
        Ok(attribute)
    }

    /// An attribute that has no member of its own.
    fn other(self, name: &str) -> Result<Attribute> {
        let attribute = self.attribute(name)?;
        require(attribute.used != Member, AttributeError::Duplicate(attribute.name.into()))?;
        Ok(attribute)
    }

    /// An attribute that objects of the class have.
    fn attribute(self, name: &str) -> Result<Attribute> {
        let row = ATTRIBUTES.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name));
        let attribute = self.column(row.ok_or_else(|| AttributeError::Unknown(name.into()))?);
        let other = match self {
            Self::User => AttributeError::NotOfUsers(attribute.name.into()),
            Self::Group => AttributeError::NotOfGroups(attribute.name.into()),
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
        match (self, value) {
            (Text(most), AttributeValue { s: Some(text), ss: None, n: None, bool: None }) => {
                text.chars().count() <= most
            }
            (Name, AttributeValue { s: Some(_), ss: None, n: None, bool: None })
            | (Texts, AttributeValue { s: None, ss: Some(_), n: None, bool: None }) => true,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &str) -> AttributeValue {
        AttributeValue { s: Some(value.into()), ..AttributeValue::default() }
    }

    fn given(class: Class, given: &[(&str, AttributeValue)]) -> Result<Vec<&'static str>> {
        let given = class.given(given.iter().map(|(name, value)| ((*name).into(), value.clone())).collect())?;
        Ok(given.into_iter().map(|(attribute, _)| attribute.name).collect())
    }

    #[test]
    fn names_are_spelled_as_in_the_schema() {
        assert_eq!(given(Class::User, &[("TITLE", text("Dr."))]), Ok(vec!["title"]));
        assert_eq!(Class::User.named(&["TITLE".into()]), Ok(vec!["title"]));
    }

    #[test]
    fn attributes_are_refused_for_what_is_wrong() {
        let number = AttributeValue { n: Some(1), ..AttributeValue::default() };
        let both = AttributeValue { n: Some(1), ..text("x") };
        for (class, name, value, expected) in [
            (Class::User, "shoeSize", text("x"), AttributeError::Unknown("shoeSize".into())),
            (Class::User, "*", text("x"), AttributeError::Unknown("*".into())),
            (Class::User, "objectClass", text("x"), AttributeError::NotOfUsers("objectClass".into())),
            (Class::Group, "title", text("x"), AttributeError::NotOfGroups("title".into())),
            (Class::User, "MAIL", text("x"), AttributeError::Duplicate("mail".into())),
            (Class::Group, "groupType", text("x"), AttributeError::Duplicate("groupType".into())),
            (Class::User, "assistant", text("x"), AttributeError::ReadOnly("assistant".into())),
            (Class::User, "title", number, AttributeError::Value("title".into())),
            (Class::User, "title", both, AttributeError::Value("title".into())),
            (Class::User, "title", AttributeValue::default(), AttributeError::Value("title".into())),
            (Class::User, "initials", text("seven77"), AttributeError::Value("initials".into())),
            (Class::User, "servicePrincipalName", text("x"), AttributeError::Value("servicePrincipalName".into())),
        ] {
            assert_eq!(given(class, &[(name, value)]), Err(expected.into()));
        }
        let twice = given(Class::User, &[("Title", text("x")), ("title", text("y"))]);
        assert_eq!(twice, Err(AttributeError::Duplicate("title".into()).into()));
        assert!(given(Class::Group, &[("mail", text("x"))]).is_ok());
        assert!(given(Class::User, &[("initials", text("\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}"))]).is_ok());
    }

    #[test]
    fn members_are_searched_by_either_name() {
        for (name, expected) in
            [("surname", "sn"), ("SN", "sn"), ("emailAddress", "mail"), ("SamAccountName", "sAMAccountName")]
        {
            assert_eq!(Class::User.searched(name).map(|attribute| attribute.name), Ok(expected));
        }
        assert_eq!(Class::Group.searched("mail").map(|attribute| attribute.name), Ok("mail"));
        assert_eq!(
            Class::Group.searched("EmailAddress"),
            Err(AttributeError::NotOfGroups("EmailAddress".into()).into())
        );
        assert_eq!(Class::User.searched("department"), Err(AttributeError::NotSearched("department".into()).into()));
        assert_eq!(Class::User.searched("SID"), Err(AttributeError::NotSearched("SID".into()).into()));
    }

    #[test]
    fn the_documented_attributes_are_all_there_are() {
        let documented = ATTRIBUTES.iter().filter(|(name, ..)| !["EmailAddress", "SID", "Surname"].contains(name));
        assert_eq!(documented.count(), 10 + 31 - 1, "mail is in both of the guide's tables");
    }
}
