//! From a file to cases.

use std::iter::{Enumerate, Peekable};
use std::str::Lines;

use crate::tokens::tokens;

/// A case: a title, and lines that run one after the other in a fresh world.
#[derive(Clone, Debug)]
pub struct Case {
    /// The title.
    pub title: String,
    /// The number of the line with the title.
    pub number: usize,
    pub(crate) service: String,
    pub(crate) lines: Vec<Line>,
}

/// A line, which may go on over several lines of the file.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// The number of its first line in the file.
    pub number: usize,
    /// Its words, documents among them as JSON texts.
    pub words: Vec<String>,
}

/// Reads a file of scenarios of one service.
///
/// # Errors
/// When a line cannot be read; the text says which.
pub fn cases(service: &str, text: &str) -> Result<Vec<Case>, String> {
    let mut cases: Vec<Case> = Vec::new();
    let mut start: Vec<Line> = Vec::new();
    let mut rows = text.lines().enumerate().peekable();
    while let Some((number, whole)) = next_line(&mut rows) {
        if let Some(title) = whole.strip_prefix("== ") {
            let (title, service) = (title.to_owned(), service.to_owned());
            cases.push(Case { title, number, service, lines: start.clone() });
            continue;
        }
        let words = tokens(&whole).and_then(|words| with_documents(words, &mut rows));
        let line = Line { number, words: words.map_err(|wrong| format!("line {number}: {wrong}"))? };
        match cases.last_mut() {
            Some(case) => case.lines.push(line),
            None => start.push(line),
        }
    }
    if cases.is_empty() { Err("the file has no case: begin one with '== title'".to_owned()) } else { Ok(cases) }
}

type Rows<'a> = Peekable<Enumerate<Lines<'a>>>;

/// The next line that says something, joined with those that it goes on in, and the number of its first line.
fn next_line(rows: &mut Rows<'_>) -> Option<(usize, String)> {
    let says_something = |line: &str| !line.is_empty() && !line.starts_with('#');
    let (index, first) = rows.map(|(index, row)| (index, row.trim())).find(|(_, line)| says_something(line))?;
    let mut whole = first.to_owned();
    while let Some(begun) = whole.strip_suffix('\\') {
        let next = rows.next().map_or("", |(_, row)| row.trim());
        whole = format!("{begun} {next}");
    }
    Some((index + 1, whole))
}

/// Puts the documents that follow a line into its words: `Content=<<END` takes the lines up to `END`, as a JSON text.
fn with_documents(words: Vec<String>, rows: &mut Rows<'_>) -> Result<Vec<String>, String> {
    words
        .into_iter()
        .map(|word| match word.split_once("=<<") {
            Some((name, end)) => Ok(format!("{name}={}", serde_json::Value::from(document(end, rows)?))),
            None => Ok(word),
        })
        .collect()
}

/// The lines up to `end`, without what all of them are indented by.
fn document(end: &str, rows: &mut Rows<'_>) -> Result<String, String> {
    let mut lines = Vec::new();
    loop {
        let (_, row) = rows.next().ok_or_else(|| format!("no line {end} closes the document"))?;
        if row.trim() == end {
            break;
        }
        lines.push(row);
    }
    let indent = |line: &&str| line.len() - line.trim_start().len();
    let common = lines.iter().filter(|line| !line.trim().is_empty()).map(indent).min().unwrap_or(0);
    let lines: Vec<&str> = lines.iter().map(|line| line.get(common..).unwrap_or("")).collect();
    Ok(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_go_on_and_documents_stand_as_they_are() {
        let text = "as 1\n== One\n# no line\nOp A=1 \\\n   B=2\nOp C=<<END -> D\n    {\"x\": \"\\\\\",\n      \"y\": 1}\n    END\n== Two\n";
        let cases = cases("ds", text).unwrap();
        assert_eq!(cases.iter().map(|case| (case.number, case.lines.len())).collect::<Vec<_>>(), [(2, 3), (10, 1)]);
        let [_, joined, documented] = cases[0].lines.as_slice() else { panic!("three lines") };
        assert_eq!((joined.number, joined.words.join(" ")), (4, "Op A=1 B=2".to_owned()));
        let document = "{\"x\": \"\\\\\",\n  \"y\": 1}";
        assert_eq!(documented.words[1], format!("C={}", serde_json::Value::from(document)));
        assert!(super::cases("ds", "== One\nOp C=<<END\n{}\n").is_err());
    }
}
