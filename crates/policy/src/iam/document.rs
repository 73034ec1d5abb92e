//! A policy document, once it is known to be one. Its patterns and values are taken apart here, and not when it is
//! asked.

use crate::finding::Finding;
use crate::iam::operand::Operand;
use crate::iam::operator::Operator;
use crate::iam::pattern::Pattern;
use crate::iam::version::Version;

/// A policy document.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Document {
    /// The language's version; decides whether `${…}` is a variable.
    pub version: Version,
    /// The document's own name for itself.
    pub id: Option<String>,
    /// At least one.
    pub statements: Vec<Statement>,
    /// What AWS takes without a word although it does not do what it seems to.
    pub warnings: Vec<Finding>,
}

/// One statement.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Statement {
    /// Its name, unique in the document; an empty one is none.
    pub sid: Option<String>,
    /// What it does to the requests it applies to.
    pub effect: Effect,
    /// Whose requests; in policies without Principal, everyone's.
    pub principal: Option<Principals>,
    /// Which actions.
    pub action: Listed<Vec<Pattern>>,
    /// Which resources; all, where the element is left out.
    pub resource: Option<Listed<Vec<Pattern>>>,
    /// What else must hold.
    pub conditions: Vec<Condition>,
}

/// An element that lists what it means, or with `Not…` what it does not mean.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Listed<T> {
    /// Whether the element is the one with `Not`.
    pub is_negated: bool,
    /// What it lists.
    pub items: T,
}

/// What a statement does.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Effect {
    /// Allows, unless something denies.
    Allow,
    /// Denies, whatever else allows.
    Deny,
}

/// Whom a Principal lists.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Principals {
    /// `"*"`: everyone, anonymous callers too.
    Everyone,
    /// The entries of the map, one by one.
    Only(Vec<Principal>),
}

/// One entry of a Principal.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Principal {
    /// An account's id or an ARN, or `*`.
    Aws(String),
    /// A service, such as `ec2.amazonaws.com`.
    Service(String),
    /// An identity provider.
    Federated(String),
    /// An account, by the id that S3 gives it.
    CanonicalUser(String),
}

/// One key of one operator of a Condition.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Condition {
    /// How it is compared.
    pub operator: Operator,
    /// The key in the request's context, in lower case: keys are looked up regardless of case.
    pub key: String,
    /// What the key is compared with; may be none.
    pub operands: Vec<Operand>,
}
