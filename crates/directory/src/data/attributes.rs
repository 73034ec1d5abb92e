//! The attributes of users and groups, by LDAP display name: their syntax, the classes that have them, and their use by
//! callers (administration guide, Directory Service Data attributes).

use std::borrow::Cow;
use std::collections::BTreeMap;

use compact_str::CompactString;
use model::ds_data::ErrorCode;
use model::ds_data::errors::ValidationExceptionReason;
use model::ds_data::types::AttributeValue;

use super::error::{Result, invalid};
use crate::error::{Coded, require};

/// Stands for all attributes in a list of names to read.
const ALL: &str = "*";

/// The classes of objects that have attributes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Class {
    User,
    Group,
}

/// The kind of value of an attribute.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Syntax {
    /// One text, with the most characters that it may have.
    Text(usize),
    /// The distinguished name of an object.
    Name,
    /// Any number of texts.
    Texts,
    /// A number.
    Number,
}

/// The use of an attribute of a class by callers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Use {
    /// Callers read and set it among the other attributes.
    Set,
    /// Callers only read it.
    ReadOnly,
    /// Requests have a member of their own for it.
    Member,
    /// The class does not have it.
    Absent,
}

use Syntax::{Name, Number, Text, Texts};
use Use::{Absent, Member, ReadOnly, Set};

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Attribute {
    /// Spelled as in the schema.
    pub name: &'static str,
    pub syntax: Syntax,
    used: Use,
}

/// The longest text that the model allows.
const MAX_LENGTH: usize = 1024;

/// The attributes: name, syntax, use for users and use for groups. Lengths are those of Active Directory's schema where
/// they are less than the model's.
// Inferred: the guide calls some attributes creatable and others only mutable. Both may be set when an object is
// created: the model has no reason to refuse the latter, and the console offers some of them.
const ATTRIBUTES: &[(&str, Syntax, Use, Use)] = &[
    ("assistant", Name, ReadOnly, Absent),
    ("cn", Text(64), ReadOnly, ReadOnly),
    ("co", Text(128), Set, Set),
    ("company", Text(64), Set, Absent),
    ("department", Text(64), Set, Absent),
    ("description", Text(MAX_LENGTH), Set, Set),
    ("directReports", Texts, ReadOnly, Absent),
    ("displayName", Text(256), Set, Set),
    ("distinguishedName", Name, Member, Member),
    ("EmailAddress", Text(256), Member, Absent),
    ("Enabled", Text(MAX_LENGTH), Member, Absent),
    ("facsimileTelephoneNumber", Text(64), Set, Set),
    ("givenName", Text(64), Member, Absent),
    ("groupScope", Text(MAX_LENGTH), Absent, Member),
    ("groupType", Text(MAX_LENGTH), Absent, Member),
    ("homePhone", Text(64), Set, Absent),
    ("info", Text(MAX_LENGTH), Set, Set),
    ("initials", Text(6), Set, Absent),
    ("ipPhone", Text(64), Set, Absent),
    ("l", Text(128), Set, Absent),
    ("mail", Text(256), Member, Set),
    ("manager", Name, Set, Absent),
    ("mobile", Text(64), Set, Absent),
    ("objectClass", Text(MAX_LENGTH), Absent, ReadOnly),
    ("objectGUID", Text(MAX_LENGTH), ReadOnly, ReadOnly),
    ("objectSid", Text(MAX_LENGTH), Member, Member),
    ("pager", Text(64), Set, Absent),
    ("physicalDeliveryOfficeName", Text(128), Set, Absent),
    ("postalCode", Text(40), Set, Absent),
    ("preferredLanguage", Text(MAX_LENGTH), Set, Set),
    ("proxyAddresses", Texts, ReadOnly, ReadOnly),
    ("pwdLastSet", Number, ReadOnly, Absent),
    ("sAMAccountName", Text(64), Member, Member),
    ("servicePrincipalName", Texts, Set, Absent),
    ("SID", Text(MAX_LENGTH), Member, Member),
    ("sn", Text(64), Member, Absent),
    ("st", Text(128), Set, Absent),
    ("streetAddress", Text(MAX_LENGTH), Set, Absent),
    ("Surname", Text(64), Member, Absent),
    ("telephoneNumber", Text(64), Set, Absent),
    ("title", Text(128), Set, Absent),
    ("userPrincipalName", Text(MAX_LENGTH), Member, Absent),
    ("whenChanged", Text(MAX_LENGTH), ReadOnly, ReadOnly),
    ("wWWHomePage", Text(MAX_LENGTH), Set, Set),
];

