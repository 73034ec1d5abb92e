//! What is inside a directory: its domain, with the users of Directory Service Data.

use std::sync::Arc;

use compact_str::CompactString;
use imbl::OrdMap;

/// A domain's objects. Relative identifiers order them, as the service lists them.
#[derive(Clone, Debug, PartialEq)]
pub struct Domain {
    /// The domain's security identifier, `S-1-5-21-…`.
    pub sid: CompactString,
    /// The relative identifier of the next object.
    pub next_rid: u64,
    /// Users by relative identifier.
    pub users: OrdMap<u64, Arc<User>>,
    /// Every account name in the domain in lower case, and its relative identifier.
    pub names: OrdMap<CompactString, u64>,
    /// Idempotency tokens: what was asked with them, what it made, and until when that is remembered.
    pub client_tokens: OrdMap<CompactString, ClientToken>,
}

/// What an idempotency token stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct ClientToken {
    /// The request that used it, without the token.
    pub request: String,
    /// The object that it made.
    pub rid: u64,
    /// When it is forgotten.
    pub expires_at: model::Timestamp,
}

/// A user.
#[derive(Clone, Debug, PartialEq)]
pub struct User {
    /// The relative identifier.
    pub rid: u64,
    /// The account name, as given.
    pub sam_account_name: CompactString,
    /// Whether it can log on.
    pub enabled: bool,
    /// The container of the object below the domain, such as `OU=Users,OU=CORP`.
    pub container: CompactString,
    /// E-mail.
    pub email_address: Option<String>,
    /// Given name.
    pub given_name: Option<String>,
    /// Surname.
    pub surname: Option<String>,
    /// Other attributes by LDAP display name in lower case: the name as given, and the value.
    pub other_attributes: OrdMap<CompactString, (CompactString, model::ds_data::types::AttributeValue)>,
}

impl Domain {
    /// A user by account name, whatever its case.
    pub fn user(&self, name: &str) -> Option<&User> {
        let rid = self.names.get(name.to_lowercase().as_str())?;
        self.users.get(rid).map(Arc::as_ref)
    }

    /// Adds a user under the next relative identifier, which its own is set to.
    pub fn add_user(&mut self, user: User) -> u64 {
        let rid = self.next_rid;
        self.next_rid += 1;
        self.put_user(User { rid, ..user });
        rid
    }

    /// Adds a user under its own relative identifier.
    pub fn put_user(&mut self, user: User) {
        self.names.insert(user.sam_account_name.to_lowercase(), user.rid);
        self.users.insert(user.rid, Arc::new(user));
    }
}
