// The orgdir binary, the worlds inside it, and the SDK's clients for a caller in a world.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

import { DirectoryService } from '@aws-sdk/client-directory-service';
import { Organizations } from '@aws-sdk/client-organizations';
import { STS } from '@aws-sdk/client-sts';

export const region = 'us-east-1';

/** A running server. */
export class Orgdir {
  #process;

  /** Starts the binary at a free port and waits until it names its URL. */
  static async start(...options) {
    const orgdir = new Orgdir();
    const server = spawn(process.env.ORGDIR_BIN, ['--listen', '127.0.0.1:0', '--log', 'error', ...options], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    process.once('exit', () => server.kill('SIGKILL'));
    const { value: line } = await createInterface(server.stdout)[Symbol.asyncIterator]().next();
    assert.ok(line, 'the server ended without naming its URL');
    [orgdir.url] = line.match(/http:\/\/127\.0\.0\.1:\d+/);
    // A test file that fails to load ends, though its servers are still there.
    server.unref();
    server.stdout.unref();
    orgdir.#process = server;
    return orgdir;
  }

  /** Asks the server to end, and expects that it ends well. */
  async stop() {
    this.#process.ref();
    const exit = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    const [code, signal] = await exit;
    assert.deepEqual({ code, signal }, { code: 0, signal: null });
  }

  /** The world of that name; the first request makes it. */
  world(name) {
    return new World(`${this.url}/w/${name}`);
  }

  /** The world at the bare URL. */
  get bareWorld() {
    return new World(this.url);
  }
}

/** One world: its endpoint, its callers and its control API. */
export class World {
  constructor(endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * The SDK's clients for a caller: an account number stands for that account's administrator; credentials, or a provider of them, for whom
   * they were made for.
   */
  as(caller, settings = {}) {
    const credentials = typeof caller === 'string' ? { accessKeyId: caller, secretAccessKey: 'anything' } : caller;
    const config = { endpoint: this.endpoint, region, credentials, ...settings };
    return {
      organizations: new Organizations(config),
      directories: new DirectoryService(config),
      sts: new STS(config),
    };
  }

  async control(method, path, body) {
    const response = await fetch(`${this.endpoint}/_orgdir${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }

  async now() {
    return new Date((await this.control('GET', '/clock')).now);
  }

  /** Stops the clock and answers where it stands. */
  async freeze() {
    return new Date((await this.control('POST', '/clock/freeze')).now);
  }

  async advance(by) {
    await this.control('POST', '/clock/advance', { by });
  }

  async pace(pace) {
    await this.control('PUT', '/clock/pace', { pace });
  }

  async events() {
    return (await this.control('GET', '/events?limit=1000')).events;
  }
}

/** Expects that a call is refused with this class of error, and with this Reason if one is named. Answers the error. */
export async function refused(call, type, reason) {
  const error = await call.then(
    () => assert.fail(`the call was answered, not refused with ${type.name}`),
    (error) => error,
  );
  assert.ok(error instanceof type, `refused with ${error.name} (${error.message}), not ${type.name}`);
  assert.equal(error.name, type.name);
  assert.equal(error.Reason, reason);
  return error;
}

/** Expects that a call is refused with a code that the service's model does not know. Answers the error. */
export async function refusedWithCode(call, base, code) {
  const error = await call.then(
    () => assert.fail(`the call was answered, not refused with ${code}`),
    (error) => error,
  );
  assert.ok(error instanceof base, `refused with ${error.name}, which is no ${base.name}`);
  assert.equal(error.name, code);
  return error;
}

/** Everything that a paginator of the SDK yields, as one array of pages. */
export async function pagesOf(paginator, member) {
  const pages = [];
  for await (const page of paginator) pages.push(page[member]);
  return pages;
}

/** Makes an account in the organization and answers its id. */
export async function createAccount(organizations, name) {
  const { CreateAccountStatus: request } = await organizations.createAccount({ AccountName: name, Email: `${name}@example.com` });
  const { CreateAccountStatus: status } = await organizations.describeCreateAccountStatus({ CreateAccountRequestId: request.Id });
  assert.equal(status.State, 'SUCCEEDED');
  return status.AccountId;
}

/** What CreateMicrosoftAD takes for a Standard directory of that name. */
export function microsoftAD(name) {
  return {
    Name: name,
    Password: 'Sup3rSecret!',
    Edition: 'Standard',
    VpcSettings: { VpcId: 'vpc-12345678', SubnetIds: ['subnet-11111111', 'subnet-22222222'] },
  };
}

/** What ShareDirectory takes to share with an account. */
export function shareWith(directory, account, method) {
  return { DirectoryId: directory, ShareTarget: { Id: account, Type: 'ACCOUNT' }, ShareMethod: method };
}
