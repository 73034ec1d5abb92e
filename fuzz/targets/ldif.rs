#![no_main]

use directory::schema::ldif::{self, Fault, Record, Wrong};

// What can be read is read the same when its lines are folded, and what cannot has the same fault, on a line that is
// there.
libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let read = ldif::parse(text);
    if let Err(fault) = &read {
        assert!((1..=text.split('\n').count()).contains(&fault.line), "{fault:?}");
    }
    assert_eq!(unnumbered(read), unnumbered(ldif::parse(&folded(text))));
});

/// The text with every line folded after its first character, where that leaves it a line.
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

fn unnumbered(read: Result<Vec<Record>, Fault>) -> Result<Vec<Record>, (char, Wrong)> {
    match read {
        Ok(records) => Ok(records.into_iter().map(|record| Record { line: 0, ..record }).collect()),
        Err(fault) => Err((fault.first, fault.wrong)),
    }
}
