//! Free text: names and notes.

use model::organizations::errors::InvalidInputExceptionReason::InvalidPattern;

use crate::error::{Result, require};

/// Texts that begin a script in a page.
// Inferred: the service documents that it refuses common patterns of cross-site scripting. It does not publish them.
const SCRIPTS: [&str; 4] = ["<script", "</script", "javascript:", "vbscript:"];

/// Requires that no text of a request looks like a script in a page. Missing texts are allowed.
pub fn require_plain<'t>(texts: impl IntoIterator<Item = Option<&'t str>>) -> Result<()> {
    require(texts.into_iter().flatten().all(is_plain), InvalidPattern)?;
    Ok(())
}

fn is_plain(text: &str) -> bool {
    let text = text.to_lowercase();
    !SCRIPTS.iter().any(|script| text.contains(script))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_not_plain() {
        for text in ["plain", "a < b", "<b>bold</b>", "Scripts & more", "JavaScript", "日本"] {
            assert!(is_plain(text), "{text}");
        }
        for text in ["<script>alert(1)</script>", "x<SCRIPT src=y>", "</script>", "JavaScript:alert(1)", "vbscript:x"] {
            assert!(!is_plain(text), "{text}");
        }
    }
}
