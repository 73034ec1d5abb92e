//! Idempotency tokens of Directory Service Data.

use std::sync::Arc;

use imbl::{OrdMap, OrdSet};
use model::Timestamp;

/// What the tokens of one domain stand for, until each is forgotten.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClientTokens {
    used: OrdMap<Arc<str>, ClientToken>,
    by_expiry: OrdSet<(Timestamp, Arc<str>)>,
}

/// What an idempotency token stands for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct ClientToken {
    /// The digest of the request that used it, without the token.
    pub request: u128,
    /// The object that the request was about.
    pub rid: u64,
    /// When it is forgotten.
    pub expires_at: Timestamp,
}

impl ClientTokens {
    /// What a token stands for at that time.
    pub fn get(&self, token: &str, now: Timestamp) -> Option<ClientToken> {
        self.used.get(token).copied().filter(|used| now < used.expires_at)
    }

    /// Keeps a token, and lets go of those whose time is over.
    pub fn keep(&mut self, token: &str, used: ClientToken, now: Timestamp) {
        while let Some((due, old)) = self.by_expiry.get_min().filter(|(due, _)| *due <= now).cloned() {
            self.by_expiry.remove(&(due, old.clone()));
            self.used.remove(&old);
        }
        let token = Arc::<str>::from(token);
        if let Some(before) = self.used.insert(token.clone(), used) {
            self.by_expiry.remove(&(before.expires_at, token.clone()));
        }
        self.by_expiry.insert((used.expires_at, token));
    }

    /// How many tokens are kept.
    pub fn count(&self) -> usize {
        self.used.len()
    }

    /// Whether each token is kept until it expires.
    pub(super) fn agree(&self) -> bool {
        let is_due =
            |(token, used): (&Arc<str>, &ClientToken)| self.by_expiry.contains(&(used.expires_at, token.clone()));
        self.used.len() == self.by_expiry.len() && self.used.iter().all(is_due)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_let_go_when_their_time_is_over() {
        let at = Timestamp::from_millis;
        let token = |expires_at| ClientToken { request: 1, rid: 1, expires_at: at(expires_at) };
        let mut tokens = ClientTokens::default();
        tokens.keep("a", token(10), at(0));
        tokens.keep("b", token(20), at(5));
        tokens.keep("a", token(15), at(5));
        assert_eq!(tokens.get("a", at(14)), Some(token(15)));
        assert_eq!(tokens.get("a", at(15)), None);
        assert_eq!((tokens.count(), tokens.agree()), (2, true));
        tokens.keep("c", token(30), at(15));
        assert_eq!((tokens.count(), tokens.agree()), (2, true));
        assert_eq!(tokens.get("b", at(15)), Some(token(20)));
    }
}
