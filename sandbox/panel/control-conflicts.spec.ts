import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ControlStage, errorLine, type Order } from '../../tests/support/control-stage.js';

let stage: ControlStage;
beforeEach(() => {
  stage = new ControlStage();
});
afterEach(() => stage.stop());

const conflicts: [about: string, orders: Order[], text: RegExp][] = [
  ['suspended', [{ do: 'suspend', server: 'Creative' }], /suspended/],
  ['under maintenance', [{ do: 'node-maintenance', node: 'Harbor', on: true }], /maintenance/],
  ['installing', [{ do: 'status', server: 'Creative', status: 'installing' }], /install/],
  ['half installed', [{ do: 'status', server: 'Creative', status: 'install_failed' }], /install/],
  ['restoring', [{ do: 'status', server: 'Creative', status: 'restoring_backup' }], /restoring/],
  ['moving', [{ do: 'transferring', server: 'Creative', on: true }], /transferred/],
];

describe.each([
  ['panel-1.11', '409 ServerStateConflictException'],
  ['reference', '400 ConflictingServerStateException'],
  ['panel-1.12', '409 ServerStateConflictException'],
  ['pelican', '409 ServerStateConflictException'],
])('%s', (dialect, start) => {
  test.each(conflicts)('a server that is %s', async (_about, orders, text) => {
    await stage.start(dialect);
    for (const order of orders) await stage.order(order);
    const answer = errorLine(await stage.on('owner', 'Creative', 'POST', '/power', { signal: 'start' }));
    expect(answer).toMatch(new RegExp(`^${start}: .*${text.source}`));
  });

  test('a failed reinstallation leaves a server usable, except on Pelican', async () => {
    await stage.start(dialect);
    await stage.order({ do: 'status', server: 'Creative', status: 'reinstall_failed' });
    const answer = await stage.on('owner', 'Creative', 'POST', '/power', { signal: 'start' });
    expect(answer.status).toBe(dialect === 'pelican' ? 409 : 204);
    const seen = await stage.on('owner', 'Creative', 'GET', '');
    expect(seen.text).toContain(`"is_installing":${String(dialect === 'pelican')}`);
  });
});
