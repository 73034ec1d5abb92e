//! A program that knows nothing of orgdir. Its environment alone points it at an endpoint. It prints the caller's
//! account and organization.

use std::error::Error;

use aws_config::BehaviorVersion;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let http = aws_smithy_http_client::Builder::new().build_http();
    let config = aws_config::defaults(BehaviorVersion::latest()).http_client(http).load().await;
    let caller = aws_sdk_sts::Client::new(&config).get_caller_identity().send().await?;
    let answer = aws_sdk_organizations::Client::new(&config).describe_organization().send().await?;
    let organization = answer.organization().and_then(|found| found.id());
    println!("{} {}", caller.account().unwrap_or("-"), organization.unwrap_or("-"));
    Ok(())
}
