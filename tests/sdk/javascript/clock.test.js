// Time: timestamps are dates, and what takes AWS a while goes through its stages as the clock is advanced.
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';

import { waitUntilHybridADUpdated } from '@aws-sdk/client-directory-service';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';

import { M, S } from './cast.js';
import { Orgdir, createAccount, microsoftAD, region } from './orgdir.js';

const orgdir = await Orgdir.start();
after(() => orgdir.stop());

describe('A timestamp', () => {
  it('of Organizations is a Date', async () => {
    const world = orgdir.world('organizations');
    const { organizations } = world.as(M);
    const frozen = await world.freeze();
    await organizations.createOrganization({ FeatureSet: 'ALL' });
    const { Accounts: accounts } = await organizations.listAccounts();
    assert.deepEqual(accounts[0].JoinedTimestamp, frozen);

    const { CreateAccountStatus: request } = await organizations.createAccount({ AccountName: 'dev', Email: 'dev@example.com' });
    assert.deepEqual(request.RequestedTimestamp, frozen);
    assert.equal(request.CompletedTimestamp, undefined);
    const { Handshake: invitation } = await organizations.inviteAccountToOrganization({ Target: { Type: 'ACCOUNT', Id: S } });
    assert.deepEqual(invitation.RequestedTimestamp, frozen);
    assert.deepEqual(invitation.ExpirationTimestamp, new Date(frozen.getTime() + 15 * 24 * 3600 * 1000));
  });

  it('of Directory Service is a Date', async () => {
    const world = orgdir.world('directories');
    const { directories } = world.as(M);
    const frozen = await world.freeze();
    await directories.createMicrosoftAD(microsoftAD('corp.example.com'));
    const { DirectoryDescriptions: descriptions } = await directories.describeDirectories();
    assert.deepEqual(descriptions[0].LaunchTime, frozen);
    assert.ok(descriptions[0].StageLastUpdatedDateTime instanceof Date);
  });

  it('of STS is a Date', async () => {
    const world = orgdir.world('sts');
    const { organizations, sts } = world.as(M);
    await organizations.createOrganization({ FeatureSet: 'ALL' });
    const account = await createAccount(organizations, 'dev');
    const frozen = await world.freeze();
    const { Credentials: credentials } = await sts.assumeRole({
      RoleArn: `arn:aws:iam::${account}:role/OrganizationAccountAccessRole`,
      RoleSessionName: 'story',
      DurationSeconds: 900,
    });
    // STS answers whole seconds.
    assert.equal(Math.floor(credentials.Expiration.getTime() / 1000), Math.floor(frozen.getTime() / 1000) + 900);
  });
});

describe('At the pace of AWS', () => {
  it('a directory is requested, is being created, is active', async () => {
    const world = orgdir.world('directory-stages');
    const { directories } = world.as(M);
    await world.freeze();
    await world.pace('real');
    await directories.createMicrosoftAD(microsoftAD('corp.example.com'));
    const stage = async () => (await directories.describeDirectories()).DirectoryDescriptions[0].Stage;
    assert.equal(await stage(), 'Requested');
    await world.advance('2m');
    assert.equal(await stage(), 'Creating');
    await world.advance('60m');
    assert.equal(await stage(), 'Active');
  });

  it('an account is being created for a while', async () => {
    const world = orgdir.world('account-stages');
    const { organizations } = world.as(M);
    const frozen = await world.freeze();
    await world.pace('real');
    await organizations.createOrganization({ FeatureSet: 'ALL' });
    const { CreateAccountStatus: request } = await organizations.createAccount({ AccountName: 'dev', Email: 'dev@example.com' });
    const status = async () =>
      (await organizations.describeCreateAccountStatus({ CreateAccountRequestId: request.Id })).CreateAccountStatus;
    assert.equal((await status()).State, 'IN_PROGRESS');
    await world.advance('2m');
    const done = await status();
    assert.equal(done.State, 'SUCCEEDED');
    assert.ok(done.CompletedTimestamp > frozen);
    assert.ok(done.CompletedTimestamp <= (await world.now()));
  });

  it('the credentials of a session expire', async () => {
    const world = orgdir.world('expiry');
    const { organizations } = world.as(M);
    await organizations.createOrganization({ FeatureSet: 'ALL' });
    const account = await createAccount(organizations, 'dev');
    const credentials = await fromTemporaryCredentials({
      masterCredentials: { accessKeyId: M, secretAccessKey: 'anything' },
      clientConfig: { endpoint: world.endpoint, region },
      params: { RoleArn: `arn:aws:iam::${account}:role/OrganizationAccountAccessRole`, RoleSessionName: 'story' },
    })();
    assert.ok(credentials.expiration instanceof Date);
    const session = world.as(credentials);
    assert.equal((await session.sts.getCallerIdentity()).Account, account);
    await world.advance('61m');
    await assert.rejects(session.sts.getCallerIdentity(), { name: 'ExpiredToken' });
    await assert.rejects(session.organizations.describeOrganization(), { name: 'ExpiredTokenException' });
  });
});

describe("The SDK's waiter for hybrid directories", () => {
  it('asks until its time is up, when there is no such directory', async () => {
    const world = orgdir.world('waiter');
    const { directories } = world.as(M);
    const patience = { client: directories, maxWaitTime: 0.05, minDelay: 0.01, maxDelay: 0.01 };
    await assert.rejects(waitUntilHybridADUpdated(patience, { DirectoryId: 'd-9067000000' }), { name: 'TimeoutError' });
    assert.deepEqual(new Set((await world.events()).map(({ operation }) => operation)), new Set(['DescribeHybridADUpdate']));
  });
});
