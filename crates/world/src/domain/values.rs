//! Other attributes of users and groups, and the index of all values that they can be searched for by.

use compact_str::CompactString;
use imbl::{OrdMap, OrdSet};
use model::ds_data::types::AttributeValue;

/// The longest text that the model lets a caller search for, in characters. Longer values are in no index.
const SEARCHED_MAX: usize = 64;

/// Who somebody's manager is, by distinguished name: looked up from the manager's end, whatever the length.
pub(super) const MANAGER: &str = "manager";

/// The other attributes that are looked up by value, in lower case. None of the rest can be searched for.
const LISTED: [&str; 6] = ["displayname", "l", "mail", MANAGER, "physicaldeliveryofficename", "proxyaddresses"];

/// Attributes in the order of their LDAP display names, whatever the names' case: each name as the schema spells it,
/// and the value.
///
/// An object has few of them, and there are many objects: a tree for each would take more memory than all the rest.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OtherAttributes(Vec<(CompactString, AttributeValue)>);

impl OtherAttributes {
    /// The value of an attribute, whatever the name's case.
    pub fn get(&self, name: &str) -> Option<&AttributeValue> {
        self.index(name).ok().and_then(|index| self.0.get(index)).map(|(_, value)| value)
    }

    /// Gives an attribute a value. Tells whether it had one.
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

    /// Takes its value from an attribute. Tells whether it had one.
    pub fn clear(&mut self, name: &str) -> bool {
        let found = self.index(name);
        if let Ok(index) = found {
            self.0.remove(index);
        }
        found.is_ok()
    }

    /// The index of an attribute, or the one at which it would stand.
    fn index(&self, name: &str) -> Result<usize, usize> {
        let lower = |byte: u8| byte.to_ascii_lowercase();
        self.0.binary_search_by(|(known, _)| known.bytes().map(lower).cmp(name.bytes().map(lower)))
    }

    /// The texts among the values that can be looked up.
    pub(super) fn values(&self) -> impl Iterator<Item = Value> {
        self.0.iter().flat_map(|(name, value)| {
            let listed = LISTED.into_iter().find(|listed| listed.eq_ignore_ascii_case(name));
            let texts = value.s.iter().chain(value.ss.iter().flatten());
            texts.filter_map(move |text| Value::new(listed?, text))
        })
    }
}

/// An attribute by LDAP display name and a value of it, both in lower case.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Value {
    attribute: CompactString,
    text: CompactString,
}

impl Value {
    /// A value, where it is short enough to be looked up.
    pub(super) fn new(attribute: &str, text: &str) -> Option<Self> {
        let is_short = attribute == MANAGER || text.chars().take(SEARCHED_MAX + 1).count() <= SEARCHED_MAX;
        is_short.then(|| Self { attribute: attribute.into(), text: text.to_lowercase().into() })
    }
}

/// Which objects of a class, by relative identifier, have which value of which attribute.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Values(OrdMap<CompactString, OrdSet<(CompactString, u64)>>);

impl Values {
    /// Puts an object under its new values instead of its old ones.
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

    /// The objects that have a value, in lower case, for one of the attributes: each once and in order, from one on.
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

    /// Whether an object is listed under a value.
    pub(super) fn has(&self, value: &Value, rid: u64) -> bool {
        self.0.get(&value.attribute).is_some_and(|listed| listed.contains(&(value.text.clone(), rid)))
    }

    /// How many values are listed.
    pub(super) fn count(&self) -> usize {
        self.0.values().map(OrdSet::len).sum()
    }
}
