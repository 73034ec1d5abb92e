//! Walks over all values of a request as texts.

use std::collections::BTreeMap;

use compact_str::CompactString;

use crate::id::AccountId;
use crate::secret::Secret;
use crate::timestamp::Timestamp;

/// A value, or a structure of values. Values are texts as on the wire. Secrets are left out.
pub trait Values {
    /// Whether any value passes the test.
    fn any(&self, test: &dyn Fn(&str) -> bool) -> bool;
}

impl Values for String {
    fn any(&self, test: &dyn Fn(&str) -> bool) -> bool {
        test(self)
    }
}

impl Values for CompactString {
    fn any(&self, test: &dyn Fn(&str) -> bool) -> bool {
        test(self)
    }
}

impl Values for AccountId {
    fn any(&self, test: &dyn Fn(&str) -> bool) -> bool {
        test(self.digits().as_str())
    }
}

impl Values for Secret {
    fn any(&self, _test: &dyn Fn(&str) -> bool) -> bool {
        false
    }
}

macro_rules! display_values {
    ($($kind:ty)*) => {$(
        impl Values for $kind {
            fn any(&self, test: &dyn Fn(&str) -> bool) -> bool {
                test(&self.to_string())
            }
        }
    )*};
}

display_values! { bool i32 i64 Timestamp }

impl<T: Values> Values for Option<T> {
    fn any(&self, test: &dyn Fn(&str) -> bool) -> bool {
        self.as_ref().is_some_and(|value| value.any(test))
    }
}

impl<T: Values> Values for Vec<T> {
    fn any(&self, test: &dyn Fn(&str) -> bool) -> bool {
        self.iter().any(|value| value.any(test))
    }
}

impl<K: Values, V: Values> Values for BTreeMap<K, V> {
    fn any(&self, test: &dyn Fn(&str) -> bool) -> bool {
        self.iter().any(|(key, value)| key.any(test) || value.any(test))
    }
}
