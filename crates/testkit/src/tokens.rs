//! Splits a line into words. White space divides them, but not inside quotes, brackets and parentheses.

use std::ops::Range;

/// The range of each word in a line.
pub fn tokens(line: &str) -> Result<Vec<Range<usize>>, String> {
    let mut found = Vec::new();
    let mut begin = None;
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, c) in line.char_indices() {
        if quoted {
            quoted = escaped || c != '"';
            escaped = c == '\\' && !escaped;
            continue;
        }
        match c {
            '"' => quoted = true,
            '{' | '[' | '(' => depth += 1,
            '}' | ']' | ')' => depth = depth.checked_sub(1).ok_or_else(|| format!("'{c}' closes nothing"))?,
            _ => {}
        }
        if c.is_whitespace() && depth == 0 {
            found.extend(begin.take().map(|begin| begin..at));
        } else {
            begin.get_or_insert(at);
        }
    }
    if quoted || depth > 0 {
        return Err("a quote or bracket is not closed".to_owned());
    }
    found.extend(begin.map(|begin| begin..line.len()));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_brackets_hold_words_together() {
        let line = r#"Op A="two \" words"  B={"C": [1, 2]} repeat(a b,2) -> x"#;
        let expected = ["Op", r#"A="two \" words""#, r#"B={"C": [1, 2]}"#, "repeat(a b,2)", "->", "x"];
        let words: Vec<&str> = tokens(line).unwrap().into_iter().map(|at| &line[at]).collect();
        assert_eq!(words, expected);
        assert!(tokens("a {").is_err());
        assert!(tokens("a }").is_err());
        assert!(tokens("a \"").is_err());
    }
}