/// The attributes that a search can use: those of the guide's table, and those of the examples in the service's model.
const SEARCHABLE: [&str; 10] = [
    "department",
    "displayName",
    "givenName",
    "groupType",
    "l",
    "mail",
    "physicalDeliveryOfficeName",
    "proxyAddresses",
    "sAMAccountName",
    "sn",
];

/// Members of requests whose names differ from those of their attributes, and the attributes' names. Active Directory
/// has one attribute for the scope and the type of a group.
const MEMBERS: [(Class, &str, &str); 4] = [
    (Class::User, "EmailAddress", "mail"),
    (Class::User, "GivenName", "givenName"),
    (Class::User, "Surname", "sn"),
    (Class::Group, "GroupScope", "groupType"),
];

/// Why an attribute of a request is refused.
#[derive(Clone, Debug, PartialEq)]
pub enum AttributeError {
    /// The attribute has a member of its own, or is named twice.
    Duplicate(CompactString),
    /// There is no such attribute.
    Unknown(CompactString),
    /// Users do not have the attribute.
    NotOfUsers(CompactString),
    /// Groups do not have the attribute.
    NotOfGroups(CompactString),
    /// A search cannot use the attribute.
    NotSearched(CompactString),
    /// Callers cannot set the attribute.
    ReadOnly(CompactString),
    /// The value does not fit the attribute's syntax.
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
    /// The attributes to set, with their values, from the other attributes of a request.
    pub fn other_values(self, values: BTreeMap<String, AttributeValue>) -> Result<Vec<(Attribute, AttributeValue)>> {
        let mut found: Vec<(Attribute, AttributeValue)> = Vec::with_capacity(values.len());
        for (name, value) in values {
            let attribute = self.other_attribute(&name)?;
            require(attribute.used == Set, AttributeError::ReadOnly(attribute.name.into()))?;
            require(attribute.syntax.fits(&value), AttributeError::Value(attribute.name.into()))?;
            let is_new = found.iter().all(|(before, _)| before.name != attribute.name);
            require(is_new, AttributeError::Duplicate(attribute.name.into()))?;
            found.push((attribute, value));
        }
        Ok(found)
    }

