//! From a file to cases.

use crate::tokens::tokens;

/// A case: a title, and lines that run one after the other in a fresh world.
#[derive(Debug)]
pub struct Case {
    /// The title.
    pub title: String,
    pub(crate) service: String,
    pub(crate) lines: Vec<Line>,
}

/// A line, and where it is.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub number: usize,
    pub words: Vec<String>,
}

/// Reads a file of scenarios of one service.
///
/// # Errors
/// When a line cannot be read; the text says which.
pub fn cases(service: &str, text: &str) -> Result<Vec<Case>, String> {
    let mut cases: Vec<Case> = Vec::new();
    let mut start: Vec<Line> = Vec::new();
    let (mut joined, mut first) = (String::new(), 0);
    for (index, raw) in text.lines().enumerate() {
        let line = raw.trim();
        if joined.is_empty() {
            first = index + 1;
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
        }
        if let Some(begun) = line.strip_suffix('\\') {
            joined.push_str(begun);
            joined.push(' ');
            continue;
        }
        joined.push_str(line);
        let whole = std::mem::take(&mut joined);
        if let Some(title) = whole.strip_prefix("== ") {
            cases.push(Case { title: title.to_owned(), service: service.to_owned(), lines: start.clone() });
            continue;
        }
        let words = tokens(&whole).map_err(|wrong| format!("line {first}: {wrong}"))?;
        let line = Line { number: first, words };
        match cases.last_mut() {
            Some(case) => case.lines.push(line),
            None => start.push(line),
        }
    }
    if cases.is_empty() { Err("the file has no case: begin one with '== title'".to_owned()) } else { Ok(cases) }
}
