//! Documents that AWS took and refused, as recorded: captures of radkawar/stackd, 9dc356f, testdata/aws/iam. Names are
//! changed where a rule does not need them.

#![allow(clippy::unwrap_used)]

mod ai_services;
mod backup;
mod chat;
mod effective;
mod reports;
mod schedule;
mod tag;

use policy::management::{Kind, validate};

/// Most of the documents were sent on this day: 13 September 2026, 07:32, in seconds since 1970.
const NOW: i64 = 1_789_284_720;

/// Puts each text where the template has a `$$`, and checks whether the document is taken.
#[track_caller]
fn check(kind: Kind, template: &str, taken: &[&str], refused: &[&str]) {
    check_at(kind, NOW, template, taken, refused);
}

/// The same at a time, in seconds since 1970.
#[track_caller]
fn check_at(kind: Kind, now: i64, template: &str, taken: &[&str], refused: &[&str]) {
    for (texts, expected) in [(taken, true), (refused, false)] {
        for text in texts {
            let document = template.replace("$$", text);
            let verdict = validate(kind, &document, now);
            assert_eq!(verdict.is_ok(), expected, "{document}: {:?}", verdict.err());
        }
    }
}
