//! Forms of values that several grammars use.

use super::super::shape::Text;

/// What [`is_region`] admits, for a finding.
pub(super) const REGION: &str = "a Region, such as us-east-1";
/// What [`is_region_or_all`] admits, for a finding.
pub(super) const REGION_OR_ALL: &str = "a Region, such as us-east-1, or ALL_SUPPORTED";

/// A key of a tag.
pub(super) const TAG_KEY: Text = Text::Form(is_tag_key, "a tag key of 1 to 128 characters");

fn is_tag_key(text: &str) -> bool {
    (1..=128).contains(&text.chars().count())
}

/// Whether a text has the form of a Region's name.
// Inferred: AWS checks names against the Regions it has. Their form is checked instead, so that new ones need no
// release.
pub(super) fn is_region(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').collect();
    let [area, middle @ .., number] = parts.as_slice() else { return false };
    is_word(area, |char| char.is_ascii_lowercase())
        && !middle.is_empty()
        && middle.iter().all(|part| is_word(part, |char| char.is_ascii_lowercase()))
        && is_word(number, |char| char.is_ascii_digit())
        && number.len() <= 2
}

pub(super) fn is_region_or_all(text: &str) -> bool {
    text == "ALL_SUPPORTED" || is_region(text)
}

/// Whether a text is not empty and has only characters of a kind.
pub(super) fn is_word(text: &str, is_kind: fn(char) -> bool) -> bool {
    !text.is_empty() && text.chars().all(is_kind)
}

pub(super) fn is_account_id(text: &str) -> bool {
    text.len() == 12 && is_word(text, |char| char.is_ascii_digit())
}

/// Splits an ARN into partition, service, Region, account and resource.
pub(super) fn arn(text: &str) -> Option<[&str; 5]> {
    let mut parts = text.splitn(6, ':');
    if parts.next() != Some("arn") {
        return None;
    }
    let mut next = || parts.next();
    let found = [next()?, next()?, next()?, next()?, next()?];
    matches!(found[0], "aws" | "aws-cn" | "aws-us-gov" | "aws-eusc").then_some(found)
}

/// Whether a text is the ARN of a role, with an account or with `$account`. The service replaces `$account` by the
/// account that gets the policy.
pub(super) fn is_role_arn(text: &str) -> bool {
    let Some([_, "iam", "", account, resource]) = arn(text) else { return false };
    (account == "$account" || is_account_id(account))
        && resource.strip_prefix("role/").is_some_and(|name| is_word(name, |char| char.is_ascii_graphic()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_names_of_regions() {
        for region in ["us-east-1", "ap-northeast-3", "us-gov-west-1", "eusc-de-east-1"] {
            assert!(is_region(region), "{region}");
        }
        for other in ["", "us-east", "US-EAST-1", "us-1", "us-east-1a", "useast1", "us--1", "ALL_SUPPORTED"] {
            assert!(!is_region(other), "{other}");
        }
    }

    #[test]
    fn knows_arns_of_roles() {
        assert!(is_role_arn("arn:aws:iam::$account:role/MyIamRole"));
        assert!(is_role_arn("arn:aws:iam::123456789012:role/service-role/Backup"));
        assert!(!is_role_arn("arn:aws:iam::123456789012:user/dora"));
        assert!(!is_role_arn("MyIamRole"));
    }
}
