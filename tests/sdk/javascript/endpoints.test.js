// Where a world is found: an endpoint with or without a slash at its end, or a variable of the environment.
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';

import { DirectoryService } from '@aws-sdk/client-directory-service';
import { AWSOrganizationsNotInUseException, Organizations } from '@aws-sdk/client-organizations';
import { STS } from '@aws-sdk/client-sts';

import { M } from './cast.js';
import { Orgdir, World, microsoftAD, refused } from './orgdir.js';

const orgdir = await Orgdir.start();
after(() => orgdir.stop());

describe('The endpoint of a world', () => {
  it('may end with a slash, and names the same world', async () => {
    const { organizations: plain } = orgdir.world('slash').as(M);
    const { organizations, directories, sts } = new World(`${orgdir.url}/w/slash/`).as(M);
    const { Organization: made } = await plain.createOrganization({ FeatureSet: 'ALL' });
    assert.equal((await organizations.describeOrganization()).Organization.Id, made.Id);
    assert.deepEqual((await directories.describeDirectories()).DirectoryDescriptions, []);
    assert.equal((await sts.getCallerIdentity()).Arn, `arn:aws:iam::${M}:user/admin`);
  });

  it('shares nothing with another world', async () => {
    await orgdir.world('one').as(M).organizations.createOrganization({ FeatureSet: 'ALL' });
    await refused(orgdir.world('two').as(M).organizations.describeOrganization(), AWSOrganizationsNotInUseException);
    await refused(orgdir.bareWorld.as(M).organizations.describeOrganization(), AWSOrganizationsNotInUseException);
  });

  it('keeps the directories of each Region apart', async () => {
    const world = orgdir.world('regions');
    const here = world.as(M).directories;
    const there = world.as(M, { region: 'eu-west-1' }).directories;
    await there.createMicrosoftAD(microsoftAD('corp.example.com'));
    assert.equal((await there.describeDirectories()).DirectoryDescriptions.length, 1);
    assert.deepEqual((await here.describeDirectories()).DirectoryDescriptions, []);
  });

  it('is new again after a reset', async () => {
    const world = orgdir.world('reset');
    const { organizations } = world.as(M);
    await organizations.createOrganization({ FeatureSet: 'ALL' });
    await world.control('POST', '/reset');
    await refused(organizations.describeOrganization(), AWSOrganizationsNotInUseException);
  });
});

describe('The variables of the environment', () => {
  it('name the world, the Region and the caller for every client', async (t) => {
    const variables = {
      AWS_ENDPOINT_URL: `${orgdir.url}/w/variables`,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: M,
      AWS_SECRET_ACCESS_KEY: 'anything',
    };
    Object.assign(process.env, variables);
    t.after(() => Object.keys(variables).forEach((name) => delete process.env[name]));

    const { Organization: made } = await new Organizations().createOrganization({ FeatureSet: 'ALL' });
    const { DirectoryId: directory } = await new DirectoryService().createMicrosoftAD(microsoftAD('corp.example.com'));
    assert.equal((await new STS().getCallerIdentity()).Account, M);

    const { organizations, directories } = orgdir.world('variables').as(M);
    assert.equal((await organizations.describeOrganization()).Organization.Id, made.Id);
    assert.equal((await directories.describeDirectories()).DirectoryDescriptions[0].DirectoryId, directory);
  });
});

describe('The server', () => {
  it('ends with exit code 0 on SIGTERM, with a client still connected', async () => {
    const other = await Orgdir.start();
    await other.bareWorld.as(M).sts.getCallerIdentity();
    await other.stop();
  });
});
