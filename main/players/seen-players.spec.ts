import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.js';
import type { SeenPlayer, SeenTime } from '../base/past.js';
import { SeenPlayers } from './seen-players.js';

const second = 1000;
const minute = 60 * second;
const id = 'home/1';

/** Names as the history keeps them. */
class FakeMemory {
  readonly times: (SeenTime & { serverId: string })[] = [];

  saw(serverId: string, time: SeenTime): void {
    this.times.push({ serverId, ...time });
  }

  of(serverId: string): Promise<readonly SeenPlayer[]> {
    const all = new Map<string, SeenPlayer>();
    for (const { name, from, to, playedMs, serverId: other } of this.times) {
      if (other !== serverId) continue;
      const one = all.get(name) ?? { name, firstAt: from, lastAt: to, playedMs: 0 };
      all.set(name, {
        name,
        firstAt: Math.min(one.firstAt, from),
        lastAt: Math.max(one.lastAt, to),
        playedMs: one.playedMs + playedMs,
      });
    }
    return Promise.resolve([...all.values()]);
  }
}

function setUp({ clock = new FakeClock(), memory = new FakeMemory() } = {}) {
  const begin = clock.now();
  const seen = new SeenPlayers({ clock, memory });
  seen.start();
  const joined = (name: string): void => seen.heard(id, { kind: 'joined', name });
  const left = (name: string): void => seen.heard(id, { kind: 'left', name });
  const listed = (...names: readonly string[]): void => seen.answered(id, names, true);
  /** Minutes on the server, by name; a star marks names that are on. */
  const minutes = async (search = ''): Promise<Record<string, string>> => {
    const { players } = await seen.of(id, search);
    return Object.fromEntries(
      players.map(({ name, isOn, playedMs }) => [name, `${playedMs / minute}${isOn ? '*' : ''}`]),
    );
  };
  return { begin, clock, joined, left, listed, memory, minutes, seen };
}

describe('names from the console', () => {
  it('are on from joining to leaving', async () => {
    const { begin, clock, joined, left, minutes, seen } = setUp();
    joined('Olive');
    await clock.advance(5 * minute);
    expect(await minutes()).toEqual({ Olive: '5*' });
    left('Olive');
    await clock.advance(10 * minute);
    joined('Olive');
    await clock.advance(2 * minute);
    left('Olive');
    expect(await minutes()).toEqual({ Olive: '7' });
    const { players } = await seen.of(id, '');
    expect(players).toEqual([
      {
        name: 'Olive',
        isOn: false,
        firstAt: begin,
        lastAt: begin + 17 * minute,
        playedMs: 7 * minute,
      },
    ]);
  });

  it('count up to the loss of the connection, if nothing names them later', async () => {
    const { clock, joined, left, minutes, seen } = setUp();
    joined('Olive');
    await clock.advance(5 * minute);
    seen.heard(id, { kind: 'lost' });
    await clock.advance(20 * minute);
    expect(await minutes()).toEqual({ Olive: '5' });
    // The lost line about leaving never comes; a late line has no effect.
    left('Olive');
    expect(await minutes()).toEqual({ Olive: '5' });
  });

  it('continue over a short loss, if a list still has them', async () => {
    const { clock, joined, minutes, seen } = setUp();
    joined('Olive');
    joined('Wren');
    await clock.advance(5 * minute);
    seen.heard(id, { kind: 'lost' });
    await clock.advance(2 * minute);
    seen.heard(id, { kind: 'listed', names: ['Olive'], isWhole: true });
    await clock.advance(minute);
    expect(await minutes()).toEqual({ Olive: '8*', Wren: '5' });
  });

  it('end with the process', async () => {
    const { clock, joined, minutes, seen } = setUp();
    joined('Olive');
    await clock.advance(3 * minute);
    seen.heard(id, { kind: 'ended' });
    await clock.advance(3 * minute);
    expect(await minutes()).toEqual({ Olive: '3' });
  });

  it('do not count while the computer sleeps', async () => {
    const { clock, joined, minutes } = setUp();
    joined('Olive');
    await clock.advance(5 * minute);
    clock.sleep(8 * 60 * minute);
    await clock.advance(0);
    expect(await minutes()).toEqual({ Olive: '5' });
  });

  it('count right when somebody sets the clock, or summer time ends', async () => {
    const { clock, joined, left, minutes } = setUp();
    joined('Olive');
    await clock.advance(minute);
    clock.jump(-60 * minute);
    await clock.advance(minute);
    left('Olive');
    expect(await minutes()).toEqual({ Olive: '2' });
  });
});

