//! The groups of a new domain, in the order of lists, and their members.

use model::ds_data::types::GroupScope;

use GroupScope::{BuiltinLocal, DomainLocal, Global, Universal};

/// The groups that Active Directory creates: relative identifier, scope and name. Identifiers of the local ones are
/// below `S-1-5-32`.
pub const ACTIVE_DIRECTORY_GROUPS: [(u64, GroupScope, &str); 50] = [
    (544, BuiltinLocal, "Administrators"),
    (545, BuiltinLocal, "Users"),
    (546, BuiltinLocal, "Guests"),
    (550, BuiltinLocal, "Print Operators"),
    (551, BuiltinLocal, "Backup Operators"),
    (552, BuiltinLocal, "Replicator"),
    (555, BuiltinLocal, "Remote Desktop Users"),
    (556, BuiltinLocal, "Network Configuration Operators"),
    (558, BuiltinLocal, "Performance Monitor Users"),
    (559, BuiltinLocal, "Performance Log Users"),
    (562, BuiltinLocal, "Distributed COM Users"),
    (568, BuiltinLocal, "IIS_IUSRS"),
    (569, BuiltinLocal, "Cryptographic Operators"),
    (573, BuiltinLocal, "Event Log Readers"),
    (574, BuiltinLocal, "Certificate Service DCOM Access"),
    (575, BuiltinLocal, "RDS Remote Access Servers"),
    (576, BuiltinLocal, "RDS Endpoint Servers"),
    (577, BuiltinLocal, "RDS Management Servers"),
    (578, BuiltinLocal, "Hyper-V Administrators"),
    (579, BuiltinLocal, "Access Control Assistance Operators"),
    (580, BuiltinLocal, "Remote Management Users"),
    (582, BuiltinLocal, "Storage Replica Administrators"),
    (DOMAIN_COMPUTERS, Global, "Domain Computers"),
    (516, Global, "Domain Controllers"),
    (518, Universal, "Schema Admins"),
    (519, Universal, "Enterprise Admins"),
    (517, DomainLocal, "Cert Publishers"),
    (512, Global, "Domain Admins"),
    (DOMAIN_USERS, Global, "Domain Users"),
    (DOMAIN_GUESTS, Global, "Domain Guests"),
    (520, Global, "Group Policy Creator Owners"),
    (553, DomainLocal, "RAS and IAS Servers"),
    (549, BuiltinLocal, "Server Operators"),
    (548, BuiltinLocal, "Account Operators"),
    (554, BuiltinLocal, "Pre-Windows 2000 Compatible Access"),
    (557, BuiltinLocal, "Incoming Forest Trust Builders"),
    (560, BuiltinLocal, "Windows Authorization Access Group"),
    (561, BuiltinLocal, "Terminal Server License Servers"),
    (571, DomainLocal, "Allowed RODC Password Replication Group"),
    (572, DomainLocal, "Denied RODC Password Replication Group"),
    (521, Global, "Read-only Domain Controllers"),
    (498, Universal, "Enterprise Read-only Domain Controllers"),
    (522, Global, "Cloneable Domain Controllers"),
    (525, Global, "Protected Users"),
    (526, Global, "Key Admins"),
    (527, Universal, "Enterprise Key Admins"),
    (1101, DomainLocal, "DnsAdmins"),
    (1102, Global, "DnsUpdateProxy"),
    // AWS's own, to which customers add no members.
    (1103, DomainLocal, "Admins"),
    (1104, DomainLocal, "AWSAdministrators"),
];

/// The groups that AWS creates. All are local to the domain. They follow those of Active Directory, with the
/// identifiers from 1105 on.
// Inferred: the order is that of a sample in the command line reference. The sample hides the identifiers, which are
// taken to follow the order.
pub const AWS_GROUPS: [&str; 28] = [
    "AWS Object Management Service Accounts",
    "AWS Private CA Connector for AD Delegated Group",
    "AWS Application and Service Delegated Group",
    "AWS Delegated Administrators",
    "AWS Delegated FSx Administrators",
    "AWS Delegated Account Operators",
    "AWS Delegated Active Directory Based Activation Administrators",
    "AWS Delegated Allowed to Authenticate Objects",
    "AWS Delegated Allowed to Authenticate to Domain Controllers",
    "AWS Delegated Deleted Object Lifetime Administrators",
    "AWS Delegated Distributed File System Administrators",
    "AWS Delegated Dynamic Host Configuration Protocol Administrators",
    "AWS Delegated Enterprise Certificate Authority Administrators",
    "AWS Delegated Fine Grained Password Policy Administrators",
    "AWS Delegated Group Policy Administrators",
    "AWS Delegated Managed Service Account Administrators",
    "AWS Delegated Read Foreign Security Principals",
    "AWS Delegated Remote Access Service Administrators",
    "AWS Delegated Replicate Directory Changes Administrators",
    "AWS Delegated Sites and Services Administrators",
    "AWS Delegated System Management Administrators",
    "AWS Delegated Terminal Server Licensing Administrators",
    "AWS Delegated User Principal Name Suffix Administrators",
    "AWS Delegated Add Workstations To Domain Users",
    "AWS Delegated Domain Name System Administrators",
    "AWS Delegated Kerberos Delegation Administrators",
    "AWS Delegated Server Administrators",
    "AWS Delegated MS-NPRC Non-Compliant Devices",
];

/// The identifier of the first of [`AWS_GROUPS`].
pub const FIRST_AWS_GROUP: u64 = 1105;

/// The primary group of users.
pub const DOMAIN_USERS: u64 = 513;

/// The primary group of the user Guest.
pub const DOMAIN_GUESTS: u64 = 514;

/// The primary group of computers.
pub const DOMAIN_COMPUTERS: u64 = 515;

/// The memberships of a new domain: the names of the group and the member.
// Inferred: these are Active Directory's own memberships of accounts in the domain, and Admin in the group of AWS's
// delegated administrators.
pub const MEMBERS: [(&str, &str); 19] = [
    ("Administrators", "Administrator"),
    ("Administrators", "Enterprise Admins"),
    ("Administrators", "Domain Admins"),
    ("Users", "Domain Users"),
    ("Guests", "Guest"),
    ("Guests", "Domain Guests"),
    ("Schema Admins", "Administrator"),
    ("Enterprise Admins", "Administrator"),
    ("Domain Admins", "Administrator"),
    ("Group Policy Creator Owners", "Administrator"),
    ("Denied RODC Password Replication Group", "krbtgt"),
    ("Denied RODC Password Replication Group", "Domain Controllers"),
    ("Denied RODC Password Replication Group", "Schema Admins"),
    ("Denied RODC Password Replication Group", "Enterprise Admins"),
    ("Denied RODC Password Replication Group", "Cert Publishers"),
    ("Denied RODC Password Replication Group", "Domain Admins"),
    ("Denied RODC Password Replication Group", "Group Policy Creator Owners"),
    ("Denied RODC Password Replication Group", "Read-only Domain Controllers"),
    ("AWS Delegated Administrators", "Admin"),
];
