import { expect, it } from 'vitest';
import { manyWords, newsWords, overWords } from '../../../main/alerts/alert-words.js';
import type { Happening, HistoryEvent } from '../../../bridge/schema/events.js';
import { spoken } from '../../../messages/messages.js';
import { readNotification, type NamedServer, type NotificationFacts } from './read-notification.js';

const servers: NamedServer[] = ['pelican', 'panel-1.11'].flatMap((panel) =>
  [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((number) => ({
    id: `${panel}/${number}`,
    node: number > 10 ? 'Rack 2' : 'Rack 1',
    names: [`${panel} no. ${number}`],
  })),
);

function event(server: string, what: Happening): HistoryEvent {
  const panel = '127.0.0.1:8800';
  return { id: 'a', at: 0, accountId: 'pelican', panel, serverId: 'pelican/1', server, what, endedAt: null };
}

const crashed: Happening = { kind: 'crashed', exitCode: 1, outOfMemory: false, aftermath: 'open' };

function toldOf(
  { title, body }: ReturnType<typeof newsWords>,
  of = servers,
): NotificationFacts<NamedServer> | null {
  return readNotification({ summary: spoken(title), body: spoken(body) }, of);
}

function many(...names: string[]): ReturnType<typeof newsWords> {
  return manyWords(
    names.map((name) => event(name, crashed)),
    'Rack 1',
  );
}

function idsOf(told: NotificationFacts<NamedServer> | null): string[] | undefined {
  return told?.servers.map(({ id }) => id);
}

it('finds the server of an alert by its whole name', () => {
  const told = toldOf(newsWords(event('pelican no. 12', crashed)));
  expect(told?.says).toBe('events.crashed');
  expect(idsOf(told)).toEqual(['pelican/12']);
});

it('finds a server by each of its names', () => {
  const renamed = servers.map((server) =>
    server.id === 'pelican/1' ? { ...server, names: [...server.names, 'pelican no. 1 (53)'] } : server,
  );
  for (const name of ['pelican no. 1', 'pelican no. 1 (53)'])
    expect(idsOf(toldOf(newsWords(event(name, crashed)), renamed))).toEqual(['pelican/1']);
  const told = toldOf(many('pelican no. 1 (53)', 'pelican no. 2', 'pelican no. 3'), renamed);
  expect(idsOf(told)).toEqual(['pelican/1', 'pelican/2', 'pelican/3']);
});

it('finds the servers of a shared alert, and no other', () => {
  const told = toldOf(many('pelican no. 10', 'pelican no. 2', 'pelican no. 3'));
  expect(told).toMatchObject({ says: 'alerts.many', unnamed: [] });
  expect(idsOf(told)).toEqual(['pelican/2', 'pelican/3', 'pelican/10']);
});

it('the rest of the node may be meant where the list of names is cut', () => {
  const long = servers.map((server) => ({
    ...server,
    names: server.names.map((name) => `${name} (${'9'.repeat(20)})`),
  }));
  const ofPelican = long.filter(({ id }) => id.startsWith('pelican/')).slice(0, 10);
  const told = toldOf(many(...ofPelican.flatMap(({ names }) => names)), long);
  const all = [...(told?.servers ?? []), ...(told?.unnamed ?? [])];
  expect(told?.servers.length).toBeLessThan(10);
  expect(all.map(({ id }) => id)).toEqual(ofPelican.map(({ id }) => id));
});

it.each([
  ['a start that takes long', newsWords(event('pelican no. 1', { kind: 'slow-start', minutes: 5 }))],
  [
    'a restart that failed',
    newsWords(
      event('pelican no. 1', { kind: 'restart-failed', by: { kind: 'me', bulk: false }, isPanelAway: true }),
    ),
  ],
  ['a server that is back', overWords(event('pelican no. 1', crashed), 90_000)],
  ['a node', newsWords(event('', { kind: 'node-unreachable', node: 'Rack 2', servers: 3 }))],
  ['a panel', newsWords(event('', { kind: 'panel-unreachable', isFromStart: false }))],
])('knows the alert of %s, which the judge ignores', (_name, words) => {
  expect(toldOf(words)).toEqual({ says: 'other', servers: [], unnamed: [] });
});

it.each([
  {
    summary: 'The servers on Rack 1 are running again',
    body: '127.0.0.1:8800: After 1 minute.',
    is: 'other',
  },
  { summary: 'pelican no. 99 crashed', body: '', is: undefined },
  { summary: '3 servers on Rack 9 went down', body: 'pelican no. 1, pelican no. 2', is: undefined },
  { summary: 'Something else', body: 'pelican no. 1', is: undefined },
])('"$summary" is $is', ({ is, ...shown }) => {
  expect(readNotification(shown, servers)?.says).toBe(is);
});
