// Each of the SDK's paginators for Organizations, at a page size of two.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import * as sdk from '@aws-sdk/client-organizations';

import { M, S } from './cast.js';
import { grow, plans, principals } from './grown.js';
import { Orgdir, pagesOf } from './orgdir.js';

const orgdir = await Orgdir.start();
after(() => orgdir.stop());

// For each paginator: what it is asked, the list and the member of its items, and what that member must be.
const paginators = {
  ListAWSServiceAccessForOrganization: () => [{}, 'EnabledServicePrincipals', 'ServicePrincipal', principals],
  ListAccounts: ({ accounts }) => [{}, 'Accounts', 'Id', [M, ...accounts]],
  ListAccountsForParent: ({ root, accounts }) => [{ ParentId: root }, 'Accounts', 'Id', [M, ...accounts]],
  ListAccountsWithInvalidEffectivePolicy: ({ accounts }) => [{ PolicyType: 'BACKUP_POLICY' }, 'Accounts', 'Id', [M, ...accounts]],
  ListChildren: ({ root, accounts }) => [{ ParentId: root, ChildType: 'ACCOUNT' }, 'Children', 'Id', [M, ...accounts]],
  ListCreateAccountStatus: ({ accounts }) => [{}, 'CreateAccountStatuses', 'AccountId', accounts],
  ListDelegatedAdministrators: ({ accounts }) => [{}, 'DelegatedAdministrators', 'Id', accounts.slice(0, 3)],
  ListDelegatedServicesForAccount: ({ accounts: [one] }) => [{ AccountId: one }, 'DelegatedServices', 'ServicePrincipal', principals],
  ListEffectivePolicyValidationErrors: ({ accounts: [one] }) => [
    { AccountId: one, PolicyType: 'BACKUP_POLICY' },
    'EffectivePolicyValidationErrors',
    'PathToError',
    plans.map((name) => `plans/${name}/rules`),
  ],
  ListHandshakesForAccount: ({ received }) => [{}, 'Handshakes', 'Id', received],
  ListHandshakesForOrganization: ({ sent }) => [{}, 'Handshakes', 'Id', sent],
  ListOrganizationalUnitsForParent: ({ root, units }) => [{ ParentId: root }, 'OrganizationalUnits', 'Id', units],
  ListParents: ({ root, accounts: [one] }) => [{ ChildId: one }, 'Parents', 'Id', [root]],
  ListPolicies: ({ policies }) => [{ Filter: 'TAG_POLICY' }, 'Policies', 'Id', policies],
  ListPoliciesForTarget: ({ units: [one], policies }) => [{ Filter: 'TAG_POLICY', TargetId: one }, 'Policies', 'Id', policies],
  ListRoots: ({ root }) => [{}, 'Roots', 'Id', [root]],
  ListTagsForResource: ({ accounts: [one] }) => [{ ResourceId: one }, 'Tags', 'Key', ['cost', 'stage', 'team']],
  ListTargetsForPolicy: ({ units, policies: [one] }) => [{ PolicyId: one }, 'Targets', 'TargetId', units],
};

describe('An organization with more than a page of everything', () => {
  const world = orgdir.world('grown');
  let grown;

  before(async () => {
    grown = await grow(world);
  });

  it('has a test for each of the paginators', () => {
    const known = Object.keys(sdk).filter((name) => name.startsWith('paginate'));
    assert.deepEqual(known.sort(), Object.keys(paginators).map((name) => `paginate${name}`).sort());
  });

  for (const [operation, about] of Object.entries(paginators)) {
    it(`is listed by ${operation}, once and in order`, async () => {
      const [input, list, member, expected] = about(grown);
      const client = world.as(operation === 'ListHandshakesForAccount' ? S : M).organizations;
      const paginate = sdk[`paginate${operation}`];
      const [whole, ...more] = await pagesOf(paginate({ client }, input), list);
      assert.deepEqual(more, []);
      assert.deepEqual(whole.map((item) => item[member]).sort(), [...expected].sort());
      // The tags of a resource fit on a page, whose size cannot be asked for.
      const pageSize = operation === 'ListTagsForResource' ? undefined : 2;
      const pages = await pagesOf(paginate({ client, pageSize }, input), list);
      assert.deepEqual(pages.flat(), whole);
      assert.equal(pages.length, Math.ceil(whole.length / (pageSize ?? whole.length)));
    });
  }
});