    /// The names of the attributes to read, from the names in a request. `*` stands for all.
    pub fn readable_names(self, names: &[String]) -> Result<Vec<&'static str>> {
        let mut found = Vec::new();
        for name in names {
            if name == ALL {
                let readable = self.attributes().filter(|attribute| matches!(attribute.used, Set | ReadOnly));
                found.extend(readable.map(|attribute| attribute.name));
            } else {
                found.push(self.other_attribute(name)?.name);
            }
        }
        Ok(found)
    }

    /// The attribute to search, from the name in a request. An attribute with a member of its own can also be named
    /// like the member.
    pub fn searchable(self, name: &str) -> Result<Attribute> {
        let alias = MEMBERS.iter().find(|(class, member, _)| self == *class && member.eq_ignore_ascii_case(name));
        let attribute = self.attribute(alias.map_or(name, |(_, _, name)| name))?;
        require(SEARCHABLE.contains(&attribute.name), AttributeError::NotSearched(attribute.name.into()))?;
        Ok(attribute)
    }

    /// The attribute of that name, if it has no member of its own.
    fn other_attribute(self, name: &str) -> Result<Attribute> {
        let attribute = self.attribute(name)?;
        require(attribute.used != Member, AttributeError::Duplicate(attribute.name.into()))?;
        Ok(attribute)
    }

    /// The attribute of that name, if the class has it.
    fn attribute(self, name: &str) -> Result<Attribute> {
        let row = ATTRIBUTES.iter().find(|(attribute, ..)| attribute.eq_ignore_ascii_case(name));
        let attribute = self.attribute_in_row(row.ok_or_else(|| AttributeError::Unknown(name.into()))?);
        let absent = match self {
            Self::User => AttributeError::NotOfUsers(attribute.name.into()),
            Self::Group => AttributeError::NotOfGroups(attribute.name.into()),
        };
        require(attribute.used != Absent, absent)?;
        Ok(attribute)
    }

    fn attributes(self) -> impl Iterator<Item = Attribute> {
        ATTRIBUTES.iter().map(move |row| self.attribute_in_row(row))
    }

    fn attribute_in_row(self, (name, syntax, user, group): &(&'static str, Syntax, Use, Use)) -> Attribute {
        let used = if self == Self::User { *user } else { *group };
        Attribute { name, syntax: *syntax, used }
    }
}

impl Attribute {
    /// Whether requests have a member of their own for it.
    pub fn is_member(self) -> bool {
        self.used == Member
    }
}

impl Syntax {
    /// Whether a value has this syntax only.
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

    fn names(class: Class, values: &[(&str, AttributeValue)]) -> Result<Vec<&'static str>> {
        let values =
            class.other_values(values.iter().map(|(name, value)| ((*name).into(), value.clone())).collect())?;
        Ok(values.into_iter().map(|(attribute, _)| attribute.name).collect())
    }

    #[test]
    fn names_are_spelled_as_in_the_schema() {
        assert_eq!(names(Class::User, &[("TITLE", text("Dr."))]), Ok(vec!["title"]));
        assert_eq!(Class::User.readable_names(&["TITLE".into()]), Ok(vec!["title"]));
    }

    #[test]
    fn wrong_attributes_are_refused() {
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
            assert_eq!(names(class, &[(name, value)]), Err(expected.into()));
        }
        let twice = names(Class::User, &[("Title", text("x")), ("title", text("y"))]);
        assert_eq!(twice, Err(AttributeError::Duplicate("title".into()).into()));
        assert!(names(Class::Group, &[("mail", text("x"))]).is_ok());
        assert!(names(Class::User, &[("initials", text("\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}"))]).is_ok());
    }

    #[test]
    fn members_can_be_searched_by_either_name() {
        for (name, expected) in
            [("surname", "sn"), ("SN", "sn"), ("emailAddress", "mail"), ("SamAccountName", "sAMAccountName")]
        {
            assert_eq!(Class::User.searchable(name).map(|attribute| attribute.name), Ok(expected));
        }
        assert_eq!(Class::Group.searchable("mail").map(|attribute| attribute.name), Ok("mail"));
        assert_eq!(
            Class::Group.searchable("EmailAddress"),
            Err(AttributeError::NotOfGroups("EmailAddress".into()).into())
        );
        assert_eq!(Class::Group.searchable("GroupScope").map(|attribute| attribute.name), Ok("groupType"));
        assert_eq!(Class::User.searchable("title"), Err(AttributeError::NotSearched("title".into()).into()));
        assert_eq!(Class::User.searchable("SID"), Err(AttributeError::NotSearched("SID".into()).into()));
    }

    #[test]
    fn the_table_has_all_documented_attributes() {
        let others = ["EmailAddress", "pwdLastSet", "SID", "Surname"];
        let documented = ATTRIBUTES.iter().filter(|(name, ..)| !others.contains(name));
        assert_eq!(documented.count(), 10 + 31 - 1, "mail is in both of the guide's tables");
    }
}
