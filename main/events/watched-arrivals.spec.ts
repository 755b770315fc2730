import { expect, it } from 'vitest';
import { anAlertsRig } from '../../tests/support/alerts-rig.js';
import { anEventsRig } from '../../tests/support/events-rig.js';

const second = 1000;

function anArrivalsRig() {
  const all = anEventsRig();
  all.tell({ state: { kind: 'ready' } });
  const serverId = all.addServer({ power: 'running' });
  const came = (player: string): void =>
    all.facts.emit({ serverId, fact: { kind: 'player-joined', player } });
  const written = () =>
    all.log.recent.flatMap(({ what }) => (what.kind === 'player-joined' ? [what.players] : []));
  return { ...all, came, written };
}

it('players who come within a minute share an entry', async () => {
  const { clock, came, written } = anArrivalsRig();
  came('Anna');
  expect(written()).toEqual([['Anna']]);
  came('Bob');
  came('Bob');
  await clock.advance(2 * second);
  came('Carl');
  expect(written()).toEqual([['Anna']]);
  await clock.advance(3 * second);
  expect(written()).toEqual([['Anna', 'Bob', 'Carl']]);
  await clock.advance(60 * second);
  came('Dora');
  expect(written()).toEqual([['Anna', 'Bob', 'Carl'], ['Dora']]);
});

it('the end of Perch loses no name', () => {
  const { came, events, written } = anArrivalsRig();
  came('Anna');
  came('Bob');
  events.stop();
  expect(written()).toEqual([['Anna', 'Bob']]);
});

it('one alert names all who came, and replaces the previous alert', async () => {
  const rig = anAlertsRig();
  const serverId = rig.add({ id: 'home/1', name: 'S1' });
  const came = (player: string): void =>
    rig.facts.emit({ serverId, fact: { kind: 'player-joined', player } });
  came('Anna');
  await rig.clock.advance(second);
  came('Bob');
  came('Carl');
  await rig.clock.advance(10 * second);
  expect(rig.words()).toEqual([
    'Anna is on S1 | panel.example.com: You watch for Anna.',
    'Anna and 2 other players are on S1 | panel.example.com: You watch for Anna, Bob, Carl.',
  ]);
  expect(new Set(rig.told.map(({ id }) => id)).size).toBe(1);
});

it('a muted server causes no alert', async () => {
  const scope = { kind: 'server', id: 'home/1' } as const;
  const rig = anAlertsRig({ rules: [{ scope, switches: {}, isMuted: true, snoozedUntil: null }] });
  const serverId = rig.add({ id: 'home/1' });
  rig.facts.emit({ serverId, fact: { kind: 'player-joined', player: 'Anna' } });
  await rig.clock.advance(10 * second);
  expect(rig.told).toEqual([]);
});
