//! Amazon Resource Names.

use std::fmt;

use crate::id::{AccountId, ParseIdError};

/// `arn:<partition>:<service>:<region>:<account>:<resource>`, taken apart.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Arn<'a> {
    /// `aws`, `aws-cn` or `aws-us-gov`.
    pub partition: &'a str,
    /// The service's prefix.
    pub service: &'a str,
    /// The Region; empty for global services.
    pub region: &'a str,
    /// The account; none for resources that belong to AWS or to nobody.
    pub account: Option<AccountId>,
    /// All that follows.
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    /// Takes an ARN apart.
    pub fn parse(text: &'a str) -> Result<Self, ParseIdError> {
        let mut parts = text.splitn(6, ':');
        let mut next = || parts.next().ok_or(ParseIdError);
        if next()? != "arn" {
            return Err(ParseIdError);
        }
        let (partition, service, region) = (next()?, next()?, next()?);
        let account = match next()? {
            "" => None,
            digits => Some(digits.parse()?),
        };
        let resource = next()?;
        if partition.is_empty() || service.is_empty() || resource.is_empty() {
            return Err(ParseIdError);
        }
        Ok(Self { partition, service, region, account, resource })
    }
}

impl fmt::Display for Arn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "arn:{}:{}:{}:", self.partition, self.service, self.region)?;
        if let Some(account) = self.account {
            account.fmt(f)?;
        }
        write!(f, ":{}", self.resource)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_arns_apart_and_puts_them_together() {
        let text = "arn:aws:iam::111111111111:role/path/Name";
        let arn = Arn::parse(text).unwrap();
        assert_eq!(arn.account.map(AccountId::number), Some(111_111_111_111));
        assert_eq!(arn.resource, "role/path/Name");
        assert_eq!(arn.to_string(), text);
        for wrong in ["", "arn", "arn:aws:iam::1:role/x", "arn:aws:iam::111111111111:", "x:aws:iam:::role/x"] {
            assert!(Arn::parse(wrong).is_err(), "{wrong}");
        }
    }
}
