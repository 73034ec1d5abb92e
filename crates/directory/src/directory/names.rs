//! Names and passwords of new directories, beyond what the model's patterns say.

use compact_str::CompactString;

use crate::error::{Error, Result, require};

/// The longest fully qualified name; the service says so itself.
const NAME_MAX: usize = 64;

/// The longest NetBIOS name, a rule of Active Directory.
const SHORT_NAME_MAX: usize = 15;

/// Requires a dotted name. The model's pattern also takes backslashes, and names without a dot.
pub fn require_name(name: &str) -> Result<()> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'-';
    let ends =
        name.starts_with(|c: char| c.is_ascii_alphanumeric()) && name.ends_with(|c: char| c.is_ascii_alphanumeric());
    let held = (2..=NAME_MAX).contains(&name.len()) && name.bytes().all(allowed) && ends && name.contains('.');
    require(held, Error::Name)
}

/// The NetBIOS name: as given, or the first label in capitals.
// Inferred: a long label is cut, as Active Directory does it.
pub fn short_name(given: Option<&str>, name: &str) -> Result<CompactString> {
    match given {
        Some(given) => {
            require(given.chars().count() <= SHORT_NAME_MAX, Error::ShortName)?;
            Ok(given.into())
        }
        None => Ok(name
            .split('.')
            .next()
            .unwrap_or(name)
            .chars()
            .take(SHORT_NAME_MAX)
            .collect::<CompactString>()
            .to_uppercase()),
    }
}

/// Requires a password without the administrator's name.
pub fn require_password(password: &str) -> Result<()> {
    require(!password.to_ascii_lowercase().contains("admin"), Error::Password)
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
    fn names_are_dotted() {
        for name in ["corp.example.com", "a.b", "1-2.example"] {
            assert_eq!(require_name(name), Ok(()), "{name}");
        }
        let long = format!("{}.example.com", "a".repeat(60));
        for name in ["main-dir", "corp\\example.com", ".corp", "corp.", "-corp.com", "", long.as_str()] {
            assert_eq!(require_name(name), Err(Error::Name), "{name}");
        }
    }

    #[test]
    fn short_names_come_from_the_first_label() {
        assert_eq!(short_name(None, "corp.example.com"), Ok("CORP".into()));
        assert_eq!(short_name(None, "a-very-long-first-label.com"), Ok("A-VERY-LONG-FIR".into()));
        assert_eq!(short_name(Some("Sales"), "corp.example.com"), Ok("Sales".into()));
        assert_eq!(short_name(Some("sixteen-letters!"), "corp.example.com"), Err(Error::ShortName));
    }

    #[test]
    fn passwords_do_not_name_the_administrator() {
        assert_eq!(require_password("PreAdmin123"), Err(Error::Password));
        assert_eq!(require_password("Sup3rSecret!"), Ok(()));
    }

    #[test]
    fn domains_are_written_by_component() {
        assert_eq!(domain_components("corp.example.com"), "DC=corp,DC=example,DC=com");
    }
}
