//! A line's words: white space divides them, but not inside quotes, brackets and parentheses.

/// Splits a line.
pub fn tokens(line: &str) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    let mut word = String::new();
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for c in line.chars() {
        if quoted {
            quoted = escaped || c != '"';
            escaped = c == '\\' && !escaped;
            word.push(c);
            continue;
        }
        match c {
            '"' => quoted = true,
            '{' | '[' | '(' => depth += 1,
            '}' | ']' | ')' => depth = depth.checked_sub(1).ok_or_else(|| format!("'{c}' closes nothing"))?,
            _ => {}
        }
        if c.is_whitespace() && depth == 0 {
            if !word.is_empty() {
                found.push(std::mem::take(&mut word));
            }
        } else {
            word.push(c);
        }
    }
    if quoted || depth > 0 {
        return Err("a quote or bracket is not closed".to_owned());
    }
    if !word.is_empty() {
        found.push(word);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_brackets_hold_words_together() {
        let line = r#"Op A="two \" words" B={"C": [1, 2]} repeat(a b,2) -> x"#;
        let expected = ["Op", r#"A="two \" words""#, r#"B={"C": [1, 2]}"#, "repeat(a b,2)", "->", "x"];
        assert_eq!(tokens(line).unwrap(), expected);
        assert!(tokens("a {").is_err());
        assert!(tokens("a }").is_err());
        assert!(tokens("a \"").is_err());
    }
}
