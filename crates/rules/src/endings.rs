//! How what a call starts can end badly.

/// How what an operation starts can be ordered to end.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Endings {
    /// It starts nothing that ends later.
    Nothing,
    /// The account that it asks for is not made, for one of these failure reasons.
    FailureReasons(Vec<&'static str>),
    /// Its work ends in one of these statuses.
    Statuses {
        /// The statuses.
        names: Vec<&'static str>,
        /// Whether an answer has a member that says why.
        has_reason: bool,
    },
}

/// The ending that was ordered for what a call starts.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OrderedEnding {
    /// One of the failure reasons or statuses of the operation's [`Endings`].
    pub name: &'static str,
    /// Why the work ends in the status, in words.
    pub reason: Option<String>,
}
