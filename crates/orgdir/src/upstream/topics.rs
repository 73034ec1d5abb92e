//! Looks up topics at SNS.

use compact_str::CompactString;
use engine::Need;
use imbl::OrdSet;
use roxmltree::Document;
use world::RegionalName;

use crate::upstream::asker::{Asker, Unanswered};

/// The maximal number of pages of 100 topics.
const PAGES: usize = 1000;

/// The topic with this name, if it exists. All topics are listed, because an ARN contains an account, and the upstream
/// may have accounts of its own.
pub async fn find(asker: &Asker<'_>, need: &Need, name: &CompactString) -> Result<OrdSet<RegionalName>, Unanswered> {
    let mut token = None;
    for _ in 0..PAGES {
        let from = token.map(|token: String| format!("&NextToken={}", escaped(&token))).unwrap_or_default();
        let answer = asker.form("sns", &need.region, format!("Action=ListTopics&Version=2010-03-31{from}")).await?;
        let page = read(&answer).ok_or_else(|| asker.unreadable("ListTopics"))?;
        if page.names.iter().any(|found| found == name) {
            return Ok(OrdSet::unit((need.account, need.region.clone(), name.clone())));
        }
        token = page.next;
        if token.is_none() {
            break;
        }
    }
    Ok(OrdSet::new())
}

struct Page {
    names: Vec<CompactString>,
    next: Option<String>,
}

fn read(answer: &str) -> Option<Page> {
    let document = Document::parse(answer).ok()?;
    let result = document.descendants().find(|node| node.tag_name().name() == "ListTopicsResult")?;
    let texts =
        |name| result.descendants().filter(move |node| node.tag_name().name() == name).filter_map(|node| node.text());
    let names = texts("TopicArn").filter_map(|arn| arn.rsplit(':').next()).map(CompactString::from).collect();
    let next = texts("NextToken").next().filter(|token| !token.is_empty()).map(str::to_owned);
    Some(Page { names, next })
}

/// Escapes a value of a form.
fn escaped(value: &str) -> String {
    value
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_of_sns_are_read() {
        let page = read(
            "<ListTopicsResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><ListTopicsResult><Topics><member>\
             <TopicArn>\
             arn:aws:sns:us-east-1:111111111111:alarms</TopicArn></member><member>\
             <TopicArn>arn:aws:sns:us-east-1:1:pagers</TopicArn>\
             </member></Topics><NextToken>a/b=</NextToken></ListTopicsResult></ListTopicsResponse>",
        )
        .unwrap();
        assert_eq!(page.names, ["alarms", "pagers"]);
        assert_eq!(page.next.map(|token| escaped(&token)).as_deref(), Some("a%2Fb%3D"));
        let last = read("<R><ListTopicsResult><Topics/><NextToken></NextToken></ListTopicsResult></R>").unwrap();
        assert!(last.names.is_empty() && last.next.is_none());
        assert!(read("<ErrorResponse/>").is_none() && read("nonsense").is_none());
    }
}
