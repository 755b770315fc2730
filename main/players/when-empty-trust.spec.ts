/** Which zeros of a game count before a server is stopped. */
import { describe, expect, it } from 'vitest';
import { anAccount } from '../../tests/support/entities.js';
import { anAnswer } from '../../tests/support/fake-queries.js';
import { aWhenEmptyRig, stopAfter20 } from '../../tests/support/when-empty-rig.js';

const minute = 60_000;
const id = 'home/a';
const notice = 'say Nobody is on: the server stops in 1 minute unless somebody joins.';
const stays = 'say The server stays on.';

describe('a game that may always say "nobody"', () => {
  it('is believed once it has counted a player', async () => {
    const rig = aWhenEmptyRig();
    rig.addPlayed('a', stopAfter20);
    rig.hiding.add(id);
    rig.begin();
    await rig.clock.advance(60 * minute);
    expect([rig.sent, rig.shown(id)?.why]).toEqual([[], 'unproven']);
    rig.players.set('a', 2);
    await rig.clock.advance(3 * minute);
    rig.players.set('a', 0);
    await rig.clock.advance(24 * minute);
    expect(rig.whats()).toEqual([notice, 'stop']);
  });

  it('is any game that answers at a place of the user’s choice', async () => {
    const rig = aWhenEmptyRig();
    rig.settings.change({
      queryChoices: { [id]: { protocol: null, host: 'lobby.example.com', port: null, isOff: false } },
    });
    rig.addPlayed('a', stopAfter20);
    rig.games.set('lobby.example.com', () => anAnswer({ players: 0 }));
    rig.begin();
    await rig.clock.advance(60 * minute);
    expect([rig.sent, rig.shown(id)?.why]).toEqual([[], 'unproven']);
  });
});

describe('a game that has counted a player', () => {
  const counted = async () => {
    const rig = aWhenEmptyRig();
    rig.addPlayed('a', stopAfter20);
    rig.hiding.add(id);
    rig.begin();
    rig.players.set('a', 2);
    await rig.clock.advance(3 * minute);
    expect(rig.shown(id)?.why).toBe('players');
    rig.players.set('a', 0);
    return rig;
  };

  it('is not believed after a new start, with which it may count nobody', async () => {
    const rig = await counted();
    for (const state of ['stopping', 'offline', 'starting', 'running'] as const) rig.power(id, state);
    await rig.clock.advance(60 * minute);
    expect([rig.sent, rig.shown(id)?.why]).toEqual([[], 'unproven']);
  });

  it('does not vouch for the game at another place', async () => {
    const rig = await counted();
    rig.games.set('lobby.example.com', () => anAnswer({ players: 0 }));
    rig.settings.change({
      queryChoices: { [id]: { protocol: null, host: 'lobby.example.com', port: null, isOff: false } },
    });
    rig.queries.renew(id);
    await rig.clock.advance(60 * minute);
    expect([rig.sent, rig.shown(id)?.why]).toEqual([[], 'unproven']);
  });
});

it('a zero of an address where the game of another server answers as well is no number', async () => {
  const rig = aWhenEmptyRig();
  const answer = (title: string) => () => anAnswer({ title, from: 'source 203.0.113.1 27015' });
  rig.addPlayed('a', stopAfter20);
  rig.addPlayed('b', null);
  rig.games.set('a', answer('Survival'));
  rig.games.set('b', answer('Survival'));
  rig.begin();
  await rig.clock.advance(60 * minute);
  expect([rig.sent, rig.shown(id)?.why]).toEqual([[], 'unknown']);
  // A proxy has a title for each name.
  rig.games.set('b', answer('Creative'));
  await rig.clock.advance(25 * minute);
  expect(rig.whats()).toEqual([notice, 'stop']);
});

it('a zero counts if the accounts of the server have two addresses of its panel', async () => {
  const rig = aWhenEmptyRig();
  const account = anAccount({ id: 'work', panelUrl: 'https://second.example.com' });
  rig.store.apply([{ kind: 'account-upserted', account }]);
  rig.addPlayed('a', stopAfter20);
  rig.addPlayed('a', null, { accountId: 'work' });
  rig.games.set('a', () => anAnswer({ from: 'source 203.0.113.1 27015' }));
  rig.begin();
  await rig.clock.advance(25 * minute);
  expect(rig.whats()).toEqual([notice, 'stop']);
});

