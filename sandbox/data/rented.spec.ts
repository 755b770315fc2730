import { expect, test } from 'vitest';
import { gameOf } from '../../main/panel/game-of.js';
import { readPaperLoad } from '../wings/paper-load.js';
import { rentedFleets, withRented } from './rented.js';
import { demoSeed } from './seed.js';

const fleet = (name: (typeof rentedFleets)[number]) => withRented(demoSeed('2026-01-01T00:00:00Z'), name);

test.each(rentedFleets)('the fleet %s has its own nodes and is the same each time', (name) => {
  const { servers, nodes } = fleet(name);
  expect(servers.map(({ uuid }) => uuid)).toEqual(fleet(name).servers.map(({ uuid }) => uuid));
  expect(new Set(servers.map(({ uuid }) => uuid.slice(0, 8))).size).toBe(servers.length);
  expect(nodes.every(({ onPaper }) => onPaper === true)).toBe(true);
});

test.each(rentedFleets)(
  'running servers of %s have a load within their limits, stopped ones have none',
  (name) => {
    for (const { name: server, lastState, values, limits } of fleet(name).servers) {
      const load = readPaperLoad(values['PAPER_LOAD']);
      expect(load !== null, server).toBe(lastState === 'running');
      if (load === null) continue;
      expect(load.share, server).toBeLessThan(1);
      if (limits.cpu > 0) expect(load.cpuPercent, server).toBeLessThan(limits.cpu);
    }
  },
);

test('every egg has a drawing, so that the pictures show many', () => {
  const seeds = rentedFleets.map(fleet);
  const told = seeds.flatMap(({ servers, eggs }) =>
    servers.map(({ eggId }) => {
      const egg = eggs.find(({ id }) => id === eggId)?.name ?? '';
      return gameOf({ egg, features: [], invocation: '', image: '' });
    }),
  );
  expect(told).not.toContain(null);
  expect(new Set(told).size).toBeGreaterThan(12);
});
