//! Patterns: wildcards and variables.

use std::borrow::Cow;

use crate::iam::request::Context;
use crate::iam::version::Version;

/// One piece of a text that is compared.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Token {
    /// That character.
    Char(char),
    /// `?`: any one character.
    One,
    /// `*`: any characters, or none.
    Many,
}

/// A text of a policy, taken apart when the policy is read, so that comparing it takes nothing apart again.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Pattern {
    pieces: Pieces,
}

#[derive(Clone, Debug, Eq, PartialEq)]
enum Pieces {
    /// A text without variables.
    Fixed(Box<[Token]>),
    /// A text that is put together anew for each request.
    Variable(Box<[Piece]>),
}

#[derive(Clone, Debug, Eq, PartialEq)]
enum Piece {
    Tokens(Vec<Token>),
    /// The value of a condition key, whose name is in lower case, or else the default.
    Variable {
        key: String,
        default: Option<String>,
    },
}

/// Which characters of a text are special.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Special {
    /// None but those of variables.
    Variables,
    /// `*` and `?`, beside variables.
    Wildcards,
}

impl Pattern {
    /// Reads a text with variables. Documents of 2008 have none: there `${` is as any other text.
    pub(super) fn read(text: &str, version: Version, special: Special) -> Self {
        let plain = |text: &str| match special {
            Special::Variables => literal(text),
            Special::Wildcards => wildcards(text),
        };
        let (mut pieces, mut rest) = (vec![Piece::Tokens(Vec::new())], text);
        while version == Version::V2012
            && let Some((before, after)) = rest.split_once("${")
            // A brace that is never closed opens no variable.
            && let Some((name, after)) = after.split_once('}')
        {
            append(&mut pieces, plain(before));
            match name {
                "*" | "?" | "$" => append(&mut pieces, literal(name)),
                _ => pieces.push(variable(name)),
            }
            rest = after;
        }
        append(&mut pieces, plain(rest));
        let pieces = match pieces.as_mut_slice() {
            [Piece::Tokens(tokens)] => Pieces::Fixed(std::mem::take(tokens).into()),
            _ => Pieces::Variable(pieces.into()),
        };
        Self { pieces }
    }

    /// Reads an action, which has wildcards but no variables, and is the same in any case.
    pub(super) fn of_action(text: &str) -> Self {
        Self { pieces: Pieces::Fixed(wildcards(&text.to_lowercase()).into()) }
    }

    /// What the text is for a request; none if a variable has no value: such a text matches nothing. What a variable
    /// stands for is taken literally, also a `*` in it.
    pub(super) fn expand(&self, context: &Context) -> Option<Cow<'_, [Token]>> {
        let pieces = match &self.pieces {
            Pieces::Fixed(tokens) => return Some(Cow::Borrowed(tokens)),
            Pieces::Variable(pieces) => pieces,
        };
        let mut expanded = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Tokens(tokens) => expanded.extend_from_slice(tokens),
                Piece::Variable { key, default } => {
                    expanded.extend(value(context, key, default.as_deref())?.chars().map(Token::Char));
                }
            }
        }
        Some(Cow::Owned(expanded))
    }

    /// Whether an action, which is ASCII as all names of AWS's actions, matches from end to end regardless of case.
    pub(super) fn matches_action(&self, action: &str) -> bool {
        let Pieces::Fixed(tokens) = &self.pieces else { return false };
        matches(tokens, action.chars().map(|char| char.to_ascii_lowercase()))
    }
}

fn append(pieces: &mut Vec<Piece>, tokens: Vec<Token>) {
    match pieces.last_mut() {
        Some(Piece::Tokens(last)) => last.extend(tokens),
        _ => pieces.push(Piece::Tokens(tokens)),
    }
}

/// The variable `key`, or `key, 'default'`.
fn variable(name: &str) -> Piece {
    let (key, default) = match name.split_once(',') {
        Some((key, default)) => (key, default.trim().strip_prefix('\'').and_then(|text| text.strip_suffix('\''))),
        None => (name, None),
    };
    Piece::Variable { key: key.trim().to_lowercase(), default: default.map(str::to_owned) }
}

// Inferred: a key with several values cannot be a variable, so it has no value here.
fn value<'a>(context: &'a Context, key: &str, default: Option<&'a str>) -> Option<&'a str> {
    match context.values(key) {
        Some([value]) => Some(value),
        _ => default,
    }
}

/// A text in which `*` and `?` are wildcards and nothing else is special.
pub(super) fn wildcards(text: &str) -> Vec<Token> {
    text.chars().map(token).collect()
}

/// A text in which nothing is special.
fn literal(text: &str) -> Vec<Token> {
    text.chars().map(Token::Char).collect()
}

fn token(char: char) -> Token {
    match char {
        '*' => Token::Many,
        '?' => Token::One,
        char => Token::Char(char),
    }
}

/// Whether a text, given by its characters, matches a pattern from end to end.
///
/// Steps grow with the product of the lengths at most: only the last `*` is ever tried again.
pub(super) fn matches(pattern: &[Token], text: impl Iterator<Item = char> + Clone) -> bool {
    let (mut rest, mut next) = (text, 0);
    // Where the pattern goes on after the last `*`, and what of the text that one has not yet taken.
    let mut retry = None;
    loop {
        let mut after = rest.clone();
        let Some(char) = after.next() else { break };
        match pattern.get(next) {
            Some(Token::Many) => {
                next += 1;
                if next == pattern.len() {
                    return true;
                }
                retry = Some((next, rest.clone()));
            }
            Some(Token::One) => (rest, next) = (after, next + 1),
            Some(Token::Char(expected)) if *expected == char => (rest, next) = (after, next + 1),
            Some(Token::Char(_)) | None => {
                let Some((after_star, taken)) = &mut retry else { return false };
                taken.next();
                (rest, next) = (taken.clone(), *after_star);
            }
        }
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
            prop_assert_eq!(matches(&tokens, text.chars()), matches_by_definition(&tokens, &characters));
        }

        #[test]
        fn no_text_panics(pattern in any::<String>(), text in any::<String>(), braces in "[${},'*? a]{0,20}") {
            let context = Context::new().with("a", ["x"]);
            for pattern in [pattern, braces] {
                let pattern = Pattern::read(&pattern, Version::V2012, Special::Wildcards);
                if let Some(tokens) = pattern.expand(&context) {
                    matches(&tokens, text.chars());
                }
            }
        }
    }

    #[test]
    fn expands_variables() {
        let context = Context::new().with("aws:username", ["al*ce"]).with("aws:TagKeys", ["a", "b"]);
        let expanded = |text: &str| {
            let pattern = Pattern::read(text, Version::V2012, Special::Wildcards);
            let tokens = pattern.expand(&context)?;
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
        let old = Pattern::read("${x}", Version::V2008, Special::Wildcards);
        assert_eq!(old.expand(&context).as_deref(), Some(literal("${x}").as_slice()));
    }
}
