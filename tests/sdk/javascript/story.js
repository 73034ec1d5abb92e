// The story of one organization and one directory, told in a world that must be new.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import * as ds from '@aws-sdk/client-directory-service';
import * as org from '@aws-sdk/client-organizations';
import { STSServiceException } from '@aws-sdk/client-sts';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';

import { BILLING, M, S, X } from './cast.js';
import { microsoftAD, refused, refusedWithCode, region, shareWith } from './orgdir.js';

const principal = { ServicePrincipal: 'ds.amazonaws.com' };

/** Declares the eight steps, in order. */
export function tellStory(title, world) {
  const m = world.as(M);
  const s = world.as(S);
  const x = world.as(X);
  const ids = {};

  describe(title, () => {
    it('1. M makes an organization with two units and two accounts, and S accepts its invitation', () => foundOrganization(m, s, ids));
    it('2. M makes a directory', () => makeDirectory(m, ids));
    it('3. M shares it with dev, which turns trusted access on', () => shareWithDev(world, m, ids));
    it('4. Disabled trusted access refuses new shares inside the organization, and only those', () => disableAccess(world, m, x, ids));
    it('5. Enabled again, prod gets its share and the one to dev never changed', () => enableAccess(m, ids));
    it('6. Trusted access is for a management account with all features', () => refuseAccess(world, x, ids));
    it('7. M assumes the role that a made account has and an invited one has not', () => assumeRole(world, m, ids));
    it('8. Everything is taken down, in the wrong order first', () => takeDown(world, m, ids));
  });
}

async function foundOrganization(m, s, ids) {
  assert.equal((await m.sts.getCallerIdentity()).Account, M);
  await refused(s.organizations.describeOrganization(), org.AWSOrganizationsNotInUseException);

  const { Organization: organization } = await m.organizations.createOrganization({ FeatureSet: 'ALL' });
  assert.equal(organization.FeatureSet, 'ALL');
  assert.equal(organization.MasterAccountId, M);
  await refused(m.organizations.createOrganization({ FeatureSet: 'ALL' }), org.AlreadyInOrganizationException);

  const { Roots: roots } = await m.organizations.listRoots();
  assert.deepEqual(
    roots.map(({ Name, PolicyTypes }) => ({ Name, PolicyTypes })),
    [{ Name: 'Root', PolicyTypes: [] }],
  );
  ids.root = roots[0].Id;
  ids.workloads = (await m.organizations.createOrganizationalUnit({ ParentId: ids.root, Name: 'Workloads' })).OrganizationalUnit.Id;
  await m.organizations.createOrganizationalUnit({ ParentId: ids.root, Name: 'Sandbox' });
  await refused(
    m.organizations.createOrganizationalUnit({ ParentId: ids.root, Name: 'Workloads' }),
    org.DuplicateOrganizationalUnitException,
  );

  for (const name of ['dev', 'prod']) {
    const { CreateAccountStatus: request } = await m.organizations.createAccount({ AccountName: name, Email: `${name}@example.com` });
    assert.equal(request.State, 'IN_PROGRESS');
    assert.equal(request.AccountId, undefined);
    const { CreateAccountStatus: status } = await m.organizations.describeCreateAccountStatus({ CreateAccountRequestId: request.Id });
    assert.equal(status.State, 'SUCCEEDED');
    assert.match(status.AccountId, /^\d{12}$/);
    ids[name] = status.AccountId;
  }

  const move = { AccountId: ids.dev, SourceParentId: ids.root, DestinationParentId: ids.workloads };
  await m.organizations.moveAccount(move);
  await refused(m.organizations.moveAccount(move), org.SourceParentNotFoundException);
  const { Parents: parents } = await m.organizations.listParents({ ChildId: ids.dev });
  assert.deepEqual(parents, [{ Id: ids.workloads, Type: 'ORGANIZATIONAL_UNIT' }]);

  const { Handshake: invitation } = await m.organizations.inviteAccountToOrganization({ Target: { Type: 'ACCOUNT', Id: S } });
  assert.equal(invitation.State, 'OPEN');
  assert.equal(invitation.Action, 'INVITE');
  const { Handshakes: handshakes } = await s.organizations.listHandshakesForAccount();
  assert.deepEqual(handshakes.map(({ Id }) => Id), [invitation.Id]);
  const { Handshake: accepted } = await s.organizations.acceptHandshake({ HandshakeId: invitation.Id });
  assert.equal(accepted.State, 'ACCEPTED');
  await refused(s.organizations.acceptHandshake({ HandshakeId: invitation.Id }), org.HandshakeAlreadyInStateException);

  const { Accounts: accounts } = await m.organizations.listAccounts();
  assert.deepEqual([accounts[0].Id, accounts[0].JoinedMethod], [M, 'INVITED']);
  assert.deepEqual(
    Object.fromEntries(accounts.map(({ Id, JoinedMethod }) => [Id, JoinedMethod])),
    { [M]: 'INVITED', [ids.dev]: 'CREATED', [ids.prod]: 'CREATED', [S]: 'INVITED' },
  );
}

