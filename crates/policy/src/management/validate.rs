//! Validates a document by the grammar of its kind.

use std::sync::Arc;

use super::kind::Kind;
use super::operators::{CHILD_CONTROL, Operators};
use super::shape::{Block, Folding, Leaf, ListRule, Named, Shape, Text, either, named};
use super::written::{ManagementPolicy, SettingValue, WrittenBlock, WrittenLeaf, WrittenNode};
use crate::finding::Finding;
use crate::json::{self, Value, quoted};
use crate::path::Path;

/// Reads a document.
///
/// # Errors
/// All findings in the order of the text. A text that is not JSON has one.
pub fn validate(kind: Kind, text: &str) -> Result<ManagementPolicy, Vec<Finding>> {
    let json::Parsed { root, duplicates } = json::read(text).map_err(|finding| vec![finding])?;
    let mut reader = Reader { findings: duplicates };
    let document = reader.document(kind.document(), &root);
    match document {
        Some(document) if reader.findings.is_empty() => Ok(ManagementPolicy { kind, document: Arc::new(document) }),
        _ => Err(reader.findings),
    }
}

struct Reader {
    findings: Vec<Finding>,
}

type Entries = [(String, Value)];

/// A block in an open part of a grammar.
static ANY: Block = named(Text::Length(1, 256), &Shape::Open);

impl Reader {
    fn refuse(&mut self, path: &Path<'_>, found: impl Into<String>, expected: impl Into<String>) {
        self.findings.push(Finding::new(path, found, expected));
    }

    fn document(&mut self, shape: &Block, root: &Value) -> Option<WrittenBlock> {
        let Some(entries) = root.as_object() else {
            self.findings.push(root.unexpected(&Path::ROOT, format!("an object with {}", expected_keys(shape))));
            return None;
        };
        if entries.iter().all(|(key, _)| key.starts_with("@@")) {
            self.refuse(&Path::ROOT, "no settings", expected_keys(shape));
        }
        Some(self.block(shape, entries, &Path::ROOT))
    }

    fn shape(&mut self, shape: &Shape, value: &Value, path: &Path<'_>) -> Option<WrittenNode> {
        let Some(entries) = value.as_object() else {
            let expected = match shape {
                Shape::Block(block) => format!("an object with {}", expected_keys(block)),
                Shape::Leaf(leaf) => format!("an object with operators, such as {}", example(leaf)),
                Shape::Open => "an object".to_owned(),
            };
            self.findings.push(value.unexpected(path, expected));
            return None;
        };
        match shape {
            Shape::Block(block) => Some(WrittenNode::Block(self.block(block, entries, path))),
            Shape::Leaf(leaf) => Some(WrittenNode::Leaf(self.leaf(leaf, entries, path))),
            Shape::Open => Some(self.open(entries, path)),
        }
    }

    fn block(&mut self, shape: &Block, entries: &Entries, path: &Path<'_>) -> WrittenBlock {
        let mut block = WrittenBlock { children_may: Operators::ALL, entries: Vec::new() };
        for (key, value) in entries {
            let path = path.key(key);
            if key == CHILD_CONTROL {
                block.children_may = self.child_control(value, &path);
            } else if key.starts_with("@@") {
                let expected = format!("{CHILD_CONTROL} or {}", expected_keys(shape));
                self.refuse(&path, format!("the operator {}", quoted(key)), expected);
            } else if let Some((spelled, value)) = self.entry(shape, key, value, &path) {
                self.refuse_if_known(&block, &spelled, key, entries, &path);
                block.entries.push((spelled, value));
            }
        }
        block
    }

    /// A setting of a block, and its key as effective policies spell it.
    fn entry(&mut self, shape: &Block, key: &str, value: &Value, path: &Path<'_>) -> Option<(Arc<str>, WrittenNode)> {
        if let Some(field) = shape.fields.iter().find(|field| field.key == key) {
            return Some((field.key.into(), self.shape(field.shape, value, path)?));
        }
        let Some(named) = shape.named.as_ref().filter(|named| named.key.admits(key)) else {
            self.refuse(path, format!("the key {}", quoted(key)), expected_keys(shape));
            return None;
        };
        let written = self.shape(named.shape, value, path)?;
        self.refuse_other_echo(named, key, value, path);
        let spelled = match named.folding {
            Folding::LowerCase => key.to_lowercase(),
            Folding::Kept => key.to_owned(),
        };
        Some((spelled.into(), written))
    }

    /// Refuses a key that its block already has in another case. For the same case the JSON reader has a finding.
    fn refuse_if_known(&mut self, block: &WrittenBlock, spelled: &str, key: &str, entries: &Entries, path: &Path<'_>) {
        let is_known = block.entries.iter().any(|(known, _)| **known == *spelled);
        let is_equal = entries.iter().filter(|(known, _)| known == key).count() > 1;
        if is_known && !is_equal {
            self.refuse(path, format!("the key {} again, in another case", quoted(key)), "each key once, in any case");
        }
    }

