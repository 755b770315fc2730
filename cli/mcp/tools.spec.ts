import { describe, expect, it, vi } from 'vitest';
import type { PerchConnection } from '../connection.js';
import { tools, useTool } from './tools.js';

function setUp(answer: unknown = {}) {
  const ask = vi.fn((_verb: string, _input: unknown, how: { onEvent?: (event: unknown) => void } = {}) => {
    how.onEvent?.(answer);
    return Promise.resolve(answer);
  });
  const perch = vi.fn(() => Promise.resolve({ ask } as unknown as PerchConnection));
  const onBegun = vi.fn();
  const use = (name: string, given?: Record<string, unknown>) =>
    useTool({ name, arguments: given }, { perch, onBegun });
  return { ask, perch, use, onBegun };
}

describe('useTool', () => {
  it('asks Perch, and never agrees for the user', async () => {
    const { ask, use } = setUp();
    await use('power', { server: 'Survival', signal: 'kill' });
    await use('send', { server: 'Survival', command: 'list' });
    await use('create_backup', { server: 'Survival', name: 'Nightly' });
    const asked = ask.mock.calls.map(([verb, input]) => [verb, input]);
    expect(asked).toEqual([
      ['power', { names: ['Survival'], signal: 'kill', isAgreed: false }],
      ['send', { name: 'Survival', command: 'list', isAgreed: false }],
      ['createBackup', { name: 'Survival', label: 'Nightly', ignored: [], locked: false, quietly: false }],
    ]);
  });

  it('asks for each change of an address, and never agrees for the user', async () => {
    const { ask, use } = setUp();
    const of = { server: 'Survival', address: '8123' };
    await use('add_address', { server: 'Survival' });
    await use('change_address', { ...of, change: 'note', notes: 'Map' });
    await use('change_address', { ...of, change: 'remove', notes: 'Map' });
    const changes = [
      { kind: 'add' },
      { kind: 'note', address: '8123', notes: 'Map' },
      { kind: 'remove', address: '8123' },
    ];
    expect(ask.mock.calls.map(([verb, input]) => [verb, input])).toEqual(
      changes.map((change) => ['changeNetwork', { name: 'Survival', change, isAgreed: false }]),
    );
  });

  it('asks for access to be given or taken, and never agrees for the user', async () => {
    const { ask, use } = setUp();
    const email = 'sam@example.com';
    await use('give_access', { server: 'A', email, role: 'reader' });
    await use('give_access', { server: 'A', email, permissions: ['control.start'] });
    await use('remove_access', { server: 'A', person: 'sam' });
    const changes = [
      { kind: 'give', email, role: 'reader', permissions: null },
      { kind: 'give', email, role: null, permissions: ['control.start'] },
      { kind: 'remove', person: 'sam' },
    ];
    expect(ask.mock.calls.map(([verb, input]) => [verb, input])).toEqual(
      changes.map((change) => ['changePeople', { name: 'A', change, isAgreed: false }]),
    );
  });

  it('returns lines without characters that control a terminal', async () => {
    const { use } = setUp({ lines: [{ at: 0, source: 'server', text: '\u001b[31mred\u001b[0m\ntwo' }] });
    expect(await use('logs', { server: 'Survival' })).toEqual({ lines: ['red', 'two'] });
  });

  it.each([
    ['a tool that is none', 'constructor', {}, 'There is no tool constructor'],
    ['a missing server', 'power', { signal: 'stop' }, 'server'],
    ['another signal', 'power', { server: 'A', signal: 'erase' }, 'signal'],
    ['too many lines', 'logs', { server: 'A', lines: 100_000 }, 'lines'],
  ])('refuses %s before any question to Perch', async (_what, name, given, words) => {
    const { perch, use } = setUp();
    await expect(use(name, given)).rejects.toThrow(words);
    expect(perch).not.toHaveBeenCalled();
  });

  it('names the tools that make changes', () => {
    const changing = Object.entries(tools).filter(([, { changes }]) => changes);
    expect(changing.map(([name]) => name)).toEqual([
      'act_on_player',
      'say',
      'create_backup',
      'create_database',
      'rotate_database_password',
      'add_address',
      'change_address',
      'give_access',
      'remove_access',
      'power',
      'send',
    ]);
  });

  it.each<[string, Record<string, unknown>, string, unknown]>([
    ['list', {}, 'list', {}],
    ['status', {}, 'status', { names: [], watch: false }],
    ['status', { servers: ['A'] }, 'status', { names: ['A'], watch: false }],
    ['history', { server: 'A' }, 'history', { name: 'A', range: '24h' }],
    ['history', { server: 'A', range: '1h' }, 'history', { name: 'A', range: '1h' }],
    ['startup', { server: 'A' }, 'startup', { name: 'A' }],
    ['backups', { server: 'A' }, 'backups', { name: 'A' }],
    ['schedules', { server: 'A' }, 'schedules', { name: 'A' }],
    ['network', { server: 'A' }, 'network', { name: 'A' }],
    ['databases', { server: 'A' }, 'databases', { name: 'A' }],
    ['people', { server: 'A' }, 'people', { name: 'A' }],
    ['account', {}, 'account', { panel: null }],
    ['account', { panel: 'Home' }, 'account', { panel: 'Home' }],
    ['players', { server: 'A' }, 'players', { name: 'A' }],
    ['rules', {}, 'rules', {}],
    ['rules', { rule: 'Nightly' }, 'ruleRuns', { rule: 'Nightly', limit: 10 }],
    ['files', { server: 'A' }, 'files', { name: 'A', path: '/' }],
    ['files', { server: 'A', path: '/plugins' }, 'files', { name: 'A', path: '/plugins' }],
  ])('asks Perch for %s with %j', async (name, given, verb, input) => {
    const { ask, use } = setUp({ found: true });
    expect(await use(name, given)).toEqual({ found: true });
    expect(ask).toHaveBeenCalledExactlyOnceWith(verb, input);
  });

  it('asks for the requested number of lines and events, and can be cancelled', async () => {
    const { ask, use, onBegun } = setUp({ lines: [], events: [] });
    await use('logs', { server: 'A' });
    await use('logs', { server: 'A', lines: 7 });
    await use('events');
    await use('events', { server: 'A', limit: 8 });
    expect(ask.mock.calls.map(([, input]) => input)).toEqual([
      { name: 'A', lines: 100, follow: false },
      { name: 'A', lines: 7, follow: false },
      { name: null, limit: 50, follow: false },
      { name: 'A', limit: 8, follow: false },
    ]);
    await use('power', { server: 'A', signal: 'stop' });
    await use('send', { server: 'A', command: 'list' });
    for (const [, , how] of ask.mock.calls) expect(how).toMatchObject({ onBegun });
  });

  it('collects the people of all servers, and leaves out what makes an answer too long', async () => {
    const { ask, use } = setUp({ servers: 4, unknown: 0 });
    const shared = (name: string, times: number) => ({
      server: { name },
      rights: [['control.start'.repeat(times)]],
    });
    ask.mockImplementation(
      async (_verb, _input, { onEvent }: { onEvent?: (event: unknown) => void } = {}) => {
        onEvent?.({ read: 1, of: 4, server: null });
        for (const name of ['A', 'B', 'C']) onEvent?.({ read: 4, of: 4, server: shared(name, 4000) });
        onEvent?.({ read: 4, of: 4, server: shared('D', 1) });
        return { servers: 4, unknown: 0 };
      },
    );
    expect(await use('fleet_people', { permission: 'control.start' })).toMatchObject({
      servers: 4,
      unknown: 0,
      omitted: 2,
      shared: [{ server: { name: 'A' } }, { server: { name: 'D' } }],
    });
    expect(ask.mock.calls.map(([verb, input]) => [verb, input])).toEqual([
      ['fleetPeople', { person: null, permission: 'control.start', withinMs: 45_000 }],
    ]);
  });

  it('gives events with their time as a date', async () => {
    const { use } = setUp({ events: [{ id: 'a', at: 0 }] });
    expect(await use('events')).toEqual({ events: [{ id: 'a', at: '1970-01-01T00:00:00.000Z' }] });
  });

  it('gives activity with its time as a date', async () => {
    const { ask, use } = setUp({ entries: [{ at: 0, text: 'Started' }], total: 1 });
    const entries = [{ at: '1970-01-01T00:00:00.000Z', text: 'Started' }];
    expect(await use('activity', { server: 'A' })).toEqual({ entries, total: 1 });
    const since = '1970-01-01T00:00:01Z';
    await use('activity', { server: 'A', limit: 500, kind: 'power', by: 'sam', since });
    const all = { name: 'A', kind: null, by: null, since: null, until: null };
    expect(ask.mock.calls.map(([verb, input]) => [verb, input])).toEqual([
      ['activity', { ...all, limit: 50 }],
      ['activity', { ...all, limit: 500, kind: 'power', by: 'sam', since: 1000 }],
    ]);
  });

  it('reads the activity of all servers within its time, and names some of the unknown ones', async () => {
    const unknown = Array.from({ length: 60 }, (_, at) => ({ server: { name: `S${at}` }, why: 'x' }));
    const { ask, use } = setUp({ entries: [{ at: 0, text: 'Started' }], servers: 61, unknown, cut: 0 });
    const found = await use('fleet_activity', { kind: 'power' });
    const entries = [{ at: '1970-01-01T00:00:00.000Z' }];
    expect(found).toMatchObject({ entries, servers: 61, cut: 0, moreUnknown: 10 });
    expect((found as { unknown: unknown[] }).unknown).toHaveLength(50);
    const chosen = { limit: 50, kind: 'power', by: null, since: null, until: null, withinMs: 45_000 };
    expect(ask.mock.calls.map(([verb, input]) => [verb, input])).toEqual([['fleetActivity', chosen]]);
  });

  it('reads acts of others with the events on request', async () => {
    const { ask, use } = setUp({ events: [] });
    await use('events', { others: true });
    expect(ask.mock.calls[0]?.[1]).toEqual({
      name: null,
      limit: 50,
      follow: false,
      others: true,
      withinMs: 45_000,
    });
  });

  it.each([
    ['logs', { server: 'A', lines: 1 }, { server: 'A', lines: 0 }],
    ['logs', { server: 'A', lines: 1000 }, { server: 'A', lines: 1001 }],
    ['events', { limit: 1 }, { limit: 0 }],
    ['events', { limit: 500 }, { limit: 501 }],
    ['status', { servers: Array(200).fill('A') }, { servers: Array(201).fill('A') }],
    ['startup', { server: 'A' }, { server: '' }],
    ['rules', { rule: 'A', runs: 200 }, { rule: 'A', runs: 201 }],
    ['send', { server: 'A', command: 'x'.repeat(2000) }, { server: 'A', command: 'x'.repeat(2001) }],
    ['send', { server: 'A', command: 'x' }, { server: 'A', command: '' }],
  ])('accepts the maximum of %s, and no more', async (name, good, bad) => {
    const { perch, use } = setUp({ lines: [], events: [] });
    await use(name, good);
    expect(perch).toHaveBeenCalledOnce();
    await expect(use(name, bad)).rejects.toThrow();
    expect(perch).toHaveBeenCalledOnce();
  });
});
