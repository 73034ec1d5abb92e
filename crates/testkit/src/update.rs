//! Rewrites expectations in place, for `UPDATE_SCENARIOS=1`.

use std::collections::BTreeSet;
use std::ops::Range;

use serde_json::Value;

use crate::line::Word;
use crate::variables::{Variables, as_text};

/// Changes to a file. Equal edits of several cases count as one.
#[derive(Clone, Debug, Default)]
pub struct Edits(BTreeSet<(usize, usize, String)>);

impl Edits {
    /// Notes a new text for a range of the file.
    pub fn replace(&mut self, at: &Range<usize>, text: String) {
        self.0.insert((at.start, at.end, text));
    }

    /// Notes a new value for a word from a byte on. A document stays a document.
    pub fn replace_value(&mut self, word: &Word, from: usize, value: &Value) {
        let Some(document) = &word.document else {
            return self.replace(&(word.at.start + from..word.at.end), written(value));
        };
        let end = &word.text[word.text.rfind("<<").map_or(0, |begin| begin + 2)..];
        let text = match value {
            Value::Object(_) | Value::Array(_) => serde_json::to_string_pretty(value).unwrap_or_default(),
            _ => as_text(value),
        };
        let can_stand = text.lines().all(|row| row.trim() != end) && stays(&text);
        if can_stand {
            let indent = " ".repeat(document.indent);
            let row = |row: &str| if row.is_empty() { "\n".to_owned() } else { format!("{indent}{row}\n") };
            self.replace(&document.rows, text.split('\n').map(row).collect());
        } else {
            self.replace(&(word.at.start + from..word.at.end), written(value));
            self.replace(&(document.rows.start..document.end), String::new());
        }
    }

    /// Adds the edits of another case.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Whether there are no edits.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Applies all edits to the file's text.
    ///
    /// # Errors
    /// When two cases run the same line and are answered differently.
    pub fn apply_to(&self, text: &str) -> Result<String, String> {
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for (start, end, edit) in &self.0 {
            if *start < done {
                let number = text[..*start].split('\n').count();
                return Err(format!("{number}: cases that run this line are answered differently"));
            }
            out.push_str(&text[done..*start]);
            out.push_str(edit);
            done = *end;
        }
        out.push_str(&text[done..]);
        Ok(out)
    }
}

/// Formats a value as scenarios write it.
pub fn written(value: &Value) -> String {
    match value.as_str() {
        Some(text) if is_bare(text) => text.to_owned(),
        Some(text) => quoted(text),
        // A timestamp of whole seconds is written without a fraction.
        None if value.is_f64() => value.to_string().trim_end_matches(".0").to_owned(),
        None => escaped(value.to_string()),
    }
}

/// Quotes a text.
pub fn quoted(text: &str) -> String {
    escaped(Value::from(text).to_string())
}

/// Escapes JSON so that expansion leaves it unchanged.
fn escaped(json: String) -> String {
    if stays(&json) { json } else { json.replace('@', "\\u0040").replace("repeat(", "repeat\\u0028") }
}

/// Whether a text is one word without quotes.
fn is_bare(text: &str) -> bool {
    !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || "\"{}[]()<\\@".contains(c))
}

/// Whether expansion leaves a text unchanged.
fn stays(text: &str) -> bool {
    Variables::default().expand(text).is_ok_and(|expanded| expanded == text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::line::cases;

    #[test]
    fn edits_are_made_once_and_never_over_each_other() {
        let mut edits = Edits::default();
        assert_eq!(edits.apply_to("a b c").unwrap(), "a b c");
        edits.replace(&(4..5), "see".to_owned());
        edits.replace(&(0..1), "ay".to_owned());
        edits.extend(edits.clone());
        assert_eq!(edits.apply_to("a b c").unwrap(), "ay b see");
        edits.replace(&(4..5), "sea".to_owned());
        assert_eq!(edits.apply_to("a\nb c").unwrap_err(), "2: cases that run this line are answered differently");
    }

    #[test]
    fn what_is_written_is_read() {
        for text in
            ["", "x", "two words", "a@b.com", "@root", "x @@assign @a", "repeat(x,2)", "<<END", "\"", "\\", "é\n"]
        {
            let written = written(&Value::from(text));
            let file = format!("== One\nOp -> A={written}");
            let case = cases("ds", &file).unwrap().remove(0);
            let read = case.lines[0].words[2].expand(2, &Variables::default()).unwrap();
            let read = if written == text { read } else { serde_json::from_str(&read).unwrap() };
            assert_eq!(read, text, "{written}");
        }
    }

    #[test]
    fn numbers_are_written_as_people_do() {
        let numbers = [1_767_225_600.0, 1_767_225_600.5, 10.0].map(|number| written(&Value::from(number)));
        assert_eq!(numbers, ["1767225600", "1767225600.5", "10"]);
    }

    #[test]
    fn documents_stay_documents_where_they_can() {
        let text = "== One\nOp -> A=<<END B\n  {\n\n  }\n  END\n# Two\n";
        let updated = |value: Value| {
            let mut edits = Edits::default();
            edits.replace_value(&cases("ds", text).unwrap()[0].lines[0].words[2], 2, &value);
            edits.apply_to(text).unwrap()
        };
        assert_eq!(updated("{\n\n  2\n}".into()), "== One\nOp -> A=<<END B\n  {\n\n    2\n  }\n  END\n# Two\n");
        assert_eq!(updated("a\nEND".into()), "== One\nOp -> A=\"a\\nEND\" B\n# Two\n");
        let pretty = "== One\nOp -> A=<<END B\n  {\n    \"x\": 1\n  }\n  END\n# Two\n";
        assert_eq!(updated(serde_json::json!({"x": 1})), pretty);
    }
}
