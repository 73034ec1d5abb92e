//! Expectations rewritten in place, for `UPDATE_SCENARIOS=1`.

/// What a line is to say in place of what it says.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Edits(Vec<(String, String)>);

impl Edits {
    /// Notes that `written` is to become `held`.
    pub fn replace(&mut self, written: &str, held: &str) {
        self.0.push((written.to_owned(), held.to_owned()));
    }

    /// Whether nothing is to change.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text with each edit made once, where whole words say what was written.
    pub fn apply_to(&self, text: &str) -> String {
        let ends = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let mut text = text.to_owned();
        for (written, held) in &self.0 {
            let mut places = text.match_indices(written.as_str());
            let place = places.find(|(at, _)| {
                ends(text[..*at].chars().next_back()) && ends(text[at + written.len()..].chars().next())
            });
            if let Some((at, _)) = place {
                text.replace_range(at..at + written.len(), held);
            }
        }
        text
    }
}

/// A file's text with the edits of each of its lines, by number, made. A line goes on to where the next one begins.
pub fn rewritten(text: &str, edits: &[(usize, Edits)]) -> String {
    let mut rows: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let mut done: Vec<&(usize, Edits)> = Vec::new();
    for edit @ (number, edits) in edits {
        // Lines above the first case run in every case, and ask for the same edit each time.
        if done.contains(&edit) {
            continue;
        }
        done.push(edit);
        let first = number - 1;
        let goes_on = |row: &String| row.trim_end().ends_with('\\');
        let last = first + rows[first..].iter().take_while(|row| goes_on(row)).count();
        let last = last.min(rows.len() - 1);
        let joined = edits.apply_to(&rows[first..=last].join("\n"));
        let n_rows = joined.split('\n').count();
        // An edit never adds a line, so the numbers of the others stay.
        if n_rows == last - first + 1 {
            rows.splice(first..=last, joined.split('\n').map(str::to_owned));
        }
    }
    rows.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_words_of_the_line_change() {
        let text = "# A=1\n== t\nOp  -> A=1 \\\n   B=1 AA=1\nOp -> A=1\n";
        let mut edits = Edits::default();
        edits.replace("B=1", "B=2");
        edits.replace("A=1", "A=\"x y\"");
        let expected = "# A=1\n== t\nOp  -> A=\"x y\" \\\n   B=2 AA=1\nOp -> A=1\n";
        assert_eq!(rewritten(text, &[(3, edits.clone()), (3, edits)]), expected);
        assert_eq!(rewritten(text, &[]), text);
    }
}