export async function makeDirectory(m, ids) {
  ids.directory = (await m.directories.createMicrosoftAD(microsoftAD('corp.example.com'))).DirectoryId;
  const { DirectoryDescriptions: directories } = await m.directories.describeDirectories();
  assert.deepEqual(
    directories.map(({ DirectoryId, Stage, Type, Edition, Size }) => ({ DirectoryId, Stage, Type, Edition, Size })),
    [{ DirectoryId: ids.directory, Stage: 'Active', Type: 'MicrosoftAD', Edition: 'Standard', Size: 'Small' }],
  );
  assert.deepEqual(await trustedServices(m), []);
}

export async function shareWithDev(world, m, ids) {
  const share = shareWith(ids.directory, ids.dev, 'ORGANIZATIONS');
  ids.shared = (await m.directories.shareDirectory(share)).SharedDirectoryId;
  assert.match(ids.shared, /^d-[0-9a-f]{10}$/);
  assert.notEqual(ids.shared, ids.directory);

  const shares = await sharesOf(m, ids.directory);
  assert.deepEqual(statuses(shares), { [ids.dev]: 'Shared' });
  ids.lastUpdated = shares[0].LastUpdatedDateTime;
  assert.deepEqual(await trustedServices(m), ['ds.amazonaws.com']);

  const { DirectoryDescriptions: directories } = await world.as(ids.dev).directories.describeDirectories();
  assert.deepEqual(
    directories.map(({ DirectoryId, Type, Stage, ShareStatus }) => ({ DirectoryId, Type, Stage, ShareStatus })),
    [{ DirectoryId: ids.shared, Type: 'SharedMicrosoftAD', Stage: 'Active', ShareStatus: 'Shared' }],
  );
  assert.equal(directories[0].OwnerDirectoryDescription.AccountId, M);
  await refused(m.directories.shareDirectory(share), ds.DirectoryAlreadySharedException);
}

async function disableAccess(world, m, x, ids) {
  await m.organizations.disableAWSServiceAccess(principal);
  assert.deepEqual(await trustedServices(m), []);
  assert.deepEqual(statuses(await sharesOf(m, ids.directory)), { [ids.dev]: 'Shared' });
  const { DirectoryDescriptions: atDev } = await world.as(ids.dev).directories.describeDirectories();
  assert.deepEqual(atDev.map(({ DirectoryId, Stage }) => [DirectoryId, Stage]), [[ids.shared, 'Active']]);

  await refused(m.directories.shareDirectory(shareWith(ids.directory, ids.prod, 'ORGANIZATIONS')), ds.OrganizationsException);
  assert.deepEqual(statuses(await sharesOf(m, ids.directory)), { [ids.dev]: 'Shared' });

  const { SharedDirectoryId: offer } = await m.directories.shareDirectory(shareWith(ids.directory, X, 'HANDSHAKE'));
  assert.deepEqual(statuses(await sharesOf(m, ids.directory)), { [ids.dev]: 'Shared', [X]: 'PendingAcceptance' });
  await x.directories.acceptSharedDirectory({ SharedDirectoryId: offer });
  assert.deepEqual(statuses(await sharesOf(m, ids.directory)), { [ids.dev]: 'Shared', [X]: 'Shared' });
  await unshare(m, ids.directory, X);
  // AWS lists a share that has ended for a while yet.
  assert.deepEqual(statuses(await sharesOf(m, ids.directory)), { [ids.dev]: 'Shared', [X]: 'Deleted' });
}

async function enableAccess(m, ids) {
  await m.organizations.enableAWSServiceAccess(principal);
  assert.deepEqual(await trustedServices(m), ['ds.amazonaws.com']);
  await m.directories.shareDirectory(shareWith(ids.directory, ids.prod, 'ORGANIZATIONS'));
  const shares = await sharesOf(m, ids.directory);
  assert.deepEqual(statuses(shares), { [ids.dev]: 'Shared', [ids.prod]: 'Shared', [X]: 'Deleted' });
  assert.deepEqual(shares.find(({ SharedAccountId }) => SharedAccountId === ids.dev).LastUpdatedDateTime, ids.lastUpdated);
}

