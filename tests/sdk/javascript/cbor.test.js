// Directory Service over CBOR, which is the first protocol of its model.
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';

import { EntityDoesNotExistException, paginateDescribeDirectories } from '@aws-sdk/client-directory-service';

import { M } from './cast.js';
import { speakingCbor } from './cbor.js';
import { Orgdir, createAccount, microsoftAD, pagesOf, refused } from './orgdir.js';
import { makeDirectory, shareWithDev } from './story.js';

const orgdir = await Orgdir.start();
after(() => orgdir.stop());

describe('Directory Service over CBOR', () => {
  const world = orgdir.world('cbor');
  const m = speakingCbor(world, M);
  const ids = {};

  it('2. M makes a directory', async () => {
    await m.organizations.createOrganization({ FeatureSet: 'ALL' });
    ids.dev = await createAccount(m.organizations, 'dev');
    await makeDirectory(m, ids);
  });

  it('3. M shares it with dev, which turns trusted access on', () => shareWithDev({ as: (caller) => speakingCbor(world, caller) }, m, ids));

  it("refuses with the SDK's own class and the id of the request", async () => {
    const error = await refused(m.directories.describeDirectories({ DirectoryIds: ['d-9067000000'] }), EntityDoesNotExistException);
    assert.equal(error.$metadata.httpStatusCode, 400);
    assert.equal(error.RequestId, error.$metadata.requestId);
    assert.ok(error.message.endsWith(` : RequestId: ${error.$metadata.requestId}`), error.message);
  });

  it('has dates for timestamps', async () => {
    const other = orgdir.world('cbor-dates');
    const { directories } = speakingCbor(other, M);
    const frozen = await other.freeze();
    await directories.createMicrosoftAD(microsoftAD('corp.example.com'));
    const { DirectoryDescriptions: descriptions } = await directories.describeDirectories();
    assert.deepEqual(descriptions[0].LaunchTime, frozen);
  });

  it('follows the tokens of a paginator', async () => {
    const { directories } = speakingCbor(orgdir.world('cbor-pages'), M);
    for (let n = 1; n <= 3; n += 1) await directories.createMicrosoftAD(microsoftAD(`corp-${n}.example.com`));
    const pages = await pagesOf(paginateDescribeDirectories({ client: directories, pageSize: 2 }, {}), 'DirectoryDescriptions');
    assert.deepEqual(pages.map((page) => page.length), [2, 1]);
  });
});
