//! Looks up log groups at CloudWatch Logs.

use compact_str::CompactString;
use engine::Need;
use imbl::OrdMap;
use model::{DirectoryId, Partition};
use policy::iam::{Context, log_groups};
use serde_json::{Value, json};
use world::{LogGroup, RegionalName};

use crate::upstream::asker::{Asker, Unanswered};

/// The maximal number of pages of policies. An account has ten policies at most.
const PAGES: usize = 20;

/// The log group with this name, if it exists, and whether it accepts the logs of the directory.
pub async fn find(
    asker: &Asker<'_>,
    need: &Need,
    name: &CompactString,
    directory: &DirectoryId,
) -> Result<OrdMap<RegionalName, LogGroup>, Unanswered> {
    // Groups are sorted by name. So of the groups that begin with a name, the one with exactly this name comes first.
    let groups = call(asker, need, "DescribeLogGroups", &json!({ "logGroupNamePrefix": name })).await?;
    let groups = groups["logGroups"].as_array().ok_or_else(|| asker.unreadable("DescribeLogGroups"))?;
    let Some(group) = groups.iter().find(|group| group["logGroupName"] == name.as_str()) else {
        return Ok(OrdMap::new());
    };
    let arn = group["arn"].as_str().unwrap_or_default().trim_end_matches(":*");
    let policies = policies(asker, need).await?;
    let region = need.region.as_str();
    let partition = Partition::of_region(region);
    let source = model::arn(partition, "ds", region, need.account, &["directory", directory.as_str()]);
    let context = Context::new().with("aws:SourceAccount", [need.account.to_string()]).with("aws:SourceArn", [source]);
    let admits_directory_service = log_groups::admit_service(&policies, "ds.amazonaws.com", arn, &context);
    Ok(OrdMap::unit((need.account, need.region.clone(), name.clone()), LogGroup { admits_directory_service }))
}

/// The resource policies of the account in the Region.
async fn policies(asker: &Asker<'_>, need: &Need) -> Result<Vec<String>, Unanswered> {
    let (mut found, mut token) = (Vec::new(), Value::Null);
    for _ in 0..PAGES {
        let input = if token.is_null() { json!({}) } else { json!({ "nextToken": token }) };
        let mut page = call(asker, need, "DescribeResourcePolicies", &input).await?;
        let policies =
            page["resourcePolicies"].as_array().ok_or_else(|| asker.unreadable("DescribeResourcePolicies"))?;
        found.extend(policies.iter().filter_map(|policy| policy["policyDocument"].as_str()).map(str::to_owned));
        token = page["nextToken"].take();
        if token.is_null() {
            break;
        }
    }
    Ok(found)
}

async fn call(asker: &Asker<'_>, need: &Need, operation: &str, input: &Value) -> Result<Value, Unanswered> {
    let target = format!("Logs_20140328.{operation}");
    let answer = asker.json("logs", &need.region, &target, input).await?;
    answer.map_err(|_| asker.unreadable(operation))
}
