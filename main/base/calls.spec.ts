import { describe, expect, expectTypeOf, it } from 'vitest';

import type { CallTable, Handlers } from './calls.js';

describe('a table of verbs', () => {
  it('refuses a name outside of the contract, and invalid input', () => {
    // @ts-expect-error -- the contract has no such call
    expect({ 'server.paint': async () => undefined } satisfies CallTable).toBeDefined();
    // @ts-expect-error -- its input has no such field
    expect({ 'server.retry': async ({ colour }) => colour } satisfies CallTable).toBeDefined();
  });

  it('has no handler for a missing call', () => {
    expectTypeOf<Omit<Handlers, 'server.setDockerImage'>>().not.toExtend<Handlers>();
  });
});
