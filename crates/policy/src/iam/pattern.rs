//! Patterns: wildcards and variables.

use std::borrow::Cow;

use crate::iam::request::Context;
use crate::iam::version::Version;

/// One character or wildcard of a pattern.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Symbol {
    Char(char),
    /// `?`: any one character.
    One,
    /// `*`: any characters, or none.
    Many,
}

/// A text of a policy, parsed when the policy is read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PolicyPattern {
    pieces: Pieces,
}

#[derive(Clone, Debug, Eq, PartialEq)]
enum Pieces {
    /// A text without variables.
    Fixed(Box<[Symbol]>),
    /// A text with variables, which is expanded for each request.
    Variable(Box<[Piece]>),
}

#[derive(Clone, Debug, Eq, PartialEq)]
enum Piece {
    Symbols(Vec<Symbol>),
    /// The value of a condition key, or else the default. The key is in lower case.
    Variable {
        key: String,
        default: Option<String>,
    },
}

/// Which characters of a text are special.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Special {
    /// Only those of variables.
    Variables,
    /// Those of variables, `*` and `?`.
    Wildcards,
}

impl PolicyPattern {
    /// Parses a text. In documents of version 2008 `${` is plain text.
    pub(super) fn read(text: &str, version: Version, special: Special) -> Self {
        let plain = |text: &str| match special {
            Special::Variables => literal(text),
            Special::Wildcards => wildcards(text),
        };
        let (mut pieces, mut rest) = (vec![Piece::Symbols(Vec::new())], text);
        while version == Version::V2012
            && let Some((before, after)) = rest.split_once("${")
            // A brace without its closing brace is plain text.
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
            [Piece::Symbols(symbols)] => Pieces::Fixed(std::mem::take(symbols).into()),
            _ => Pieces::Variable(pieces.into()),
        };
        Self { pieces }
    }

    /// Parses an action: it has wildcards and no variables, and case does not count.
    pub(super) fn of_action(text: &str) -> Self {
        Self { pieces: Pieces::Fixed(wildcards(&text.to_lowercase()).into()) }
    }

    /// The text with the values of a request for its variables. None if a variable has no value: such a text matches
    /// nothing. A `*` in a variable's value is no wildcard.
    pub(super) fn expand(&self, context: &Context) -> Option<Cow<'_, [Symbol]>> {
        let pieces = match &self.pieces {
            Pieces::Fixed(symbols) => return Some(Cow::Borrowed(symbols)),
            Pieces::Variable(pieces) => pieces,
        };
        let mut expanded = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Symbols(symbols) => expanded.extend_from_slice(symbols),
                Piece::Variable { key, default } => {
                    expanded.extend(value(context, key, default.as_deref())?.chars().map(Symbol::Char));
                }
            }
        }
        Some(Cow::Owned(expanded))
    }

    /// Whether the whole action matches. Case does not count. Names of actions are ASCII.
    pub(super) fn matches_action(&self, action: &str) -> bool {
        let Pieces::Fixed(symbols) = &self.pieces else { return false };
        matches(symbols, action.chars().map(|char| char.to_ascii_lowercase()))
    }
}

fn append(pieces: &mut Vec<Piece>, symbols: Vec<Symbol>) {
    match pieces.last_mut() {
        Some(Piece::Symbols(last)) => last.extend(symbols),
        _ => pieces.push(Piece::Symbols(symbols)),
    }
}

/// Parses a variable: `key`, or `key, 'default'`.
fn variable(name: &str) -> Piece {
    let (key, default) = match name.split_once(',') {
        Some((key, default)) => (key, default.trim().strip_prefix('\'').and_then(|text| text.strip_suffix('\''))),
        None => (name, None),
    };
    Piece::Variable { key: key.trim().to_lowercase(), default: default.map(str::to_owned) }
}

// Inferred: a key with several values cannot be a variable, so it counts as a key without a value.
fn value<'a>(context: &'a Context, key: &str, default: Option<&'a str>) -> Option<&'a str> {
    match context.values(key) {
        Some([value]) => Some(value),
        _ => default,
    }
}

