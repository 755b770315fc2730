import { expect, it } from 'vitest';
import type { Server } from '../../../bridge/schema/domain.js';
import { aServer } from '../../../tests/support/entities.js';
import { FleetStore } from '../store.js';
import { StateLog } from './state-log.js';

function rig() {
  const store = new FleetStore();
  const seen: string[] = [];
  const log = new StateLog({
    store,
    memory: { saw: (serverId, state) => seen.push(`${serverId} ${state}`) },
  });
  log.start();
  const put = (fields: Partial<Server>): void =>
    store.apply([{ kind: 'server-upserted', server: aServer({ id: 'home/1', ...fields }) }]);
  return { log, put, seen, store };
}

it('every state is reported, and also the loss of sight', () => {
  const { put, seen, store } = rig();
  put({ power: null });
  for (const power of ['starting', 'running', 'stopping', 'offline'] as const) {
    store.apply([{ kind: 'server-patched', serverId: 'home/1', patch: { power } }]);
  }
  store.apply([{ kind: 'server-removed', serverId: 'home/1' }]);
  const states = ['unknown', 'starting', 'running', 'stopping', 'offline', 'unknown'];
  expect(seen).toEqual(states.map((state) => `home/1 ${state}`));
});

it('a crashed server stays crashed until its next start', () => {
  const { put, seen } = rig();
  const crash = { exitCode: 1, outOfMemory: false };
  put({ power: 'offline', crashedAt: 5, crash });
  put({ power: 'offline', crashedAt: 5, crash: { ...crash, unseen: { what: 'offline', from: 1, to: 5 } } });
  put({ power: 'starting', crashedAt: 5, crash });
  expect(seen).toEqual(['home/1 crashed', 'home/1 offline', 'home/1 starting']);
});

it('nothing is reported after the end', () => {
  const { log, put, seen } = rig();
  log.stop();
  put({ power: 'running' });
  expect(seen).toEqual([]);
});
