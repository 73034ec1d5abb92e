//! ARNs and patterns of ARNs.

use crate::iam::pattern::{Symbol, matches};

/// How many parts an ARN has: `arn`, partition, service, Region, account and resource.
const PARTS: usize = 6;

/// AWS's partitions, and `*` for any.
// Inferred: published policies have `arn:*:…`, and no refusal of it is on record.
const PARTITIONS: [&str; 9] =
    ["aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc", "*"];

/// What a Resource element expects in place of this text. None if the text is a valid ARN.
///
/// An ARN may end after the service or after the Region; the missing parts then match anything.
// Inferred: Organizations uses IAM's parser. IAM is on record for these rules: it refuses five parts, and services that
// are empty or have wildcards.
pub(super) fn expected_instead(text: &str) -> Option<&'static str> {
    let parts: Vec<&str> = text.splitn(PARTS, ':').collect();
    let [first, partition, service, ..] = parts[..] else {
        return Some("\"*\" or an ARN, arn:partition:service:region:account:resource");
    };
    if first != "arn" {
        return Some("\"*\" or an ARN, arn:partition:service:region:account:resource");
    }
    if !PARTITIONS.contains(&partition) {
        return Some("an ARN in one of the partitions aws, aws-cn, aws-us-gov, aws-iso…, aws-eusc");
    }
    if service.is_empty() || service.contains(['*', '?', '$']) {
        return Some("an ARN that names its service in full, without wildcards");
    }
    (parts.len() == PARTS - 1).then_some("an ARN of six parts, arn:partition:service:region:account:resource")
}

/// Whether an ARN matches a pattern part by part. A single `*` matches everything. A wildcard matches a colon only in
/// the last part.
// Inferred: the rule that a wildcard stays in its part is documented for the Arn operators, and follows from the rule
// that a short ARN is filled up with `*`. Here it holds for Resource too.
pub(super) fn arn_matches(pattern: &[Symbol], arn: &str) -> bool {
    if pattern == [Symbol::Many] {
        return true;
    }
    let mut patterns = pattern.splitn(PARTS, |symbol| *symbol == Symbol::Char(':'));
    let mut n_parts = 0;
    for (index, part) in arn.splitn(PARTS, ':').enumerate() {
        let is_same = match patterns.next() {
            Some(pattern) => matches(pattern, part.chars()),
            // The scheme, the partition and the service are never filled up.
            None => index >= 3,
        };
        if !is_same {
            return false;
        }
        n_parts += 1;
    }
    n_parts == PARTS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::iam::pattern::wildcards;

    #[test]
    fn matches_part_by_part() {
        for (pattern, arn, expected) in [
            ("*", "arn:aws:s3:::b", true),
            ("*", "*", true),
            ("arn:aws:s3:::*", "*", false),
            ("arn:aws:s3:::b/*", "arn:aws:s3:::b/c/d", true),
            ("arn:aws:s3:::b/*", "arn:aws:s3:::b", false),
            ("arn:aws:s3:::B", "arn:aws:s3:::b", false),
            ("arn:aws:sqs", "arn:aws:sqs:eu-west-1:111111111111:q", true),
            ("arn:aws:lambda:eu-*", "arn:aws:lambda:eu-west-1:111111111111:function:f", true),
            ("arn:aws:lambda:eu-*", "arn:aws:lambda:us-east-1:111111111111:function:f", false),
            ("arn:aws:lambda:*:111111111111:function:*", "arn:aws:lambda:x:111111111111:function:f:7", true),
            ("arn:aws:sns:*:t", "arn:aws:sns:eu-west-1:111111111111:t", false),
            ("arn:*:iam::*:role/a?", "arn:aws-cn:iam::111111111111:role/ab", true),
            ("arn:aws", "arn:aws:s3:::b", false),
        ] {
            assert_eq!(arn_matches(&wildcards(pattern), arn), expected, "{pattern} {arn}");
        }
    }

    #[test]
    fn knows_what_iam_takes_for_an_arn() {
        for valid in
            ["arn:aws:s3:::b", "arn:aws:fdsasf", "arn:aws:s3:x", "arn:aws:iam::*:role/${aws:username}", "arn:*:s3:::b"]
        {
            assert_eq!(expected_instead(valid), None, "{valid}");
        }
        for invalid in
            ["", "x", "arn:aws", "aws:s3:::b", "arn:error:s3:::b", "arn:aws:*:::b", "arn:aws::x", "arn:aws:s3::b"]
        {
            assert!(expected_instead(invalid).is_some(), "{invalid}");
        }
    }
}