/// Parses a text in which `*` and `?` are wildcards and nothing else is special.
pub(super) fn wildcards(text: &str) -> Vec<Symbol> {
    text.chars().map(symbol).collect()
}

/// A text in which nothing is special.
fn literal(text: &str) -> Vec<Symbol> {
    text.chars().map(Symbol::Char).collect()
}

fn symbol(char: char) -> Symbol {
    match char {
        '*' => Symbol::Many,
        '?' => Symbol::One,
        char => Symbol::Char(char),
    }
}

/// Whether the whole text matches the pattern.
///
/// The number of steps is at most proportional to the product of the lengths: only the last `*` is tried again.
pub(super) fn matches(pattern: &[Symbol], text: impl Iterator<Item = char> + Clone) -> bool {
    let (mut rest, mut next) = (text, 0);
    // The position in the pattern after the last `*`, and the text that this `*` has not matched yet.
    let mut retry = None;
    loop {
        let mut after = rest.clone();
        let Some(char) = after.next() else { break };
        match pattern.get(next) {
            Some(Symbol::Many) => {
                next += 1;
                if next == pattern.len() {
                    return true;
                }
                retry = Some((next, rest.clone()));
            }
            Some(Symbol::One) => (rest, next) = (after, next + 1),
            Some(Symbol::Char(expected)) if *expected == char => (rest, next) = (after, next + 1),
            Some(Symbol::Char(_)) | None => {
                let Some((after_star, taken)) = &mut retry else { return false };
                taken.next();
                (rest, next) = (taken.clone(), *after_star);
            }
        }
    }
    pattern[next..].iter().all(|symbol| *symbol == Symbol::Many)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The definition of matching, without regard to speed.
    fn matches_by_definition(pattern: &[Symbol], text: &[char]) -> bool {
        match (pattern.split_first(), text.split_first()) {
            (None, _) => text.is_empty(),
            (Some((Symbol::Many, pattern)), _) => {
                (0..=text.len()).any(|taken| matches_by_definition(pattern, &text[taken..]))
            }
            (Some((Symbol::One, pattern)), Some((_, text))) => matches_by_definition(pattern, text),
            (Some((Symbol::Char(char), pattern)), Some((first, text))) => {
                char == first && matches_by_definition(pattern, text)
            }
            (Some(_), None) => false,
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2048, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn matching_agrees_with_its_definition(pattern in "[ab*?]{0,8}", text in "[ab]{0,10}") {
            let characters: Vec<char> = text.chars().collect();
            let symbols = wildcards(&pattern);
            prop_assert_eq!(matches(&symbols, text.chars()), matches_by_definition(&symbols, &characters));
        }

        #[test]
        fn no_text_panics(pattern in any::<String>(), text in any::<String>(), braces in "[${},'*? a]{0,20}") {
            let context = Context::new().with("a", ["x"]);
            for pattern in [pattern, braces] {
                let pattern = PolicyPattern::read(&pattern, Version::V2012, Special::Wildcards);
                if let Some(symbols) = pattern.expand(&context) {
                    matches(&symbols, text.chars());
                }
            }
        }
    }

    #[test]
    fn expands_variables() {
        let context = Context::new().with("aws:username", ["al*ce"]).with("aws:TagKeys", ["a", "b"]);
        let expanded = |text: &str| {
            let pattern = PolicyPattern::read(text, Version::V2012, Special::Wildcards);
            let symbols = pattern.expand(&context)?;
            let show = |symbol: &Symbol| match symbol {
                Symbol::Char('*') => '∗',
                Symbol::Char(char) => *char,
                Symbol::One => '?',
                Symbol::Many => '*',
            };
            Some(symbols.iter().map(show).collect::<String>())
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
        let old = PolicyPattern::read("${x}", Version::V2008, Special::Wildcards);
        assert_eq!(old.expand(&context).as_deref(), Some(literal("${x}").as_slice()));
    }
}
