//! What an update makes of attributes. One update type goes for all that a request gives.

use std::borrow::Cow;

use compact_str::CompactString;
use model::ds_data::ErrorCode;
use model::ds_data::errors::ValidationExceptionReason;
use model::ds_data::types::{AttributeValue, UpdateType};
use world::OtherAttributes;

use super::attributes::{Attribute, AttributeError, Syntax};
use super::error::{Result, invalid};
use super::gate::Realm;
use crate::error::{Coded, require};

/// Why attributes cannot be updated.
#[derive(Clone, Debug, PartialEq)]
pub enum UpdateError {
    /// An attribute or a value to add is there.
    Exists(CompactString),
    /// An attribute or a value to remove is not there.
    Missing(CompactString),
    /// Nothing is to be updated.
    Nothing,
}

impl Coded<ErrorCode> for UpdateError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Exists(_) => invalid(ValidationExceptionReason::AttributeExists),
            Self::Missing(_) => invalid(ValidationExceptionReason::MissingAttribute),
            Self::Nothing => ErrorCode::ValidationException(None),
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            Self::Exists(name) => format!("Attribute {name} already has a value.").into(),
            Self::Missing(name) => format!("Attribute {name} does not have the value.").into(),
            Self::Nothing => "At least one attribute must be given.".into(),
        }
    }
}

/// Changes an attribute of one value. The value to remove has to be the one that it has (administration guide, updating
/// a user).
// Inferred: an attribute that is not set can be replaced all the same, and Active Directory compares texts whatever
// their case.
pub fn value(how: UpdateType, name: &str, kept: &mut Option<String>, given: Option<String>) -> Result<()> {
    let Some(given) = given else { return Ok(()) };
    match how {
        UpdateType::Add => require(kept.is_none(), UpdateError::Exists(name.into()))?,
        UpdateType::Remove => {
            let has = kept.as_ref().is_some_and(|kept| kept.to_lowercase() == given.to_lowercase());
            require(has, UpdateError::Missing(name.into()))?;
        }
        UpdateType::Replace => {}
    }
    *kept = Some(given).filter(|_| how != UpdateType::Remove);
    Ok(())
}

/// Changes an attribute that every object has.
// Inferred: an attribute that must be there can be replaced, and neither added nor removed.
pub fn required<T>(how: UpdateType, name: &'static str, kept: &mut T, given: Option<T>) -> Result<()> {
    let Some(given) = given else { return Ok(()) };
    match how {
        UpdateType::Add => Err(UpdateError::Exists(name.into()).into()),
        UpdateType::Remove => Err(AttributeError::ReadOnly(name.into()).into()),
        UpdateType::Replace => {
            *kept = given;
            Ok(())
        }
    }
}

/// Changes other attributes. An attribute of no values is one that is not set.
pub fn others(
    own: Realm<'_>,
    how: UpdateType,
    kept: &mut OtherAttributes,
    given: Vec<(Attribute, AttributeValue)>,
) -> Result<()> {
    for (attribute, given) in given {
        let before = kept.get(attribute.name).cloned().unwrap_or_default();
        let mut now = AttributeValue::default();
        if attribute.syntax == Syntax::Texts {
            let texts = texts(how, attribute.name, before.ss.unwrap_or_default(), given.ss.unwrap_or_default())?;
            now.ss = Some(texts).filter(|texts| !texts.is_empty());
        } else {
            let given = given.s.map(|text| spelled(own, attribute, text)).transpose()?;
            now.s = before.s;
            value(how, attribute.name, &mut now.s, given)?;
        }
        if now == AttributeValue::default() {
            kept.clear(attribute.name);
        } else {
            kept.set(attribute.name, now);
        }
    }
    Ok(())
}

/// A text as it is kept: a distinguished name has to be an object's, and is kept as the object has it.
// Inferred: Active Directory takes no reference to what is not there.
fn spelled(own: Realm<'_>, attribute: Attribute, text: String) -> Result<String> {
    if attribute.syntax != Syntax::Name {
        return Ok(text);
    }
    let object = own.named(&text).ok_or_else(|| AttributeError::Value(attribute.name.into()))?;
    Ok(own.distinguished_name(object))
}

/// Changes an attribute of many values, whose case does not matter.
// Inferred: adding a value that is there and removing one that is not are errors in LDAP, and no values stand for all
// of them.
fn texts(how: UpdateType, name: &str, mut kept: Vec<String>, given: Vec<String>) -> Result<Vec<String>> {
    let position = |kept: &[String], text: &str| kept.iter().position(|one| one.to_lowercase() == text.to_lowercase());
    match how {
        UpdateType::Replace => return Ok(given),
        UpdateType::Add => {
            for text in given {
                require(position(&kept, &text).is_none(), UpdateError::Exists(name.into()))?;
                kept.push(text);
            }
        }
        UpdateType::Remove => {
            require(!kept.is_empty(), UpdateError::Missing(name.into()))?;
            if given.is_empty() {
                kept.clear();
            }
            for text in given {
                let missing = || UpdateError::Missing(CompactString::from(name));
                kept.remove(position(&kept, &text).ok_or_else(missing)?);
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
        let missing = || Err(UpdateError::Missing("a".into()).into());
        for (how, kept, expected) in [
            (Add, None, Ok(Some("Two"))),
            (Add, Some("one"), Err(UpdateError::Exists("a".into()).into())),
            (Replace, None, Ok(Some("Two"))),
            (Replace, Some("one"), Ok(Some("Two"))),
            (Remove, Some("two"), Ok(None)),
            (Remove, Some("one"), missing()),
            (Remove, None, missing()),
        ] {
            let mut now = kept.map(String::from);
            let done = value(how, "a", &mut now, Some("Two".into()));
            assert_eq!(done.map(|()| now.as_deref()), expected);
            assert_eq!(value(how, "a", &mut now, None), Ok(()));
        }
    }

    #[test]
    fn many_values_are_added_replaced_and_removed() {
        for (how, kept, given, expected) in [
            (Add, "a", "b c", Ok("a b c")),
            (Add, "", "b", Ok("b")),
            (Add, "a b", "B", Err(UpdateError::Exists("x".into()).into())),
            (Add, "", "b b", Err(UpdateError::Exists("x".into()).into())),
            (Replace, "a b", "c", Ok("c")),
            (Replace, "a b", "", Ok("")),
            (Remove, "a b c", "B a", Ok("c")),
            (Remove, "a", "a", Ok("")),
            (Remove, "a b", "", Ok("")),
            (Remove, "a", "b", Err(UpdateError::Missing("x".into()).into())),
            (Remove, "", "", Err(UpdateError::Missing("x".into()).into())),
        ] {
            assert_eq!(texts(how, "x", words(kept), words(given)), expected.map(words), "{kept} {given}");
        }
    }
}
