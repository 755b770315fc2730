import { expect, it, vi } from 'vitest';
import type { ActivityEntry } from '../../bridge/schema/activity.js';
import type { RemoteInput } from '../../bridge/schema/remote.js';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FleetStore } from '../fleet/store.js';
import { listActivity } from './activity.js';

const entry = (id: string, fields: Partial<ActivityEntry> = {}): ActivityEntry => ({
  id,
  at: Number(id),
  event: 'server:power.start',
  by: 'sam@example.com',
  isApi: false,
  ip: '203.0.113.7',
  properties: {},
  ...fields,
});

function ask(
  pages: readonly (readonly ActivityEntry[])[],
  { client = 'person', ...chosen }: { client?: 'program' | 'person' } & Partial<RemoteInput<'activity'>> = {},
  total = 7,
) {
  const store = new FleetStore();
  store.apply([
    { kind: 'account-upserted', account: anAccount() },
    { kind: 'server-upserted', server: aServer({ id: 'home/1', name: 'Lobby' }) },
  ]);
  const read = vi.fn(async ({ page }: { page: number; event?: string | undefined }) => ({
    entries: [...(pages[page - 1] ?? [])],
    total,
    pages: pages.length,
    ...(page === 1 ? { unread: 2 } : {}),
  }));
  const deps = { store, clock: new FakeClock(), actions: { 'activity.ofServer': read } };
  const call = { client: { kind: client, name: 'Robot' }, isEnded: false };
  const all = { name: 'Lobby', limit: 20, kind: null, by: null, since: null, until: null };
  return { over: listActivity(deps, { ...all, ...chosen }, call), read };
}

it('tells in words who did what, oldest first', async () => {
  const found = await ask([[entry('2', { event: 'server:power.kill' }), entry('1')]]).over;
  expect(found).toMatchObject({ server: { name: 'Lobby' }, total: 7, unread: 2 });
  expect(found.entries.map(({ at }) => at)).toEqual([1, 2]);
  expect(found.entries[0]).toMatchObject({
    event: 'server:power.start',
    by: 'sam@example.com',
    ip: '203.0.113.7',
  });
  const [first, second] = found.entries.map(({ text }) => text);
  expect(first).toMatch(/start/i);
  expect(second).toMatch(/kill/i);
});

it('reads as many pages as needed, and gives an entry that moved to the next page once', async () => {
  const pages = [[entry('4'), entry('3')], [entry('3'), entry('2')], [entry('1')]];
  const three = ask(pages, { limit: 3 });
  expect((await three.over).entries.map(({ at }) => at)).toEqual([2, 3, 4]);
  expect(three.read).toHaveBeenCalledTimes(2);
  const all = ask(pages, { limit: 500 });
  expect((await all.over).entries).toHaveLength(4);
  expect(all.read).toHaveBeenCalledTimes(3);
});

it('ends at an empty page, whatever the panel says about the number of pages', async () => {
  const { over, read } = ask([[entry('1')], [], [entry('0')]]);
  expect((await over).entries).toHaveLength(1);
  expect(read).toHaveBeenCalledTimes(2);
});

it('ends where a panel repeats a page, and after a hundred pages', async () => {
  const same = Array<readonly ActivityEntry[]>(500).fill([entry('1')]);
  const repeated = ask(same);
  expect((await repeated.over).isCut).toBe(false);
  expect(repeated.read).toHaveBeenCalledTimes(2);
  const many = Array.from({ length: 500 }, (_, at) => [entry(String(1000 - at))]);
  const long = ask(many, { by: 'nobody' });
  expect(await long.over).toMatchObject({ entries: [], isCut: true });
  expect(long.read).toHaveBeenCalledTimes(100);
});

it('filters by kind at the panel, and by person and time itself', async () => {
  const anna = { by: 'anna@example.com' };
  const pages = [[entry('9', anna), entry('8')], [entry('7', anna), entry('5', anna)], [entry('4', anna)]];
  const times = async (chosen: Partial<RemoteInput<'activity'>>) => {
    const { over, read } = ask(pages, chosen);
    const { entries, isCut } = await over;
    return { at: entries.map(({ at }) => at), pages: read.mock.calls.length, isCut };
  };
  expect(await times({ by: 'Anna@example.com' })).toEqual({ at: [4, 5, 7, 9], pages: 3, isCut: false });
  expect(await times({ by: 'anna', limit: 5 })).toMatchObject({ at: [] });
  expect(await times({ since: 6, until: 8 })).toEqual({ at: [7, 8], pages: 2, isCut: false });
  expect(await times({ limit: 1, until: 8 })).toEqual({ at: [8], pages: 1, isCut: false });
  const program = ask(pages, { client: 'program', by: 'anna', kind: 'power' });
  expect((await program.over).entries).toHaveLength(4);
  expect(program.read.mock.calls[0]?.[0]).toMatchObject({ event: 'server:power' });
});

const secrets = [
  entry('4', { event: 'server:console.command', properties: { command: 'login hunter2hunter2' } }),
  entry('3', {
    event: 'server:startup.edit',
    properties: { variable: 'RCON_PASSWORD', old: 'hunter2hunter2', new: 'hunter3' },
  }),
  entry('2', { event: 'server:subuser.create', properties: { email: 'anna@example.com' } }),
  entry('1', { event: 'server:new.thing', properties: { url: 'https://a:hunter2hunter2@host/x' } }),
];

it('gives a program neither addresses nor secrets', async () => {
  const found = await ask([secrets], { client: 'program' }).over;
  expect(found.entries.map(({ by, ip }) => [by, ip])).toEqual(Array(4).fill(['sam', null]));
  expect(JSON.stringify(found.entries)).not.toMatch(/hunter|example\.com|203\.0/);
  expect(found.entries.map(({ text }) => text).join('\n')).toContain('RCON_PASSWORD');
});

it('gives a terminal no characters that control it', async () => {
  const found = await ask([[entry('1', { by: 'a\u001b[31mb\u202e', event: 'x\u0007:y' })]]).over;
  expect(JSON.stringify(found.entries)).not.toMatch(/\\u001b|\\u0007|\u202e/);
});

it('counts at least the entries that it read, if the panel does not say how many it has', async () => {
  const pages = [[entry('4'), entry('3')], [entry('2'), entry('1')], []];
  expect(await ask(pages, {}, 2).over).toMatchObject({ total: 4 });
});
