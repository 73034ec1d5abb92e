//! What an answer must say.

use serde_json::Value;
use similar::TextDiff;

use crate::update::Edits;
use crate::variables::{Variables, as_text};

/// How the text after a path is compared.
#[derive(Clone, Copy)]
enum Comparison {
    Equal,
    Contains,
    BeginsWith,
}

/// Holds an answer against expectations, and names the parts that are asked for.
///
/// # Errors
/// The first expectation that does not hold. With `edits`, those that an edit can make hold are noted there instead.
pub fn check(
    answer: &Value,
    words: &[String],
    variables: &mut Variables,
    mut edits: Option<&mut Edits>,
) -> Result<(), String> {
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let mut next = |what: &str| words.next().ok_or_else(|| format!("{word}: {what} is missing"));
        if let Some(at_operator) = word.find(['=', '~', '^']) {
            compare(answer, word, at_operator, variables, edits.as_deref_mut())?;
            continue;
        }
        match next("'as', 'absent', 'present' or 'count'")?.as_str() {
            "as" => {
                let name = next("a name")?.strip_prefix('@').ok_or("a name begins with @")?;
                let found = at(answer, word).ok_or_else(|| format!("{word} is absent, in {answer}"))?;
                variables.set(name, found);
            }
            "absent" if at(answer, word).is_some() => return Err(format!("{word} is there, in {answer}")),
            "present" if at(answer, word).is_none() => return Err(format!("{word} is absent, in {answer}")),
            "absent" | "present" => {}
            "count" => {
                let written = next("a number")?;
                let expected = variables.expand(written)?;
                let found = at(answer, word).as_ref().and_then(Value::as_array).map(Vec::len);
                match (found, edits.as_deref_mut()) {
                    (Some(found), _) if found.to_string() == expected => {}
                    (Some(found), Some(edits)) => {
                        edits.replace(&format!("{word} count {written}"), &format!("{word} count {found}"));
                    }
                    _ => return Err(format!("{word} counts {found:?}, expected {expected}, in {answer}")),
                }
            }
            other => return Err(format!("{other}: expected 'as', 'absent', 'present' or 'count'")),
        }
    }
    Ok(())
}

/// `Path=value`, `Path~part` or `Path^beginning`.
fn compare(
    answer: &Value,
    word: &str,
    at_operator: usize,
    variables: &Variables,
    edits: Option<&mut Edits>,
) -> Result<(), String> {
    let comparison = match &word[at_operator..=at_operator] {
        "=" => Comparison::Equal,
        "~" => Comparison::Contains,
        _ => Comparison::BeginsWith,
    };
    let (path, expected) = (&word[..at_operator], variables.expand(&word[at_operator + 1..])?);
    let found = at(answer, path).ok_or_else(|| format!("{path} is absent, in {answer}"))?;
    let holds = match comparison {
        Comparison::Equal => equal(&found, &expected),
        Comparison::Contains => as_text(&found).contains(&unquoted(&expected)),
        Comparison::BeginsWith => as_text(&found).starts_with(&unquoted(&expected)),
    };
    match edits {
        _ if holds => Ok(()),
        Some(edits) => {
            edits.replace(word, &format!("{}{}", &word[..=at_operator], written(&found)));
            Ok(())
        }
        None => Err(format!("{path}{}", difference(&expected, &as_text(&found)))),
    }
}

/// Holds a whole answer against the one that is expected.
///
/// # Errors
/// When they differ; the text shows where.
pub fn check_whole(
    answer: &Value,
    words: &[String],
    variables: &Variables,
    edits: Option<&mut Edits>,
) -> Result<(), String> {
    let [word] = words else { return Err("=> takes one JSON value: the whole answer".to_owned()) };
    let expected = variables.expand(word)?;
    let expected: Value = serde_json::from_str(&expected).map_err(|wrong| format!("{word}: {wrong}"))?;
    match edits {
        _ if expected == *answer => Ok(()),
        Some(edits) => {
            edits.replace(word, &answer.to_string());
            Ok(())
        }
        None => Err(format!("the answer{}", difference(&lines(&expected), &lines(answer)))),
    }
}

