//! The slow walk: goes through input that typed decoding refused, guided by the model. It says in AWS's words what is
//! wrong with the input. Where the input is only written unusually, it makes the typed value after all.
//!
//! Types come first: one wrong type hides all broken limits. Null counts as absent. Unknown members are skipped. A
//! number loses its fraction where the type has none.

use std::collections::BTreeMap;

use model::schema::{Kind, Limits, Member, Shape};
use model::{Constraint, Entry, Operation, Violation};
use serde::de::DeserializeOwned;

use crate::tree::Tree;
use crate::undecodable::Undecodable;

/// At most this many violations are collected.
const LISTED_MAX: usize = 10;

const STRUCTURE: &str = "Start of structure or map found where not expected";
const FIELD: &str = "Unexpected field type";
const ELEMENT: &str = "Unexpected value type in payload";
const TOKEN: &str = "Unexpected token received from parser";

/// Makes the typed value, or the error that says all that is wrong with it.
pub fn typed<T: DeserializeOwned>(operation: &'static Operation, tree: Tree) -> Result<T, Undecodable> {
    if !matches!(tree, Tree::Map(_) | Tree::List(_)) {
        return Err(Undecodable::Malformed);
    }
    let mut walk = Walk { namespace: operation.service.namespace, path: String::new(), found: Vec::new() };
    let exact = walk.value(operation.input, tree, FIELD).map_err(Undecodable::Mistyped)?;
    if !walk.found.is_empty() {
        return Err(Undecodable::Violations(walk.found));
    }
    T::deserialize(exact).map_err(|_| Undecodable::Mistyped(TOKEN.to_owned()))
}

struct Walk {
    /// The namespace before the names of shapes in messages.
    namespace: &'static str,
    /// The path of the current value.
    path: String,
    /// The violations so far.
    found: Vec<Violation>,
}

impl Walk {
    /// Converts a value to exactly the types of the shape. `misplaced` is the message for a scalar in place of a
    /// structure, list or map.
    fn value(&mut self, shape: &'static Shape, tree: Tree, misplaced: &str) -> Result<Tree, String> {
        match (&shape.kind, tree) {
            (Kind::Structure(members), Tree::Map(map)) => self.structure(members, map),
            (Kind::List(limits, item), Tree::List(items)) => self.list(shape, *limits, item, items),
            // A form writes an empty list as an empty value.
            (Kind::List(limits, item), Tree::Word(text)) if text.is_empty() => {
                self.list(shape, *limits, item, Vec::new())
            }
            (Kind::Map(limits, key, value), Tree::Map(map)) => self.map(shape, *limits, (key, value), map),
            (Kind::List(..), Tree::Map(_)) => Err(STRUCTURE.to_owned()),
            (Kind::Structure(_), Tree::List(_)) => Err(unrecognized(&format!("{}.{}", self.namespace, shape.name))),
            // Inferred: as for other types, the message has the name of the Java type.
            (Kind::Map(..), Tree::List(_)) => Err(unrecognized("java.util.Map")),
            (Kind::Structure(_) | Kind::List(..) | Kind::Map(..), _) => Err(misplaced.to_owned()),
            (kind, tree) => {
                let exact = scalar(kind, tree)?;
                for constraint in broken_limits(kind, &exact) {
                    self.report(shape, Some(&exact), constraint);
                }
                Ok(exact)
            }
        }
    }

    fn structure(&mut self, members: &'static [Member], mut values: BTreeMap<String, Tree>) -> Result<Tree, String> {
        let mut exact = BTreeMap::new();
        for member in members {
            let before = self.step(&lower_first(member.name));
            match values.remove(member.name) {
                None | Some(Tree::Null) if member.required => self.report(member.shape, None, Constraint::Required),
                None | Some(Tree::Null) => {}
                Some(value) => {
                    let value = self.value(member.shape, value, FIELD)?;
                    exact.insert(member.name.to_owned(), value);
                }
            }
            self.path.truncate(before);
        }
        Ok(Tree::Map(exact))
    }

    fn list(
        &mut self,
        shape: &'static Shape,
        limits: Limits,
        item: &'static Shape,
        items: Vec<Tree>,
    ) -> Result<Tree, String> {
        let counted = Constraint::of_length(limits, items.len());
        let mut exact = Vec::with_capacity(items.len());
        for (index, value) in items.into_iter().enumerate() {
            let before = self.step(&format!("{}.member", index + 1));
            exact.push(self.entry(item, value)?);
            self.path.truncate(before);
        }
        let constraint = broken_entries(item, exact.iter()).map(Constraint::Element);
        let exact = Tree::List(exact);
        for constraint in counted.into_iter().chain(constraint) {
            self.report(shape, Some(&exact), constraint);
        }
        Ok(exact)
    }

