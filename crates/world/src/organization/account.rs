//! Accounts.

use std::sync::Arc;

use compact_str::{CompactString, format_compact};
use model::organizations::types::{AccountJoinedMethod, AccountState};
use model::{AccountId, OrganizationId, ParentId, Timestamp};

use crate::entropy::Stream;
use crate::world::World;

/// An AWS account.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Account {
    /// Its number.
    pub id: AccountId,
    pub name: CompactString,
    /// The root user's e-mail, as given; unique in all of AWS without regard to case.
    pub email: CompactString,
    /// Where it is in its life.
    pub state: AccountState,
    /// The role that it was created with. One alone, since a map of one takes two kilobytes in each of very many
    /// accounts.
    pub role: Option<Role>,
    /// Its place in an organization.
    pub membership: Option<Membership>,
    /// The account in AWS GovCloud (US) that was created with it. That one lives in another partition, where nobody
    /// calls this server.
    pub gov_cloud: Option<AccountId>,
}

/// An account's place in an organization.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Membership {
    pub organization: OrganizationId,
    /// The root or the unit that it is directly in.
    pub parent: ParentId,
    /// How it came.
    pub joined_method: AccountJoinedMethod,
    /// When it came.
    pub joined_at: Timestamp,
    /// Since when it is in that root or unit.
    pub placed_at: Timestamp,
    /// Its place in lists, which are in the order of joining.
    pub sequence: u64,
}

/// A role that can be assumed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Role {
    /// Its name, the same text as in the request for the account.
    pub name: Arc<str>,
    /// `AROA…`.
    pub id: CompactString,
    /// The account whose principals may assume it.
    pub trusts: AccountId,
}

const STANDALONE_PREFIX: &str = "account-";
const STANDALONE_DOMAIN: &str = "@example.com";

impl Account {
    /// What an account is that nobody has described: standalone, with a name and an e-mail made of its number.
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

impl World {
    /// An account that has been described or used; see [`World::account_or_standalone`].
    pub fn account(&self, id: AccountId) -> Option<&Account> {
        self.accounts.get(&id).map(Arc::as_ref)
    }

    /// Any account: each twelve digits are one, standalone until something happens to it.
    pub fn account_or_standalone(&self, id: AccountId) -> Arc<Account> {
        self.accounts.get(&id).cloned().unwrap_or_else(|| Arc::new(Account::standalone(id)))
    }

    /// The account to be changed; it is described from now on.
    pub fn account_mut(&mut self, id: AccountId) -> &mut Account {
        if !self.accounts.contains_key(&id) {
            self.put_account(Account::standalone(id));
        }
        // Put above when it was absent.
        Arc::make_mut(self.accounts.get_mut(&id).expect("the account was just put"))
    }

    /// Adds or replaces an account. Its e-mail leads to it from now on, and the e-mail that it had before is free.
    pub fn put_account(&mut self, account: Account) {
        let before = self.accounts.get(&account.id).map(|before| before.email.to_lowercase());
        if let Some(email) = before.filter(|email| self.emails.get(email) == Some(&account.id)) {
            self.emails.remove(&email);
        }
        self.emails.insert(account.email.to_lowercase(), account.id);
        self.accounts.insert(account.id, Arc::new(account));
    }

    /// The account with that e-mail, whatever its case.
    pub fn account_by_email(&self, email: &str) -> Option<AccountId> {
        let email = email.to_lowercase();
        let number = || email.strip_prefix(STANDALONE_PREFIX)?.strip_suffix(STANDALONE_DOMAIN)?.parse().ok();
        // An account that is described has the e-mail that it was described with, and no other.
        let undescribed = || number().filter(|id| !self.accounts.contains_key(id));
        self.emails.get(email.as_str()).copied().or_else(undescribed)
    }

    /// A number that no account has.
    pub fn mint_account_id(&mut self) -> AccountId {
        loop {
            // Numbers of real accounts have no leading zero; nine tenths of all do not.
            let number = 100_000_000_000 + self.entropy.draw(Stream::Account) % 900_000_000_000;
            let id = AccountId::new(number).unwrap_or_default();
            if !self.accounts.contains_key(&id) {
                return id;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::Settings;

    #[test]
    fn an_account_has_one_email_whatever_its_case() {
        let mut world = World::new(Settings::default());
        let id: AccountId = "222222222222".parse().unwrap();
        assert_eq!(world.account_by_email("Account-222222222222@example.com"), Some(id));
        world.put_account(Account { email: "Dev@example.com".into(), ..Account::standalone(id) });
        assert_eq!(world.account_by_email("dev@EXAMPLE.com"), Some(id));
        assert_eq!(world.account_by_email("account-222222222222@example.com"), None);
        assert_eq!(world.account_by_email("account-2@example.com"), None);
    }

    #[test]
    fn a_changed_email_frees_the_one_before() {
        let mut world = World::new(Settings::default());
        let [one, other]: [AccountId; 2] = ["222222222222", "333333333333"].map(|id| id.parse().unwrap());
        world.put_account(Account { email: "Old@example.com".into(), ..Account::standalone(one) });
        world.put_account(Account { email: "new@example.com".into(), ..Account::standalone(one) });
        assert_eq!(world.account_by_email("old@example.com"), None);
        assert_eq!(world.account_by_email("new@example.com"), Some(one));
        world.put_account(Account { email: "OLD@example.com".into(), ..Account::standalone(other) });
        assert_eq!(world.account_by_email("old@example.com"), Some(other));
        assert_eq!(world.broken_invariants(), Vec::<String>::new());
    }
}
