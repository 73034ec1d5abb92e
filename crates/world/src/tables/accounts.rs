//! The accounts of a world, by number and by e-mail.

use std::sync::Arc;

use model::AccountId;

use crate::entropy::Stream;
use crate::memoized::Memoized;
use crate::organization::account::{Account, ListedAccount, STANDALONE_DOMAIN, STANDALONE_PREFIX};
use crate::world::World;

impl World {
    /// An account that is described or was changed; see [`World::account_or_standalone`].
    pub fn account(&self, id: AccountId) -> Option<&ListedAccount> {
        self.accounts.get(&id).map(Arc::as_ref)
    }

    /// Any account. Every number of twelve digits is one, standalone until it is described or changed.
    pub fn account_or_standalone(&self, id: AccountId) -> Arc<ListedAccount> {
        self.accounts.get(&id).cloned().unwrap_or_else(|| Arc::new(Memoized::new(Account::standalone(id))))
    }

    /// An account to be changed. It is described from now on.
    pub fn account_mut(&mut self, id: AccountId) -> &mut Account {
        if !self.accounts.contains_key(&id) {
            self.put_account(Account::standalone(id));
        }
        Arc::make_mut(self.accounts.get_mut(&id).expect("the account was just put")).value_mut()
    }

    /// Adds or replaces an account. Its e-mail leads to it from now on, and the e-mail that it had before is free.
    pub fn put_account(&mut self, account: Account) {
        let before = self.accounts.get(&account.id).map(|before| before.email.to_lowercase());
        if let Some(email) = before.filter(|email| self.emails.get(email) == Some(&account.id)) {
            self.emails.remove(&email);
        }
        self.emails.insert(account.email.to_lowercase(), account.id);
        self.accounts.insert(account.id, Arc::new(Memoized::new(account)));
    }

    /// The account with an e-mail. Case does not count.
    pub fn account_by_email(&self, email: &str) -> Option<AccountId> {
        let email = email.to_lowercase();
        let number = || email.strip_prefix(STANDALONE_PREFIX)?.strip_suffix(STANDALONE_DOMAIN)?.parse().ok();
        // A described account has the e-mail of its description, and no longer the one made from its number.
        let undescribed = || number().filter(|id| !self.accounts.contains_key(id));
        self.emails.get(email.as_str()).copied().or_else(undescribed)
    }

    /// A number that no account has.
    pub fn mint_account_id(&mut self) -> AccountId {
        loop {
            // Without a leading zero, as the numbers of most real accounts.
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
