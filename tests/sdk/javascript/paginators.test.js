// The SDK's own paginators: they follow every token to the end.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { paginateDescribeDirectories, paginateDescribeSharedDirectories } from '@aws-sdk/client-directory-service';
import {
  InvalidInputException,
  paginateListAccounts,
  paginateListChildren,
  paginateListCreateAccountStatus,
  paginateListOrganizationalUnitsForParent,
} from '@aws-sdk/client-organizations';

import { BILLING, M, X } from './cast.js';
import { Orgdir, createAccount, microsoftAD, pagesOf, refused, shareWith } from './orgdir.js';

const orgdir = await Orgdir.start();
after(() => orgdir.stop());

describe('An organization of 26 accounts', () => {
  const { organizations } = orgdir.world('accounts').as(M);
  const made = [];
  let root;

  before(async () => {
    await organizations.createOrganization({ FeatureSet: 'ALL' });
    root = (await organizations.listRoots()).Roots[0].Id;
    for (let n = 1; n <= 25; n += 1) made.push(await createAccount(organizations, `account-${n}`));
  });

  it('is listed by ListAccounts in order, over two pages', async () => {
    const pages = await pagesOf(paginateListAccounts({ client: organizations }, {}), 'Accounts');
    assert.deepEqual(pages.map((page) => page.length), [20, 6]);
    assert.deepEqual(pages.flat().map(({ Id }) => Id), [M, ...made]);
  });

  it('is listed by ListAccounts with a page size of 10', async () => {
    const pages = await pagesOf(paginateListAccounts({ client: organizations, pageSize: 10 }, {}), 'Accounts');
    assert.deepEqual(pages.map((page) => page.length), [10, 10, 6]);
    assert.deepEqual(pages.flat().map(({ Id }) => Id), [M, ...made]);
  });

  it('is listed by ListChildren of the root', async () => {
    const pages = await pagesOf(paginateListChildren({ client: organizations }, { ParentId: root, ChildType: 'ACCOUNT' }), 'Children');
    assert.deepEqual(pages.map((page) => page.length), [20, 6]);
    assert.deepEqual(new Set(pages.flat().map(({ Id }) => Id)), new Set([M, ...made]));
  });

  it('has its requests listed by ListCreateAccountStatus', async () => {
    const pages = await pagesOf(paginateListCreateAccountStatus({ client: organizations }, {}), 'CreateAccountStatuses');
    assert.deepEqual(pages.map((page) => page.length), [20, 5]);
    assert.deepEqual(new Set(pages.flat().map(({ AccountId }) => AccountId)), new Set(made));
  });

  it('refuses a token it never gave', async () => {
    await refused(organizations.listAccounts({ NextToken: 'garbage' }), InvalidInputException, 'INVALID_NEXT_TOKEN');
  });

  it('has no unit, which is one empty page', async () => {
    const paginator = paginateListOrganizationalUnitsForParent({ client: organizations }, { ParentId: root });
    assert.deepEqual(await pagesOf(paginator, 'OrganizationalUnits'), [[]]);
  });
});

describe('An account of 12 directories', () => {
  const { directories } = orgdir.world('directories').as(M);
  const made = [];

  before(async () => {
    for (let n = 1; n <= 12; n += 1) made.push((await directories.createMicrosoftAD(microsoftAD(`corp-${n}.example.com`))).DirectoryId);
  });

  it('is listed by DescribeDirectories with a page size of 5', async () => {
    const pages = await pagesOf(paginateDescribeDirectories({ client: directories, pageSize: 5 }, {}), 'DirectoryDescriptions');
    assert.deepEqual(pages.map((page) => page.length), [5, 5, 2]);
    assert.deepEqual(new Set(pages.flat().map(({ DirectoryId }) => DirectoryId)), new Set(made));
  });

  it('has the three shares of one listed by DescribeSharedDirectories, one a page', async () => {
    const accounts = [X, BILLING, '555555555555'];
    for (const account of accounts) await directories.shareDirectory(shareWith(made[0], account, 'HANDSHAKE'));
    const paginator = paginateDescribeSharedDirectories({ client: directories, pageSize: 1 }, { OwnerDirectoryId: made[0] });
    const pages = await pagesOf(paginator, 'SharedDirectories');
    assert.deepEqual(pages.map((page) => page.length), [1, 1, 1]);
    assert.deepEqual(new Set(pages.flat().map(({ SharedAccountId }) => SharedAccountId)), new Set(accounts));
  });
});