    fn map(
        &mut self,
        shape: &'static Shape,
        limits: Limits,
        (key, item): (&'static Shape, &'static Shape),
        entries: BTreeMap<String, Tree>,
    ) -> Result<Tree, String> {
        let counted = Constraint::of_length(limits, entries.len());
        let mut exact = BTreeMap::new();
        for (name, value) in entries {
            let before = self.step(&format!("{name}.member"));
            let value = self.entry(item, value)?;
            self.path.truncate(before);
            exact.insert(name, value);
        }
        let keys: Vec<Tree> = exact.keys().cloned().map(Tree::Text).collect();
        let keys = broken_entries(key, keys.iter()).map(Constraint::MapKey);
        let values = broken_entries(item, exact.values()).map(Constraint::MapValue);
        let exact = Tree::Map(exact);
        for constraint in counted.into_iter().chain(keys).chain(values) {
            self.report(shape, Some(&exact), constraint);
        }
        Ok(exact)
    }

    /// Converts an entry of a list or map. The whole list or map reports violations of scalar entries.
    fn entry(&mut self, shape: &'static Shape, value: Tree) -> Result<Tree, String> {
        match (&shape.kind, value) {
            (_, Tree::Null) => Ok(Tree::Null),
            (Kind::Structure(_) | Kind::List(..) | Kind::Map(..), value) => self.value(shape, value, ELEMENT),
            (kind, value) => scalar(kind, value),
        }
    }

    /// Appends a name to the path, and returns the length to truncate the path to afterwards.
    fn step(&mut self, name: &str) -> usize {
        let before = self.path.len();
        if before > 0 {
            self.path.push('.');
        }
        self.path.push_str(name);
        before
    }

    fn report(&mut self, shape: &'static Shape, value: Option<&Tree>, constraint: Constraint) {
        if self.found.len() < LISTED_MAX {
            let value = value.map(|value| display(shape, value));
            self.found.push(Violation { path: self.path.clone(), shape, value, constraint });
        }
    }
}

/// Lowers the first letter of a member, as paths have it.
fn lower_first(name: &str) -> String {
    let mut name = name.to_owned();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    name
}

fn unrecognized(class: &str) -> String {
    format!("Unrecognized collection type class {class}")
}

/// Converts a scalar to exactly the type of its kind.
fn scalar(kind: &Kind, tree: Tree) -> Result<Tree, String> {
    let (class, name) = match kind {
        Kind::Integer(_) => ("java.lang.Integer", "Integer"),
        Kind::Long(_) => ("java.lang.Long", "Long"),
        Kind::Boolean => ("java.lang.Boolean", "Boolean"),
        // Inferred: by analogy with the other types, and with what other services say of dates.
        Kind::Timestamp => ("java.util.Date", "milliseconds since epoch"),
        _ => ("java.lang.String", "String"),
    };
    let token = match &tree {
        Tree::Map(_) => return Err(STRUCTURE.to_owned()),
        Tree::List(_) => return Err(unrecognized(class)),
        Tree::Text(_) if matches!(kind, Kind::Boolean) => return Err(TOKEN.to_owned()),
        Tree::Bool(true) => "TRUE_VALUE",
        Tree::Bool(false) => "FALSE_VALUE",
        Tree::Integer(_) => "NUMBER_VALUE",
        Tree::Decimal(_) | Tree::Timestamp(_) => "DECIMAL_VALUE",
        Tree::Text(_) | Tree::Word(_) => "STRING_VALUE",
        // Inferred: no record of bytes in place of another type was found.
        Tree::Bytes | Tree::Null => "EMBEDDED_OBJECT",
    };
    let exact = match kind {
        Kind::Integer(_) => integer(tree).filter(|value| i32::try_from(*value).is_ok()).map(Tree::Integer),
        Kind::Long(_) => integer(tree).filter(|value| i64::try_from(*value).is_ok()).map(Tree::Integer),
        Kind::Boolean => boolean(tree).map(Tree::Bool),
        Kind::Timestamp => seconds(tree).map(Tree::Timestamp),
        _ => text(tree).map(Tree::Text),
    };
    exact.ok_or_else(|| format!("{token} cannot be converted to {name}"))
}

fn text(tree: Tree) -> Option<String> {
    if let Tree::Text(text) | Tree::Word(text) = tree { Some(text) } else { None }
}

fn boolean(tree: Tree) -> Option<bool> {
    match tree {
        Tree::Bool(value) => Some(value),
        Tree::Word(text) => text.parse().ok(),
        _ => None,
    }
}

/// Converts to an integer. Fractions are cut off.
#[allow(clippy::cast_possible_truncation)] // A float beyond i128 becomes the nearest i128, which no shape allows.
fn integer(tree: Tree) -> Option<i128> {
    match tree {
        Tree::Integer(value) => Some(value),
        Tree::Decimal(value) if value.is_finite() => Some(value.trunc() as i128),
        Tree::Word(text) => text.parse().ok(),
        _ => None,
    }
}

