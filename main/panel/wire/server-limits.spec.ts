/** Limits of a server. Those that Perch only shows may have any form: no server loses its place in the list over them. */
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Naming } from '../../../bridge/schema/server-limits.js';
import { readJsonFiles, recordedFixtures } from '../../../tests/support/fixtures.js';
import { serverItem as item } from '../../../tests/support/panel-answers.js';
import { serverItem } from './server.js';

const bare = { memory: 1, disk: 1, cpu: 1 };
const limitsOf = (limits: object): object =>
  serverItem.parse(item({ limits: { ...bare, ...limits } })).limits;

it('limits are finite, however large a panel writes them', () => {
  const largest = '18446744073709551615';
  const sent = { memory: largest, disk: largest, cpu: largest, swap: largest, io: largest };
  const { threads, ...limits } = serverItem.parse(item({ limits: sent })).limits;
  expect(threads).toBeNull();
  expect(Object.keys(limits)).toEqual(expect.arrayContaining(['swapBytes', 'ioWeight']));
  expect(Object.values(limits).every(Number.isFinite)).toBe(true);
});

it.each<[string, Record<string, unknown>, Naming]>([
  ['a real panel', {}, { nameMax: 191, descriptionMax: null, description: 'with-name' }],
  [
    'the reference',
    { user_permissions: [] },
    { nameMax: 255, descriptionMax: 500, description: 'with-name' },
  ],
  [
    'Pelican',
    { limits: { memory: 1, oom_killer: false, oom_disabled: true } },
    { nameMax: 255, descriptionMax: null, description: 'apart' },
  ],
  [
    'Pelican with locked descriptions',
    { limits: { oom_killer: true, oom_disabled: false }, description: undefined },
    { nameMax: 255, descriptionMax: null, description: 'locked' },
  ],
  [
    'a fork of Pterodactyl with the field of Pelican',
    { limits: { memory: 1, oom_killer: true } },
    { nameMax: 191, descriptionMax: null, description: 'with-name' },
  ],
])('a server has the naming limits of %s', (_panel, attributes, naming) => {
  expect(serverItem.parse(item(attributes)).naming).toEqual(naming);
});

describe('limits that Perch only shows', () => {
  it.each([
    ['no swap', { swap: 0 }, { swapBytes: 0 }],
    ['swap without a limit', { swap: -1 }, { swapBytes: null }],
    ['some swap', { swap: 512 }, { swapBytes: 536_870_912 }],
    ['cores', { threads: '0-1,3' }, { threads: '0-1,3' }],
    ['the weight of Pelican', { io: 0 }, { ioWeight: 0 }],
    ['the OOM killer of Pterodactyl', { oom_disabled: true }, { oomKiller: false }],
    ['the OOM killer as a number', { oom_disabled: 0 }, { oomKiller: true }],
    ['the OOM killer of Pelican', { oom_killer: true, oom_disabled: false }, { oomKiller: true }],
  ])('are read: %s', (_what, sent, read) => {
    expect(limitsOf(sent)).toMatchObject(read);
  });

  it('are left out if the panel does not send them', () => {
    expect(Object.keys(limitsOf({}))).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(?:swapBytes|ioWeight|oomKiller)$/)]),
    );
  });

  it('are left out in any other form', () => {
    const odd = limitsOf({ swap: 'much', io: [], threads: { a: 1 }, oom_disabled: 'yes', oom_killer: 7 });
    expect(odd).toEqual({ ...limitsOf({}), threads: null });
  });
});

describe('features of the egg', () => {
  const of = (egg_features: unknown): unknown => serverItem.parse(item({ egg_features })).features;

  it('are lines without control characters, and few', () => {
    expect(of(['eula', {}, '', 'a\u001b[31m\nb\u202e', null])).toEqual(['eula', 'a b']);
    expect(of(Array.from({ length: 100_000 }, (_, at) => `f${String(at)}`))).toHaveLength(50);
    expect(of(null)).toEqual([]);
  });
});

it.each([
  [12, 12],
  ['12', 12],
  [null, null],
  [{}, null],
])('the number %j is %j', (sent, read) => {
  expect(serverItem.parse(item({ internal_id: sent })).internalId).toBe(read);
});

it('limits of databases, backups and addresses are not known where the panel sends none of them', () => {
  const { limits } = serverItem.parse(item({ feature_limits: { backups: 2 } }));
  expect(limits).toMatchObject({ backups: 2 });
  expect(limits.databases).toBeUndefined();
});

const recorded = z.union([
  z.object({ response: z.object({ body: z.unknown() }) }).transform(({ response }) => response.body),
  z.object({ body: z.unknown() }).transform(({ body }) => body),
]);
const shown = z.looseObject({
  object: z.literal('server'),
  attributes: z.looseObject({ limits: z.unknown() }),
});

describe.each(['pterodactyl', 'pelican'])('recorded servers of %s', (panel) => {
  const folder = recordedFixtures(`client-api-2026-11/${panel}`);
  it.runIf(folder !== null)('have each fact', () => {
    const bodies = readJsonFiles(folder ?? '').flatMap(({ content }) => {
      const body = recorded.safeParse(content);
      return body.success && shown.safeParse(body.data).success ? [body.data] : [];
    });
    expect(bodies.length).toBeGreaterThan(3);
    for (const body of bodies) {
      const { limits, internalId, features } = serverItem.parse(body);
      expect(limits).toMatchObject({ swapBytes: 0, threads: null, ioWeight: 500, oomKiller: true });
      expect([limits.backups, limits.allocations]).toEqual([expect.any(Number), expect.any(Number)]);
      expect(limits.databases).not.toBeUndefined();
      expect(internalId).toBeGreaterThan(0);
      expect(features).toEqual(['eula']);
    }
  });
});
