//! The bad endings of work that a call starts.

/// The bad endings that a test can order for the work of an operation.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Endings {
    /// The operation starts no work.
    Nothing,
    /// The operation creates an account; its creation can fail for these reasons.
    FailureReasons(Vec<&'static str>),
    /// The work can end in these statuses.
    Statuses {
        names: Vec<&'static str>,
        /// Whether an answer has a member for the reason.
        has_reason: bool,
    },
}

/// The ending that a test ordered for the work of a call.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OrderedEnding {
    /// A failure reason or a status of the operation's [`Endings`].
    pub name: &'static str,
    /// The reason for the status, as answers show it.
    pub reason: Option<String>,
}
