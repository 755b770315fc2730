import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { RuleTurns, type Turn } from './turns.js';

function aRig() {
  const clock = new FakeClock(0);
  const given: string[] = [];
  const rig = { restUntil: null as number | null, gives: true };
  const turns = new RuleTurns({
    clock,
    panelOf: (serverId) => serverId.split('/')[0] ?? '',
    restUntil: () => rig.restUntil,
    pauseMs: () => 2000,
    give: ({ serverId }) => {
      given.push(`${serverId} at ${clock.now()}`);
      return rig.gives;
    },
  });
  const wants = (serverId: string, delay: { ms: number; ofPanel: boolean } | null = null): void => {
    const turn: Turn = { ruleId: 'r1', run: `run of ${serverId}`, serverId };
    turns.wants({ ...turn, delay });
  };
  const over = (serverId: string): void => turns.over(`run of ${serverId}`);
  return { clock, given, over, rig, turns, wants };
}

describe('turns', () => {
  it('come one after the other at a panel, with a pause after each answer, and at once at another panel', async () => {
    const { clock, given, over, wants } = aRig();
    wants('home/a');
    wants('home/b');
    wants('away/c');
    await clock.advance(10_000);
    expect(given).toEqual(['home/a at 0', 'away/c at 0']);
    over('home/a');
    await clock.advance(1999);
    expect(given).toHaveLength(2);
    await clock.advance(1);
    expect(given.at(-1)).toBe('home/b at 12000');
  });

  it('of a throttled server come later while the others continue', async () => {
    const { clock, given, over, wants } = aRig();
    wants('home/a');
    wants('home/b');
    wants('home/a', { ms: 60_000, ofPanel: false });
    await clock.advance(2000);
    over('home/b');
    await clock.advance(60_000);
    expect(given).toEqual(['home/a at 0', 'home/b at 2000', 'home/a at 60000']);
  });

  it('wait for a throttled panel, and the refused server is first again', async () => {
    const { clock, given, over, wants } = aRig();
    wants('home/a');
    wants('home/b');
    wants('home/a', { ms: 60_000, ofPanel: true });
    await clock.advance(60_000);
    expect(given).toEqual(['home/a at 0', 'home/a at 60000']);
    over('home/a');
    await clock.advance(2000);
    expect(given.at(-1)).toBe('home/b at 62000');
  });

  it('wait for a panel that rests', async () => {
    const { clock, given, rig, wants } = aRig();
    rig.restUntil = 30_000;
    wants('home/a');
    await clock.advance(29_999);
    expect(given).toEqual([]);
    await clock.advance(1);
    expect(given).toEqual(['home/a at 30000']);
  });

  it('of a run that has ended meanwhile hold up nobody', async () => {
    const { clock, given, rig, wants } = aRig();
    rig.gives = false;
    wants('home/a');
    wants('home/b');
    wants('home/c');
    await clock.advance(0);
    expect(given).toEqual(['home/a at 0', 'home/b at 0', 'home/c at 0']);
  });

  it('end with Perch', async () => {
    const { clock, given, turns, wants } = aRig();
    wants('home/a');
    wants('home/b');
    turns.stop();
    turns.over('run of home/a');
    wants('home/c');
    await clock.advance(10_000);
    expect(given).toEqual(['home/a at 0']);
    expect(clock.pending).toBe(0);
  });
});
