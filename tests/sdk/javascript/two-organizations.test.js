// Two organizations in one world: an account changes over from one to the other, and one pays for the other.
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';

import {
  AccessDeniedException,
  DuplicateHandshakeException,
  HandshakeAlreadyInStateException,
  HandshakeConstraintViolationException,
  HandshakeConstraintViolationExceptionReason,
  InvalidHandshakeTransitionException,
} from '@aws-sdk/client-organizations';

import { M, S, X } from './cast.js';
import { invite } from './grown.js';
import { Orgdir, createAccount, refused } from './orgdir.js';

const orgdir = await Orgdir.start();
after(() => orgdir.stop());

/** A world where M and X manage an organization each. */
async function two(name) {
  const world = orgdir.world(name);
  const [m, s, x] = [M, S, X].map((account) => world.as(account).organizations);
  for (const client of [m, x]) await client.createOrganization({ FeatureSet: 'ALL' });
  return { world, m, s, x };
}

async function members(client) {
  return (await client.listAccounts()).Accounts.map(({ Id }) => Id);
}

describe('An account', () => {
  it('changes over from one organization to the other', async () => {
    const { m, s, x } = await two('change');
    await s.acceptHandshake({ HandshakeId: (await invite(x, S)).Id });
    assert.deepEqual(await members(x), [X, S]);
    const { Id: HandshakeId, State } = await invite(m, S);
    assert.equal(State, 'OPEN');
    assert.equal((await s.acceptHandshake({ HandshakeId })).Handshake.State, 'ACCEPTED');
    assert.deepEqual([await members(m), await members(x)], [[M, S], [X]]);
    assert.equal((await s.describeOrganization()).Organization.MasterAccountId, M);
    await refused(s.acceptHandshake({ HandshakeId }), HandshakeAlreadyInStateException);
  });
});

describe('A handshake', () => {
  it('is a HandshakeConstraintViolationException with its Reason where it breaks a constraint', async () => {
    const { m } = await two('constraint');
    const call = invite(m, await createAccount(m, 'dev'));
    await refused(call, HandshakeConstraintViolationException, HandshakeConstraintViolationExceptionReason.ALREADY_IN_AN_ORGANIZATION);
  });

  it('is made once, is shown to its parties only, and is over once it was cancelled', async () => {
    const { m, s, x } = await two('handshake');
    const { Id: HandshakeId } = await invite(m, S);
    await refused(invite(m, S), DuplicateHandshakeException);
    await refused(x.describeHandshake({ HandshakeId }), AccessDeniedException);
    assert.equal((await m.cancelHandshake({ HandshakeId })).Handshake.State, 'CANCELED');
    await refused(s.acceptHandshake({ HandshakeId }), InvalidHandshakeTransitionException);
  });
});

describe('An organization', () => {
  it('pays for another, until that is terminated', async () => {
    const { world, m, x } = await two('transfer');
    const now = await world.freeze();
    // The next month may begin too soon for an invitation.
    const starts = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 2));
    const { Handshake } = await m.inviteOrganizationToTransferResponsibility({
      Type: 'BILLING',
      Target: { Type: 'ACCOUNT', Id: X },
      StartTimestamp: starts,
      SourceName: 'other',
    });
    assert.deepEqual([Handshake.Action, Handshake.State], ['TRANSFER_RESPONSIBILITY', 'REQUESTED']);
    const { Value: Id } = Handshake.Resources.find(({ Type }) => Type === 'RESPONSIBILITY_TRANSFER');
    assert.equal((await x.acceptHandshake({ HandshakeId: Handshake.Id })).Handshake.State, 'ACCEPTED');
    for (const [client, direction] of [[m, 'inbound'], [x, 'outbound']]) {
      const { ResponsibilityTransfer: seen } = await client.describeResponsibilityTransfer({ Id });
      assert.deepEqual([seen.Status, seen.StartTimestamp], ['ACCEPTED', starts]);
      assert.deepEqual([seen.Source.ManagementAccountId, seen.Target.ManagementAccountId], [X, M]);
      assert.ok(seen.Arn.endsWith(`/billing/${direction}/${Id}`), seen.Arn);
    }
    const inbound = await m.listInboundResponsibilityTransfers({ Type: 'BILLING' });
    assert.deepEqual(inbound.ResponsibilityTransfers.map((transfer) => transfer.Id), [Id]);
    const { ResponsibilityTransfer: ended } = await x.terminateResponsibilityTransfer({ Id });
    assert.equal(ended.Status, 'WITHDRAWN');
    const { ResponsibilityTransfer: seen } = await m.describeResponsibilityTransfer({ Id });
    assert.deepEqual([seen.Status, seen.EndTimestamp], ['WITHDRAWN', ended.EndTimestamp]);
  });
});
