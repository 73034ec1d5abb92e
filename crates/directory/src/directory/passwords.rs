//! The password policy of a new domain. No operation changes it.

/// The fewest characters.
const LENGTH_MIN: usize = 7;

/// The fewest classes of characters.
const CLASSES_MIN: usize = 3;

/// The shortest account name that a password may not contain.
const NAME_MIN: usize = 3;

/// Whether the policy allows a password for a user: it is long enough, has three classes of characters, and does not
/// contain the account name.
// Inferred: a reset by an administrator ignores the history and the minimum age, as in any Active Directory.
pub fn is_strong(password: &str, user_name: &str) -> bool {
    let is_long = password.chars().count() >= LENGTH_MIN;
    is_long && n_classes(password) >= CLASSES_MIN && !contains_name(password, user_name)
}

/// How many of the five classes the password has: upper case, lower case, digits, other letters, and all else.
fn n_classes(password: &str) -> usize {
    let classes: [fn(char) -> bool; 5] = [
        char::is_uppercase,
        char::is_lowercase,
        |c| c.is_ascii_digit(),
        |c| c.is_alphabetic() && !c.is_uppercase() && !c.is_lowercase(),
        |c| !c.is_alphabetic() && !c.is_ascii_digit(),
    ];
    classes.iter().filter(|is_in_class| password.chars().any(is_in_class)).count()
}

fn contains_name(password: &str, user_name: &str) -> bool {
    user_name.chars().count() >= NAME_MIN && password.to_lowercase().contains(&user_name.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_has_seven_characters_of_three_classes() {
        for password in ["Abcdef1", "abcdef1!", "ABCDEF1!", "Abcdef!", "Пароль1", "漢字Ab12345"] {
            assert!(is_strong(password, "joe"), "{password}");
        }
        for password in ["Abcde1", "abcdefg1", "ABCDEFGH", "Abcdefgh", "1234567!", ""] {
            assert!(!is_strong(password, "joe"), "{password}");
        }
    }

    #[test]
    fn the_account_name_is_not_part_of_it() {
        assert!(!is_strong("xxJOE123!", "joe"));
        assert!(is_strong("xxJo123!", "jo"));
    }
}
