//! Rules for names and passwords of new directories that the model's patterns do not express.

use compact_str::CompactString;
use model::ds::ErrorCode;
use std::borrow::Cow;

use crate::error::{Coded, Result, require};

/// Why a name or a password of a new directory is refused.
#[derive(Clone, Debug, PartialEq)]
pub enum NameError {
    /// The fully qualified name is malformed.
    Name,
    /// The NetBIOS name is too long.
    ShortName,
    /// The password contains the administrator's name.
    Password,
}

impl Coded for NameError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Name | Self::ShortName | Self::Password => ErrorCode::InvalidParameterException,
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            // Recorded.
            Self::Name => {
                "Invalid directory name. The directory name must be between 2 and 64 characters, and can only contain \
                alphanumeric characters, periods (.). or minus signs (-). Also, the directory name must begin and end \
                with an alphanumeric character."
                    .into()
            }
            Self::ShortName => {
                "Invalid directory short name. The short name must be between 1 and 15 characters.".into()
            }
            Self::Password => "Invalid password. The password must not contain the word admin.".into(),
        }
    }
}

/// The longest fully qualified name, as the service's own error says.
const NAME_MAX: usize = 64;

/// The longest NetBIOS name, a rule of Active Directory.
const SHORT_NAME_MAX: usize = 15;

/// Requires a name with a dot. The model's pattern also allows backslashes, and names without a dot.
pub fn require_name(name: &str) -> Result<()> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'-';
    let ends =
        name.starts_with(|c: char| c.is_ascii_alphanumeric()) && name.ends_with(|c: char| c.is_ascii_alphanumeric());
    let is_valid = (2..=NAME_MAX).contains(&name.len()) && name.bytes().all(allowed) && ends && name.contains('.');
    Ok(require(is_valid, NameError::Name)?)
}

/// The NetBIOS name: from the request, or else the first label of the name as it is written, which the samples of the
/// command line show.
// Inferred: the sample's request is not shown. A long label is cut, as Active Directory does it.
pub fn short_name(requested: Option<&str>, name: &str) -> Result<CompactString> {
    match requested {
        Some(requested) => {
            require(requested.chars().count() <= SHORT_NAME_MAX, NameError::ShortName)?;
            Ok(requested.into())
        }
        None => Ok(name.split('.').next().unwrap_or(name).chars().take(SHORT_NAME_MAX).collect()),
    }
}

/// Requires a password without the administrator's name.
pub fn require_password(password: &str) -> Result<()> {
    Ok(require(!password.to_ascii_lowercase().contains("admin"), NameError::Password)?)
}

/// The distinguished name of a domain: `DC=corp,DC=example,DC=com`.
pub fn domain_components(name: &str) -> String {
    let components: Vec<String> = name.split('.').map(|label| format!("DC={label}")).collect();
    components.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_a_dot() {
        for name in ["corp.example.com", "a.b", "1-2.example"] {
            assert_eq!(require_name(name), Ok(()), "{name}");
        }
        let long = format!("{}.example.com", "a".repeat(60));
        for name in ["main-dir", "corp\\example.com", ".corp", "corp.", "-corp.com", "", long.as_str()] {
            assert_eq!(require_name(name), Err(NameError::Name.into()), "{name}");
        }
    }

    #[test]
    fn short_names_come_from_the_first_label() {
        assert_eq!(short_name(None, "corp.example.com"), Ok("corp".into()));
        assert_eq!(short_name(None, "a-very-long-first-label.com"), Ok("a-very-long-fir".into()));
        assert_eq!(short_name(Some("Sales"), "corp.example.com"), Ok("Sales".into()));
        assert_eq!(short_name(Some("sixteen-letters!"), "corp.example.com"), Err(NameError::ShortName.into()));
    }

    #[test]
    fn passwords_do_not_contain_the_name_of_the_administrator() {
        assert_eq!(require_password("PreAdmin123"), Err(NameError::Password.into()));
        assert_eq!(require_password("Sup3rSecret!"), Ok(()));
    }

    #[test]
    fn a_domain_is_named_by_its_components() {
        assert_eq!(domain_components("corp.example.com"), "DC=corp,DC=example,DC=com");
    }
}
