//! Checks answers against expectations.

use model::Refusal;
use serde_json::Value;
use similar::TextDiff;

use crate::line::Word;
use crate::update::{Edits, quoted};
use crate::variables::{Variables, as_text};

/// The comparison of a value with its expectation.
#[derive(Clone, Copy)]
enum Comparison {
    Equal,
    Contains,
    BeginsWith,
}

/// Checks an answer against expectations, and sets the variables that they name.
///
/// # Errors
/// The first expectation that does not hold. With `edits`, wrong values are noted there instead.
pub fn check(
    answer: &Value,
    words: &[Word],
    variables: &mut Variables,
    mut edits: Option<&mut Edits>,
) -> Result<(), String> {
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let path = word.text.as_str();
        let mut next = |what: &str| words.next().ok_or_else(|| format!("{path}: {what} is missing"));
        if let Some(at_operator) = path.find(['=', '~', '^']) {
            compare(answer, word, at_operator, variables, edits.as_deref_mut())?;
            continue;
        }
        match next("'as', 'absent', 'present' or 'count'")?.text.as_str() {
            "as" => {
                let name = next("a name")?.text.strip_prefix('@').ok_or("a name begins with @")?;
                let found = at(answer, path).ok_or_else(|| format!("{path} is absent, in {answer}"))?;
                variables.set(name, found);
            }
            "absent" if at(answer, path).is_some() => return Err(format!("{path} is there, in {answer}")),
            "present" if at(answer, path).is_none() => return Err(format!("{path} is absent, in {answer}")),
            "absent" | "present" => {}
            "count" => {
                let number = next("a number")?;
                let expected = number.expand(0, variables)?;
                let found = at(answer, path).as_ref().and_then(Value::as_array).map(Vec::len);
                match (found, edits.as_deref_mut()) {
                    (Some(found), _) if found.to_string() == expected => {}
                    (Some(found), Some(edits)) => edits.replace_value(number, 0, &found.into()),
                    (Some(found), None) => return Err(format!("{path} counts {found}, expected {expected}")),
                    (None, _) => return Err(format!("{path} is no list, in {answer}")),
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
    word: &Word,
    at_operator: usize,
    variables: &Variables,
    edits: Option<&mut Edits>,
) -> Result<(), String> {
    let comparison = match &word.text[at_operator..=at_operator] {
        "=" => Comparison::Equal,
        "~" => Comparison::Contains,
        _ => Comparison::BeginsWith,
    };
    let (path, expected) = (&word.text[..at_operator], word.expand(at_operator + 1, variables)?);
    let found = at(answer, path).ok_or_else(|| format!("{path} is absent, in {answer}"))?;
    let (holds, how) = match comparison {
        Comparison::Equal => (equal(&found, &expected), ""),
        Comparison::Contains => (as_text(&found).contains(&unquoted(&expected)), "a text with "),
        Comparison::BeginsWith => (as_text(&found).starts_with(&unquoted(&expected)), "a beginning of "),
    };
    match edits {
        _ if holds => Ok(()),
        Some(edits) => {
            edits.replace_value(word, at_operator + 1, &found);
            Ok(())
        }
        None => Err(format!("{path}{}", difference(how, &expected, &as_text(&found)))),
    }
}

/// Compares a whole answer with the expected one.
///
/// # Errors
/// A text that shows the difference. With `edits`, the answer is noted there instead.
pub fn check_whole(
    answer: &Value,
    words: &[Word],
    variables: &Variables,
    edits: Option<&mut Edits>,
) -> Result<(), String> {
    let [word] = words else { return Err("=> takes one JSON value: the whole answer".to_owned()) };
    let expected = word.expand(0, variables)?;
    let expected: Value = serde_json::from_str(&expected).map_err(|wrong| format!("{expected}: {wrong}"))?;
    match edits {
        _ if expected == *answer => Ok(()),
        Some(edits) => {
            edits.replace_value(word, 0, answer);
            Ok(())
        }
        None => Err(format!("the answer{}", difference("", &lines(&expected), &lines(answer)))),
    }
}

/// Compares a refusal with `!! Code REASON "text"`.
///
/// # Errors
/// A text that shows the difference. With `edits`, the refusal is noted there instead.
pub fn check_refusal(
    refusal: &Refusal,
    words: &[Word],
    variables: &Variables,
    edits: Option<&mut Edits>,
) -> Result<(), String> {
    let [mark, words @ ..] = words else { return Err("!! is missing".to_owned()) };
    let expected = words.iter().map(|word| word.expand(0, variables)).collect::<Result<Vec<String>, String>>()?;
    let (expected_names, expected_text) = match expected.as_slice() {
        [names @ .., text] if text.starts_with('"') => (names, Some(unquoted(text))),
        names => (names, None),
    };
    let (codes, reason, text) = parts(refusal);
    let code = expected_names.first().map(String::as_str).filter(|code| codes.contains(code));
    let names_hold = code.is_some() && expected_names.iter().skip(1).eq(reason);
    let text_holds = expected_text.is_none_or(|expected| text.starts_with(&expected));
    if names_hold && text_holds {
        return Ok(());
    }
    let Some(edits) = edits else {
        return Err(format!("the refusal{}", difference("", &expected.join(" "), &refusal_text(refusal))));
    };
    let code = code.unwrap_or(codes[0]);
    let names = reason.map_or_else(|| code.to_owned(), |reason| format!("{code} {reason}"));
    let (name_words, text_words) = words.split_at(expected_names.len());
    match (name_words, reason) {
        _ if names_hold => {}
        ([], _) => edits.replace(&mark.at, format!("!! {names}")),
        ([first, second], Some(reason)) => {
            edits.replace(&first.at, code.to_owned());
            edits.replace(&second.at, reason.to_owned());
        }
        ([only], _) => edits.replace(&only.at, names),
        ([first, .., last], _) => edits.replace(&(first.at.start..last.at.end), names),
    }
    if let (false, [word]) = (text_holds, text_words) {
        edits.replace(&word.at, quoted(text));
    }
    Ok(())
}

/// A refusal as a scenario writes it after `!!`.
pub fn refusal_text(refusal: &Refusal) -> String {
    let ([code, _], reason, text) = parts(refusal);
    let mut said = vec![code.to_owned()];
    said.extend(reason.map(str::to_owned));
    if !text.is_empty() {
        said.push(quoted(text));
    }
    said.join(" ")
}

/// The two codes that may stand for a refusal, its reason and its message.
fn parts(refusal: &Refusal) -> ([&str; 2], Option<&str>, &str) {
    match refusal {
        Refusal::Service(error) => ([error.name, error.code], error.reason, &error.message),
        Refusal::FrontEnd(kind, text) => ([kind.code(), kind.query_code()], None, text),
        Refusal::Planned(_) => ([Refusal::PLANNED; 2], None, ""),
        Refusal::Unreachable(text) => ([Refusal::UNREACHABLE; 2], None, text),
    }
}

/// Each member on a line of its own.
fn lines(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// Shows a difference, in one line where both texts are short, and else line by line.
fn difference(how: &str, expected: &str, found: &str) -> String {
    const SHORT: usize = 60;
    if expected.len() <= SHORT && found.len() <= SHORT && !expected.contains('\n') && !found.contains('\n') {
        return format!(" is {found}, expected {how}{expected}");
    }
    let pretty = |text: &str| serde_json::from_str::<Value>(text).map_or_else(|_| text.to_owned(), |json| lines(&json));
    let (expected, found) = (pretty(expected), pretty(found));
    let diff = TextDiff::from_lines(&expected, &found);
    let header = format!("expected {how}").trim_end().to_owned();
    let mut diff = diff.unified_diff();
    format!(" differs:\n{}", diff.header(&header, "answered").missing_newline_hint(false))
}

/// The value at a dotted path. `*` collects from every element of a list.
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
    // A policy document is a text that looks like a structure.
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

/// A text without its quotes, which it has when there are spaces in it.
fn unquoted(text: &str) -> String {
    serde_json::from_str::<String>(text).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use model::ServiceError;

    use super::*;
    use crate::line::cases;

    /// The words after `Op`.
    fn words(text: &str) -> Vec<Word> {
        let case = cases("ds", &format!("== One\nOp {text}")).unwrap().remove(0);
        case.lines[0].words[1..].to_vec()
    }

    /// The text after an update.
    fn updated(text: &str, check: impl FnOnce(&[Word], &mut Edits)) -> String {
        let (mut edits, file) = (Edits::default(), format!("== One\nOp {text}"));
        check(&words(text), &mut edits);
        edits.apply_to(&file).unwrap()["== One\nOp ".len()..].to_owned()
    }

    fn refusal(reason: Option<&'static str>) -> Refusal {
        let message = Cow::Borrowed("The reason why.");
        Refusal::Service(ServiceError { name: "NameException", code: "Code", status: 400, reason, message })
    }

    #[test]
    fn answers_are_checked_against_expectations() {
        let answer = serde_json::json!({"A": [{"Id": "x", "N": 1}, {"Id": "y z", "N": 2}], "T": 5.25});
        let mut variables = Variables::default();
        let mut holds = |text: &str| check(&answer, &words(text), &mut variables, None);
        holds(r#"A count 2 A.0.Id=x A.1.Id="y z" A.*.N=[1,2] T=5.25 B absent A present A.0.Id as @id A.0.Id=@id"#)
            .unwrap();
        holds("A.1.Id=<<END A.0.Id=x\ny z\nEND\n").unwrap();
        for wrong in ["A count 1", "A.0.Id=y", "B present", "A absent", "A.2.Id=x", "A", "A.0.Id=@no", "T count 1"] {
            assert!(holds(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_text_contains_and_begins_with() {
        let answer = serde_json::json!({"A": "two words", "N": 12});
        let holds = |text: &str| check(&answer, &words(text), &mut Variables::default(), None);
        holds(r#"A~wo A~"o w" A~words A^t A^"two w" N~2 N^1"#).unwrap();
        assert_eq!(holds("A~three"), Err("A is two words, expected a text with three".to_owned()));
        assert_eq!(holds("A^words"), Err("A is two words, expected a beginning of words".to_owned()));
    }

    #[test]
    fn whole_answers_are_compared_member_by_member() {
        let answer = serde_json::json!({"A": {"Id": "x", "Name": "a name that makes the answer a long one"}, "B": 1});
        let whole = |text: &str| check_whole(&answer, &words(text), &Variables::default(), None);
        whole(&answer.to_string()).unwrap();
        whole(&format!("<<END\n{answer:#}\nEND")).unwrap();
        let wrong = whole(&answer.to_string().replace("\"B\":1", "\"B\":2")).unwrap_err();
        assert!(wrong.contains("-  \"B\": 2\n+  \"B\": 1"), "{wrong}");
        for wrong in ["{}", "x", "", "{} {}", &answer.to_string().replace(",\"B\":1", "")] {
            assert!(whole(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn refusals_are_checked_against_code_reason_and_text() {
        let holds = |text: &str, reason| check_refusal(&refusal(reason), &words(text), &Variables::default(), None);
        holds("!! NameException", None).unwrap();
        holds("!! Code \"The reason\"", None).unwrap();
        holds("!! Code WHY \"The\"", Some("WHY")).unwrap();
        for wrong in ["!!", "!! Code WHY", "!! Other", "!! Code \"reason\"", "!! \"The\""] {
            assert!(holds(wrong, None).is_err(), "{wrong}");
        }
        assert!(holds("!! Code", Some("WHY")).is_err());
        let wrong = holds("!! NameException OTHER", Some("WHY")).unwrap_err();
        assert_eq!(wrong, "the refusal is NameException WHY \"The reason why.\", expected NameException OTHER");
    }

    #[test]
    fn an_update_writes_expectations_that_hold() {
        let answer = serde_json::json!({"A": [1], "T": "two words", "U": "x"});
        let updated = |text: &str| {
            updated(text, |words, edits| check(&answer, words, &mut Variables::default(), Some(edits)).unwrap())
        };
        assert_eq!(updated("A count 2  T=x \\\n  U~y U=x T^two"), "A count 1  T=\"two words\" \\\n  U~x U=x T^two");
        assert_eq!(updated("T=<<END U=y\n one\n END\n"), "T=<<END U=x\n two words\n END\n");
    }

    #[test]
    fn an_update_of_a_whole_answer_keeps_its_form() {
        let answer = serde_json::json!({"A": 1});
        let updated = |text: &str| {
            updated(text, |words, edits| check_whole(&answer, words, &Variables::default(), Some(edits)).unwrap())
        };
        assert_eq!(updated("{ \"A\": 1 }"), "{ \"A\": 1 }");
        assert_eq!(updated("{}"), "{\"A\":1}");
        assert_eq!(updated("<<END\n{}\nEND\n"), "<<END\n{\n  \"A\": 1\n}\nEND\n");
    }

    #[test]
    fn an_update_of_a_refusal_keeps_its_parts() {
        let updated = |text: &str, reason| {
            updated(text, |words, edits| {
                check_refusal(&refusal(reason), words, &Variables::default(), Some(edits)).unwrap();
            })
        };
        assert_eq!(updated("!!  Code \"The\"", None), "!!  Code \"The\"");
        assert_eq!(updated("!! Other", None), "!! NameException");
        assert_eq!(updated("!! Code", Some("WHY")), "!! Code WHY");
        assert_eq!(updated("!! Code OTHER \"The\"", None), "!! Code \"The\"");
        assert_eq!(updated("!! Code \"That\"", Some("WHY")), "!! Code WHY \"The reason why.\"");
        assert_eq!(updated("!!", None), "!! NameException");
        assert_eq!(updated("!! Other \\\n   OTHER", Some("WHY")), "!! NameException \\\n   WHY");
        assert_eq!(updated("!! Other \\\n   \"The\"", None), "!! NameException \\\n   \"The\"");
    }
}
