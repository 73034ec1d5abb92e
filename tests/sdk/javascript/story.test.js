// The story in a world of its own, at the bare URL, and where sharing is strict about trusted access.
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';

import { OrganizationsException } from '@aws-sdk/client-directory-service';

import { M } from './cast.js';
import { Orgdir, createAccount, microsoftAD, refused, shareWith } from './orgdir.js';
import { tellStory } from './story.js';

const orgdir = await Orgdir.start();
const strict = await Orgdir.start('--share-trusted-access', 'strict');
after(() => Promise.all([orgdir.stop(), strict.stop()]));

tellStory('The story, in a world of its own', orgdir.world('story'));
tellStory('The story, at the bare URL', orgdir.bareWorld);

describe('A server that is strict about trusted access', () => {
  it('refuses to share inside the organization until access is enabled', async () => {
    const m = strict.world('strict').as(M);
    await m.organizations.createOrganization({ FeatureSet: 'ALL' });
    const dev = await createAccount(m.organizations, 'dev');
    const { DirectoryId: directory } = await m.directories.createMicrosoftAD(microsoftAD('corp.example.com'));
    const share = shareWith(directory, dev, 'ORGANIZATIONS');

    await refused(m.directories.shareDirectory(share), OrganizationsException);
    await m.organizations.enableAWSServiceAccess({ ServicePrincipal: 'ds.amazonaws.com' });
    const { SharedDirectoryId: shared } = await m.directories.shareDirectory(share);
    const { SharedDirectories: shares } = await m.directories.describeSharedDirectories({ OwnerDirectoryId: directory });
    assert.deepEqual(shares.map(({ SharedDirectoryId, ShareStatus }) => [SharedDirectoryId, ShareStatus]), [[shared, 'Shared']]);
  });
});
