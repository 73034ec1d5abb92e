//! Partitions: AWS's separate sets of accounts and Regions.

use std::fmt;

/// A partition, as ARNs name it (botocore's `partitions.json`).
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub enum Partition {
    /// The commercial Regions.
    #[default]
    Aws,
    /// China.
    AwsCn,
    /// The European Sovereign Cloud.
    AwsEusc,
    /// The isolated Regions `us-iso-…`.
    AwsIso,
    /// The isolated Regions `us-isob-…`.
    AwsIsoB,
    /// The isolated Regions `eu-isoe-…`.
    AwsIsoE,
    /// The isolated Regions `us-isof-…`.
    AwsIsoF,
    /// GovCloud (US).
    AwsUsGov,
}

impl Partition {
    /// The partition of a Region, by the prefix of its name. Any other name is a commercial Region.
    pub fn of_region(region: &str) -> Self {
        let beginnings = [
            ("cn-", Self::AwsCn),
            ("eusc-", Self::AwsEusc),
            ("us-iso-", Self::AwsIso),
            ("us-isob-", Self::AwsIsoB),
            ("eu-isoe-", Self::AwsIsoE),
            ("us-isof-", Self::AwsIsoF),
            ("us-gov-", Self::AwsUsGov),
        ];
        let found = beginnings.into_iter().find(|(beginning, _)| region.starts_with(beginning));
        found.map_or(Self::Aws, |(_, partition)| partition)
    }

    /// The name in ARNs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Aws => "aws",
            Self::AwsCn => "aws-cn",
            Self::AwsEusc => "aws-eusc",
            Self::AwsIso => "aws-iso",
            Self::AwsIsoB => "aws-iso-b",
            Self::AwsIsoE => "aws-iso-e",
            Self::AwsIsoF => "aws-iso-f",
            Self::AwsUsGov => "aws-us-gov",
        }
    }
}

impl fmt::Display for Partition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_in_one_partition() {
        for (region, partition) in [
            ("us-east-1", "aws"),
            ("eu-west-1", "aws"),
            ("mx-central-1", "aws"),
            ("", "aws"),
            ("cn-north-1", "aws-cn"),
            ("eusc-de-east-1", "aws-eusc"),
            ("us-iso-east-1", "aws-iso"),
            ("us-isob-east-1", "aws-iso-b"),
            ("eu-isoe-west-1", "aws-iso-e"),
            ("us-isof-south-1", "aws-iso-f"),
            ("us-gov-west-1", "aws-us-gov"),
        ] {
            assert_eq!(Partition::of_region(region).as_str(), partition, "{region}");
        }
    }
}
