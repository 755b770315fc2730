import { describe, expect, it } from 'vitest';
import { aWatchedServer } from '../../../tests/support/watched-server.js';
import type { ArrivingLine } from '../console/console-buffer.js';

const info = (text: string): string => `[12:00:00 INFO]: ${text}`;
const joined = (name: string): string => info(`${name} joined the game`);
const left = (name: string): string => info(`${name} left the game`);
const list = (count: number, names = ''): string =>
  info(`There are ${count} of a max of 20 players online: ${names}`);

function rig(power: 'running' | 'offline' = 'running') {
  const watched = aWatchedServer();
  watched.live(power);
  const { tell } = watched.session();
  const print = (...texts: readonly string[]): void =>
    tell({ kind: 'lines', lines: texts.map((text) => ({ at: 0, source: 'server', text })) });
  return { ...watched, tell, print, players: () => watched.now()?.players?.count ?? null };
}

describe('PlayerWatch', () => {
  it('has no count before the first list, because players may have joined earlier', () => {
    const { print, players } = rig();
    print(joined('Olive'));
    expect(players()).toBeNull();
    print(list(2, 'Olive, Wren'));
    expect(players()).toBe(2);
    print(joined('Kofi'), joined('Kofi'), left('Olive'));
    expect(players()).toBe(2);
    print(left('Wren'), left('Kofi'), left('Saga'));
    expect(players()).toBe(0);
  });

  it('subtracts players that a list does not name, each once', () => {
    const { print, players } = rig();
    print(list(2), left('Olive'), left('Olive'));
    expect(players()).toBe(1);
    print(joined('Olive'), left('Olive'));
    expect(players()).toBe(1);
  });

  it('counts no more when more players leave than a game can have', () => {
    const { print, players } = rig();
    print(list(99_999));
    expect(players()).toBe(99_999);
    print(...Array.from({ length: 2001 }, (_, number) => left(`P${number}`)));
    expect(players()).toBeNull();
  });

  it('starts with zero players after a start, once the game is known to report players', () => {
    const { tell, print, players } = rig('offline');
    tell({ kind: 'power', power: 'starting' });
    tell({ kind: 'power', power: 'running' });
    print('Something else');
    expect(players()).toBeNull();
    print(joined('Olive'));
    expect(players()).toBe(1);
    tell({ kind: 'power', power: 'stopping' });
    tell({ kind: 'power', power: 'offline' });
    expect(players()).toBeNull();
    tell({ kind: 'power', power: 'starting' });
    tell({ kind: 'power', power: 'running' });
    expect(players()).toBe(0);
  });

  it('has no count after the socket was lost', () => {
    const { tell, print, players } = rig();
    print(list(1, 'Olive'));
    tell({ kind: 'link', link: { kind: 'reconnecting', retryAt: 1, problem: null } });
    expect(players()).toBeNull();
    tell({ kind: 'link', link: { kind: 'live' } });
    print(left('Olive'));
    expect(players()).toBeNull();
  });

  it('ignores a start that only a poll has seen', () => {
    const { tell, print, players } = rig('offline');
    tell({ kind: 'link', link: { kind: 'reconnecting', retryAt: 1, problem: null } });
    tell({ kind: 'power', power: 'starting' });
    tell({ kind: 'power', power: 'running' });
    tell({ kind: 'link', link: { kind: 'live' } });
    print(joined('Olive'));
    expect(players()).toBeNull();
  });

  it.each<ArrivingLine['source']>(['history', 'daemon', 'install'])('ignores %s lines', (source) => {
    const { tell, players } = rig();
    tell({ kind: 'lines', lines: [{ at: 0, source, text: list(1, 'Olive') }] });
    expect(players()).toBeNull();
  });

  it('ignores bots that leave', () => {
    const { print, players } = rig();
    print('players : 1 humans, 1 bots (16 max)', 'Dropped Bot01 from server (Kicked by Console)');
    expect(players()).toBe(1);
    print('L 01/02/2026 - 12:00:00: "Olive<2><[U:1:123]><CT>" disconnected (reason "Disconnect")');
    expect(players()).toBe(0);
  });

  it('names the players, and says when lines may be missed', () => {
    const { tell, print, sightings } = rig('offline');
    sightings.length = 0;
    tell({ kind: 'power', power: 'starting' });
    tell({ kind: 'power', power: 'running' });
    print(joined('Olive'), left('Olive'), list(3, 'Olive, Wren'), list(0), list(2));
    tell({ kind: 'link', link: { kind: 'reconnecting', retryAt: 1, problem: null } });
    expect(sightings).toEqual([
      { kind: 'ended' },
      { kind: 'joined', name: 'Olive' },
      { kind: 'left', name: 'Olive' },
      { kind: 'listed', names: ['Olive', 'Wren'], isWhole: false },
      { kind: 'listed', names: [], isWhole: true },
      { kind: 'listed', names: [], isWhole: false },
      { kind: 'lost' },
    ]);
  });

  it('forgets names by id with the process and with the socket, and keeps 2,000 of them at most', () => {
    const { tell, print, sightings } = rig();
    const came = (id: number): string =>
      `2026-01-02T12:00:00 99.1 INF Player connected, entityid=${id}, name=P${id}, pltfmid=Steam_1`;
    const went = (id: number): string =>
      `2026-01-02T12:00:00 99.1 INF Player disconnected: EntityID=${id}, PltfmId='Steam_1'`;
    const gone = () => sightings.flatMap((one) => (one.kind === 'left' ? (one.name ?? []) : []));
    print(came(1));
    tell({ kind: 'link', link: { kind: 'reconnecting', retryAt: 1, problem: null } });
    tell({ kind: 'link', link: { kind: 'live' } });
    print(went(1), came(2));
    tell({ kind: 'power', power: 'offline' });
    tell({ kind: 'power', power: 'running' });
    print(went(2));
    expect(gone()).toEqual([]);
    for (let id = 1; id <= 2001; id++) print(came(id));
    print(went(1), went(2));
    expect(gone()).toEqual(['P2']);
  });

  it('remembers the name where the line of leaving has only an id, and tells the id otherwise', () => {
    const { print, sightings } = rig();
    sightings.length = 0;
    print(
      '2026-01-02T12:00:00 99.1 INF Player connected, entityid=171, name=Olive, pltfmid=Steam_1',
      "2026-01-02T12:00:00 99.1 INF Player disconnected: EntityID=171, PltfmId='Steam_1'",
      '01/02/2026 12:00:00: Got handshake from client 76561198000000001',
      '01/02/2026 12:00:00: Closing socket 76561198000000001',
    );
    expect(sightings).toEqual([
      { kind: 'joined', name: 'Olive', id: '171' },
      { kind: 'left', name: 'Olive', id: '171' },
      { kind: 'joined', name: null, id: '76561198000000001' },
      { kind: 'left', name: null, id: '76561198000000001' },
    ]);
  });

  it('marks lines with hidden characters', () => {
    const { print, sightings } = rig();
    sightings.length = 0;
    print(joined('Ol\u200bive'), list(1, 'Ol\u200bive'));
    expect(sightings).toEqual([
      { kind: 'joined', name: 'Olive', isAltered: true },
      { kind: 'listed', names: ['Olive'], isWhole: true, isAltered: true },
    ]);
  });
});
