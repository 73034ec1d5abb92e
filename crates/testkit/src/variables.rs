//! The variables of a scenario.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

/// The values by name.
#[derive(Default)]
pub struct Variables(BTreeMap<String, Value>);

impl Variables {
    /// Sets a variable.
    pub fn set(&mut self, name: &str, value: Value) {
        self.0.insert(name.to_owned(), value);
    }

    /// The value of `name`.
    pub fn get(&self, name: &str) -> Result<&Value, String> {
        self.0.get(name).ok_or_else(|| format!("nothing is named @{name}"))
    }

    /// Expands every `@name`, `repeat(text,n)` and `fixture(path)` of a value. An `@` after a letter or digit belongs
    /// to an e-mail, and `@@` begins an operator of a policy.
    pub fn expand(&self, text: &str) -> Result<String, String> {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find('@') {
            let (before, from) = rest.split_at(at);
            out.push_str(before);
            if let Some(operator) = from.strip_prefix("@@") {
                out.push_str("@@");
                rest = operator;
                continue;
            }
            let name: String = from[1..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            let in_word = before.chars().next_back().is_some_and(|c| c.is_alphanumeric() || "._+-".contains(c));
            if in_word || name.is_empty() {
                out.push('@');
                rest = &from[1..];
            } else {
                out.push_str(&as_text(self.get(&name)?));
                rest = &from[1 + name.len()..];
            }
        }
        out.push_str(rest);
        fixture(&repeat(&out)?)
    }
}

/// Text unchanged, and any other value as JSON.
pub fn as_text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn repeat(text: &str) -> Result<String, String> {
    let Some((before, from)) = text.split_once("repeat(") else { return Ok(text.to_owned()) };
    let wrong = || format!("{text}: repeat takes a text and a number");
    let (inside, after) = from.split_once(')').ok_or_else(wrong)?;
    let (what, times) = inside.rsplit_once(',').ok_or_else(wrong)?;
    let times: usize = times.trim().parse().map_err(|_| wrong())?;
    Ok(format!("{before}{}{}", what.repeat(times), repeat(after)?))
}

/// The content of a file of `fixtures/`, if the value names one.
fn fixture(text: &str) -> Result<String, String> {
    let Some(path) = text.strip_prefix("fixture(").and_then(|from| from.strip_suffix(')')) else {
        return Ok(text.to_owned());
    };
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures").join(path);
    fs::read_to_string(&file).map_err(|wrong| format!("{path}: {wrong}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_replaced_and_emails_are_not() {
        let mut variables = Variables::default();
        variables.set("dev", Value::from("222222222222"));
        let expand = |text| variables.expand(text);
        assert_eq!(expand("arn:aws:iam::@dev:role/x").unwrap(), "arn:aws:iam::222222222222:role/x");
        assert_eq!(expand(r#"{"Id":"@dev"}"#).unwrap(), r#"{"Id":"222222222222"}"#);
        assert_eq!(expand("a@dev.com").unwrap(), "a@dev.com");
        assert_eq!(expand("repeat(ab,2)-repeat(c,3)").unwrap(), "abab-ccc");
        assert_eq!(expand(r#"{"@@assign":"@dev"}"#).unwrap(), r#"{"@@assign":"222222222222"}"#);
        assert!(expand("@nobody").is_err());
        assert!(expand("fixture(certificates/ec.pem)").unwrap().starts_with("-----BEGIN CERTIFICATE-----\n"));
        assert!(expand("fixture(nothing)").is_err());
    }
}
