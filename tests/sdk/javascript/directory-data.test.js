// Directory data access, as far as the client of Directory Service reaches. Directory Service Data is driven from ../go.
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';

import { M } from './cast.js';
import { Orgdir, microsoftAD } from './orgdir.js';

const orgdir = await Orgdir.start();
after(() => orgdir.stop());

describe('Directory data access', () => {
  it('is off, is turned on, and off again', async () => {
    const { directories } = orgdir.world('data-access').as(M);
    const { DirectoryId } = await directories.createMicrosoftAD(microsoftAD('corp.example.com'));
    const status = async () => (await directories.describeDirectoryDataAccess({ DirectoryId })).DataAccessStatus;
    assert.equal(await status(), 'Disabled');
    await directories.enableDirectoryDataAccess({ DirectoryId });
    assert.equal(await status(), 'Enabled');
    await directories.disableDirectoryDataAccess({ DirectoryId });
    assert.equal(await status(), 'Disabled');
  });
});
