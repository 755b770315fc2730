import { describe, expect, it, vi } from 'vitest';
import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import { sentence } from '../../messages/messages.js';
import '../../tests/support/every-area.js';
import { recordingTerminal } from '../../tests/support/recording-terminal.js';
import type { PerchConnection } from '../connection.js';
import type { Options } from '../parse.js';
import { people } from './people.js';

const sam = {
  name: 'sam',
  email: 'sam@example.com',
  hasTwoFactor: true,
  permissions: ['websocket.connect', 'control.stop', 'control.start'],
};

async function run(found: readonly object[], options: Options = {}, unread = 0) {
  const { terminal, out, err } = recordingTerminal();
  const ask = vi.fn(async () => ({ server: { name: 'Lobby' }, people: found, unread }));
  await people({
    perch: { ask } as unknown as PerchConnection,
    args: ['Lobby'],
    plain: 0,
    options,
    terminal,
    deadline: Infinity,
  });
  expect(ask).toHaveBeenCalledExactlyOnceWith('people', { name: 'Lobby' });
  return { out: out(), err: err() };
}

it('prints people as a table, with their permissions', async () => {
  const { out, err } = await run([sam, { ...sam, name: 'anna', hasTwoFactor: false }]);
  const [head, first, second] = out.split('\n');
  expect(head).toMatch(/^NAME +E-MAIL +FACTORS +PERMISSIONS$/);
  expect(first).toMatch(/^sam +sam@example\.com +2 +control\.start control\.stop$/);
  expect(second).toMatch(/^anna .* 1 /);
  expect(err).toBe('2 people besides the owner\n');
});

it('says how many entries could not be read', async () => {
  expect((await run([sam], {}, 2)).err).toBe(
    '1 person besides the owner\nThe panel lists 2 more people, whose entries Perch can’t read.\n',
  );
});

it('prints no table of nobody, and one line of JSON', async () => {
  expect(await run([])).toEqual({ out: '', err: '0 people besides the owner\n' });
  expect(JSON.parse((await run([sam], { json: true })).out)).toMatchObject({ people: [{ name: 'sam' }] });
});

describe('the people of all servers', () => {
  const place = (name: string, panel = 'Home') => ({ name, panel, id: name, uuid: name });
  const person = { name: sam.name, email: sam.email, hasTwoFactor: true };
  const shared = [
    {
      server: place('Arena'),
      people: [{ ...person, rights: 0 }],
      rights: [['control.start']],
      leftOut: 0,
      why: null,
    },
    { server: place('Lobby'), people: null, rights: [], leftOut: 0, why: 'Nobody knows.' },
  ];

  async function ofAll(servers: readonly object[], options: Options = {}) {
    const { terminal, out, err } = recordingTerminal();
    const ask = vi.fn(async (_verb, _input, { onEvent }: { onEvent: (event: object) => void }) => {
      onEvent({ read: 1, of: 2, server: null });
      for (const server of servers) onEvent({ read: 2, of: 2, server });
      return { servers: 2, unknown: 1 };
    });
    const perch = { ask } as unknown as PerchConnection;
    await people({ perch, args: [], plain: 0, options, terminal, deadline: Infinity });
    expect(ask.mock.calls.map(([verb]) => verb)).toEqual(['fleetPeople']);
    return { out: out(), err: err(), wanted: ask.mock.calls[0]?.[1] as unknown };
  }

  it('are a table, with progress and unknown lists beside it', async () => {
    const { out, err } = await ofAll(shared);
    expect(out).toMatch(
      /^SERVER +NAME +E-MAIL +FACTORS +PERMISSIONS\nArena +sam +sam@example\.com +2 +control\.start\n$/,
    );
    expect(err).toBe('1 of 2 servers read\nLobby: Nobody knows.\n1 person besides the owners on 2 servers\n');
  });

  it('are those of a person or with a permission, and the servers where they are', async () => {
    const { wanted, err } = await ofAll(shared, { person: 'Sam', permission: 'control.start' });
    expect(wanted).toEqual({ person: 'Sam', permission: 'control.start', withinMs: null });
    expect(err).toMatch(/1 person besides the owners on 1 server\n$/);
    expect((await ofAll(shared)).wanted).toEqual({ person: null, permission: null, withinMs: null });
  });

  it.each(['person', 'permission'])('are not filtered by --%s together with a server', async (option) => {
    await expect(run([sam], { [option]: 'x' })).rejects.toMatchObject({
      failure: { cause: 'usage', message: `--${option} works only without the name of a server.` },
    });
  });

  it('name the panel if several are connected', async () => {
    const { out } = await ofAll([...shared, { ...shared[0], server: place('Arena', 'Work') }]);
    expect(out).toMatch(/^PANEL +SERVER .*\nHome +Arena .*\nWork +Arena /);
  });

  it('are one line of JSON with the permissions of each', async () => {
    const { out } = await ofAll(shared, { json: true });
    expect(JSON.parse(out)).toMatchObject({
      servers: [{ people: [{ name: 'sam', permissions: ['control.start'] }] }, { people: null }],
    });
    expect(out).not.toContain('rights');
  });
});

describe('a change of access', () => {
  const needsYes = new RemoteError(
    newFailure('needs-yes', sentence('remote.ask-give-access', { who: 'anna', server: 'Lobby', count: 2 })),
  );

  async function change(words: string[], options: Options = {}, typed = '') {
    const { terminal, out, err } = recordingTerminal(typed === '' ? null : typed);
    const ask = vi.fn(async (_verb: string, { isAgreed }: { isAgreed?: boolean }) => {
      if (isAgreed === false && typed !== '') throw needsYes;
      return { server: { name: 'Lobby' }, person: { ...sam, name: 'anna' } };
    });
    await people({
      perch: { ask } as unknown as PerchConnection,
      args: ['Lobby', ...words],
      plain: 0,
      options,
      terminal,
      deadline: Infinity,
    });
    return { ask, out: out(), err: err() };
  }

  const given = { kind: 'give', email: 'anna@example.com', role: null, permissions: null };

  it.each([
    [['give', 'anna@example.com'], { role: 'reader' }, { ...given, role: 'reader' }],
    [
      ['give', 'anna@example.com'],
      { permissions: 'control.start, file.read,' },
      { ...given, permissions: ['control.start', 'file.read'] },
    ],
    [['remove', 'anna'], {}, { kind: 'remove', person: 'anna' }],
  ])('of %j with %j asks for it', async (words, options, wanted) => {
    const { ask, out } = await change(words, options);
    expect(ask).toHaveBeenCalledExactlyOnceWith('changePeople', {
      name: 'Lobby',
      change: wanted,
      isAgreed: false,
    });
    expect(out).toMatch(words[0] === 'give' ? /^anna has access now\.\n$/ : /^anna has no access/);
  });

  it('waits for a yes', async () => {
    const words = ['give', 'anna@example.com'];
    await expect(change(words, {}, 'n')).rejects.toMatchObject({ failure: { cause: 'needs-yes' } });
    const { ask, err } = await change(words, {}, 'y');
    expect(ask.mock.calls.map(([, { isAgreed }]) => isAgreed)).toEqual([false, true]);
    expect(err).toContain('Give anna access');
  });

  it('needs a person', async () => {
    await expect(change(['remove'])).rejects.toMatchObject({ failure: { cause: 'usage' } });
  });
});
