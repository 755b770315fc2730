import { describe, expect, it } from 'vitest';
import type { BulkRun } from '../../../bridge/schema/bulk.js';
import type { Problem } from '../../../bridge/errors.js';
import { verbatim } from '../../../messages/messages.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { BulkFeed } from './bulk-feed.svelte.js';

const problem: Problem = {
  code: 'conflict',
  message: verbatim('Another one runs.'),
  next: verbatim('Wait for it.'),
};
const run: BulkRun = {
  id: 'r1',
  action: 'stop',
  pauseMs: 2000,
  startedAt: 0,
  nextAt: 2000,
  finishedAt: null,
  isCancelled: false,
  waitsForEach: false,
  items: [
    { serverId: 'home/1', name: 'Lobby', outcome: 'done', problem: null },
    { serverId: 'home/2', name: 'Survival', outcome: 'failed', problem },
    { serverId: 'home/3', name: 'Creative', outcome: 'sent', problem: null },
    { serverId: 'home/4', name: 'Skyblock', outcome: 'waiting', problem: null },
  ],
};

function watching(): { bridge: FakeBridge; bulk: BulkFeed } {
  const bridge = new FakeBridge();
  const bulk = new BulkFeed(new PerchClient(bridge));
  bulk.start();
  return { bridge, bulk };
}

describe('BulkFeed', () => {
  it("follows main's run, whoever began it", () => {
    const { bridge, bulk } = watching();
    bridge.snapshot('bulk', null);
    expect(bulk.isUnderWay).toBe(false);
    bridge.change('bulk', run);
    expect(bulk.isUnderWay).toBe(true);
    expect(bulk.settled).toBe(2);
    bridge.change('bulk', { ...run, finishedAt: 9000 });
    expect(bulk.isUnderWay).toBe(false);
    expect(bulk.counts).toMatchObject({ done: 1, failed: 1 });
    bridge.change('bulk', null);
    expect(bulk.latest).toBeNull();
  });

  it('keeps the reason of a refusal until the next request', async () => {
    const { bridge, bulk } = watching();
    bridge.refuse('bulk.start', problem);
    await bulk.begin(['home/1'], 'restart', { waitsForEach: true });
    expect(bridge.calls.at(-1)).toEqual({
      name: 'bulk.start',
      input: { serverIds: ['home/1'], action: 'restart', waitsForEach: true },
    });
    expect(bulk.request.problem).toEqual(problem);
    await bulk.cancel();
    expect(bulk.request.problem).toBeNull();
  });
});
