import { describe, expect, it } from 'vitest';
import type { Server } from '../../../bridge/schema/domain.js';
import type { ProblemCode } from '../../../bridge/errors.js';
import { settle } from '../../../tests/support/fake-clock.js';
import { FakeLog } from '../../../tests/support/fake-log.js';
import { aRig, error, serverId, wanted } from '../../../tests/support/warned-rig.js';
import { WarnedRestarts } from './warned-restarts.js';

describe('a restart that players are warned of', () => {
  it('sends a warning at once, one minute and ten seconds before, and then restarts', async () => {
    const { clock, sent, warned } = aRig();
    await warned.begin(wanted);
    expect(warned.current).toEqual([
      { serverId, restartAt: clock.now() + 300_000, end: null, problem: null },
    ]);
    expect(warned.servers.map(({ id }) => id)).toEqual([serverId]);
    await clock.advance(300_000);
    expect(sent).toEqual([
      '0 home/1 say Restart in 5 minutes.',
      '240 home/1 say Restart in 1 minute.',
      '290 home/1 say Restart in 10 seconds.',
      '300 restart home/1',
    ]);
    expect(warned.current).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it.each([
    [60, ['0 home/1 say Restart in 1 minute.', '50 home/1 say Restart in 10 seconds.', '60 restart home/1']],
    [12, ['0 home/1 say Restart in 12 seconds.', '2 home/1 say Restart in 10 seconds.', '12 restart home/1']],
  ])('sends no warning twice for a restart in %d seconds', async (seconds, expected) => {
    const { clock, sent, warned } = aRig();
    await warned.begin({ ...wanted, seconds });
    await clock.advance(seconds * 1000);
    expect(sent).toEqual(expected);
  });

  it("sends one line by the game's command, whatever was typed", async () => {
    const { sent, warned } = aRig();
    await warned.begin({ ...wanted, message: 'In {time}\nstop $& {text}', command: 'alert "{text}" ' });
    expect(sent).toEqual(['0 home/1 alert "In 5 minutes stop $& {text}"']);
  });

  it('breaks no line and begins no second command, whatever separators the text has', async () => {
    const source = aRig({ game: 'source' });
    await source.warned.begin({ ...wanted, message: 'In {time}; quit\u2028a\u2029b\u0085c' });
    expect(source.sent).toEqual(['0 home/1 say In 5 minutes, quit a b c']);
    const minecraft = aRig({ game: 'minecraft' });
    await minecraft.warned.begin({ ...wanted, message: 'In {time}; quit' });
    expect(minecraft.sent).toEqual(['0 home/1 say In 5 minutes; quit']);
  });

  it('sends nothing if a command would be longer than 4,000 characters', async () => {
    const { sent, warned } = aRig();
    const begins = (characters: number): Promise<void> =>
      warned.begin({ ...wanted, message: 'm'.repeat(characters), command: 's {text}{text}{text}{text}' });
    await expect(begins(1000)).rejects.toMatchObject({ problem: { code: 'invalid' } });
    expect(sent).toEqual([]);
    await begins(999);
    expect(sent).toHaveLength(1);
  });

  it('can be cancelled with a message to the players, which is shown for ten seconds', async () => {
    const { clock, sent, warned } = aRig();
    await warned.begin(wanted);
    await clock.advance(100_000);
    await warned.callOff(serverId);
    expect(warned.current).toMatchObject([{ end: 'cancelled', problem: null }]);
    expect(warned.servers).toEqual([]);
    await clock.advance(10_000);
    expect(warned.current).toEqual([]);
    await clock.advance(600_000);
    expect(sent.slice(1)).toEqual(['100 home/1 say The restart was cancelled.']);
  });

  it('reports that the players did not learn of the cancellation, until the user dismisses the report', async () => {
    const { clock, refused, warned } = aRig();
    await warned.begin(wanted);
    refused.command = error('node-unreachable');
    await warned.callOff(serverId);
    await clock.advance(60_000);
    expect(warned.current).toMatchObject([{ end: 'cancelled', problem: { code: 'node-unreachable' } }]);
    warned.dismiss(serverId);
    expect(warned.current).toEqual([]);
  });

  it('does not begin if the first warning is refused', async () => {
    const { clock, refused, sent, warned } = aRig();
    refused.command = error('node-unreachable');
    await expect(warned.begin(wanted)).rejects.toMatchObject({ problem: { code: 'node-unreachable' } });
    expect(warned.current).toEqual([]);
    await clock.advance(600_000);
    expect(sent).toHaveLength(1);
  });

  it('continues if the first warning may have arrived or a later warning is refused, and says so', async () => {
    const { clock, refused, sent, warned } = aRig();
    refused.command = error('timeout', true);
    await warned.begin(wanted);
    expect(warned.current).toMatchObject([{ end: null, problem: { code: 'timeout' } }]);
    refused.command = error('node-unreachable');
    await clock.advance(240_000);
    expect(warned.current).toMatchObject([{ end: null, problem: { code: 'node-unreachable' } }]);
    await clock.advance(60_000);
    expect(sent.at(-1)).toBe('300 restart home/1');
    expect(warned.current).toEqual([]);
  });

  it.each<[string, Partial<Server>, ProblemCode]>([
    ['is offline', { power: 'offline' }, 'conflict'],
    ['stops', { power: 'stopping' }, 'conflict'],
    ['waits for a signal', { pending: { signal: 'stop', since: 0 } }, 'conflict'],
    ['is suspended', { condition: 'suspended' }, 'conflict'],
    ['takes no command of this key', { permissions: ['control.restart'] }, 'forbidden'],
    ['may not be restarted with this key', { permissions: ['control.console'] }, 'forbidden'],
  ])('is not announced for a server that %s', async (_, fields, code) => {
    const { sent, warned } = aRig(fields);
    await expect(warned.begin(wanted)).rejects.toMatchObject({ problem: { code } });
    expect(sent).toEqual([]);
  });

  it('counts down once for a server, also while the first warning is being sent', async () => {
    const { sent, warned } = aRig();
    const first = warned.begin(wanted);
    await expect(warned.begin(wanted)).rejects.toMatchObject({ problem: { code: 'conflict' } });
    await first;
    await expect(warned.begin(wanted)).rejects.toMatchObject({ problem: { code: 'conflict' } });
    expect(sent).toHaveLength(1);
  });

  it.each(['offline', 'stopping'] as const)('leaves a server alone that is %s earlier', async (power) => {
    const { clock, patch, sent, warned } = aRig();
    await warned.begin(wanted);
    patch({ power });
    patch({ power: 'running' });
    await clock.advance(600_000);
    expect(sent).toHaveLength(1);
    expect(warned.current).toMatchObject([{ end: 'left' }]);
    warned.dismiss(serverId);
    await warned.begin(wanted);
    expect(warned.current).toMatchObject([{ end: null }]);
  });

  it('waits while the state is unknown, and forgets a removed server', async () => {
    const { clock, patch, sent, store, warned } = aRig();
    await warned.begin(wanted);
    patch({ power: null });
    await clock.advance(100_000);
    expect(warned.current).toMatchObject([{ end: null }]);
    store.apply([{ kind: 'server-removed', serverId }]);
    expect(warned.current).toEqual([]);
    await clock.advance(600_000);
    expect(sent).toHaveLength(1);
  });

  it.each([false, true])(
    'ends with Perch while the first warning is being sent; refused: %s',
    async (isRefused) => {
      const { clock, held, sent, warned } = aRig();
      held.holds = true;
      const beginning = warned.begin(wanted).catch(() => undefined);
      expect(warned.servers.map(({ id }) => id)).toEqual([serverId]);
      let isOver = false;
      const stopped = warned.stop().then(() => (isOver = true));
      await clock.advance(500);
      expect(isOver).toBe(false);
      held.holds = false;
      held.answers[0]?.(isRefused ? error('node-unreachable') : undefined);
      await Promise.all([beginning, stopped]);
      expect(sent.slice(1)).toEqual(isRefused ? [] : ['0.5 home/1 say The restart was cancelled.']);
      await clock.advance(600_000);
      expect(sent).toHaveLength(isRefused ? 1 : 2);

      const silent = aRig();
      silent.held.holds = true;
      void silent.warned.begin(wanted);
      let isSilentOver = false;
      void silent.warned.stop().then(() => (isSilentOver = true));
      await silent.clock.advance(1999);
      expect(isSilentOver).toBe(false);
      await silent.clock.advance(1);
      expect(isSilentOver).toBe(true);
    },
  );

  it('ends with Perch: the players get a message, within two seconds', async () => {
    const { clock, refused, sent, warned } = aRig();
    await warned.begin(wanted);
    await warned.stop();
    expect(sent.at(-1)).toBe('0 home/1 say The restart was cancelled.');
    await clock.advance(600_000);
    expect(sent).toHaveLength(2);
    expect(refused).toEqual({});

    const silent = aRig();
    await silent.warned.begin(wanted);
    const never = new WarnedRestarts({
      clock: silent.clock,
      store: silent.store,
      log: new FakeLog(),
      sendCommand: (_id, command) =>
        command.includes('cancelled') ? new Promise(() => undefined) : settle(),
      refresh: () => settle(),
      commandsLostAt: () => -Infinity,
      restart: () => settle(),
      onNotRestarted: () => undefined,
    });
    await never.begin(wanted);
    let isOver = false;
    void never.stop().then(() => (isOver = true));
    await silent.clock.advance(1999);
    expect(isOver).toBe(false);
    await silent.clock.advance(1);
    expect(isOver).toBe(true);
  });
});
