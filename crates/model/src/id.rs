//! Ids: one type for each kind of resource.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use compact_str::CompactString;
use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::{Deserialize as DeriveDeserialize, Serialize, Serializer};

use crate::values::Values;

/// The error for a text that has not the form of the id.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct ParseIdError;

impl fmt::Display for ParseIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an id of this kind")
    }
}

impl std::error::Error for ParseIdError {}

/// An account id: exactly twelve digits, with leading zeros.
#[derive(Clone, Copy, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct AccountId(u64);

impl AccountId {
    /// One more than the greatest account number.
    pub const END: u64 = 1_000_000_000_000;

    /// The account with this number. None unless the number is below [`AccountId::END`].
    pub const fn new(number: u64) -> Option<Self> {
        if number < Self::END { Some(Self(number)) } else { None }
    }

    /// The number, without leading zeros.
    pub const fn number(self) -> u64 {
        self.0
    }

    /// The twelve digits. Rows of lists have several account ids, and this is cheaper than formatting.
    pub fn digits(self) -> CompactString {
        self.written(&mut itoa::Buffer::new()).into()
    }

    /// Writes the twelve digits into a buffer. An added leading digit keeps the zeros.
    fn written(self, buffer: &mut itoa::Buffer) -> &str {
        &buffer.format(Self::END + self.0)[1..]
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.written(&mut itoa::Buffer::new()))
    }
}

/// The same digits, without a type name.
impl fmt::Debug for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for AccountId {
    type Err = ParseIdError;

    fn from_str(text: &str) -> Result<Self, ParseIdError> {
        let digits = text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
        if digits { text.parse().map(Self).map_err(|_| ParseIdError) } else { Err(ParseIdError) }
    }
}

impl Serialize for AccountId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.written(&mut itoa::Buffer::new()))
    }
}

impl<'de> Deserialize<'de> for AccountId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Digits;
        impl Visitor<'_> for Digits {
            type Value = AccountId;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("twelve digits")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<AccountId, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Digits)
    }
}

macro_rules! ids {
    ($text:ty: $($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, DeriveDeserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
        #[serde(transparent)]
        pub struct $name($text);

        impl $name {
            /// The id as AWS writes it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Values for $name {
            fn any(&self, test: &dyn Fn(&str) -> bool) -> bool {
                test(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text.into())
            }
        }
    )*};
}

ids! { CompactString:
    /// An organization, `o-` and ten characters.
    OrganizationId
    /// The root of an organization's tree, `r-` and four characters.
    RootId
    /// An organizational unit, `ou-`, the root's four characters, `-` and eight characters.
    OrganizationalUnitId
    /// A root or an organizational unit.
    ParentId
    /// An account or an organizational unit.
    ChildId
    /// A policy, `p-` and at least eight characters.
    PolicyId
    /// A responsibility transfer, `rt-` and at least eight characters.
    ResponsibilityTransferId
    /// A directory, or a shared directory of a consumer: `d-` and ten hexadecimal digits.
    DirectoryId
    /// A domain controller, `dc-` and ten hexadecimal digits.
    DomainControllerId
    /// One side of a trust, `t-` and ten hexadecimal digits.
    TrustId
    /// A snapshot of a directory, `s-` and ten hexadecimal digits.
    SnapshotId
    /// A schema extension, `e-` and ten hexadecimal digits.
    SchemaExtensionId
}

// These ids are too long for `CompactString` to hold inline, and the world keeps each several times. So they are
// shared.
ids! { Arc<str>:
    /// A handshake, `h-` and 32 hexadecimal digits.
    HandshakeId
    /// A request to create an account, `car-` and 32 hexadecimal digits.
    CreateAccountRequestId
}

impl From<&RootId> for ParentId {
    fn from(root: &RootId) -> Self {
        Self(root.0.clone())
    }
}

impl From<&OrganizationalUnitId> for ParentId {
    fn from(unit: &OrganizationalUnitId) -> Self {
        Self(unit.0.clone())
    }
}

impl ParentId {
    /// The same text as the id of an organizational unit. It may still be the id of a root.
    pub fn as_unit(&self) -> OrganizationalUnitId {
        OrganizationalUnitId(self.0.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn account_ids_keep_leading_zeros_and_refuse_the_rest() {
        let account: AccountId = "000000000042".parse().unwrap();
        assert_eq!(account.number(), 42);
        assert_eq!(account.to_string(), "000000000042");
        for wrong in ["", "42", "0000000000420", "00000000004x", "+00000000042", "０００００００００００１"]
        {
            assert_eq!(wrong.parse::<AccountId>(), Err(ParseIdError), "{wrong}");
        }
    }
}
