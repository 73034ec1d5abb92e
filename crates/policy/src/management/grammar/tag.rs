//! Tag policies: the case of a tag key, its allowed values, and the resources for which both are enforced.

use super::super::shape::{Block, Folding, Named, Shape, Text, fixed, many, one, optional};
use super::forms::is_word;

pub(in crate::management) static DOCUMENT: Block = fixed(&[optional("tags", &TAGS)]);

const TAG_KEY: Text = Text::Form(is_key, "a tag key of 1 to 128 letters, digits, spaces or _.:/=+-@");

static TAGS: Shape = Shape::Block(Block {
    fields: &[],
    named: Some(Named {
        key: TAG_KEY,
        folding: Folding::LowerCase,
        shape: &TAG,
        echo: Some("tag_key"),
        count_max: None,
    }),
});

static TAG: Shape = Shape::Block(fixed(&[
    optional("tag_key", &one(TAG_KEY)),
    optional("tag_value", &many(Text::Form(is_value, "a tag value with at most one *"))),
    optional("enforced_for", &RESOURCES),
    optional("report_required_tag_for", &RESOURCES),
]));

static RESOURCES: Shape = many(Text::Form(
    is_resource,
    "service:type, service:* or service:ALL_SUPPORTED of a service that tag policies know",
));

fn is_value(text: &str) -> bool {
    text.chars().count() <= 256 && text.matches('*').count() <= 1
}

/// A wildcard stands for all types of one service, never for services.
// Recorded: captures of radkawar/stackd, 9dc356f, organizations_tag_policy. AWS takes `ecs:ALL_SUPPORTED` and
// `sqs:queue`, and refuses `ecs:*` and a service that it does not know. Inferred: `*` is taken for other services,
// since the user guide's examples have it. Types of a known service are not checked, since the list grows.
fn is_resource(text: &str) -> bool {
    let Some((service, kind)) = text.split_once(':') else { return false };
    let is_type = is_word(kind, |char| char.is_ascii_alphanumeric() || "-_./".contains(char));
    SERVICES.contains(&service) && (is_type || (kind == "*" && service != "ecs"))
}

/// The services with resources that tag policies know.
// The user guide's page of services and resource types that support enforcement, and the Terraform provider's list of
// the types that AWS answers to ListRequiredTags, as of 2025.
#[rustfmt::skip]
const SERVICES: [&str; 191] = [
    "access-analyzer", "acm", "acm-pca", "airflow", "amplify", "aoss", "apigateway", "app-integrations", "appconfig",
    "appflow", "application-signals", "applicationinsights", "appmesh", "apprunner", "appstream", "apptest", "aps",
    "athena", "auditmanager", "autoscaling", "b2bi", "backup", "backup-gateway", "batch", "bcm-data-exports",
    "bedrock", "budgets", "cassandra", "catalog", "ce", "cleanrooms", "cleanrooms-ml", "cloudformation", "cloudfront",
    "cloudtrail", "cloudwatch", "codeartifact", "codebuild", "codecommit", "codeconnections", "codedeploy",
    "codeguru-profiler", "codeguru-reviewer", "codepipeline", "codestar-connections", "codestar-notifications",
    "cognito-identity", "cognito-idp", "comprehend", "config", "connect", "connect-campaigns", "cur", "databrew",
    "datasync", "datazone", "dax", "deadline", "detective", "devicefarm", "directconnect", "dlm", "dms", "ds", "dsql",
    "dynamodb", "ec2", "ecr", "ecr-public", "ecs", "eks", "elasticache", "elasticbeanstalk", "elasticfilesystem",
    "elasticloadbalancing", "elasticmapreduce", "emr-containers", "emr-serverless", "entityresolution", "es",
    "events", "firehose", "fis", "forecast", "frauddetector", "fsx", "gamelift", "geo", "globalaccelerator", "glue",
    "grafana", "greengrass", "groundstation", "guardduty", "healthlake", "iam", "imagebuilder", "inspector2",
    "internetmonitor", "invoicing", "iot", "iotanalytics", "iotdeviceadvisor", "iotevents", "iotfleethub",
    "iotfleetwise", "iotsitewise", "iotwireless", "ivs", "kafka", "kafkaconnect", "kendra", "kendra-ranking",
    "kinesis", "kinesisanalytics", "kinesisvideo", "kms", "lambda", "lex", "license-manager", "lightsail", "logs",
    "lookoutmetrics", "m2", "managedblockchain", "mediaconnect", "mediaconvert", "medialive", "mediapackage",
    "mediapackage-vod", "mediapackagev2", "mediatailor", "medical-imaging", "memorydb", "mobiletargeting", "mq",
    "network-firewall", "networkmanager", "notifications-contacts", "oam", "omics", "organizations", "osis",
    "panorama", "payment-cryptography", "personalize", "pipes", "profile", "proton", "ram", "rbin", "rds", "redshift",
    "redshift-serverless", "refactor-spaces", "rekognition", "resiliencehub", "resource-groups", "robomaker",
    "route53", "route53-recovery-control", "route53-recovery-readiness", "route53profiles", "route53resolver", "rum",
    "s3", "s3express", "sagemaker", "scheduler", "schemas", "secretsmanager", "securityhub", "servicecatalog",
    "servicediscovery", "ses", "signer", "sns", "sqs", "ssm", "ssm-incidents", "states", "storagegateway",
    "synthetics", "timestream", "transfer", "verifiedpermissions", "vpc-lattice", "wisdom", "workspaces",
    "workspaces-web", "xray",
];

/// A key: letters, digits, spaces and a few signs.
// The naming rules of tags in the AWS General Reference. A `*` is none of them.
fn is_key(text: &str) -> bool {
    (1..=128).contains(&text.chars().count())
        && text.chars().all(|char| char.is_alphanumeric() || char == ' ' || "_.:/=+-@".contains(char))
}
