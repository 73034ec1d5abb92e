#![no_main]

use directory::schema::ldif::{self, LdifError, LdifErrorKind, Record};

// Folding the lines of a text changes nothing: the same records are read, or reading fails for the same reason, on a
// line that exists.
libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let read = ldif::parse(text);
    if let Err(error) = &read {
        assert!((1..=text.split('\n').count()).contains(&error.line), "{error:?}");
    }
    assert_eq!(without_lines(read), without_lines(ldif::parse(&folded(text))));
});

/// The text with every line folded after its first character. Empty lines stay as they are.
fn folded(text: &str) -> String {
    let lines = text.split('\n').map(|line| {
        let mut letters = line.chars();
        match letters.next() {
            None | Some('\r') => line.to_owned(),
            Some(first) => format!("{first}\n {}", letters.as_str()),
        }
    });
    lines.collect::<Vec<String>>().join("\n")
}

fn without_lines(read: Result<Vec<Record>, LdifError>) -> Result<Vec<Record>, (char, LdifErrorKind)> {
    match read {
        Ok(records) => Ok(records.into_iter().map(|record| Record { line: 0, ..record }).collect()),
        Err(error) => Err((error.first, error.kind)),
    }
}
