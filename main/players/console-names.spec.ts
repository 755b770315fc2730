import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.js';
import type { PlayerSighting } from '../base/player-sighting.js';
import { ConsoleNames } from './console-names.js';

const began = 1000;

function setUp() {
  const clock = new FakeClock(began);
  const names = new ConsoleNames(clock);
  const changed: string[] = [];
  names.listen((serverId) => changed.push(serverId));
  const hear = (sighting: PlayerSighting, serverId = 's'): void => names.heard(serverId, sighting);
  const known = (serverId = 's') =>
    names.of(serverId)?.players.map(({ name, since }) => [name, since]) ?? null;
  return { clock, names, changed, hear, known };
}

describe('ConsoleNames', () => {
  it('knows who joined and when, until they leave', async () => {
    const { clock, names, changed, hear, known } = setUp();
    expect(known()).toBeNull();
    hear({ kind: 'joined', name: 'Anna' });
    await clock.advance(500);
    hear({ kind: 'joined', name: 'Bob' });
    hear({ kind: 'joined', name: 'Anna' });
    expect(known()).toEqual([
      ['Anna', began],
      ['Bob', began + 500],
    ]);
    expect(names.of('s')?.since).toBe(began);
    hear({ kind: 'left', name: 'Anna' });
    hear({ kind: 'left', name: 'Nobody' });
    expect(known()).toEqual([['Bob', began + 500]]);
    expect(known('other')).toBeNull();
    expect(new Set(changed)).toEqual(new Set(['s']));
  });

  it('takes a whole list for all who are on, and part of a list as an addition', () => {
    const { hear, known } = setUp();
    hear({ kind: 'joined', name: 'Anna' });
    hear({ kind: 'joined', name: 'Bob' });
    hear({ kind: 'listed', names: ['Anna', 'Cleo'], isWhole: true });
    expect(known()).toEqual([
      ['Anna', began],
      ['Cleo', null],
    ]);
    hear({ kind: 'listed', names: ['Dan'], isWhole: false });
    expect(known()?.map(([name]) => name)).toEqual(['Anna', 'Cleo', 'Dan']);
  });

  it.each(['lost', 'ended'] as const)('has no names once the console is %s', (kind) => {
    const { changed, hear, known } = setUp();
    hear({ kind });
    expect(changed).toEqual([]);
    hear({ kind: 'joined', name: 'Anna' });
    hear({ kind });
    expect(known()).toBeNull();
    expect(changed).toEqual(['s', 's']);
  });

  it('marks a name that may be that of another player', () => {
    const { names, hear } = setUp();
    const altered = (): unknown => names.of('s')?.players.map(({ name, isAltered }) => [name, isAltered]);
    hear({ kind: 'joined', name: 'Bob' });
    hear({ kind: 'joined', name: 'Anna', isAltered: true });
    expect(altered()).toEqual([
      ['Bob', undefined],
      ['Anna', true],
    ]);
    hear({ kind: 'listed', names: ['Bob', 'Anna', 'Cleo'], isWhole: true, isAltered: true });
    expect(altered()).toEqual([
      ['Bob', true],
      ['Anna', true],
      ['Cleo', true],
    ]);
  });

  it('adds and removes nobody for a line that has only an id', () => {
    const { hear, known } = setUp();
    hear({ kind: 'joined', name: 'Anna' });
    hear({ kind: 'joined', name: null, id: '7' });
    hear({ kind: 'left', name: null, id: '8' });
    expect(known()).toEqual([['Anna', began]]);
  });

  it('forgets servers that are gone', () => {
    const { names, hear, known } = setUp();
    hear({ kind: 'joined', name: 'Anna' }, 'gone');
    hear({ kind: 'joined', name: 'Anna' }, 'here');
    names.forget((serverId) => serverId === 'gone');
    expect(known('gone')).toBeNull();
    expect(known('here')).toHaveLength(1);
  });

  it('believes no more names than a window shows, each on one line and of limited length', () => {
    const { hear, known } = setUp();
    hear({ kind: 'joined', name: `An\u202ena\n${'x'.repeat(500)}` });
    hear({ kind: 'joined', name: '\u202e' });
    expect(known()).toHaveLength(1);
    expect(known()?.[0]?.[0]).toMatch(/^Anna x+/);
    expect(String(known()?.[0]?.[0]).length).toBeLessThanOrEqual(100);
    hear({ kind: 'listed', names: Array.from({ length: 100_000 }, (_, at) => `P${at}`), isWhole: true });
    expect(known()).toHaveLength(1000);
  });
});