/// Converts to seconds. A bare number is a timestamp in JSON. CBOR tags timestamps, but no input of a service with CBOR
/// has one.
#[allow(clippy::cast_precision_loss)] // Exact for all seconds of the next million years.
fn seconds(tree: Tree) -> Option<f64> {
    match tree {
        Tree::Integer(value) => Some(value as f64),
        Tree::Decimal(value) | Tree::Timestamp(value) => Some(value).filter(|value| value.is_finite()),
        _ => None,
    }
}

/// The limits that a scalar breaks. The pattern comes before the length.
fn broken_limits(kind: &Kind, value: &Tree) -> Vec<Constraint> {
    match (kind, value) {
        (Kind::Text(limits, pattern), Tree::Text(text)) => {
            let pattern = pattern.filter(|pattern| !pattern.matches(text));
            let pattern = pattern.map(|pattern| Constraint::Pattern(pattern.as_str()));
            pattern.into_iter().chain(Constraint::of_length(*limits, text.chars().count())).collect()
        }
        (Kind::Enum(values), Tree::Text(text)) if !values.contains(&&**text) => vec![Constraint::Enum(values)],
        (Kind::Integer(limits) | Kind::Long(limits), Tree::Integer(value)) => {
            Constraint::of_value(*limits, i64::try_from(*value).unwrap_or(i64::MAX))
        }
        _ => Vec::new(),
    }
}

/// The limits that entries of a list or map break. None when they break none.
fn broken_entries<'t>(shape: &'static Shape, values: impl Iterator<Item = &'t Tree>) -> Option<Entry> {
    let broken: Vec<Constraint> = values
        .flat_map(|value| match value {
            // Inferred: null in a list is not an absent member but a value that must not be there.
            Tree::Null => vec![Constraint::Required],
            value => broken_limits(&shape.kind, value),
        })
        .collect();
    (!broken.is_empty()).then(|| Entry { all: all_limits(&shape.kind), broken })
}

/// All limits of a kind, in the order of AWS's messages.
fn all_limits(kind: &Kind) -> Vec<Constraint> {
    let mut all: Vec<Constraint> = match kind {
        Kind::Text(limits, pattern) => {
            let length = [limits.max.map(Constraint::MaxLength), limits.min.map(Constraint::MinLength)];
            let pattern = pattern.map(|pattern| Constraint::Pattern(pattern.as_str()));
            length.into_iter().flatten().chain(pattern).collect()
        }
        Kind::Enum(values) => vec![Constraint::Enum(values)],
        Kind::Integer(limits) | Kind::Long(limits) => {
            let value = [limits.max.map(Constraint::MaxValue), limits.min.map(Constraint::MinValue)];
            value.into_iter().flatten().collect()
        }
        _ => Vec::new(),
    };
    if all.is_empty() {
        all.push(Constraint::Required);
    }
    all
}

/// Writes a value as messages show it. A sensitive value becomes an empty text.
fn display(shape: &Shape, value: &Tree) -> String {
    let mut out = String::new();
    if !shape.sensitive {
        write_value(&mut out, shape, value);
    }
    out
}

// Inferred: the form of structures inside lists and maps, and of sensitive values in them. Java's records print so.
fn write_value(out: &mut String, shape: &Shape, value: &Tree) {
    match (&shape.kind, value) {
        _ if shape.sensitive => out.push_str("*** Sensitive Data Redacted ***"),
        (Kind::List(_, item), Tree::List(items)) => {
            join(out, "[", items, "]", |out, value| write_value(out, item, value));
        }
        (Kind::Map(_, _, item), Tree::Map(entries)) => join(out, "{", entries, "}", |out, (key, value)| {
            out.push_str(key);
            out.push('=');
            write_value(out, item, value);
        }),
        (Kind::Structure(members), Tree::Map(entries)) => {
            out.push_str(shape.name);
            join(out, "(", entries, ")", |out, (name, value)| {
                out.push_str(&lower_first(name));
                out.push('=');
                if let Some(member) = members.iter().find(|member| member.name == name) {
                    write_value(out, member.shape, value);
                }
            });
        }
        (_, Tree::Bool(value)) => out.push_str(if *value { "true" } else { "false" }),
        (_, Tree::Integer(value)) => out.push_str(&value.to_string()),
        (_, Tree::Decimal(value) | Tree::Timestamp(value)) => out.push_str(&value.to_string()),
        (_, Tree::Text(text) | Tree::Word(text)) => out.push_str(text),
        _ => out.push_str("null"),
    }
}

fn join<T>(
    out: &mut String,
    open: &str,
    items: impl IntoIterator<Item = T>,
    close: &str,
    mut each: impl FnMut(&mut String, T),
) {
    out.push_str(open);
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        each(out, item);
    }
    out.push_str(close);
}
