//! Amazon Resource Names.

use std::fmt;

use crate::id::{AccountId, ParseIdError};
use crate::partition::Partition;

/// The parts of `arn:<partition>:<service>:<region>:<account>:<resource>`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Arn<'a> {
    /// The partition. [`Arn::parse`] accepts any text.
    pub partition: &'a str,
    /// The service's prefix.
    pub service: &'a str,
    /// The Region; empty for global services.
    pub region: &'a str,
    /// The account. None for resources of AWS itself, and for those whose ARN names no account.
    pub account: Option<AccountId>,
    /// The rest of the text, colons included.
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    /// Splits a text into the parts of an ARN.
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

/// The owner of a resource, as its ARN names it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Owner {
    /// An account.
    Account(AccountId),
    /// AWS itself. Every account sees the resource.
    Aws,
}

impl From<AccountId> for Owner {
    fn from(account: AccountId) -> Self {
        Self::Account(account)
    }
}

/// Makes the ARN of a resource. Slashes join the parts of `resource`. The Region is empty for global services.
pub fn arn(partition: Partition, service: &str, region: &str, owner: impl Into<Owner>, resource: &[&str]) -> String {
    let digits;
    let owner = match owner.into() {
        Owner::Account(account) => {
            digits = account.digits();
            digits.as_str()
        }
        Owner::Aws => "aws",
    };
    let head = ["arn", partition.as_str(), service, region, owner];
    let length = head.iter().chain(resource).map(|part| part.len() + 1).sum();
    let mut arn = String::with_capacity(length);
    arn.push_str(head[0]);
    for part in &head[1..] {
        arn.push(':');
        arn.push_str(part);
    }
    for (n, part) in resource.iter().enumerate() {
        arn.push(if n == 0 { ':' } else { '/' });
        arn.push_str(part);
    }
    arn
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
    fn makes_arns() {
        let account = AccountId::new(11).unwrap_or_default();
        let made = arn(Partition::AwsCn, "ds", "cn-north-1", account, &["directory", "d-1"]);
        assert_eq!(made, "arn:aws-cn:ds:cn-north-1:000000000011:directory/d-1");
        assert_eq!(arn(Partition::Aws, "iam", "", account, &["root"]), "arn:aws:iam::000000000011:root");
        let managed = arn(Partition::AwsUsGov, "organizations", "", Owner::Aws, &["policy", "p-1"]);
        assert_eq!(managed, "arn:aws-us-gov:organizations::aws:policy/p-1");
    }

    #[test]
    fn parses_arns_and_writes_them() {
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
