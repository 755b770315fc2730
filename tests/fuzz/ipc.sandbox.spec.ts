import fc from 'fast-check';
import { expect, it } from 'vitest';
import { calls } from '../../bridge/schema/calls.js';
import type { CallName } from '../../bridge/schema/contract.js';
import { feeds as contract } from '../../bridge/schema/feeds.js';
import type { Handlers } from '../../main/base/calls.js';
import type { Sources } from '../../main/base/feed-source.js';
import { Feeds } from '../../main/ipc/feeds.js';
import { Guard } from '../../main/ipc/guard.js';
import { Router } from '../../main/ipc/router.js';
import { someSettings } from '../support/entities.js';
import { FakeLog } from '../support/fake-log.js';
import { hammer } from './hammer.js';
import { nearly } from './mutations.js';

const names = [...Object.keys(calls), ...Object.keys(contract), 'toString', '__proto__', 'constructor'];
const inputs: readonly unknown[] = [
  undefined,
  { serverId: 'home/1' },
  { serverId: 'home/1', signal: 'stop' },
  { serverId: 'home/1', command: 'list', runSince: 1 },
  { serverId: 'home/1', name: 'Other', description: 'text' },
  { serverId: 'home/1', key: 'KEY', value: 'x' },
  { accountId: 'home' },
  { url: 'panel.example.com', key: 'ptlc_x', keep: 'keychain' },
  { theme: 'dark', pins: ['home/1'], groups: [{ id: '1', name: 'G', serverIds: ['home/1'] }] },
  { serverIds: ['home/1', 'home/2'], signal: 'restart' },
  { kind: 'server', serverId: 'home/1', tab: 'console' },
];
const requests = [
  ...names.flatMap((name) => inputs.map((input) => ({ kind: 'call', name, input }))),
  ...names.map((name) => ({ kind: 'watch', name, subscription: 1, params: { serverId: 'home/1' } })),
  { kind: 'unwatch', subscription: 1 },
];

const frame = { url: 'app://perch/main.html', parent: null };

function aRouter(): Router {
  const log = new FakeLog();
  const nothing = (): undefined => undefined;
  const handlers = Object.fromEntries((Object.keys(calls) as CallName[]).map((name) => [name, nothing]));
  const sources = Object.fromEntries(Object.keys(contract).map((name) => [name, () => nothing]));
  const windows = { isVisible: () => true, push: nothing };
  // The results do not matter here: each call must return an envelope.
  const feeds = new Feeds({ sources: sources as unknown as Sources, windows, log });
  const guard = new Guard({
    clock: { now: () => 0 },
    presses: {
      pays: () => false,
      paysOnce: () => false,
      hasPaid: () => false,
      isRecent: () => false,
      grant: nothing,
      met: nothing,
    },
    isAssisted: () => false,
    ask: () => Promise.resolve(true),
    known: () => ({
      fleet: { servers: new Map(), accounts: new Map() },
      settings: someSettings(),
      rules: [],
    }),
    log,
  });
  return new Router({
    handlers: handlers as unknown as Handlers,
    feeds,
    guard,
    log,
    isOurs: (id) => id === 7,
  });
}

it('every request of a window is answered with an envelope', async () => {
  const request = fc.oneof(nearly(requests), fc.anything());
  const sender = fc.oneof(
    fc.constant({ sender: { id: 7 }, senderFrame: frame }),
    fc.constant({ sender: { id: 8 }, senderFrame: null }),
  );
  const count = await hammer(fc.tuple(sender, request), async ([from, asked]) => {
    const router = aRouter();
    const answer = await router.answer(from, asked);
    if (typeof answer.ok !== 'boolean') throw new Error('It is no envelope.');
    if (from.senderFrame === null && answer.ok) throw new Error('A stranger was let in.');
  });
  expect(count).toBeGreaterThan(100);
});
