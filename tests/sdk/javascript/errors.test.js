// Errors arrive as the SDK's own classes, and every answer has a request id.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import * as ds from '@aws-sdk/client-directory-service';
import * as org from '@aws-sdk/client-organizations';
import { STSServiceException } from '@aws-sdk/client-sts';

import { M, S, X } from './cast.js';
import { Orgdir, createAccount, microsoftAD, refused, refusedWithCode, shareWith } from './orgdir.js';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const orgdir = await Orgdir.start();
after(() => orgdir.stop());

describe('A refusal of Organizations', () => {
  const { organizations } = orgdir.world('organizations').as(M);
  before(() => organizations.createOrganization({ FeatureSet: 'ALL' }));

  it('is an AccountNotFoundException for an account outside', async () => {
    const error = await refused(organizations.describeAccount({ AccountId: '999999999999' }), org.AccountNotFoundException);
    assert.equal(error.$fault, 'client');
    assert.equal(error.$metadata.httpStatusCode, 400);
    assert.equal(error.$metadata.attempts, 1);
    assert.match(error.$metadata.requestId, uuid);
    assert.ok(error instanceof org.OrganizationsServiceException);
  });

  it('is a ConstraintViolationException with its Reason', async () => {
    const account = await createAccount(organizations, 'young');
    const error = await refused(
      organizations.removeAccountFromOrganization({ AccountId: account }),
      org.ConstraintViolationException,
      org.ConstraintViolationExceptionReason.WAIT_PERIOD_ACTIVE,
    );
    assert.ok(error.message.length > 0);
  });

  it('is an InvalidInputException with its Reason', async () => {
    const reason = 'INVALID_PATTERN:ACCOUNT_ID';
    await refused(organizations.describeAccount({ AccountId: 'abc' }), org.InvalidInputException, reason);
  });
});

describe('A refusal of Directory Service', () => {
  it('ends its message with the id of the request', async () => {
    const { directories } = orgdir.world('directories').as(M);
    const error = await refused(
      directories.describeDirectories({ DirectoryIds: ['d-9067000000'] }),
      ds.EntityDoesNotExistException,
    );
    assert.match(error.$metadata.requestId, uuid);
    assert.ok(error.message.endsWith(` : RequestId: ${error.$metadata.requestId}`), error.message);
    assert.equal(error.RequestId, error.$metadata.requestId);
    assert.equal(error.$metadata.httpStatusCode, 400);
  });
});

describe('A refusal of Directory Service', () => {
  const { directories } = orgdir.world('typed').as(M);
  const none = { DirectoryId: 'd-9067000000' };
  let corp;

  before(async () => {
    const { DirectoryId } = await directories.createMicrosoftAD(microsoftAD('corp.example.com'));
    corp = { DirectoryId };
    await directories.shareDirectory(shareWith(DirectoryId, X, 'HANDSHAKE'));
    await directories.createLogSubscription({ DirectoryId, LogGroupName: 'logs' });
  });

  const refusals = [
    [ds.CertificateDoesNotExistException, () => directories.describeCertificate({ ...corp, CertificateId: 'c-9067000000' })],
    [ds.ClientException, () => directories.deleteDirectory(corp)],
    [ds.DirectoryDoesNotExistException, () => directories.listCertificates(none)],
    [ds.EntityAlreadyExistsException, () => directories.createLogSubscription({ ...corp, LogGroupName: 'logs' })],
    [ds.EntityDoesNotExistException, () => directories.deleteTrust({ TrustId: 't-9067000000' })],
    [ds.InvalidCertificateException, () => directories.registerCertificate({ ...corp, CertificateData: 'no certificate' })],
    [ds.InvalidNextTokenException, () => directories.describeSettings({ ...corp, NextToken: 'garbage' })],
    [ds.InvalidParameterException, () => directories.startADAssessment({})],
    [ds.NoAvailableCertificateException, () => directories.enableLDAPS({ ...corp, Type: 'Client' })],
    [ds.UnsupportedOperationException, () => directories.describeRegions(corp)],
  ];
  for (const [type, call] of refusals) {
    it(`can be a ${type.name}`, async () => {
      const error = await refused(call(), type);
      assert.equal(error.RequestId, error.$metadata.requestId);
      assert.ok(error.message.endsWith(` : RequestId: ${error.RequestId}`), error.message);
    });
  }
});

describe('A refusal of STS', () => {
  it('has its code, status and request id', async () => {
    const { sts } = orgdir.world('sts').as(M);
    const role = { RoleArn: `arn:aws:iam::${S}:role/OrganizationAccountAccessRole`, RoleSessionName: 'story' };
    const error = await refusedWithCode(sts.assumeRole(role), STSServiceException, 'AccessDenied');
    assert.equal(error.$metadata.httpStatusCode, 403);
    assert.match(error.$metadata.requestId, uuid);
  });
});

describe('An answer', () => {
  it('has a request id of its own in every service', async () => {
    const { organizations, directories, sts } = orgdir.world('answers').as(M);
    const answers = [
      await organizations.createOrganization({ FeatureSet: 'ALL' }),
      await organizations.describeOrganization(),
      await directories.describeDirectories(),
      await sts.getCallerIdentity(),
    ];
    const ids = answers.map(({ $metadata }) => $metadata.requestId);
    for (const id of ids) assert.match(id, uuid);
    assert.equal(new Set(ids).size, answers.length);
  });
});

describe('An operation that is still planned', () => {
  it('is refused under a code of its own, and called once', async () => {
    const world = orgdir.world('planned');
    const error = await refusedWithCode(world.as(M).sts.getSessionToken(), STSServiceException, 'OrgdirOperationPlanned');
    assert.ok(error.message.includes('GetSessionToken'), error.message);
    assert.equal(error.$metadata.attempts, 1);
    const calls = (await world.events()).map((event) => [event.account, event.operation, event.outcome]);
    assert.deepEqual(calls, [[M, 'GetSessionToken', 'OrgdirOperationPlanned']]);
  });
});
