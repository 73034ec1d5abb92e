//! Reads cases from a file of scenarios.

use std::iter::Peekable;
use std::ops::Range;

use crate::tokens::tokens;
use crate::variables::Variables;

/// A case: a title, and lines that run in order in a fresh world.
#[derive(Clone, Debug)]
pub struct Case {
    /// The title.
    pub title: String,
    pub(crate) service: String,
    pub(crate) lines: Vec<Line>,
}

/// A line. It may continue over several rows of the file.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// The number of its first row in the file, from 1.
    pub number: usize,
    pub words: Vec<Word>,
}

/// A word of a line.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    pub text: String,
    /// The range in the file.
    pub at: Range<usize>,
    /// The document that follows the line, if the word ends in `<<END`.
    pub document: Option<Document>,
}

/// A text that the file has verbatim.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// The rows without their common indent.
    pub text: String,
    /// The common indent.
    pub indent: usize,
    /// The range of the rows in the file.
    pub rows: Range<usize>,
    /// The end of the row that closes it.
    pub end: usize,
}

impl Word {
    /// The word from a byte on, or its document, with all variables expanded.
    pub fn expand(&self, from: usize, variables: &Variables) -> Result<String, String> {
        variables.expand(self.document.as_ref().map_or(&self.text[from..], |document| &document.text))
    }
}

/// Reads a file of scenarios of one service.
///
/// # Errors
/// When a line cannot be read. The text begins with the line's number.
pub fn cases(service: &str, text: &str) -> Result<Vec<Case>, String> {
    let mut cases: Vec<Case> = Vec::new();
    let mut start: Vec<Line> = Vec::new();
    let mut rows = rows(text).peekable();
    while let Some(joined) = next_line(&mut rows) {
        if let Some(title) = joined.text.strip_prefix("== ") {
            cases.push(Case { title: title.to_owned(), service: service.to_owned(), lines: start.clone() });
            continue;
        }
        let words = words(&joined, &mut rows).map_err(|wrong| format!("{}: {wrong}", joined.number))?;
        let line = Line { number: joined.number, words };
        match cases.last_mut() {
            Some(case) => case.lines.push(line),
            None => start.push(line),
        }
    }
    if cases.is_empty() { Err("1: the file has no case: begin one with '== title'".to_owned()) } else { Ok(cases) }
}

/// A row of the file.
struct Row<'a> {
    number: usize,
    /// The start in the file.
    at: usize,
    /// The text without the line break.
    text: &'a str,
    /// The start of the next row.
    end: usize,
}

fn rows(text: &str) -> impl Iterator<Item = Row<'_>> {
    let mut end = 0;
    text.split_inclusive('\n').enumerate().map(move |(index, whole)| {
        let at = end;
        end += whole.len();
        Row { number: index + 1, at, text: whole.trim_end_matches(['\n', '\r']), end }
    })
}

/// Rows joined to a line.
struct Joined {
    /// The number of the first row.
    number: usize,
    text: String,
    /// The position in the file of each byte of the text.
    positions: Vec<usize>,
}

impl Joined {
    fn push(&mut self, row: &Row<'_>) {
        let trimmed = row.text.trim();
        let begin = row.at + row.text.len() - row.text.trim_start().len();
        self.text.push_str(trimmed);
        self.positions.extend(begin..begin + trimmed.len());
    }
}

/// The next line that is neither empty nor a comment.
fn next_line<'a>(rows: &mut Peekable<impl Iterator<Item = Row<'a>>>) -> Option<Joined> {
    let first = rows.find(|row| !row.text.trim().is_empty() && !row.text.trim().starts_with('#'))?;
    let mut joined = Joined { number: first.number, text: String::new(), positions: Vec::new() };
    joined.push(&first);
    while joined.text.ends_with('\\') {
        // A space replaces the mark of continuation.
        joined.text.pop();
        joined.text.push(' ');
        if let Some(row) = rows.next() {
            joined.push(&row);
        }
    }
    Some(joined)
}

