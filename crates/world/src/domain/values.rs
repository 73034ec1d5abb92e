//! Other attributes of users and groups, and the index of all values that they can be searched for by.

use compact_str::CompactString;
use imbl::{OrdMap, OrdSet};
use model::ds_data::types::AttributeValue;

/// The longest text that the model lets a caller search for, in characters. Longer values are not indexed.
const SEARCHED_MAX: usize = 64;

/// The attribute that names a user's manager by distinguished name. Its values are indexed whatever their length, since
/// a manager's reports are looked up by them.
pub(super) const MANAGER: &str = "manager";

/// The other attributes that are indexed, in lower case. No other one can be searched.
const LISTED: [&str; 7] =
    ["department", "displayname", "l", "mail", MANAGER, "physicaldeliveryofficename", "proxyaddresses"];

/// Attributes in the order of their LDAP display names, without regard to case: each name as the schema spells it, and
/// the value.
///
/// A vector, since objects are many and have few attributes each: a tree would take more memory than the rest.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OtherAttributes(Vec<(CompactString, AttributeValue)>);

impl OtherAttributes {
    /// The value of an attribute. The case of its name does not count.
    pub fn get(&self, name: &str) -> Option<&AttributeValue> {
        self.index(name).ok().and_then(|index| self.0.get(index)).map(|(_, value)| value)
    }

    /// Sets the value of an attribute. Answers whether it had one before.
    pub fn set(&mut self, name: &str, value: AttributeValue) -> bool {
        let found = self.index(name);
        match found {
            Ok(index) => self.0[index].1 = value,
            Err(index) => {
                self.0.reserve_exact(1);
                self.0.insert(index, (name.into(), value));
            }
        }
        found.is_ok()
    }

    /// Removes the value of an attribute. Answers whether it had one.
    pub fn clear(&mut self, name: &str) -> bool {
        let found = self.index(name);
        if let Ok(index) = found {
            self.0.remove(index);
        }
        found.is_ok()
    }

    /// The index of an attribute, or the one at which to insert it.
    fn index(&self, name: &str) -> Result<usize, usize> {
        let lower = |byte: u8| byte.to_ascii_lowercase();
        self.0.binary_search_by(|(known, _)| known.bytes().map(lower).cmp(name.bytes().map(lower)))
    }

    /// The values that are indexed.
    pub(super) fn values(&self) -> impl Iterator<Item = Value> {
        self.0.iter().flat_map(|(name, value)| {
            let listed = LISTED.into_iter().find(|listed| listed.eq_ignore_ascii_case(name));
            let texts = value.s.iter().chain(value.ss.iter().flatten());
            texts.filter_map(move |text| Value::new(listed?, text))
        })
    }
}

/// A value as the index has it: the LDAP display name of the attribute and the text, both in lower case.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Value {
    attribute: CompactString,
    text: CompactString,
}

impl Value {
    /// None where the text is too long to be indexed.
    pub(super) fn new(attribute: &str, text: &str) -> Option<Self> {
        let is_short = attribute == MANAGER || text.chars().take(SEARCHED_MAX + 1).count() <= SEARCHED_MAX;
        is_short.then(|| Self { attribute: attribute.into(), text: text.to_lowercase().into() })
    }
}

/// The index of the values of one class of objects: relative identifiers by attribute and value.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Values(OrdMap<CompactString, OrdSet<(CompactString, u64)>>);

impl Values {
    /// Replaces the values of an object.
    pub(super) fn replace(&mut self, rid: u64, old: &[Value], new: &[Value]) {
        for value in old.iter().filter(|value| !new.contains(value)) {
            if let Some(listed) = self.0.get_mut(&value.attribute) {
                listed.remove(&(value.text.clone(), rid));
            }
        }
        for value in new.iter().filter(|value| !old.contains(value)) {
            self.0.entry(value.attribute.clone()).or_default().insert((value.text.clone(), rid));
        }
    }

    /// The objects from `from` on with a value (in lower case) of one of the attributes: in order, each once.
    pub(super) fn having(&self, attributes: &[&str], text: &str, from: u64) -> impl Iterator<Item = u64> {
        let rows = |attribute: &&str| {
            let listed = self.0.get(*attribute)?;
            let found = listed.range((CompactString::from(text), from)..=(CompactString::from(text), u64::MAX));
            Some(found.map(|(_, rid)| *rid).peekable())
        };
        let mut lists: Vec<_> = attributes.iter().filter_map(rows).collect();
        std::iter::from_fn(move || {
            let least = lists.iter_mut().filter_map(|list| list.peek().copied()).min()?;
            for list in &mut lists {
                list.next_if_eq(&least);
            }
            Some(least)
        })
    }

    pub(super) fn has(&self, value: &Value, rid: u64) -> bool {
        self.0.get(&value.attribute).is_some_and(|listed| listed.contains(&(value.text.clone(), rid)))
    }

    /// How many values are indexed.
    pub(super) fn count(&self) -> usize {
        self.0.values().map(OrdSet::len).sum()
    }
}
