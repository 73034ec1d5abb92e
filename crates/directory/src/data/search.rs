//! Searches for objects by a value of one of several attributes.

use std::borrow::Cow;
use std::collections::BTreeMap;

use model::ds_data::ErrorCode;
use model::ds_data::errors::ValidationExceptionReason;
use model::ds_data::types::{AttributeValue, Group, User};
use world::Object;

use super::attributes::{Attribute, Class};
use super::error::{Result, invalid};
use super::gate::Realm;
use crate::error::{Coded, require};

/// Why a search is refused.
#[derive(Clone, Debug, PartialEq)]
pub enum SearchError {
    /// The value has a wildcard.
    Wildcard,
}

impl Coded<ErrorCode> for SearchError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Wildcard => invalid(ValidationExceptionReason::InvalidAttributeValue),
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            Self::Wildcard => "The search string cannot have wildcards.".into(),
        }
    }
}

pub struct Search {
    attributes: Vec<Attribute>,
    /// Names of the attributes, in lower case.
    names: Vec<String>,
    /// In lower case.
    pub value: String,
}

impl Search {
    /// A search for objects of a class. Wildcards are not supported.
    pub fn new(class: Class, names: &[String], value: &str) -> Result<Self> {
        let attributes = names.iter().map(|name| class.searchable(name)).collect::<Result<Vec<_>>>()?;
        require(!value.contains('*'), SearchError::Wildcard)?;
        let names = attributes.iter().map(|attribute| attribute.name.to_lowercase()).collect();
        Ok(Self { attributes, names, value: value.to_lowercase() })
    }

    /// The names of the attributes, in lower case.
    pub fn names(&self) -> Vec<&str> {
        self.names.iter().map(String::as_str).collect()
    }

    /// The parameters that determine the rows, for the token of a page.
    pub fn parameters<'s>(&'s self, directory: &'s str, realm: &'s str) -> Vec<&'s str> {
        let mut parameters = vec![directory, realm, self.value.as_str()];
        parameters.extend(self.names());
        parameters
    }

    /// The row of a user: the members of a list's row, the e-mail address and the searched attributes. An example of
    /// the service's model shows the address although something else is searched.
    // Inferred: the model has members for more, but samples show only these.
    pub fn user(&self, realm: Realm<'_>, user: &world::User) -> User {
        let summary = realm.user_summary(user);
        User {
            distinguished_name: None,
            email_address: user.email_address.clone(),
            enabled: Some(summary.enabled),
            given_name: summary.given_name,
            other_attributes: self.other_attributes(realm, Object::User(user)),
            sam_account_name: summary.sam_account_name,
            sid: Some(summary.sid),
            surname: summary.surname,
            user_principal_name: None,
        }
    }

    /// The row of a group, like that of a user.
    pub fn group(&self, realm: Realm<'_>, group: &world::Group) -> Group {
        let summary = realm.group_summary(group);
        Group {
            distinguished_name: None,
            group_scope: Some(summary.group_scope),
            group_type: Some(summary.group_type),
            other_attributes: self.other_attributes(realm, Object::Group(group)),
            sam_account_name: summary.sam_account_name,
            sid: Some(summary.sid),
        }
    }

    /// The searched attributes that have no member of their own. None if there are no such attributes.
    fn other_attributes(&self, realm: Realm<'_>, object: Object<'_>) -> Option<BTreeMap<String, AttributeValue>> {
        let others = self.attributes.iter().filter(|attribute| !attribute.is_member());
        let names: Vec<&'static str> = others.map(|attribute| attribute.name).collect();
        (!names.is_empty()).then(|| realm.values(&names, object))
    }
}
