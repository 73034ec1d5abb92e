//! The account inside an access key id.
//!
//! Key ids of the new format are a four-letter prefix and 16 base32 characters, whose first six bytes hold a set top
//! bit, the account in the next 40 bits and seven more bits. `sts:GetAccessKeyInfo` answers from the id alone (public
//! notes by Aidan Steele and Tal Be'ery; checked there against known pairs of id and account).

use std::fmt;

use crate::id::AccountId;

const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// An access key id, as it stands in a signature's credential.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct AccessKeyId<'a>(pub &'a str);

impl AccessKeyId<'_> {
    /// The account that the id encodes. An id of twelve digits is the account itself.
    pub fn account(self) -> Option<AccountId> {
        self.0.parse().ok().or_else(|| self.decode())
    }

    fn decode(self) -> Option<AccountId> {
        let coded = ["AKIA", "ASIA"].into_iter().find_map(|prefix| self.0.strip_prefix(prefix))?;
        if coded.len() != 16 {
            return None;
        }
        // Ten characters are the first 50 bits. The rest says nothing about the account.
        let mut bits: u64 = 0;
        for (index, byte) in coded.bytes().enumerate() {
            let value = ALPHABET.iter().position(|letter| *letter == byte)? as u64;
            if index < 10 {
                bits = bits << 5 | value;
            }
        }
        let number = bits >> 2;
        let new_format = number >> 47 == 1;
        if new_format { AccountId::new(number >> 7 & ((1 << 40) - 1)) } else { None }
    }
}

impl AccountId {
    /// An id that encodes this account: `prefix`, then 16 base32 characters of the account and 39 bits of `random`.
    pub fn access_key_id(self, prefix: &str, random: u64) -> String {
        let bits =
            u128::from(1_u64 << 47 | self.number() << 7 | random & 0x7f) << 32 | u128::from(random >> 7 & 0xffff_ffff);
        let coded = (0..16).rev().map(|index| char::from(ALPHABET[(bits >> (5 * index) & 31) as usize]));
        prefix.chars().chain(coded).collect()
    }
}

impl fmt::Display for AccessKeyId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_ids_encode_their_account() {
        for (id, account) in [
            ("ASIAY34FZKBOKMUTVV7A", "609629065308"),
            ("ASIAQNZGKIQY56JQ7WML", "029608264753"),
            ("AKIARZPUZDIKGB2VALC4", "123456789012"),
            ("ASIAQAAAAAAAGMKEM7X5", "000000000000"),
            ("111111111111", "111111111111"),
        ] {
            assert_eq!(AccessKeyId(id).account().map(|id| id.to_string()).as_deref(), Some(account), "{id}");
        }
    }

    #[test]
    fn old_and_foreign_ids_hold_no_account() {
        for id in [
            "AKIAIOSFODNN7EXAMPLE",
            "test",
            "",
            "AKIA",
            "AKIARZPUZDIKGB2VALC",
            "LKIARZPUZDIKGB2VALC4",
            "AKIARZPUZDIKGB2VALC1",
        ] {
            assert_eq!(AccessKeyId(id).account(), None, "{id}");
        }
    }

    #[test]
    fn minted_ids_encode_their_account() {
        let account: AccountId = "123456789012".parse().unwrap();
        assert_eq!(account.access_key_id("AKIA", 0), "AKIARZPUZDIKAAAAAAAA");
        for random in [1, 0xff, u64::MAX] {
            assert_eq!(AccessKeyId(&account.access_key_id("ASIA", random)).account(), Some(account));
        }
    }
}
