import { expect, test } from 'vitest';
import { demoSeed, keyHolders } from './seed.js';
import { withSynthetic } from './synthetic.js';
import { shortId, type Server } from './world.js';

const now = '2026-01-01T00:00:00.000Z';
const demo = demoSeed(now);
const made = (count: number): Server[] => withSynthetic(demo, count, now).servers.slice(demo.servers.length);

test('every server is found by its short id, and every allocation belongs to one server', () => {
  const { servers } = withSynthetic(demo, 5000, now);
  expect(servers).toHaveLength(demo.servers.length + 5000);
  expect(new Set(servers.map(shortId)).size).toBe(servers.length);
  expect(new Set(servers.map(({ id }) => id)).size).toBe(servers.length);
  const ids = servers.flatMap(({ allocations }) => allocations.map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
});

test('the servers are the same each time, whatever their number', () => {
  expect(made(20)).toEqual(made(200).slice(0, 20));
});

test('most servers run, some are closed, and the owner reaches all', () => {
  const servers = made(1000);
  const share = (fits: (server: Server) => boolean): number => servers.filter(fits).length / servers.length;
  expect(share(({ lastState }) => lastState === 'running')).toBeCloseTo(0.6, 1);
  expect(share(({ status }) => status === 'suspended')).toBeCloseTo(0.02, 1);
  expect(servers.some(({ status }) => status === 'installing')).toBe(true);
  const foreign = servers.filter(({ ownerId }) => ownerId !== keyHolders.owner);
  expect(foreign.length).toBeGreaterThan(100);
  expect(foreign.every(({ subusers }) => subusers[0]?.userId === keyHolders.owner)).toBe(true);
});

test('no servers are added if none are wanted', () => {
  expect(withSynthetic(demo, 0, now)).toEqual(demo);
});

test('all servers are on one node on request', () => {
  const { servers } = withSynthetic(demo, 300, now, true);
  expect(new Set(servers.slice(demo.servers.length).map(({ nodeId }) => nodeId)).size).toBe(1);
});