async function refuseAccess(world, x, ids) {
  const dev = world.as(ids.dev);
  await refused(dev.organizations.enableAWSServiceAccess(principal), org.AccessDeniedException);
  await refused(dev.organizations.disableAWSServiceAccess(principal), org.AccessDeniedException);
  await refused(x.organizations.enableAWSServiceAccess(principal), org.AWSOrganizationsNotInUseException);
  await refused(x.organizations.disableAWSServiceAccess(principal), org.AWSOrganizationsNotInUseException);

  const b = world.as(BILLING);
  await b.organizations.createOrganization({ FeatureSet: 'CONSOLIDATED_BILLING' });
  await refused(
    b.organizations.enableAWSServiceAccess(principal),
    org.ConstraintViolationException,
    'ORGANIZATION_NOT_IN_ALL_FEATURES_MODE',
  );
  const { DirectoryId: directory } = await b.directories.createMicrosoftAD(microsoftAD('billing.example.com'));
  await refused(b.directories.shareDirectory(shareWith(directory, ids.dev, 'ORGANIZATIONS')), ds.OrganizationsException);
}

async function assumeRole(world, m, ids) {
  const session = world.as(sessionIn(ids.dev));
  const identity = await session.sts.getCallerIdentity();
  assert.equal(identity.Account, ids.dev);
  assert.equal(identity.Arn, `arn:aws:sts::${ids.dev}:assumed-role/OrganizationAccountAccessRole/story`);
  assert.equal((await session.organizations.describeOrganization()).Organization.MasterAccountId, M);
  await refused(session.organizations.listAccounts(), org.AccessDeniedException);

  await refusedWithCode(world.as(sessionIn(S)).sts.getCallerIdentity(), STSServiceException, 'AccessDenied');
  await refusedWithCode(m.sts.assumeRole(roleIn(S)), STSServiceException, 'AccessDenied');

  /** The SDK's own provider: M assumes the role with its first call. */
  function sessionIn(account) {
    return fromTemporaryCredentials({
      masterCredentials: { accessKeyId: M, secretAccessKey: 'anything' },
      clientConfig: { endpoint: world.endpoint, region },
      params: roleIn(account),
    });
  }

  function roleIn(account) {
    return { RoleArn: `arn:aws:iam::${account}:role/OrganizationAccountAccessRole`, RoleSessionName: 'story' };
  }
}

async function takeDown(world, m, ids) {
  await refused(m.directories.deleteDirectory({ DirectoryId: ids.directory }), ds.ClientException);
  await refused(m.organizations.deleteOrganization(), org.OrganizationNotEmptyException);
  await refused(
    m.organizations.deleteOrganizationalUnit({ OrganizationalUnitId: ids.workloads }),
    org.OrganizationalUnitNotEmptyException,
  );
  await refused(
    m.organizations.removeAccountFromOrganization({ AccountId: ids.prod }),
    org.ConstraintViolationException,
    'WAIT_PERIOD_ACTIVE',
  );
  await refused(m.organizations.removeAccountFromOrganization({ AccountId: M }), org.MasterCannotLeaveOrganizationException);

  await unshare(m, ids.directory, ids.dev);
  await unshare(m, ids.directory, ids.prod);
  await m.directories.deleteDirectory({ DirectoryId: ids.directory });
  await refused(m.directories.describeDirectories({ DirectoryIds: [ids.directory] }), ds.EntityDoesNotExistException);

  await m.organizations.removeAccountFromOrganization({ AccountId: S });
  await world.advance('4d');
  await m.organizations.removeAccountFromOrganization({ AccountId: ids.prod });
  await m.organizations.closeAccount({ AccountId: ids.dev });
  const { Account: dev } = await m.organizations.describeAccount({ AccountId: ids.dev });
  assert.deepEqual([dev.Status, dev.State], ['SUSPENDED', 'CLOSED']);
  await refused(m.organizations.closeAccount({ AccountId: ids.dev }), org.AccountAlreadyClosedException);
  await refused(m.organizations.deleteOrganization(), org.OrganizationNotEmptyException);

  await world.advance('90d');
  const { Accounts: accounts } = await m.organizations.listAccounts();
  assert.deepEqual(accounts.map(({ Id }) => Id), [M]);
  await m.organizations.deleteOrganization();
  await refused(m.organizations.describeOrganization(), org.AWSOrganizationsNotInUseException);
}

async function trustedServices(m) {
  const { EnabledServicePrincipals: services } = await m.organizations.listAWSServiceAccessForOrganization();
  return services.map(({ ServicePrincipal }) => ServicePrincipal);
}

async function sharesOf(m, directory) {
  return (await m.directories.describeSharedDirectories({ OwnerDirectoryId: directory })).SharedDirectories;
}

function statuses(shares) {
  return Object.fromEntries(shares.map(({ SharedAccountId, ShareStatus }) => [SharedAccountId, ShareStatus]));
}

async function unshare(m, directory, account) {
  await m.directories.unshareDirectory({ DirectoryId: directory, UnshareTarget: { Id: account, Type: 'ACCOUNT' } });
}
