//! What an answer must say.

use serde_json::Value;

use crate::variables::{Variables, as_text};

/// Holds an answer against expectations, and names the parts that are asked for.
pub fn check(answer: &Value, words: &[String], variables: &mut Variables) -> Result<(), String> {
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let mut next = |what: &str| words.next().ok_or_else(|| format!("{word}: {what} is missing"));
        let operator = word.find(['=', '~']);
        if let Some(place) = operator {
            let (path, wanted) = (&word[..place], variables.expand(&word[place + 1..])?);
            let found = at(answer, path).ok_or_else(|| format!("{path} is absent, in {answer}"))?;
            let holds = if word[place..].starts_with('=') { equal(&found, &wanted) } else { part_of(&found, &wanted) };
            if !holds {
                return Err(format!("{path} is {found}, expected {wanted}"));
            }
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
                let wanted = variables.expand(next("a number")?)?;
                let found = at(answer, word).as_ref().and_then(Value::as_array).map(Vec::len);
                if found.map(|len| len.to_string()).as_deref() != Some(wanted.as_str()) {
                    return Err(format!("{word} counts {found:?}, expected {wanted}, in {answer}"));
                }
            }
            other => return Err(format!("{other}: expected 'as', 'absent', 'present' or 'count'")),
        }
    }
    Ok(())
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

fn equal(found: &Value, wanted: &str) -> bool {
    let structured = wanted.starts_with(['{', '[', '"']);
    if structured && let Ok(wanted) = serde_json::from_str::<Value>(wanted) {
        return *found == wanted;
    }
    let numbers = || Some((found.as_f64()?, wanted.parse::<f64>().ok()?));
    as_text(found) == wanted || numbers().is_some_and(|(one, other)| (one - other).abs() < 0.0005)
}

fn part_of(found: &Value, wanted: &str) -> bool {
    let wanted = serde_json::from_str::<String>(wanted).unwrap_or_else(|_| wanted.to_owned());
    as_text(found).contains(&wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::tokens;

    #[test]
    fn answers_are_held_against_expectations() {
        let answer = serde_json::json!({"A": [{"Id": "x", "N": 1}, {"Id": "y z", "N": 2}], "T": 5.25});
        let mut variables = Variables::default();
        let mut holds = |words: &str| check(&answer, &tokens(words).unwrap(), &mut variables);
        holds(r#"A count 2 A.0.Id=x A.1.Id="y z" A.*.N=[1,2] T=5.25 B absent A present A.0.Id as @id A.0.Id=@id"#)
            .unwrap();
        holds("A.1.Id~z").unwrap();
        for wrong in ["A count 1", "A.0.Id=y", "B present", "A absent", "A.2.Id=x", "A.0.Id~q", "A", "A.0.Id=@no"] {
            assert!(holds(wrong).is_err(), "{wrong}");
        }
    }
}
