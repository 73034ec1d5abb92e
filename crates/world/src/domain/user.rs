//! Users.

use compact_str::CompactString;
use model::Timestamp;

use super::values::{OtherAttributes, Value};

#[derive(Clone, Debug, PartialEq)]
pub struct User {
    pub rid: u64,
    /// The account name, as given.
    pub sam_account_name: CompactString,
    /// Whether it can log on.
    pub enabled: bool,
    /// The container of the object below the domain, such as `OU=Users,OU=CORP`.
    pub container: CompactString,
    /// The relative identifier of the group that it is in without being listed as a member.
    pub primary_group: u64,
    pub email_address: Option<String>,
    pub given_name: Option<String>,
    pub surname: Option<String>,
    pub other_attributes: OtherAttributes,
    /// When it was created; none where it came with the directory.
    pub created_at: Option<Timestamp>,
    /// When it last changed; none where it never did since the directory was made.
    pub changed_at: Option<Timestamp>,
}

impl User {
    /// What it can be searched for by, with attributes by LDAP display name in lower case.
    pub(super) fn values(&self) -> Vec<Value> {
        let own = [
            ("samaccountname", Some(self.sam_account_name.as_str())),
            ("mail", self.email_address.as_deref()),
            ("givenname", self.given_name.as_deref()),
            ("sn", self.surname.as_deref()),
        ];
        let own = own.into_iter().filter_map(|(attribute, text)| Value::new(attribute, text?));
        own.chain(self.other_attributes.values()).collect()
    }
}
