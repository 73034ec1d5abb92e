//! Updates of attributes. The update type of a request applies to all its attributes.

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

/// Why an update is refused.
#[derive(Clone, Debug, PartialEq)]
pub enum UpdateError {
    /// The attribute or the value to add exists.
    Exists(CompactString),
    /// The attribute or the value to remove does not exist.
    Missing(CompactString),
    /// The request updates nothing.
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

/// Updates an attribute with one value. A value to remove has to equal the current one (administration guide, updating
/// a user).
// Inferred: Replace also sets an attribute that has no value, and Active Directory ignores case when it compares texts.
pub fn update_value(
    update_type: UpdateType,
    name: &str,
    current: &mut Option<String>,
    new: Option<String>,
) -> Result<()> {
    let Some(new) = new else { return Ok(()) };
    match update_type {
        UpdateType::Add => require(current.is_none(), UpdateError::Exists(name.into()))?,
        UpdateType::Remove => {
            let has = current.as_ref().is_some_and(|current| current.to_lowercase() == new.to_lowercase());
            require(has, UpdateError::Missing(name.into()))?;
        }
        UpdateType::Replace => {}
    }
    *current = Some(new).filter(|_| update_type != UpdateType::Remove);
    Ok(())
}

/// Updates an attribute that every object has.
// Inferred: such an attribute can be replaced, but neither added nor removed.
pub fn update_required<T>(update_type: UpdateType, name: &'static str, current: &mut T, new: Option<T>) -> Result<()> {
    let Some(new) = new else { return Ok(()) };
    match update_type {
        UpdateType::Add => Err(UpdateError::Exists(name.into()).into()),
        UpdateType::Remove => Err(AttributeError::ReadOnly(name.into()).into()),
        UpdateType::Replace => {
            *current = new;
            Ok(())
        }
    }
}

/// Updates attributes without a member of their own. An attribute without values is not set.
pub fn update_others(
    own: Realm<'_>,
    update_type: UpdateType,
    current: &mut OtherAttributes,
    new: Vec<(Attribute, AttributeValue)>,
) -> Result<()> {
    for (attribute, new) in new {
        let before = current.get(attribute.name).cloned().unwrap_or_default();
        let mut now = AttributeValue::default();
        if attribute.syntax == Syntax::Texts {
            let texts =
                updated_texts(update_type, attribute.name, before.ss.unwrap_or_default(), new.ss.unwrap_or_default())?;
            now.ss = Some(texts).filter(|texts| !texts.is_empty());
        } else {
            let new = new.s.map(|text| kept_text(own, attribute, text)).transpose()?;
            now.s = before.s;
            update_value(update_type, attribute.name, &mut now.s, new)?;
        }
        if now == AttributeValue::default() {
            current.clear(attribute.name);
        } else {
            current.set(attribute.name, now);
        }
    }
    Ok(())
}

/// The form in which a text is kept. A distinguished name has to be that of an object, and is kept as the object spells
/// it.
// Inferred: Active Directory refuses references to missing objects.
fn kept_text(own: Realm<'_>, attribute: Attribute, text: String) -> Result<String> {
    if attribute.syntax != Syntax::Name {
        return Ok(text);
    }
    let object = own.object_by_name(&text).ok_or_else(|| AttributeError::Value(attribute.name.into()))?;
    Ok(own.distinguished_name(object))
}

/// The new values of an attribute with many values. Comparisons ignore case.
// Inferred: as in LDAP, it is an error to add an existing value or to remove a missing one, and removing without values
// removes all.
fn updated_texts(
    update_type: UpdateType,
    name: &str,
    mut current: Vec<String>,
    new: Vec<String>,
) -> Result<Vec<String>> {
    let position =
        |current: &[String], text: &str| current.iter().position(|one| one.to_lowercase() == text.to_lowercase());
    match update_type {
        UpdateType::Replace => return Ok(new),
        UpdateType::Add => {
            for text in new {
                require(position(&current, &text).is_none(), UpdateError::Exists(name.into()))?;
                current.push(text);
            }
        }
        UpdateType::Remove => {
            require(!current.is_empty(), UpdateError::Missing(name.into()))?;
            if new.is_empty() {
                current.clear();
            }
            for text in new {
                let missing = || UpdateError::Missing(CompactString::from(name));
                current.remove(position(&current, &text).ok_or_else(missing)?);
            }
        }
    }
    Ok(current)
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
        for (update_type, current, expected) in [
            (Add, None, Ok(Some("Two"))),
            (Add, Some("one"), Err(UpdateError::Exists("a".into()).into())),
            (Replace, None, Ok(Some("Two"))),
            (Replace, Some("one"), Ok(Some("Two"))),
            (Remove, Some("two"), Ok(None)),
            (Remove, Some("one"), missing()),
            (Remove, None, missing()),
        ] {
            let mut now = current.map(String::from);
            let done = update_value(update_type, "a", &mut now, Some("Two".into()));
            assert_eq!(done.map(|()| now.as_deref()), expected);
            assert_eq!(update_value(update_type, "a", &mut now, None), Ok(()));
        }
    }

    #[test]
    fn many_values_are_added_replaced_and_removed() {
        for (update_type, current, new, expected) in [
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
            assert_eq!(
                updated_texts(update_type, "x", words(current), words(new)),
                expected.map(words),
                "{current} {new}"
            );
        }
    }
}
