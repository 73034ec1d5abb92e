//! Pages of lists. A token names the list that it continues and the last row that was answered.

use std::iter;

use compact_str::CompactString;
use data_encoding::BASE64URL_NOPAD;

/// Why a page token is refused.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum BadToken {
    /// Its text is empty. Some programs ask for the first page that way.
    Empty,
    /// Another list answered it, or none did.
    Foreign,
}

/// How many rows a page has room for at first. Most pages fit; growing row by row would copy the rows again and again.
const USUAL_ROWS: usize = 20;

/// A part of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Continues the list. None on the last page.
    pub next_token: Option<String>,
}

impl<T> Page<T> {
    /// The same page with other rows.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(f).collect(), next_token: self.next_token }
    }
}

/// One list, as a caller asks for it: the operation and every parameter that chooses rows. A token is good for the same
/// list only.
#[derive(Clone, Copy, Debug)]
pub struct Scan(u64);

impl Scan {
    /// The list of `operation` for these parameters; the caller's account is one of them.
    pub fn new(operation: &str, parameters: &[&str]) -> Self {
        let text = iter::once(&operation).chain(parameters);
        Self(text.fold(OFFSET, |hash, part| digest(digest(hash, part.as_bytes()), &[0])))
    }

    /// The page after `token`, of at most `limit` rows. `rows` answers all rows after a key, in the order of keys.
    pub fn page<K, T, I>(
        self,
        token: Option<&str>,
        limit: usize,
        rows: impl FnOnce(Option<K>) -> I,
    ) -> Result<Page<T>, BadToken>
    where
        K: Key,
        I: Iterator<Item = (K, T)>,
    {
        let after = token.map(|token| self.read(token)).transpose()?;
        let mut rows = rows(after);
        let (mut items, mut last) = (Vec::with_capacity(limit.min(USUAL_ROWS)), None);
        for (key, item) in rows.by_ref().take(limit) {
            items.push(item);
            last = Some(key);
        }
        let more = rows.next().is_some();
        Ok(Page { items, next_token: last.filter(|_| more).map(|key| self.write(&key)) })
    }

    fn write(self, key: &impl Key) -> String {
        let key = key.to_text();
        let sum = digest(self.0, key.as_bytes()).to_be_bytes();
        BASE64URL_NOPAD.encode(&[&sum, key.as_bytes()].concat())
    }

    fn read<K: Key>(self, token: &str) -> Result<K, BadToken> {
        if token.is_empty() {
            return Err(BadToken::Empty);
        }
        let bytes = BASE64URL_NOPAD.decode(token.as_bytes()).map_err(|_| BadToken::Foreign)?;
        let (sum, key) = bytes.split_first_chunk::<8>().ok_or(BadToken::Foreign)?;
        if digest(self.0, key).to_be_bytes() != *sum {
            return Err(BadToken::Foreign);
        }
        std::str::from_utf8(key).ok().and_then(K::from_text).ok_or(BadToken::Foreign)
    }
}

/// Merges lists that are ordered by sequence.
pub fn merged<T>(lists: impl IntoIterator<Item = impl Iterator<Item = (u64, T)>>) -> impl Iterator<Item = (u64, T)> {
    let mut lists: Vec<_> = lists.into_iter().map(Iterator::peekable).collect();
    iter::from_fn(move || {
        let heads = lists.iter_mut().filter_map(|list| Some((list.peek()?.0, list)));
        heads.min_by_key(|(sequence, _)| *sequence)?.1.next()
    })
}

/// What orders the rows of a list.
pub trait Key: Sized {
    fn to_text(&self) -> CompactString;

    fn from_text(text: &str) -> Option<Self>;
}

impl Key for u64 {
    fn to_text(&self) -> CompactString {
        compact_str::format_compact!("{self}")
    }

    fn from_text(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Key for CompactString {
    fn to_text(&self) -> CompactString {
        self.clone()
    }

    fn from_text(text: &str) -> Option<Self> {
        Some(text.into())
    }
}

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a. It only has to tell the tokens of different lists apart.
fn digest(start: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(start, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(after: Option<u64>) -> impl Iterator<Item = (u64, u64)> {
        (after.map_or(1, |last| last + 1)..=5).map(|n| (n, n))
    }

    #[test]
    fn pages_follow_each_other_to_the_end() {
        let scan = Scan::new("List", &["a"]);
        let first = scan.page(None, 2, numbers).unwrap();
        assert_eq!(first.items, [1, 2]);
        let second = scan.page(first.next_token.as_deref(), 2, numbers).unwrap();
        assert_eq!(second.items, [3, 4]);
        let third = scan.page(second.next_token.as_deref(), 2, numbers).unwrap();
        assert_eq!(third.items, [5]);
        assert_eq!(third.next_token, None);
        assert_eq!(scan.page(None, 5, numbers).unwrap().next_token, None);
    }

    #[test]
    fn tokens_of_other_lists_and_damaged_ones_are_refused() {
        let token = Scan::new("List", &["a"]).page(None, 2, numbers).unwrap().next_token.unwrap();
        for (scan, token) in [
            (Scan::new("List", &["b"]), token.as_str()),
            (Scan::new("Other", &["a"]), token.as_str()),
            (Scan::new("Lista", &[""]), token.as_str()),
            (Scan::new("List", &["a"]), &token[1..]),
            (Scan::new("List", &["a"]), "garbage"),
        ] {
            assert_eq!(scan.page(Some(token), 2, numbers), Err(BadToken::Foreign));
        }
        assert_eq!(Scan::new("List", &["a"]).page(Some(""), 2, numbers), Err(BadToken::Empty));
    }
}
