//! The rules for an account's e-mail (API reference, CreateAccount).

use model::organizations::schema;

const FORBIDDEN: &str = "\"'()<>[]:;,\\|%&";

pub fn is_valid(email: &str) -> bool {
    // The model's pattern allows exactly one @.
    schema::EMAIL.text(email)
        && email.is_ascii()
        && email.split_once('@').is_some_and(|(local, domain)| is_local(local) && is_domain(domain))
}

fn is_local(local: &str) -> bool {
    !local.starts_with('.') && !local.contains(|c: char| c.is_ascii_control() || FORBIDDEN.contains(c))
}

fn is_domain(domain: &str) -> bool {
    domain.contains('.')
        && !domain.starts_with(['-', '.'])
        && !domain.ends_with(['-', '.'])
        && domain.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_addresses_are_valid() {
        for email in ["a@b.co", "first.last+tag@mail.example.com", "!#$*=?^_`{}~@x-y.org"] {
            assert!(is_valid(email), "{email}");
        }
    }

    #[test]
    fn other_texts_are_invalid() {
        for email in [
            "a@b.c", // Five characters.
            "plain",
            "a b@example.com",
            "a@@example.com",
            "a@b@example.com",
            ".a@example.com",
            "a;b@example.com",
            "a%b@example.com",
            "a&b@example.com",
            "a\\b@example.com",
            "\"a\"@example.com",
            "é@example.com",
            "a@exämple.com",
            "a@example",
            "a@-example.com",
            "a@example.com-",
            "a@.example.com",
            "a@example.com.",
            "a@exam_ple.com",
        ] {
            assert!(!is_valid(email), "{email}");
        }
        let local = "a".repeat(53);
        assert!(is_valid(&format!("{local}@example.co")) && !is_valid(&format!("{local}@example.com")));
    }
}
