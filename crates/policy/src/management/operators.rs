//! The inheritance operators.

/// A set of the operators that set values.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Operators(u8);

pub(super) const CHILD_CONTROL: &str = "@@operators_allowed_for_child_policies";

impl Operators {
    pub(super) const NONE: Self = Self(0);
    pub(super) const ASSIGN: Self = Self(1);
    pub(super) const APPEND: Self = Self(2);
    pub(super) const REMOVE: Self = Self(4);
    pub(super) const ALL: Self = Self(7);

    /// The operator with a name such as `@@assign`, or the set with a name such as `@@all`, which only child control
    /// uses. In any case of letters.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "@@assign" => Some(Self::ASSIGN),
            "@@append" => Some(Self::APPEND),
            "@@remove" => Some(Self::REMOVE),
            "@@all" => Some(Self::ALL),
            "@@none" => Some(Self::NONE),
            _ => None,
        }
    }

    pub(super) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether a child policy may add keys to a block that allows these operators.
    // AWS's backup example locks a plan and still admits new plans with `@@append` on the block above; its opt-out page
    // says the same of `@@assign` below `services`. Inferred: `@@remove` alone admits nothing new.
    pub(super) const fn admit_keys(self) -> bool {
        self.has(Self::ASSIGN.or(Self::APPEND))
    }
}
