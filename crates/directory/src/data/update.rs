//! What an update makes of attributes. One update type goes for all that a request gives.

use compact_str::CompactString;
use model::ds_data::types::{AttributeValue, UpdateType};
use world::OtherAttributes;

use super::attributes::{Attribute, Syntax};
use super::error::{Error, Result};
use crate::error::require;

/// Changes an attribute of one value. The value to remove need not be the one that is set.
// Inferred: an attribute that is not set can be replaced all the same.
pub fn value<T>(how: UpdateType, name: &str, kept: &mut Option<T>, given: Option<T>) -> Result<()> {
    if given.is_none() {
        return Ok(());
    }
    match how {
        UpdateType::Add => require(kept.is_none(), Error::AttributeExists(name.into()))?,
        UpdateType::Remove => require(kept.is_some(), Error::AttributeMissing(name.into()))?,
        UpdateType::Replace => {}
    }
    *kept = given.filter(|_| how != UpdateType::Remove);
    Ok(())
}

/// Changes an attribute that every object has.
// Inferred: an attribute that must be there can be replaced, and neither added nor removed.
pub fn required<T>(how: UpdateType, name: &'static str, kept: &mut T, given: Option<T>) -> Result<()> {
    let Some(given) = given else { return Ok(()) };
    match how {
        UpdateType::Add => Err(Error::AttributeExists(name.into())),
        UpdateType::Remove => Err(Error::ReadOnlyAttribute(name.into())),
        UpdateType::Replace => {
            *kept = given;
            Ok(())
        }
    }
}

/// Changes other attributes.
pub fn others(how: UpdateType, kept: &mut OtherAttributes, given: Vec<(Attribute, AttributeValue)>) -> Result<()> {
    for (attribute, given) in given {
        let mut now = kept.get(attribute.name).cloned();
        match (attribute.syntax, given.ss) {
            (Syntax::Texts, Some(given)) => {
                let kept = now.and_then(|now| now.ss).unwrap_or_default();
                let texts = texts(how, attribute.name, kept, given)?;
                now = (!texts.is_empty()).then(|| AttributeValue { ss: Some(texts), ..AttributeValue::default() });
            }
            (_, ss) => value(how, attribute.name, &mut now, Some(AttributeValue { ss, ..given }))?,
        }
        match now {
            Some(now) => kept.set(attribute.name, now),
            None => kept.clear(attribute.name),
        };
    }
    Ok(())
}

/// Changes an attribute of many values, whose case does not matter.
// Inferred: adding a value that is there and removing one that is not are errors in LDAP, and no values stand for all of them.
fn texts(how: UpdateType, name: &str, mut kept: Vec<String>, given: Vec<String>) -> Result<Vec<String>> {
    let place = |kept: &[String], text: &str| kept.iter().position(|one| one.to_lowercase() == text.to_lowercase());
    match how {
        UpdateType::Replace => return Ok(given),
        UpdateType::Add => {
            for text in given {
                require(place(&kept, &text).is_none(), Error::AttributeExists(name.into()))?;
                kept.push(text);
            }
        }
        UpdateType::Remove => {
            require(!kept.is_empty(), Error::AttributeMissing(name.into()))?;
            if given.is_empty() {
                kept.clear();
            }
            for text in given {
                let missing = || Error::AttributeMissing(CompactString::from(name));
                kept.remove(place(&kept, &text).ok_or_else(missing)?);
            }
        }
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use UpdateType::{Add, Remove, Replace};

    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(String::from).collect()
    }

    #[test]
    fn one_value_is_added_replaced_and_removed() {
        for (how, kept, expected) in [
            (Add, None, Ok(Some(2))),
            (Add, Some(1), Err(Error::AttributeExists("a".into()))),
            (Replace, None, Ok(Some(2))),
            (Replace, Some(1), Ok(Some(2))),
            (Remove, Some(1), Ok(None)),
            (Remove, None, Err(Error::AttributeMissing("a".into()))),
        ] {
            let mut now = kept;
            assert_eq!(value(how, "a", &mut now, Some(2)).map(|()| now), expected);
            assert_eq!(value(how, "a", &mut now, None), Ok(()));
        }
    }

    #[test]
    fn many_values_are_added_replaced_and_removed() {
        for (how, kept, given, expected) in [
            (Add, "a", "b c", Ok("a b c")),
            (Add, "", "b", Ok("b")),
            (Add, "a b", "B", Err(Error::AttributeExists("x".into()))),
            (Add, "", "b b", Err(Error::AttributeExists("x".into()))),
            (Replace, "a b", "c", Ok("c")),
            (Replace, "a b", "", Ok("")),
            (Remove, "a b c", "B a", Ok("c")),
            (Remove, "a", "a", Ok("")),
            (Remove, "a b", "", Ok("")),
            (Remove, "a", "b", Err(Error::AttributeMissing("x".into()))),
            (Remove, "", "", Err(Error::AttributeMissing("x".into()))),
        ] {
            assert_eq!(texts(how, "x", words(kept), words(given)), expected.map(words), "{kept} {given}");
        }
    }
}
