// Clients that speak CBOR to Directory Service.
import assert from 'node:assert/strict';

import { SmithyRpcV2CborProtocol } from '@smithy/core/cbor';

/** The clients of a caller, of whom Directory Service speaks nothing but CBOR. */
export function speakingCbor(world, caller, settings = {}) {
  const { directories } = world.as(caller, { protocol: SmithyRpcV2CborProtocol, ...settings });
  const watch = (next) => async (args) => {
    assert.equal(args.request.headers['smithy-protocol'], 'rpc-v2-cbor');
    const result = await next(args);
    assert.equal(result.response.headers['content-type'], 'application/cbor');
    assert.equal(result.response.headers['smithy-protocol'], 'rpc-v2-cbor');
    return result;
  };
  directories.middlewareStack.add(watch, { step: 'deserialize', priority: 'low' });
  return { ...world.as(caller, settings), directories };
}