/// A value as a scenario writes it.
pub fn written(value: &Value) -> String {
    match value.as_str() {
        Some(text) if !text.contains(|c: char| c.is_whitespace() || "\"{}[]()\\@".contains(c)) => text.to_owned(),
        _ => value.to_string(),
    }
}

/// Each member on a line of its own.
fn lines(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// What is expected and what was found, as one line where both are short, and else line by line.
fn difference(expected: &str, found: &str) -> String {
    const SHORT: usize = 60;
    if expected.len() <= SHORT && found.len() <= SHORT {
        return format!(" is {found}, expected {expected}");
    }
    let pretty = |text: &str| serde_json::from_str::<Value>(text).map_or_else(|_| text.to_owned(), |json| lines(&json));
    let (expected, found) = (pretty(expected), pretty(found));
    let diff = TextDiff::from_lines(&expected, &found);
    format!(" differs:\n{}", diff.unified_diff().header("expected", "answered"))
}

/// What is at a dotted path; `*` collects from every element of a list.
fn at(value: &Value, path: &str) -> Option<Value> {
    let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    if first == "*" {
        let items = value.as_array()?.iter();
        let found = items.map(|item| rest.map_or_else(|| Some(item.clone()), |rest| at(item, rest)));
        return found.collect::<Option<Vec<Value>>>().map(Value::Array);
    }
    let found = match value {
        Value::Array(items) => items.get(first.parse::<usize>().ok()?)?,
        other => other.get(first)?,
    };
    rest.map_or_else(|| Some(found.clone()), |rest| at(found, rest))
}

fn equal(found: &Value, expected: &str) -> bool {
    // A document is a text that looks like a structure.
    if found.as_str() == Some(expected) {
        return true;
    }
    let structured = expected.starts_with(['{', '[', '"']);
    if structured && let Ok(expected) = serde_json::from_str::<Value>(expected) {
        return *found == expected;
    }
    let numbers = || Some((found.as_f64()?, expected.parse::<f64>().ok()?));
    as_text(found) == expected || numbers().is_some_and(|(one, other)| (one - other).abs() < 0.0005)
}

/// A text without the quotes that it has when there are spaces in it.
fn unquoted(text: &str) -> String {
    serde_json::from_str::<String>(text).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::tokens;

    #[test]
    fn answers_are_held_against_expectations() {
        let answer = serde_json::json!({"A": [{"Id": "x", "N": 1}, {"Id": "y z", "N": 2}], "T": 5.25});
        let mut variables = Variables::default();
        let mut holds = |words: &str| check(&answer, &tokens(words).unwrap(), &mut variables, None);
        holds(r#"A count 2 A.0.Id=x A.1.Id="y z" A.*.N=[1,2] T=5.25 B absent A present A.0.Id as @id A.0.Id=@id"#)
            .unwrap();
        holds(r#"A.1.Id~z A.1.Id^y A.1.Id^"y z""#).unwrap();
        for wrong in
            ["A count 1", "A.0.Id=y", "B present", "A absent", "A.2.Id=x", "A.0.Id~q", "A", "A.0.Id=@no", "A.1.Id^z"]
        {
            assert!(holds(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn whole_answers_are_compared_member_by_member() {
        let answer = serde_json::json!({"A": {"Id": "x", "Name": "a name that makes the answer a long one"}, "B": 1});
        let whole = |text: &str| check_whole(&answer, &[text.to_owned()], &Variables::default(), None);
        whole(&answer.to_string()).unwrap();
        let wrong = whole(&answer.to_string().replace("\"B\":1", "\"B\":2")).unwrap_err();
        assert!(wrong.contains("-  \"B\": 2\n+  \"B\": 1"), "{wrong}");
        assert!(whole("{}").is_err() && whole("{").is_err());
    }

    #[test]
    fn an_update_notes_what_would_hold() {
        let answer = serde_json::json!({"A": [1], "T": "two words"});
        let (mut edits, words) = (Edits::default(), tokens("A count 2 T=x").unwrap());
        check(&answer, &words, &mut Variables::default(), Some(&mut edits)).unwrap();
        assert_eq!(edits.apply_to("A count 2 T=x"), "A count 1 T=\"two words\"");
    }
}
