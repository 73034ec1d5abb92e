// Policies: in force below where they are attached, refused where they are malformed, and managed by delegates.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { AccessDeniedException as DirectoryAccessDenied } from '@aws-sdk/client-directory-service';
import {
  AccessDeniedException,
  MalformedPolicyDocumentException,
  PolicyInUseException,
  ResourcePolicyNotFoundException,
} from '@aws-sdk/client-organizations';

import { M } from './cast.js';
import { createPolicy, tagPolicy } from './grown.js';
import { Orgdir, createAccount, microsoftAD, refused } from './orgdir.js';

const noDirectories = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: 'ds:CreateMicrosoftAD', Resource: '*' }],
});
const orgdir = await Orgdir.start();
after(() => orgdir.stop());

/** A world where M manages account dev in unit Workloads: its callers and ids. */
async function workloads(name) {
  const world = orgdir.world(name);
  const { organizations, directories } = world.as(M);
  await organizations.createOrganization({ FeatureSet: 'ALL' });
  const root = (await organizations.listRoots()).Roots[0].Id;
  const unit = (await organizations.createOrganizationalUnit({ ParentId: root, Name: 'Workloads' })).OrganizationalUnit.Id;
  const account = await createAccount(organizations, 'dev');
  await organizations.moveAccount({ AccountId: account, SourceParentId: root, DestinationParentId: unit });
  return { organizations, directories, root, unit, account, dev: world.as(account) };
}

describe('A service control policy', () => {
  it('is in force below its unit, until it is taken off', async () => {
    const { organizations, directories, root, unit, dev } = await workloads('scp');
    await organizations.enablePolicyType({ RootId: root, PolicyType: 'SERVICE_CONTROL_POLICY' });
    const policy = await createPolicy(organizations, 'SERVICE_CONTROL_POLICY', 'NoDirectories', noDirectories);
    await organizations.attachPolicy({ PolicyId: policy, TargetId: unit });
    await refused(dev.directories.createMicrosoftAD(microsoftAD('corp.example.com')), DirectoryAccessDenied);
    await directories.createMicrosoftAD(microsoftAD('corp.example.com'));
    await refused(organizations.deletePolicy({ PolicyId: policy }), PolicyInUseException);
    await organizations.detachPolicy({ PolicyId: policy, TargetId: unit });
    await dev.directories.createMicrosoftAD(microsoftAD('corp.example.com'));
    await organizations.deletePolicy({ PolicyId: policy });
  });
});

describe('A tag policy', () => {
  it('is merged with those above it', async () => {
    const { organizations, root, unit, account, dev } = await workloads('tags');
    await organizations.enablePolicyType({ RootId: root, PolicyType: 'TAG_POLICY' });
    const upper = await createPolicy(organizations, 'TAG_POLICY', 'upper', tagPolicy('CostCenter', 'sales', 'support'));
    const content = JSON.stringify({ tags: { costcenter: { tag_value: { '@@append': ['marketing'] } } } });
    const lower = await createPolicy(organizations, 'TAG_POLICY', 'lower', content);
    await organizations.attachPolicy({ PolicyId: upper, TargetId: root });
    await organizations.attachPolicy({ PolicyId: lower, TargetId: unit });
    const { EffectivePolicy } = await organizations.describeEffectivePolicy({ PolicyType: 'TAG_POLICY', TargetId: account });
    const costcenter = { tag_key: 'CostCenter', tag_value: ['sales', 'support', 'marketing'] };
    assert.deepEqual(JSON.parse(EffectivePolicy.PolicyContent), { tags: { costcenter } });
    const own = await dev.organizations.describeEffectivePolicy({ PolicyType: 'TAG_POLICY' });
    assert.deepEqual(own.EffectivePolicy, EffectivePolicy);
  });
});

describe('A malformed document', () => {
  let organizations;
  before(async () => {
    ({ organizations } = await workloads('malformed'));
  });

  for (const [type, content, path] of [
    ['TAG_POLICY', { tags: { team: { tag_key: 'team' } } }, 'tags.team.tag_key'],
    ['SERVICE_CONTROL_POLICY', { Version: '2012-10-17', Statement: [{ Effect: 'Forbid', Action: '*', Resource: '*' }] }, 'Statement[0].Effect'],
  ]) {
    it(`is refused as ${type} and told where`, async () => {
      const create = createPolicy(organizations, type, 'malformed', JSON.stringify(content));
      const error = await refused(create, MalformedPolicyDocumentException);
      assert.ok(error.message.includes(path), error.message);
    });
  }
});

describe('A delegate', () => {
  it('reads but does not write, as the administrator of a service', async () => {
    const { organizations, account, dev } = await workloads('administrator');
    await refused(dev.organizations.listAccounts(), AccessDeniedException);
    const delegation = { AccountId: account, ServicePrincipal: 'config.amazonaws.com' };
    await organizations.enableAWSServiceAccess({ ServicePrincipal: 'config.amazonaws.com' });
    await organizations.registerDelegatedAdministrator(delegation);
    assert.equal((await dev.organizations.listAccounts()).Accounts.length, 2);
    await refused(createPolicy(dev.organizations, 'TAG_POLICY', 'tags', tagPolicy('team')), AccessDeniedException);
    await organizations.deregisterDelegatedAdministrator(delegation);
    await refused(dev.organizations.listAccounts(), AccessDeniedException);
  });

  it('does what a resource policy says', async () => {
    const { organizations, account, dev } = await workloads('delegate');
    const statement = {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: ['organizations:CreatePolicy', 'organizations:DeletePolicy'],
      Resource: '*',
      Condition: { StringEquals: { 'organizations:PolicyType': 'TAG_POLICY' } },
    };
    await organizations.putResourcePolicy({ Content: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) });
    const policy = await createPolicy(dev.organizations, 'TAG_POLICY', 'tags', tagPolicy('team'));
    const scp = createPolicy(dev.organizations, 'SERVICE_CONTROL_POLICY', 'NoDirectories', noDirectories);
    await refused(scp, AccessDeniedException);
    await refused(dev.organizations.updatePolicy({ PolicyId: policy, Name: 'other' }), AccessDeniedException);
    await dev.organizations.deletePolicy({ PolicyId: policy });
    await organizations.deleteResourcePolicy({});
    await refused(organizations.describeResourcePolicy({}), ResourcePolicyNotFoundException);
    await refused(createPolicy(dev.organizations, 'TAG_POLICY', 'tags', tagPolicy('team')), AccessDeniedException);
  });
});
