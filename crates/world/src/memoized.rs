//! What follows from a value, worked out once.

use std::fmt;
use std::ops::Deref;
use std::sync::OnceLock;

/// A value, and what follows from it: worked out when it is first asked for, and gone when the value changes. It is no
/// part of the value, which can be compared and cloned as if there were nothing beside it.
pub struct Memoized<T, F> {
    value: T,
    following: OnceLock<F>,
}

impl<T, F> Memoized<T, F> {
    /// A value of which nothing was asked yet.
    pub(crate) fn new(value: T) -> Self {
        Self { value, following: OnceLock::new() }
    }

    /// The value, to be changed. What followed from it is gone.
    pub(crate) fn value_mut(&mut self) -> &mut T {
        self.following = OnceLock::new();
        &mut self.value
    }

    /// The same value, of which nothing was asked yet.
    pub(crate) fn afresh(&self) -> Self
    where
        T: Clone,
    {
        Self::new(self.value.clone())
    }

    /// What follows from the value. `work_out` may look at the value, and at what never changes as long as the value
    /// does not.
    pub fn following(&self, work_out: impl FnOnce(&T) -> F) -> &F {
        self.following.get_or_init(|| work_out(&self.value))
    }
}

impl<T, F> Deref for Memoized<T, F> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// Values are cloned to be changed.
impl<T: Clone, F> Clone for Memoized<T, F> {
    fn clone(&self) -> Self {
        self.afresh()
    }
}

impl<T: PartialEq, F> PartialEq for Memoized<T, F> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: fmt::Debug, F> fmt::Debug for Memoized<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_is_worked_out_once_and_anew_after_a_change() {
        let mut number: Memoized<u8, String> = Memoized::new(1);
        assert_eq!(number.following(u8::to_string), "1");
        assert_eq!(number.following(|_| unreachable!()), "1");
        *number.value_mut() = 2;
        assert_eq!(number.following(u8::to_string), "2");
    }

    #[test]
    fn it_is_no_part_of_the_value() {
        let asked: Memoized<u8, String> = Memoized::new(1);
        asked.following(u8::to_string);
        let unasked = asked.clone();
        assert_eq!(asked, unasked);
        assert_eq!(format!("{asked:?}"), format!("{unasked:?}"));
        assert_eq!(unasked.following(|_| "anew".to_owned()), "anew");
    }
}
