//! A caller, with the SDK's clients.

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_sdk_directory::operation::create_microsoft_ad::builders::CreateMicrosoftADFluentBuilder;
use aws_sdk_directory::types::{
    DirectoryEdition, DirectoryVpcSettings, ShareMethod, ShareTarget, TargetType, UnshareTarget,
};
use aws_sdk_organizations::types::CreateAccountState;

/// The clients of one caller at one endpoint, as a program would build them.
pub struct Caller {
    pub organizations: aws_sdk_organizations::Client,
    pub directory: aws_sdk_directory::Client,
    pub directory_data: aws_sdk_directoryservicedata::Client,
    pub sts: aws_sdk_sts::Client,
}

impl Caller {
    /// The access key id of an administrator is the account's number.
    pub fn administrator(endpoint: &str, account: &str) -> Self {
        Self::with(endpoint, Credentials::from_keys(account, "anything", None))
    }

    pub fn with(endpoint: &str, credentials: impl ProvideCredentials + 'static) -> Self {
        let config = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("us-east-1"))
            .endpoint_url(endpoint)
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .build();
        Self {
            organizations: aws_sdk_organizations::Client::new(&config),
            directory: aws_sdk_directory::Client::new(&config),
            directory_data: aws_sdk_directoryservicedata::Client::new(&config),
            sts: aws_sdk_sts::Client::new(&config),
        }
    }

    /// Makes an account in the caller's organization, and answers its id.
    pub async fn create_account(&self, name: &str) -> String {
        let request =
            self.organizations.create_account().account_name(name).email(format!("{name}@example.com")).send().await;
        let status = request.expect("the account is requested").create_account_status.expect("a status");
        let made =
            self.organizations.describe_create_account_status().create_account_request_id(status.id.expect("an id"));
        let status = made.send().await.expect("the request is known").create_account_status.expect("a status");
        assert_eq!(status.state, Some(CreateAccountState::Succeeded));
        status.account_id.expect("a made account has an id")
    }

    /// A request for a Standard Managed Microsoft AD.
    pub fn try_microsoft_ad(&self, domain: &str) -> CreateMicrosoftADFluentBuilder {
        let network = DirectoryVpcSettings::builder()
            .vpc_id("vpc-12345678")
            .subnet_ids("subnet-11111111")
            .subnet_ids("subnet-22222222")
            .build()
            .expect("the settings are complete");
        let request = self.directory.create_microsoft_ad().name(domain).password("Sup3rSecret!");
        request.edition(DirectoryEdition::Standard).vpc_settings(network)
    }

    /// Makes a Standard Managed Microsoft AD, and answers its id.
    pub async fn create_microsoft_ad(&self, domain: &str) -> String {
        let made = self.try_microsoft_ad(domain).send().await;
        made.expect("the directory is made").directory_id.expect("a directory has an id")
    }

    /// A request to share a directory with an account.
    pub fn share(
        &self,
        directory: &str,
        account: &str,
        method: ShareMethod,
    ) -> aws_sdk_directory::operation::share_directory::builders::ShareDirectoryFluentBuilder {
        let target =
            ShareTarget::builder().id(account).r#type(TargetType::Account).build().expect("the target is complete");
        self.directory.share_directory().directory_id(directory).share_target(target).share_method(method)
    }

    /// Ends a share.
    pub async fn unshare(&self, directory: &str, account: &str) {
        let target =
            UnshareTarget::builder().id(account).r#type(TargetType::Account).build().expect("the target is complete");
        let request = self.directory.unshare_directory().directory_id(directory).unshare_target(target);
        request.send().await.expect("the share is taken back");
    }

    /// The principals of the services that the organization trusts.
    pub async fn trusted_services(&self) -> Vec<String> {
        let answer = self.organizations.list_aws_service_access_for_organization().send().await.expect("a list");
        answer
            .enabled_service_principals()
            .iter()
            .map(|one| one.service_principal().unwrap_or("-").to_owned())
            .collect()
    }
}