describe('names from answers', () => {
  it('are on as long as answers name them', async () => {
    const { clock, listed, minutes } = setUp();
    listed('Olive', 'Wren');
    await clock.advance(minute);
    listed('Olive', 'Wren');
    await clock.advance(minute);
    listed('Wren');
    expect(await minutes()).toEqual({ Wren: '2*', Olive: '1' });
    await clock.advance(10 * minute);
    expect(await minutes()).toEqual({ Wren: '2', Olive: '1' });
  });

  it('stay if a part of the names leaves them out', async () => {
    const { clock, minutes, seen } = setUp();
    for (const names of [
      ['Olive', 'Wren'],
      ['Wren', 'Kofi'],
      ['Olive', 'Kofi'],
    ]) {
      seen.answered(id, names, false);
      await clock.advance(minute);
    }
    expect(await minutes()).toEqual({ Olive: '2*', Wren: '1*', Kofi: '1*' });
  });

  it('of strangers are cut to one line, and no more than 2,000 are on', async () => {
    const { listed, seen } = setUp();
    listed('a\u001b[31m\nb', '\u202Eevil', '   ', 'x'.repeat(5000));
    const { players } = await seen.of(id, '');
    expect(players.map(({ name }) => name)).toEqual(['a b', 'evil', `${'x'.repeat(63)}…`]);
    for (let place = 0; place < 100_000; place++) seen.heard(id, { kind: 'joined', name: `n${place}` });
    expect((await seen.of(id, '')).total).toBe(2000);
    expect((await seen.of(id, '')).players).toHaveLength(200);
  });
});

describe('SeenPlayers', () => {
  it('finds names by a part, in any case', async () => {
    const { joined, minutes } = setUp();
    for (const name of ['Olive', 'OLIVER', 'Wren']) joined(name);
    expect(Object.keys(await minutes(' oliv '))).toEqual(['Olive', 'OLIVER']);
    expect(await minutes('[')).toEqual({});
  });

  it('loses at most a minute if it is killed, and counts nothing twice', async () => {
    const first = setUp();
    first.joined('Olive');
    await first.clock.advance(4.5 * minute);
    const { memory } = first;
    // The clock of the killed run no longer moves.
    const next = setUp({ memory, clock: new FakeClock(first.clock.now()) });
    expect(await next.minutes()).toEqual({ Olive: '4' });
    next.listed('Olive');
    await next.clock.advance(minute);
    next.listed('Olive');
    expect(await next.minutes()).toEqual({ Olive: '5*' });
  });

  it('adds the rest when Perch quits', async () => {
    const { clock, joined, memory, seen } = setUp();
    joined('Olive');
    await clock.advance(90 * second);
    seen.stop();
    expect((await memory.of(id))[0]?.playedMs).toBe(90 * second);
    await clock.advance(10 * minute);
    expect((await memory.of(id))[0]?.playedMs).toBe(90 * second);
  });

  it('adds no time for a removed server', async () => {
    const { clock, joined, memory, seen } = setUp();
    joined('Olive');
    await clock.advance(0);
    memory.times.length = 0;
    seen.forget((serverId) => serverId === id);
    await clock.advance(10 * minute);
    seen.stop();
    expect(memory.times).toEqual([]);
  });
});