    /// Refuses a field that has to repeat the key of its block and has another text. Case does not count.
    fn refuse_other_echo(&mut self, named: &Named, key: &str, value: &Value, path: &Path<'_>) {
        let Some(echo) = named.echo else { return };
        let Some(assigned) = value.get(echo).and_then(|field| field.get("@@assign")) else { return };
        let Some(text) = assigned.as_str() else { return };
        if text.to_lowercase() != key.to_lowercase() {
            let field = path.key(echo);
            let expected = format!("{} in any case, like the key above it", quoted(key));
            self.findings.push(assigned.unexpected(&field.key("@@assign"), expected));
        }
    }

    fn leaf(&mut self, shape: &Leaf, entries: &Entries, path: &Path<'_>) -> WrittenLeaf {
        let stays_empty = shape.list.is_some_and(|rule| rule.stays_empty);
        let mut leaf = WrittenLeaf::new(stays_empty);
        for (key, value) in entries {
            let path = path.key(key);
            match key.as_str() {
                CHILD_CONTROL => leaf.children_may = self.child_control(value, &path),
                "@@assign" if shape.list.is_none() => {
                    leaf.assign = self.text(shape.text, value, &path).map(SettingValue::One);
                }
                "@@assign" => leaf.assign = Some(SettingValue::Many(self.texts(shape.text, value, &path))),
                "@@append" if shape.operators().has(Operators::APPEND) => {
                    leaf.append = Some(self.texts(shape.text, value, &path));
                }
                "@@remove" if shape.operators().has(Operators::REMOVE) => {
                    leaf.remove = Some(self.texts(shape.text, value, &path));
                }
                _ => {
                    let what = if key.starts_with("@@") { "the operator" } else { "the key" };
                    self.refuse(&path, format!("{what} {}", quoted(key)), expected_operators(shape));
                }
            }
        }
        leaf
    }

    /// A part of a grammar that is open: a setting if it has an operator that sets values, otherwise a block.
    fn open(&mut self, entries: &Entries, path: &Path<'_>) -> WrittenNode {
        const SETTING: Text = Text::Length(0, usize::MAX);
        let sets_values = |key: &str| matches!(key, "@@assign" | "@@append" | "@@remove");
        if entries.iter().any(|(key, _)| sets_values(key)) {
            let is_one = entries.iter().any(|(key, value)| key == "@@assign" && value.as_array().is_none());
            let list = (!is_one).then_some(ListRule { count_min: 0, count_max: None, stays_empty: true });
            return WrittenNode::Leaf(self.leaf(&Leaf { text: SETTING, list }, entries, path));
        }
        WrittenNode::Block(self.block(&ANY, entries, path))
    }

    fn texts(&mut self, text: Text, value: &Value, path: &Path<'_>) -> Vec<Arc<str>> {
        let Some(items) = value.as_array() else {
            self.findings.push(value.unexpected(path, format!("a list, each item {}", text.expected())));
            return Vec::new();
        };
        let texts = items.iter().enumerate().filter_map(|(index, item)| self.text(text, item, &path.index(index)));
        texts.collect()
    }

    /// A value. Numbers and booleans count as strings with the text that they are written as.
    // The user guide assigns `false` in a backup policy and shows `"false"` in its effective policy. Inferred: so do
    // other kinds.
    fn text(&mut self, text: Text, value: &Value, path: &Path<'_>) -> Option<Arc<str>> {
        let found = match value {
            Value::String(found) => Some(found.clone()),
            Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
            _ => None,
        };
        match found {
            Some(found) if text.admits(&found) => Some(found.into()),
            _ => {
                self.findings.push(value.unexpected(path, text.expected()));
                None
            }
        }
    }

    fn child_control(&mut self, value: &Value, path: &Path<'_>) -> Operators {
        const EXPECTED: &str = "\"@@all\", \"@@none\", \"@@assign\", \"@@append\" or \"@@remove\"";
        let items = value.as_array().unwrap_or_default();
        if items.is_empty() {
            self.findings.push(value.unexpected(path, format!("a list of {EXPECTED}")));
        }
        let mut allowed = Operators::NONE;
        for (index, item) in items.iter().enumerate() {
            match item.as_str().and_then(Operators::from_name) {
                Some(Operators::NONE) if items.len() > 1 => {
                    self.findings.push(item.unexpected(&path.index(index), "\"@@none\" by itself"));
                }
                Some(operators) => allowed = allowed.or(operators),
                None => self.findings.push(item.unexpected(&path.index(index), EXPECTED)),
            }
        }
        allowed
    }
}

impl WrittenLeaf {
    fn new(stays_empty: bool) -> Self {
        Self { children_may: Operators::ALL, assign: None, append: None, remove: None, stays_empty }
    }
}

/// The allowed keys of a block, for a finding.
fn expected_keys(shape: &Block) -> String {
    let fields = shape.fields.iter().map(|field| format!("{:?}", field.key));
    either(fields.chain(shape.named.iter().map(|named| named.key.expected())))
}

/// The allowed operators of a setting, for a finding.
fn expected_operators(shape: &Leaf) -> String {
    let names: &[&str] = match shape.list {
        Some(_) => &["@@assign", "@@append", "@@remove", CHILD_CONTROL],
        None => &["@@assign", CHILD_CONTROL],
    };
    either(names.iter().map(|&name| name.to_owned()))
}

fn example(shape: &Leaf) -> &'static str {
    if shape.list.is_some() { r#"{"@@assign": ["…"]}"# } else { r#"{"@@assign": "…"}"# }
}
