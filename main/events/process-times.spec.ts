/** Signals, ends and starts at the limits of the times that connect them. */
import { describe, expect, it } from 'vitest';
import { aServerThatRuns } from '../../tests/support/running-server-rig.js';

const me = { kind: 'me', bulk: false } as const;
const unknown = { kind: 'unknown' } as const;

describe('a process', () => {
  it('a restart by the user whose end Perch did not see is no event', () => {
    const { signal, patch, power, whats } = aServerThatRuns();
    signal('restart');
    patch({ power: null });
    power('running');
    expect(whats()).toEqual([]);
  });

  it('a stop by the user that ends in a running server is no event', () => {
    const { signal, power, whats } = aServerThatRuns();
    signal('stop');
    power('stopping');
    power('running');
    expect(whats()).toEqual([]);
  });

  it.each([
    ['stopping', 1500],
    ['running', 3000],
  ] as const)('an end by somebody after %s is logged after %i ms', async (before, ms) => {
    const { clock, power, whats } = aServerThatRuns();
    power(before);
    power('offline');
    await clock.advance(ms - 1);
    expect(whats()).toEqual([]);
    await clock.advance(1);
    expect(whats()).toEqual([{ kind: 'stopped', by: unknown, isKill: false }]);
  });

  it.each([
    [29_999, ['restarted']],
    [30_000, ['stopped', 'started']],
  ])('a start %i ms after an end by somebody is %j', async (ms, kinds) => {
    const { clock, power, whats } = aServerThatRuns();
    power('stopping');
    power('offline');
    await clock.advance(ms);
    power('starting');
    expect(whats().map(({ kind }) => kind)).toEqual(kinds);
  });

  it.each([
    [120_000, me],
    [120_001, unknown],
  ])("an end %i ms after the user's signal is by %j", async (ms, by) => {
    const { clock, signal, patch, whats } = aServerThatRuns();
    signal('stop');
    await clock.advance(ms);
    patch({ power: 'offline' });
    await clock.advance(5000);
    expect(whats()).toEqual([{ kind: 'stopped', by, isKill: false }]);
  });

  it("a crash long after the user's stop without an effect is logged as a crash alone", async () => {
    const { clock, signal, patch, whats } = aServerThatRuns();
    signal('stop');
    await clock.advance(30_000);
    patch({ power: 'offline' });
    await clock.advance(1500);
    patch({ crashedAt: clock.now() - 1500, crash: { exitCode: 1, outOfMemory: false } });
    await clock.advance(5000);
    expect(whats().map(({ kind }) => kind)).toEqual(['crashed']);
  });

  it.each(['stop', 'kill'] as const)(
    "a start soon after an end long after the user's %s is an event of its own",
    async (sent) => {
      const { clock, signal, patch, power, whats } = aServerThatRuns();
      signal(sent);
      await clock.advance(31_000);
      patch({ power: 'offline' });
      await clock.advance(1000);
      power('starting');
      await clock.advance(5000);
      expect(whats()).toEqual([
        { kind: 'stopped', by: me, isKill: sent === 'kill' },
        { kind: 'started', by: unknown, upAt: null },
      ]);
    },
  );

  it("an end soon after the user's stop is logged at once", async () => {
    const { clock, signal, patch, whats } = aServerThatRuns();
    signal('stop');
    await clock.advance(29_999);
    patch({ power: 'offline' });
    expect(whats()).toEqual([{ kind: 'stopped', by: me, isKill: false }]);
  });

  it('a start by the user does not explain an end', async () => {
    const { clock, signal, power, whats } = aServerThatRuns();
    signal('start');
    power('stopping');
    power('offline');
    await clock.advance(5000);
    expect(whats()).toEqual([{ kind: 'stopped', by: unknown, isKill: false }]);
  });

  it('a start by the user that polls show only as running is logged with its time', async () => {
    const { clock, signal, power, whats } = aServerThatRuns({ power: 'offline' });
    signal('start');
    await clock.advance(5000);
    power('running');
    expect(whats()).toEqual([{ kind: 'started', by: me, upAt: clock.wall() }]);
  });

  it('an end and a start by somebody, of which polls show only a running server, are a restart', async () => {
    const { clock, power, whats } = aServerThatRuns();
    power('stopping');
    power('offline');
    await clock.advance(5000);
    power('running');
    expect(whats()).toEqual([{ kind: 'restarted', by: unknown }]);
  });

  it('a failed restart without an observed end belongs to the user', () => {
    const { clock, patch, whats } = aServerThatRuns({ power: 'offline' });
    patch({ restartFailedAt: clock.now() });
    patch({ power: 'starting' });
    expect(whats()[0]).toEqual({ kind: 'restart-failed', by: me, isPanelAway: false });
    patch({ restartFailedAt: null });
    expect(whats().filter(({ kind }) => kind === 'restart-failed')).toHaveLength(1);
  });

  it('a crash is no stop, though the host closed the server while the server was stopping', async () => {
    const { clock, power, patch, whats } = aServerThatRuns();
    power('stopping');
    patch({ condition: 'installing' });
    patch({ power: 'running' });
    patch({ condition: 'normal' });
    power('offline');
    await clock.advance(2000);
    patch({ crashedAt: clock.now() - 2000, crash: { exitCode: 1, outOfMemory: false } });
    await clock.advance(5000);
    const ends = whats().filter(({ kind }) => kind === 'crashed' || kind === 'stopped');
    expect(ends.map(({ kind }) => kind)).toEqual(['crashed']);
  });

  it('a stop that begins while the host closes the server is logged as soon as any other stop', async () => {
    const { clock, power, patch, whats } = aServerThatRuns();
    patch({ condition: 'suspended' });
    patch({ power: 'stopping' });
    patch({ condition: 'normal' });
    power('offline');
    await clock.advance(1500);
    expect(whats().at(-1)).toEqual({ kind: 'stopped', by: unknown, isKill: false });
  });

  it('a start that its host interrupts is not logged as up', async () => {
    const { clock, power, patch, whats } = aServerThatRuns({ power: 'offline' });
    power('starting');
    patch({ condition: 'installing' });
    patch({ condition: 'normal' });
    await clock.advance(1000);
    power('running');
    expect(whats()[0]).toEqual({ kind: 'started', by: unknown, upAt: null });
  });
});