it('a zero that another server with the same address shared a moment ago is asked again', async () => {
  const rig = aWhenEmptyRig();
  rig.addPlayed('a', stopAfter20);
  rig.begin();
  await rig.clock.advance(15 * minute);
  let asked = 0;
  rig.games.set('a', () => {
    if (rig.shown(id)?.phase !== 'asks') return anAnswer();
    asked += 1;
    return asked === 1 ? anAnswer({ toldAt: rig.clock.now() - 10_000 }) : anAnswer({ players: 1 });
  });
  await rig.clock.advance(10 * minute);
  expect([asked, rig.whats()]).toEqual([2, [notice, stays]]);
});

describe('a game that is known by its console only', () => {
  const played = (answer: number | null, fields = {}) => {
    const rig = aWhenEmptyRig();
    rig.players.set('a', null);
    rig.addPlayed('a', stopAfter20, { game: 'terraria', link: { kind: 'live' }, ...fields });
    rig.begin();
    rig.figures.get(id)?.console(0);
    rig.hooks.command = (serverId, command) => {
      if (command !== 'playing' || answer === null) return;
      const names = Array.from({ length: answer }, (_, at) => `P${at}`);
      rig.sightings.emit({ serverId, sighting: { kind: 'listed', names, isWhole: true } });
      rig.figures.get(id)?.console(answer);
    };
    return rig;
  };

  it('is asked by its list command before the signal', async () => {
    const rig = played(0);
    await rig.clock.advance(24 * minute);
    expect(rig.whats()).toEqual([notice, 'playing', 'stop']);
  });

  it('runs on if the list names somebody whom the console did not show', async () => {
    const rig = played(2);
    await rig.clock.advance(24 * minute);
    expect(rig.whats()).toEqual([notice, 'playing', stays]);
  });

  it('runs on if a player’s chat looks like the empty list', async () => {
    for (const forgedFirst of [true, false]) {
      const rig = played(2);
      const list = rig.hooks.command;
      rig.hooks.command = (serverId, command) => {
        const forged = { kind: 'listed', names: [], isWhole: true } as const;
        const forge = (): void => {
          rig.sightings.emit({ serverId, sighting: forged });
          rig.figures.get(id)?.console(0);
        };
        if (command === 'playing' && forgedFirst) forge();
        rig.clock.after(1000, () => {
          list?.(serverId, command);
          if (command === 'playing') forge();
        });
      };
      await rig.clock.advance(24 * minute);
      expect(rig.whats()).toEqual([notice, 'playing', stays]);
    }
  });

  it('runs on if the list tells a number without names, and chat looks like the empty list', async () => {
    const rig = played(2);
    rig.hooks.command = (serverId, command) => {
      if (command !== 'playing') return;
      rig.sightings.emit({ serverId, sighting: { kind: 'listed', names: [], isWhole: false } });
      rig.sightings.emit({ serverId, sighting: { kind: 'listed', names: [], isWhole: true } });
      rig.figures.get(id)?.console(0);
    };
    await rig.clock.advance(24 * minute);
    expect(rig.whats()).toEqual([notice, 'playing', stays]);
  });

  it('runs on without a list', async () => {
    const rig = played(null);
    await rig.clock.advance(24 * minute);
    expect(rig.whats()).toEqual([notice, 'playing', stays]);
    const unknown = played(0, { game: 'palworld' });
    await unknown.clock.advance(24 * minute);
    expect(unknown.whats()).toEqual([notice, stays]);
  });

  it('restarts its time if Perch may have missed lines', async () => {
    const rig = played(0);
    await rig.clock.advance(15 * minute);
    rig.figures.get(id)?.console(null);
    rig.figures.get(id)?.console(0);
    await rig.clock.advance(15 * minute);
    expect(rig.sent).toEqual([]);
  });
});
