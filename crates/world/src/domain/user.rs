//! Users.

use compact_str::CompactString;
use model::Timestamp;

use super::values::{OtherAttributes, Value};

#[derive(Clone, Debug, PartialEq)]
pub struct User {
    pub rid: u64,
    /// The account name, as given.
    pub sam_account_name: CompactString,
    pub enabled: bool,
    /// The container below the domain, such as `OU=Users,OU=CORP`.
    pub container: CompactString,
    /// The relative identifier of the primary group. The object is in it without being listed as a member.
    pub primary_group: u64,
    pub email_address: Option<String>,
    pub given_name: Option<String>,
    pub surname: Option<String>,
    pub other_attributes: OtherAttributes,
    /// None where it came with the directory.
    pub created_at: Option<Timestamp>,
    /// None where it did not change since the directory was created.
    pub changed_at: Option<Timestamp>,
    /// None where it has no password, or came with the directory.
    pub password_set_at: Option<Timestamp>,
}

impl User {
    /// The values that it is found by in searches.
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
