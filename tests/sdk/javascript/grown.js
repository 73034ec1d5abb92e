// An organization with more than a page of everything that Organizations lists, at a page size of two.
import { BILLING, M, S, X } from './cast.js';
import { createAccount } from './orgdir.js';

export const plans = ['one', 'two', 'three'];
export const principals = ['cloudtrail.amazonaws.com', 'config.amazonaws.com', 'guardduty.amazonaws.com'];

/** A tag policy that spells one key, and allows these values of it. */
export function tagPolicy(key, ...values) {
  const rule = { tag_key: { '@@assign': key }, ...(values.length > 0 && { tag_value: { '@@assign': values } }) };
  return JSON.stringify({ tags: { [key]: rule } });
}

/** A backup policy with three plans, each with these rules. AWS allows ten rules with an hourly schedule in a plan. */
function backupPolicy(rules) {
  const rule = { schedule_expression: { '@@assign': 'cron(0 5/1 ? * * *)' }, target_backup_vault_name: { '@@assign': 'vault' } };
  const role = { '@@assign': 'arn:aws:iam::$account:role/Backup' };
  const data = { iam_role_arn: role, tag_key: { '@@assign': 'backup' }, tag_value: { '@@assign': ['yes'] } };
  const plan = {
    regions: { '@@assign': ['us-east-1'] },
    rules: Object.fromEntries(rules.map((number) => [`rule${number}`, rule])),
    selections: { tags: { data } },
  };
  return JSON.stringify({ plans: Object.fromEntries(plans.map((name) => [name, plan])) });
}

/** Makes a policy and answers its id. */
export async function createPolicy(organizations, type, name, content) {
  const { Policy } = await organizations.createPolicy({ Name: name, Description: '', Type: type, Content: content });
  return Policy.PolicySummary.Id;
}

/** Invites an account and answers the handshake. */
export async function invite(organizations, account) {
  return (await organizations.inviteAccountToOrganization({ Target: { Type: 'ACCOUNT', Id: account } })).Handshake;
}

/** Makes all of it, and answers the ids. */
export async function grow(world) {
  const { organizations } = world.as(M);
  await organizations.createOrganization({ FeatureSet: 'ALL' });
  const root = (await organizations.listRoots()).Roots[0].Id;
  const accounts = [];
  for (let n = 1; n <= 5; n += 1) accounts.push(await createAccount(organizations, `account-${n}`));
  const units = [];
  for (const Name of ['Sandbox', 'Security', 'Workloads']) {
    units.push((await organizations.createOrganizationalUnit({ ParentId: root, Name })).OrganizationalUnit.Id);
  }
  const Tags = ['cost', 'stage', 'team'].map((Key) => ({ Key, Value: 'any' }));
  await organizations.tagResource({ ResourceId: accounts[0], Tags });
  await delegate(organizations, accounts);
  const policies = await attachPolicies(organizations, root, units);
  return { root, accounts, units, policies, ...(await inviteEachOther(world, organizations)) };
}

/** Three services are trusted. One account administers all of them, two more the first. */
async function delegate(organizations, [one, two, three]) {
  for (const ServicePrincipal of principals) await organizations.enableAWSServiceAccess({ ServicePrincipal });
  const registered = [...principals.map((principal) => [one, principal]), [two, principals[0]], [three, principals[0]]];
  for (const [AccountId, ServicePrincipal] of registered) {
    await organizations.registerDelegatedAdministrator({ AccountId, ServicePrincipal });
  }
}

/** Two backup policies at the root that are too much together, and three tag policies at each unit, whose ids are answered. */
async function attachPolicies(organizations, root, units) {
  for (const PolicyType of ['BACKUP_POLICY', 'TAG_POLICY']) await organizations.enablePolicyType({ RootId: root, PolicyType });
  for (const rules of [[...Array(10).keys()], [10]]) {
    const id = await createPolicy(organizations, 'BACKUP_POLICY', `backup-${rules.length}`, backupPolicy(rules));
    await organizations.attachPolicy({ PolicyId: id, TargetId: root });
  }
  const policies = [];
  for (const key of ['a', 'b', 'c']) policies.push(await createPolicy(organizations, 'TAG_POLICY', key, tagPolicy(key)));
  for (const PolicyId of policies) for (const TargetId of units) await organizations.attachPolicy({ PolicyId, TargetId });
  return policies;
}

/** M invites three accounts, and three organizations invite S: the handshakes that M sent, and those that S received. */
async function inviteEachOther(world, organizations) {
  const sent = [];
  for (const account of [S, '555555555555', '666666666666']) sent.push((await invite(organizations, account)).Id);
  const received = [sent[0]];
  for (const account of [X, BILLING]) {
    const other = world.as(account).organizations;
    await other.createOrganization({ FeatureSet: 'ALL' });
    received.push((await invite(other, S)).Id);
  }
  return { sent, received };
}
