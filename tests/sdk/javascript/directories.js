// Directories with more than two pages of everything that Directory Service lists, at a page size of two.
import { readFile } from 'node:fs/promises';

import { microsoftAD, shareWith } from './orgdir.js';

export const five = [0, 1, 2, 3, 4];
export const accounts = ['3', '4', '5', '6', '7'].map((digit) => digit.repeat(12));
export const regions = ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'eu-west-1'];
const certificates = ['root', 'ec', 'ed25519', 'bmp', 'far'];
export const authorities = ['Example Root CA', 'Example EC CA', 'Example Ed25519 CA', 'Example Legacy CA', 'Example Far CA'];

const { VpcSettings } = microsoftAD('');
/** What is assessed before it becomes a hybrid directory. */
export const assessed = {
  DnsName: 'hybrid.example.com',
  CustomerDnsIps: ['10.24.34.100', '10.24.34.200'],
  InstanceIds: ['i-11111111', 'i-22222222'],
  VpcSettings,
};
const connector = {
  Name: 'connector.example.com',
  Password: 'known-elsewhere',
  Size: 'Small',
  ConnectSettings: { ...VpcSettings, CustomerDnsIps: ['10.24.34.100'], CustomerUserName: 'connector' },
};

/** A certificate of the project's fixtures, in PEM. */
export function pem(name) {
  return readFile(new URL(`../../../fixtures/certificates/${name}.pem`, import.meta.url), 'utf8');
}

/** LDIF that adds an attribute to the schema. */
export function attribute(name, number) {
  return [
    `dn: CN=${name},CN=Schema,CN=Configuration,DC=corp,DC=example,DC=com`,
    'changetype: add',
    'objectClass: attributeSchema',
    `lDAPDisplayName: ${name}`,
    `attributeID: 1.2.3.${number}`,
    'attributeSyntax: 2.5.5.9',
    'oMSyntax: 2',
    'isSingleValued: TRUE\n',
  ].join('\n');
}

/** Makes all of it, and answers the ids. The first directory is corp. */
export async function grow(ds) {
  const { DirectoryId } = await ds.createMicrosoftAD({ ...microsoftAD('corp.example.com'), Edition: 'Enterprise' });
  const grown = { ids: [DirectoryId], corp: { DirectoryId }, trusts: [], snapshots: [], extensions: [], assessments: [] };
  for (const n of five.slice(1)) grown.ids.push((await ds.createMicrosoftAD(microsoftAD(`other-${n}.example.com`))).DirectoryId);
  for (const id of grown.ids) await ds.createLogSubscription({ DirectoryId: id, LogGroupName: id });
  for (const account of accounts) await ds.shareDirectory(shareWith(DirectoryId, account, 'HANDSHAKE'));
  await ds.addIpRoutes({ DirectoryId, IpRoutes: five.map((n) => ({ CidrIp: `203.0.${n}.0/24` })) });
  await ds.updateNumberOfDomainControllers({ DirectoryId, DesiredNumber: 5 });
  await ds.addTagsToResource({ ResourceId: DirectoryId, Tags: five.map((n) => ({ Key: `key-${n}`, Value: 'any' })) });
  for (const n of five) await growBy(ds, grown, n);
  await ds.enableLDAPS({ DirectoryId, Type: 'Client' });
  for (const RegionName of regions.slice(1)) await ds.addRegion({ DirectoryId, RegionName, VPCSettings: VpcSettings });
  grown.connector = { DirectoryId: (await ds.connectDirectory(connector)).DirectoryId };
  grown.ids.push(grown.connector.DirectoryId);
  await ds.registerCertificate({ ...grown.connector, CertificateData: await pem('root'), Type: 'ClientCertAuth' });
  await ds.enableClientAuthentication({ ...grown.connector, Type: 'SmartCard' });
  return grown;
}

/** One more of what corp has five of. */
async function growBy(ds, { corp, trusts, snapshots, extensions, assessments }, n) {
  const trust = { RemoteDomainName: `remote-${n}.example.com`, TrustPassword: 'Tru5t-pass', TrustDirection: 'Two-Way' };
  trusts.push((await ds.createTrust({ ...corp, ...trust })).TrustId);
  snapshots.push((await ds.createSnapshot(corp)).SnapshotId);
  const extension = { CreateSnapshotBeforeSchemaExtension: false, LdifContent: attribute(`attribute${n}`, n + 1), Description: `of ${n}` };
  extensions.push((await ds.startSchemaExtension({ ...corp, ...extension })).SchemaExtensionId);
  await ds.registerCertificate({ ...corp, CertificateData: await pem(certificates[n]) });
  const version = n % 2 === 0 ? 'SERVER_2012' : 'SERVER_2019';
  await ds.updateDirectorySetup({ ...corp, UpdateType: 'OS', OSUpdateSettings: { OSVersion: version } });
  assessments.push((await ds.startADAssessment({ AssessmentConfiguration: assessed })).AssessmentId);
}
