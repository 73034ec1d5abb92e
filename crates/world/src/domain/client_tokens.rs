//! Idempotency tokens of Directory Service Data.

use std::sync::Arc;

use imbl::{OrdMap, OrdSet};
use model::Timestamp;

/// The idempotency tokens of one domain. Each is kept until it expires.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClientTokens {
    used: OrdMap<Arc<str>, ClientToken>,
    by_expiry: OrdSet<(Timestamp, Arc<str>)>,
}

/// The request that an idempotency token stands for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct ClientToken {
    /// A digest of the request, without the token.
    pub request: u128,
    /// The relative identifier of the object that the request was about.
    pub rid: u64,
    pub expires_at: Timestamp,
}

impl ClientTokens {
    /// The request that a token stands for. None for tokens that are unknown or expired.
    pub fn get(&self, token: &str, now: Timestamp) -> Option<ClientToken> {
        self.used.get(token).copied().filter(|used| now < used.expires_at)
    }

    /// Keeps a token, and forgets expired ones.
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

    pub fn count(&self) -> usize {
        self.used.len()
    }

    /// Whether each token is kept until it expires.
    pub(super) fn agree(&self) -> bool {
        let has_expiry =
            |(token, used): (&Arc<str>, &ClientToken)| self.by_expiry.contains(&(used.expires_at, token.clone()));
        self.used.len() == self.by_expiry.len() && self.used.iter().all(has_expiry)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expired_tokens_are_forgotten() {
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
