import { describe, expect, it } from 'vitest';
import { PerchError, type ProblemCode } from '../../../bridge/errors.js';
import { anAccount } from '../../../tests/support/entities.js';
import { settle } from '../../../tests/support/fake-clock.js';
import { FakeLog } from '../../../tests/support/fake-log.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { aRig, error, serverId, someUsage, wanted } from '../../../tests/support/warned-rig.js';
import { WarnedRestarts } from './warned-restarts.js';

describe('a restart that players are warned of, with failures', () => {
  it('does not happen long after its time because of a sleep; the players get a message', async () => {
    const { clock, sent, told, warned } = aRig();
    await warned.begin(wanted);
    clock.sleep(3_600_000);
    await clock.advance(0);
    expect(told).toEqual(['Survival: The restart was cancelled: this computer was asleep at that time.']);
    expect(warned.current).toMatchObject([{ end: 'late' }]);
    expect(sent.slice(1)).toEqual(['3600 home/1 say The restart was cancelled.']);
    await clock.advance(600_000);
    expect(sent).toHaveLength(2);
  });

  it('shows why the restart was refused, also without an open window', async () => {
    const { clock, refused, told, warned } = aRig();
    await warned.begin(wanted);
    refused.restart = error('forbidden');
    await clock.advance(300_000);
    expect(warned.current).toMatchObject([{ end: 'refused', problem: { code: 'forbidden' } }]);
    expect(told).toEqual(['Survival: Something went wrong: forbidden.']);
  });

  it('tells players of a refused restart, and shows why the message failed', async () => {
    const { clock, refused, sent, warned } = aRig();
    await warned.begin(wanted);
    refused.restart = error('conflict');
    await clock.advance(600_000);
    expect(sent.slice(3)).toEqual(['300 restart home/1', '300 home/1 say The restart was cancelled.']);
    expect(clock.pending).toBe(0);

    const asleep = aRig();
    await asleep.warned.begin(wanted);
    asleep.refused.command = error('node-unreachable');
    asleep.clock.sleep(3_600_000);
    await asleep.clock.advance(0);
    expect(asleep.warned.current).toMatchObject([{ end: 'late', problem: { code: 'node-unreachable' } }]);
  });

  it.each<ProblemCode>(['rate-limited', 'panel-unreachable'])(
    'tries a restart once more: %s',
    async (code) => {
      const { clock, refused, sent, told, warned } = aRig();
      await warned.begin(wanted);
      refused.restart = error(code);
      await clock.advance(300_000);
      expect(warned.servers).toHaveLength(1);
      await expect(warned.begin(wanted)).rejects.toMatchObject({ problem: { code: 'conflict' } });
      delete refused.restart;
      await clock.advance(60_000);
      expect(sent.slice(3)).toEqual(['300 restart home/1', '303 restart home/1']);
      expect(warned.current).toEqual([]);

      await warned.begin(wanted);
      refused.restart = error(code);
      await clock.advance(600_000);
      expect(sent.slice(-3)).toEqual([
        '660 restart home/1',
        '663 restart home/1',
        '663 home/1 say The restart was cancelled.',
      ]);
      expect(told).toHaveLength(1);
    },
  );

  it('waits as long as a panel asks for, where that is short', async () => {
    const { clock, refused, sent, warned } = aRig();
    const limited = (ms: number): PerchError =>
      new PerchError(aProblem('rate-limited', { retryAt: clock.now() + 300_000 + ms }));
    refused.restart = limited(8000);
    await warned.begin(wanted);
    await clock.advance(400_000);
    expect(sent[4]).toBe('308 restart home/1');
    refused.restart = limited(11_000);
    await warned.begin(wanted);
    await clock.advance(400_000);
    expect(sent.slice(-2)).toEqual(['700 restart home/1', '700 home/1 say The restart was cancelled.']);
  });

  it.each([
    // The warning names the remaining time, and a late warning cancels nothing.
    [271, ['271 home/1 say Restart in 29 seconds.', '290 home/1 say Restart in 10 seconds.']],
    [288, ['288 home/1 say Restart in 12 seconds.', '290 home/1 say Restart in 10 seconds.']],
    // The restart is postponed, so that players get the announced ten seconds.
    [296, ['296 home/1 say Restart in 10 seconds.', '306 restart home/1']],
    [330, ['330 home/1 say Restart in 10 seconds.', '340 restart home/1']],
  ])('names the true remaining time after a sleep until second %d', async (seconds, expected) => {
    const { clock, sent, warned } = aRig();
    await warned.begin(wanted);
    clock.sleep(seconds * 1000);
    await clock.advance(0);
    const { restartAt } = warned.current[0] ?? { restartAt: 0 };
    expect(restartAt - clock.now()).toBeGreaterThanOrEqual(10_000);
    await clock.advance(60_000);
    expect(sent.slice(1, 3)).toEqual(expected);
    expect(sent.filter((what) => what.includes('restart'))).toHaveLength(1);
  });

  it('restarts at once after a short sleep that began after the last warning', async () => {
    const { clock, sent, warned } = aRig();
    await warned.begin(wanted);
    await clock.advance(291_000);
    clock.sleep(29_000);
    await clock.advance(0);
    expect(sent.at(-1)).toBe('320 restart home/1');
  });

  it('keeps its result, whatever late answer arrives', async () => {
    const { clock, held, warned } = aRig();
    await warned.begin(wanted);
    held.holds = true;
    await clock.advance(240_000);
    const calledOff = warned.callOff(serverId);
    held.answers[0]?.(error('node-unreachable'));
    held.answers[1]?.();
    await calledOff;
    expect(warned.current).toMatchObject([{ end: 'cancelled', problem: null }]);
  });

  it('does not touch a new restart, whatever happens to the earlier restart', async () => {
    const { clock, held, warned } = aRig();
    await warned.begin(wanted);
    held.holds = true;
    const untold = warned.callOff(serverId);
    held.holds = false;
    warned.dismiss(serverId);
    await warned.begin(wanted);
    held.answers[0]?.(error('node-unreachable'));
    await untold;
    expect(warned.current).toMatchObject([{ end: null, problem: null }]);

    held.holds = true;
    const told = warned.callOff(serverId);
    held.holds = false;
    warned.dismiss(serverId);
    await warned.begin(wanted);
    held.answers[1]?.();
    await told;
    await clock.advance(20_000);
    expect(warned.current).toMatchObject([{ end: null }]);

    await warned.callOff(serverId);
    await clock.advance(5000);
    await warned.begin(wanted);
    await warned.callOff(serverId);
    await clock.advance(5000);
    expect(warned.current).toMatchObject([{ end: 'cancelled' }]);
    await clock.advance(5000);
    expect(warned.current).toEqual([]);
  });

  it('begins no second restart while the first is being sent, and its refusal ends no other', async () => {
    const { clock, store } = aRig();
    let refuse = (_: PerchError): void => undefined;
    const warned = new WarnedRestarts({
      clock,
      store,
      log: new FakeLog(),
      sendCommand: () => settle(),
      refresh: () => settle(),
      commandsLostAt: () => -Infinity,
      restart: () => new Promise<void>((_, reject) => (refuse = reject)),
      onNotRestarted: () => undefined,
    });
    await warned.begin(wanted);
    await clock.advance(300_000);
    await expect(warned.begin(wanted)).rejects.toMatchObject({ problem: { code: 'conflict' } });
    refuse(error('conflict'));
    await settle();
    expect(warned.current).toMatchObject([{ end: 'refused' }]);
    await warned.begin(wanted);
    expect(warned.current).toMatchObject([{ end: null, problem: null }]);
  });

  it('does not happen if the first warning turns out to be lost', async () => {
    const { clock, lose, sent, told, warned } = aRig();
    await warned.begin(wanted);
    await clock.advance(2000);
    lose();
    expect(warned.current).toMatchObject([{ end: 'unwarned', problem: { code: 'node-unreachable' } }]);
    expect(told).toEqual(['Survival: Something went wrong: node-unreachable.']);
    await clock.advance(600_000);
    expect(sent).toHaveLength(1);
  });

  it('continues if the first warning may have arrived, or a later warning is lost, and says so', async () => {
    const unsure = aRig();
    await unsure.warned.begin(wanted);
    unsure.lose(true);
    expect(unsure.warned.current).toMatchObject([{ end: null, problem: { maybeDone: true } }]);

    const { clock, lose, sent, warned } = aRig();
    await warned.begin(wanted);
    await clock.advance(100_000);
    // The lost command was the person's own, not a warning.
    lose();
    expect(warned.current).toMatchObject([{ end: null, problem: null }]);
    await clock.advance(141_000);
    lose(true);
    expect(warned.current).toMatchObject([{ end: null, problem: { code: 'node-unreachable' } }]);
    await clock.advance(59_000);
    expect(sent.at(-1)).toBe('300 restart home/1');
  });

  it('does not claim that players know of the restart if that message was lost', async () => {
    const { clock, lose, warned } = aRig();
    await warned.begin(wanted);
    await clock.advance(100_000);
    await warned.callOff(serverId);
    await clock.advance(2000);
    lose();
    await clock.advance(60_000);
    expect(warned.current).toMatchObject([{ end: 'cancelled', problem: { code: 'node-unreachable' } }]);
  });

  it('leaves a server alone that somebody else restarted', async () => {
    const starts = aRig();
    await starts.warned.begin(wanted);
    starts.patch({ power: 'starting' });
    expect(starts.warned.current).toMatchObject([{ end: 'left' }]);

    const begins = aRig({ power: 'starting' });
    await begins.warned.begin(wanted);
    begins.patch({ power: 'running' });
    expect(begins.warned.current).toMatchObject([{ end: null }]);

    const { clock, store, warned } = aRig();
    const ages = (uptimeMs: number): void =>
      store.apply([{ kind: 'usage', serverId, usage: { ...someUsage, at: clock.now(), uptimeMs } }]);
    await warned.begin(wanted);
    await clock.advance(100_000);
    // 0 = unknown age; a panel may still answer with the age of the previous process.
    for (const uptimeMs of [0, 3_600_000, 80_000]) ages(uptimeMs);
    expect(warned.current).toMatchObject([{ end: null }]);
    ages(79_000);
    expect(warned.current).toMatchObject([{ end: 'left' }]);
  });

  it('does not begin if its state cannot be read, or it turns out to be off', async () => {
    const unread = aRig({ power: null });
    await expect(unread.warned.begin(wanted)).rejects.toMatchObject({ problem: { code: 'conflict' } });
    unread.read.problem = error('node-unreachable');
    await expect(unread.warned.begin(wanted)).rejects.toMatchObject({
      problem: { code: 'node-unreachable' },
    });
    delete unread.read.problem;
    unread.read.power = 'offline';
    await expect(unread.warned.begin(wanted)).rejects.toMatchObject({ problem: { code: 'conflict' } });
    expect([unread.sent, unread.warned.current]).toEqual([[], []]);
  });

  it('starts no server that stopped unseen before the restart', async () => {
    const { clock, patch, read, sent, warned } = aRig();
    await warned.begin(wanted);
    patch({ power: null });
    read.power = 'offline';
    await clock.advance(300_000);
    expect(sent.filter((what) => what.includes('restart home'))).toEqual([]);
    expect(warned.current).toMatchObject([{ end: 'left' }]);
  });

  it('is cancelled if the state is unknown at the time of the restart', async () => {
    const { clock, patch, read, sent, warned } = aRig();
    await warned.begin(wanted);
    patch({ power: null });
    read.problem = error('protocol');
    await clock.advance(300_000);
    expect(sent.filter((what) => what.includes('restart home'))).toEqual([]);
    expect(warned.current).toMatchObject([{ end: 'refused', problem: { code: 'protocol' } }]);
  });

  it('neither begins nor happens while the panel is away, which would leave the server down', async () => {
    const { clock, sent, store, warned } = aRig();
    await warned.begin(wanted);
    const state = { kind: 'failed', problem: error('panel-unreachable').problem, retryAt: 0 } as const;
    store.apply([{ kind: 'account-upserted', account: anAccount({ state }) }]);
    await clock.advance(300_000);
    expect(sent.filter((what) => what.includes('restart home'))).toEqual([]);
    expect(warned.current).toMatchObject([
      { end: 'refused', problem: { message: { id: 'blocks.panel-away-restart' } } },
    ]);
    await expect(warned.begin(wanted)).rejects.toMatchObject({
      problem: { message: { id: 'blocks.panel-away-restart' } },
    });
  });
});
