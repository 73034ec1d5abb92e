//! A valid policy document. Its patterns and values are parsed when the document is read, not at each request.

use crate::finding::Finding;
use crate::iam::operand::Operand;
use crate::iam::operator::Operator;
use crate::iam::pattern::PolicyPattern;
use crate::iam::version::Version;

/// A policy document.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Document {
    /// Decides whether `${…}` is a variable.
    pub version: Version,
    pub id: Option<String>,
    /// At least one.
    pub statements: Vec<Statement>,
    /// Parts that AWS accepts although they do not have the effect that they seem to have.
    pub warnings: Vec<Finding>,
}

/// One statement.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Statement {
    /// Unique in the document. None for an empty one.
    pub sid: Option<String>,
    pub effect: Effect,
    /// None in policies without Principal: the statement applies to every principal.
    pub principal: Option<Principals>,
    pub action: Listed<Vec<PolicyPattern>>,
    /// None where the element is missing: the statement applies to all resources.
    pub resource: Option<Listed<Vec<PolicyPattern>>>,
    /// All of them must hold.
    pub conditions: Vec<Condition>,
}

/// An element such as Action or NotAction.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Listed<T> {
    /// Whether the element's name begins with `Not`: it then stands for everything but its items.
    pub is_negated: bool,
    pub items: T,
}

/// The effect of a statement that applies.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Effect {
    /// Allows the request unless another statement denies it.
    Allow,
    /// Denies the request even if other statements allow it.
    Deny,
}

/// The value of a Principal element.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Principals {
    /// `"*"`: everyone, including anonymous callers.
    Everyone,
    /// The entries of the map.
    Only(Vec<PrincipalEntry>),
}

/// One entry of a Principal element.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum PrincipalEntry {
    /// An account's id or an ARN, or `*`.
    Aws(String),
    /// A service, such as `ec2.amazonaws.com`.
    Service(String),
    /// An identity provider.
    Federated(String),
    /// An account, by its canonical user id of S3.
    CanonicalUser(String),
}

/// One operator with one key of a Condition element.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Condition {
    pub operator: Operator,
    /// The condition key, in lower case, because case does not count in keys.
    pub key: String,
    /// The values to compare with. Can be empty.
    pub operands: Vec<Operand>,
}
