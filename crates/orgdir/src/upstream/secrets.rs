//! Looks up secrets at Secrets Manager.

use compact_str::CompactString;
use imbl::OrdSet;
use serde_json::json;
use world::Region;

use crate::upstream::asker::{Asker, Unanswered};

/// The secret with this ARN, if it exists and is not scheduled for deletion.
pub async fn find(asker: &Asker<'_>, arn: &CompactString) -> Result<OrdSet<CompactString>, Unanswered> {
    let region = Region::from(arn.split(':').nth(3).unwrap_or_default());
    let answer =
        asker.json("secretsmanager", &region, "secretsmanager.DescribeSecret", &json!({ "SecretId": arn })).await?;
    match answer {
        Ok(secret) if secret["ARN"] == arn.as_str() && secret["DeletedDate"].is_null() => Ok(OrdSet::unit(arn.clone())),
        Ok(_) => Ok(OrdSet::new()),
        Err(code) if code == "ResourceNotFoundException" => Ok(OrdSet::new()),
        Err(_) => Err(asker.unreadable("DescribeSecret")),
    }
}
