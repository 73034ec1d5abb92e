//! Accounts.

use std::sync::Arc;

use compact_str::{CompactString, format_compact};
use model::organizations::types::{
    AccountJoinedMethod, AccountState, {self},
};
use model::{AccountId, OrganizationId, ParentId, Row, Timestamp};

use crate::memoized::Memoized;

/// An AWS account.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Account {
    pub id: AccountId,
    pub name: CompactString,
    /// The root user's e-mail, as given. Unique in all of AWS without regard to case.
    pub email: CompactString,
    pub state: AccountState,
    /// The role that it was created with. Not a map: a map of one role takes two kilobytes, and accounts are many.
    pub role: Option<Role>,
    /// None while it is standalone.
    pub membership: Option<Membership>,
    /// The account in AWS GovCloud (US) that was created with it. Only its id is kept, since it lives in another
    /// partition.
    pub gov_cloud: Option<AccountId>,
}

/// An account, with the row that it is in lists of its organization. The row shows what the account is, and of the
/// organization only what stays: its id, its management account, and where its root and each unit are.
pub type ListedAccount = Memoized<Account, Row<types::Account>>;

/// An account's membership in an organization.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Membership {
    pub organization: OrganizationId,
    /// The root or the unit that it is directly in.
    pub parent: ParentId,
    pub joined_method: AccountJoinedMethod,
    pub joined_at: Timestamp,
    /// When it came to that root or unit.
    pub placed_at: Timestamp,
    /// Lists are in the order of joining.
    pub sequence: u64,
}

/// A role that can be assumed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Role {
    /// Shares its text with the request for the account.
    pub name: Arc<str>,
    /// `AROA…`.
    pub id: CompactString,
    /// The account whose principals may assume it.
    pub trusts: AccountId,
}

pub(crate) const STANDALONE_PREFIX: &str = "account-";
pub(crate) const STANDALONE_DOMAIN: &str = "@example.com";

impl Account {
    /// An account that no request and no seed describes: standalone, with a name and an e-mail made from its number.
    pub fn standalone(id: AccountId) -> Self {
        Self {
            id,
            name: format_compact!("{STANDALONE_PREFIX}{id}"),
            email: format_compact!("{STANDALONE_PREFIX}{id}{STANDALONE_DOMAIN}"),
            state: AccountState::Active,
            role: None,
            membership: None,
            gov_cloud: None,
        }
    }

    /// The membership of an account that was reached through its organization.
    ///
    /// # Panics
    /// When the account is in no organization.
    pub fn member(&self) -> &Membership {
        self.membership.as_ref().expect("an account listed by an organization is its member")
    }
}
