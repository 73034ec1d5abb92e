//! Patterns: wildcards and variables.

use crate::iam::document::Version;
use crate::iam::request::Context;

/// One piece of a pattern.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Token {
    /// That character.
    Char(char),
    /// `?`: any one character.
    One,
    /// `*`: any characters, or none.
    Many,
}

/// A text in which `*` and `?` are wildcards and nothing else is special.
pub(super) fn wildcards(text: &str) -> Vec<Token> {
    text.chars().map(token).collect()
}

/// A text in which nothing is special.
pub(super) fn literal(text: &str) -> Vec<Token> {
    text.chars().map(Token::Char).collect()
}

fn token(char: char) -> Token {
    match char {
        '*' => Token::Many,
        '?' => Token::One,
        char => Token::Char(char),
    }
}

/// A text in which variables stand for values of the request and, where `has_wildcards`, `*` and `?` are wildcards.
/// None if a variable has no value: such a text matches nothing.
///
/// What a variable stands for is taken literally, also a `*` in it. Documents of 2008 have no variables.
pub(super) fn expand(text: &str, version: Version, has_wildcards: bool, context: &Context) -> Option<Vec<Token>> {
    let plain = |text: &str| if has_wildcards { wildcards(text) } else { literal(text) };
    if version == Version::V2008 {
        return Some(plain(text));
    }
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        // A brace that is never closed opens no variable.
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        tokens.extend(plain(before));
        tokens.extend(literal(&variable(name, context)?));
        rest = after;
    }
    tokens.extend(plain(rest));
    Some(tokens)
}

/// The value of `key`, or of `key, 'default'`.
// Inferred: a key with several values cannot be a variable, so it has no value here.
fn variable(name: &str, context: &Context) -> Option<String> {
    if matches!(name, "*" | "?" | "$") {
        return Some(name.to_owned());
    }
    let (key, default) = match name.split_once(',') {
        Some((key, default)) => (key, default.trim().strip_prefix('\'').and_then(|text| text.strip_suffix('\''))),
        None => (name, None),
    };
    match context.get(key.trim()) {
        Some([value]) => Some(value.clone()),
        _ => default.map(str::to_owned),
    }
}

/// Whether a text matches a pattern from end to end.
///
/// Steps grow with the product of the lengths at most: only the last `*` is ever tried again.
pub(super) fn matches(pattern: &[Token], text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let (mut at, mut next) = (0, 0);
    // Where the pattern goes on after the last `*`, and what of the text that one has not yet taken.
    let mut retry: Option<(usize, usize)> = None;
    while at < text.len() {
        match pattern.get(next) {
            Some(Token::Many) => {
                next += 1;
                retry = Some((next, at));
                continue;
            }
            Some(Token::One) => {
                (at, next) = (at + 1, next + 1);
                continue;
            }
            Some(Token::Char(char)) if *char == text[at] => {
                (at, next) = (at + 1, next + 1);
                continue;
            }
            _ => {}
        }
        let Some((after_star, taken)) = retry else {
            return false;
        };
        (at, next) = (taken + 1, after_star);
        retry = Some((after_star, at));
    }
    pattern[next..].iter().all(|token| *token == Token::Many)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The definition, word for word.
    fn matches_by_definition(pattern: &[Token], text: &[char]) -> bool {
        match (pattern.split_first(), text.split_first()) {
            (None, _) => text.is_empty(),
            (Some((Token::Many, pattern)), _) => {
                (0..=text.len()).any(|taken| matches_by_definition(pattern, &text[taken..]))
            }
            (Some((Token::One, pattern)), Some((_, text))) => matches_by_definition(pattern, text),
            (Some((Token::Char(char), pattern)), Some((first, text))) => {
                char == first && matches_by_definition(pattern, text)
            }
            (Some(_), None) => false,
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2048, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn matching_is_what_its_definition_says(pattern in "[ab*?]{0,8}", text in "[ab]{0,10}") {
            let characters: Vec<char> = text.chars().collect();
            let tokens = wildcards(&pattern);
            prop_assert_eq!(matches(&tokens, &text), matches_by_definition(&tokens, &characters));
        }

        #[test]
        fn no_text_panics(pattern in any::<String>(), text in any::<String>(), braces in "[${},'*? a]{0,20}") {
            let context = Context::new().with("a", ["x"]);
            for pattern in [pattern, braces] {
                if let Some(tokens) = expand(&pattern, Version::V2012, true, &context) {
                    matches(&tokens, &text);
                }
            }
        }
    }

    #[test]
    fn expands_variables() {
        let context = Context::new().with("aws:username", ["al*ce"]).with("aws:TagKeys", ["a", "b"]);
        let expanded = |text: &str| {
            let tokens = expand(text, Version::V2012, true, &context)?;
            let show = |token: &Token| match token {
                Token::Char('*') => '∗',
                Token::Char(char) => *char,
                Token::One => '?',
                Token::Many => '*',
            };
            Some(tokens.iter().map(show).collect::<String>())
        };
        for (text, expected) in [
            ("home/${aws:username}/*", Some("home/al∗ce/*")),
            ("${AWS:UserName}", Some("al∗ce")),
            ("${*}${?}${$}", Some("∗?$")),
            ("${aws:PrincipalTag/team, 'every one'}x", Some("every onex")),
            ("${aws:username, 'nobody'}", Some("al∗ce")),
            ("${aws:PrincipalTag/team}", None),
            ("${aws:TagKeys}", None),
            ("${aws:username", Some("${aws:username")),
            ("$", Some("$")),
        ] {
            assert_eq!(expanded(text).as_deref(), expected, "{text}");
        }
        assert_eq!(expand("${x}", Version::V2008, true, &context), Some(literal("${x}")));
    }
}