fn words<'a>(joined: &Joined, rows: &mut impl Iterator<Item = Row<'a>>) -> Result<Vec<Word>, String> {
    let word = |at: Range<usize>| {
        let text = joined.text[at.clone()].to_owned();
        let document = closing(&text).map(|end| document(end, rows)).transpose()?;
        Ok(Word { text, at: joined.positions[at.start]..joined.positions[at.end - 1] + 1, document })
    };
    tokens(&joined.text)?.into_iter().map(word).collect()
}

/// The closing mark of the document that a word begins, as in `Content=<<END`.
fn closing(word: &str) -> Option<&str> {
    let (before, end) = word.rsplit_once("<<")?;
    let is_name = !end.is_empty() && end.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    (is_name && (before.is_empty() || before.ends_with(['=', '~', '^']))).then_some(end)
}

/// The rows up to the one that is `end`.
fn document<'a>(end: &str, rows: &mut impl Iterator<Item = Row<'a>>) -> Result<Document, String> {
    let missing = || format!("no line {end} closes the document");
    let mut texts = Vec::new();
    let mut row = rows.next().ok_or_else(missing)?;
    let begin = row.at;
    while row.text.trim() != end {
        texts.push(row.text);
        row = rows.next().ok_or_else(missing)?;
    }
    let indent = |text: &&str| text.len() - text.trim_start().len();
    let indent = texts.iter().filter(|text| !text.trim().is_empty()).map(indent).min().unwrap_or(0);
    let texts: Vec<&str> = texts.iter().map(|text| text.get(indent..).unwrap_or("")).collect();
    Ok(Document { text: texts.join("\n"), indent, rows: begin..row.at, end: row.end })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"as 1
== One
# no line
Op A=1 \
   B="ä" C=3
Op C=<<END -> D~<<REST E
    {"x": "\\",
      "y": 1}
    END
two
words
REST
== Two
"#;

    #[test]
    fn lines_continue() {
        let cases = cases("ds", TEXT).unwrap();
        assert_eq!(cases.iter().map(|case| case.lines.len()).collect::<Vec<_>>(), [3, 1]);
        let joined = &cases[0].lines[1];
        assert_eq!(joined.number, 4);
        let words: Vec<&str> = joined.words.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(words, ["Op", "A=1", "B=\"ä\"", "C=3"]);
    }

    #[test]
    fn words_have_their_range() {
        for word in cases("ds", TEXT).unwrap().iter().flat_map(|case| &case.lines).flat_map(|line| &line.words) {
            assert_eq!(TEXT[word.at.clone()], word.text);
        }
    }

    #[test]
    fn documents_are_verbatim() {
        let cases = cases("ds", TEXT).unwrap();
        let line = &cases[0].lines[2];
        let documents: Vec<&Document> = line.words.iter().filter_map(|word| word.document.as_ref()).collect();
        let [content, rest] = documents.as_slice() else { panic!("two documents") };
        assert_eq!((content.text.as_str(), content.indent), ("{\"x\": \"\\\\\",\n  \"y\": 1}", 4));
        assert_eq!(&TEXT[content.rows.clone()], "    {\"x\": \"\\\\\",\n      \"y\": 1}\n");
        assert_eq!((rest.text.as_str(), &TEXT[rest.rows.end..rest.end]), ("two\nwords", "REST\n"));
        assert_eq!(line.words.last().map(|word| word.text.as_str()), Some("E"));
    }

    #[test]
    fn errors_begin_with_the_line() {
        let wrong = |text| cases("ds", text).unwrap_err();
        assert_eq!(wrong("== One\nOp C=<<END\n{}\n"), "2: no line END closes the document");
        assert_eq!(wrong("== One\n\nOp C={\n"), "3: a quote or bracket is not closed");
        assert_eq!(wrong("Op\n"), "1: the file has no case: begin one with '== title'");
    }
}
