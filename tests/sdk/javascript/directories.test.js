// Each of the SDK's paginators for Directory Service, at a page size of two, in both protocols that it speaks.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import * as sdk from '@aws-sdk/client-directory-service';

import { M } from './cast.js';
import { speakingCbor } from './cbor.js';
import { accounts, authorities, five, grow, regions } from './directories.js';
import { Orgdir, pagesOf } from './orgdir.js';

const orgdir = await Orgdir.start();
after(() => orgdir.stop());

// For each paginator: what it is asked, the list and the member of its items, and what that member must be.
const paginators = {
  DescribeClientAuthenticationSettings: ({ connector }) => [connector, 'ClientAuthenticationSettingsInfo', 'Type', ['SmartCard']],
  DescribeDirectories: ({ ids }) => [{}, 'DirectoryDescriptions', 'DirectoryId', ids],
  DescribeDomainControllers: ({ corp }) => [corp, 'DomainControllers', 'Status', five.map(() => 'Active')],
  DescribeLDAPSSettings: ({ corp }) => [corp, 'LDAPSSettingsInfo', 'LDAPSStatus', ['Enabled']],
  DescribeRegions: ({ corp }) => [corp, 'RegionsDescription', 'RegionName', regions],
  DescribeSharedDirectories: ({ corp }) => [{ OwnerDirectoryId: corp.DirectoryId }, 'SharedDirectories', 'SharedAccountId', accounts],
  DescribeSnapshots: ({ corp, snapshots }) => [corp, 'Snapshots', 'SnapshotId', snapshots],
  DescribeTrusts: ({ corp, trusts }) => [corp, 'Trusts', 'TrustId', trusts],
  DescribeUpdateDirectory: ({ corp }) => [{ ...corp, UpdateType: 'OS' }, 'UpdateActivities', 'InitiatedBy', five.map(() => 'Customer')],
  ListADAssessments: ({ assessments }) => [{}, 'Assessments', 'AssessmentId', assessments],
  ListCertificates: ({ corp }) => [corp, 'CertificatesInfo', 'CommonName', authorities],
  ListIpRoutes: ({ corp }) => [corp, 'IpRoutesInfo', 'CidrIp', five.map((n) => `203.0.${n}.0/24`)],
  ListLogSubscriptions: ({ ids }) => [{}, 'LogSubscriptions', 'DirectoryId', ids.slice(0, 5)],
  ListSchemaExtensions: ({ corp, extensions }) => [corp, 'SchemaExtensionsInfo', 'SchemaExtensionId', extensions],
  ListTagsForResource: ({ corp }) => [{ ResourceId: corp.DirectoryId }, 'Tags', 'Key', five.map((n) => `key-${n}`)],
};
// They take no page size, or do not heed it: that of the tags is reserved.
const unsized = new Set(['DescribeRegions', 'DescribeUpdateDirectory', 'ListTagsForResource']);

it('There is a test for each of the paginators', () => {
  const known = Object.keys(sdk).filter((name) => name.startsWith('paginate'));
  assert.deepEqual(known.sort(), Object.keys(paginators).map((name) => `paginate${name}`).sort());
});

for (const [protocol, clients] of Object.entries({ JSON: (world) => world.as(M), CBOR: (world) => speakingCbor(world, M) })) {
  describe(`Directories with more than two pages of everything, over ${protocol}`, () => {
    const { directories: client } = clients(orgdir.world(`directories-${protocol}`));
    let grown;

    before(async () => {
      grown = await grow(client);
    });

    for (const [operation, about] of Object.entries(paginators)) {
      it(`are listed by ${operation}, once and in order`, async () => {
        const [input, list, member, expected] = about(grown);
        const paginate = sdk[`paginate${operation}`];
        // A paginator leaves its tokens in what it is given.
        const [whole, ...more] = await pagesOf(paginate({ client }, { ...input }), list);
        assert.deepEqual(more, []);
        assert.deepEqual(whole.map((item) => item[member]).sort(), [...expected].sort());
        if (unsized.has(operation)) return;
        const pages = await pagesOf(paginate({ client, pageSize: 2 }, { ...input }), list);
        assert.deepEqual(pages.flat(), whole);
        assert.equal(pages.length, Math.ceil(whole.length / 2));
      });
    }
  });
}
