//! Documents that AWS took and refused, as recorded: captures of radkawar/stackd, 9dc356f, testdata/aws/iam. Names are
//! changed where a rule does not need them.

#![allow(clippy::unwrap_used)]

mod ai_services;
mod backup;
mod chat;
mod tag;

use policy::management::{Kind, validate};

/// Puts each text where the template has a `$$`, and checks whether the document is taken.
#[track_caller]
fn check(kind: Kind, template: &str, taken: &[&str], refused: &[&str]) {
    for (texts, expected) in [(taken, true), (refused, false)] {
        for text in texts {
            let document = template.replace("$$", text);
            let verdict = validate(kind, &document);
            assert_eq!(verdict.is_ok(), expected, "{document}: {:?}", verdict.err());
        }
    }
}
