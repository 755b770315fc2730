import { describe, expect, it } from 'vitest';
import { serverWord } from '../../../bridge/fleet/marks.js';
import type { Account } from '../../../bridge/schema/domain.js';
import type { Settings } from '../../../bridge/schema/settings.js';
import type { Problem } from '../../../bridge/errors.js';
import { verbatim } from '../../../messages/messages.js';
import { anAccount, aServer } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { commandBlock } from '../../console/command/command-block.js';
import { Now } from '../feeds/now.svelte.js';
import { PowerControl } from './power-control.svelte.js';
import { SettingsFeed } from '../feeds/settings-feed.svelte.js';

const problem: Problem = {
  code: 'forbidden',
  message: verbatim('Not allowed.'),
  next: verbatim('Ask the owner.'),
};
const running = aServer({ id: 'home/1', power: 'running' });

const accounts = new Map<string, Account>();

function control(settings: Partial<Settings> = {}): { bridge: FakeBridge; power: PowerControl } {
  accounts.clear();
  const bridge = new FakeBridge();
  const client = new PerchClient(bridge);
  const feed = new SettingsFeed(client);
  feed.start();
  bridge.snapshot('settings', { ...feed.current, ...settings });
  return { bridge, power: new PowerControl(client, feed, new Now(client), (id) => accounts.get(id)) };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('PowerControl', () => {
  it('marks the server at once, until main has answered', async () => {
    const { bridge, power } = control();
    const release = bridge.hold('power.send');
    power.request('stop', running);
    expect(power.seen(running).pending?.signal).toBe('stop');
    expect(power.block('restart', running)).toBe('Waiting for the last action to finish.');
    expect(bridge.calls).toEqual([{ name: 'power.send', input: { serverId: 'home/1', signal: 'stop' } }]);
    release(undefined);
    await settled();
    expect(power.seen(running)).toBe(running);
  });

  it('does not report a signal with a lost answer as failed', async () => {
    const { bridge, power } = control();
    bridge.refuse('power.send', { ...problem, maybeDone: true });
    power.request('stop', running);
    await settled();
    expect(power.failure('home/1')).toBeNull();
    expect([...power.stopping]).toEqual(['home/1']);
    expect(power.seen(running)).toBe(running);
    bridge.refuse('power.send', problem);
    power.request('stop', running);
    await settled();
    expect(power.failure('home/1')).toEqual({ signal: 'stop', problem });
    expect([...power.stopping]).toEqual([]);
  });

  it("replaces its own mark by main's", () => {
    const { bridge, power } = control();
    bridge.hold('power.send');
    power.request('stop', running);
    const marked = { ...running, pending: { signal: 'stop' as const, since: 5 } };
    expect(power.seen(marked)).toBe(marked);
  });

  it("shows main's state once it has changed, however long the panel is silent", () => {
    const { bridge, power } = control();
    bridge.hold('power.send');
    power.request('restart', running);
    const down = { ...running, power: 'offline' as const, restartFailedAt: 5 };
    expect([serverWord(power.seen(down)), commandBlock(power.seen(down))]).toEqual([
      'offline',
      'The server is offline. Start it to send commands.',
    ]);
  });

  it('keeps a failure until the next signal or its dismissal', async () => {
    const { bridge, power } = control();
    bridge.refuse('power.send', problem);
    power.request('stop', running);
    await settled();
    expect(power.failure('home/1')).toEqual({ signal: 'stop', problem });
    power.dismiss('home/1');
    expect(power.failure('home/1')).toBeNull();
  });

  it('always asks before a kill, and sends no signal on a no', async () => {
    const { bridge, power } = control();
    power.request('kill', running);
    expect(power.question?.signal).toBe('kill');
    power.answer(false);
    power.request('kill', running);
    power.answer(true);
    await settled();
    expect(bridge.calls).toHaveLength(1);
  });

  it('asks before stop and restart only if the settings say so', () => {
    const { bridge, power } = control({ confirmStop: true });
    power.request('stop', running);
    expect(power.question?.signal).toBe('stop');
    power.answer(false);
    power.request('restart', running);
    expect(power.question).toBeNull();
    expect(bridge.calls.map(({ input }) => input)).toEqual([{ serverId: 'home/1', signal: 'restart' }]);
  });

  it('asks before a restart if the settings say so, and sends it on a yes', async () => {
    const { bridge, power } = control({ confirmRestart: true });
    power.request('stop', running);
    expect(power.question).toBeNull();
    await settled();
    power.request('restart', running);
    expect(power.question).toMatchObject({ signal: 'restart', away: null });
    power.answer(true);
    await settled();
    expect(bridge.calls.at(-1)?.input).toEqual({ serverId: 'home/1', signal: 'restart' });
    expect(bridge.calls).toHaveLength(2);
  });

  it('knows how often it has sent a signal, and which server it has stopped', async () => {
    const { power } = control();
    expect([power.sends('home/1'), power.failure('home/1')]).toEqual([0, null]);
    power.request('stop', running);
    await settled();
    expect([power.sends('home/1'), [...power.stopping]]).toEqual([1, ['home/1']]);
    power.request('start', { ...running, power: 'offline' });
    await settled();
    expect([power.sends('home/1'), [...power.stopping]]).toEqual([2, []]);
  });

  it.each([
    ['start', 'offline'],
    ['restart', 'running'],
  ] as const)(
    'asks before a %s while the panel is away, whatever the settings say',
    async (signal, power) => {
      const { bridge, power: control_ } = control();
      const server = aServer({ id: 'home/1', power });
      const state = {
        kind: 'failed',
        retryAt: 0,
        problem: { ...problem, code: 'panel-unreachable' },
      } as const;
      accounts.set(server.accountId, anAccount({ id: server.accountId, state }));
      control_.request(signal, server);
      expect(control_.question).toMatchObject({
        signal,
        away: { id: `power.panel-away-${signal}`, values: { why: state.problem.message } },
      });
      expect(bridge.calls).toEqual([]);
      control_.answer(true);
      await settled();
      expect(bridge.calls).toEqual([
        { name: 'power.send', input: { serverId: 'home/1', signal, despitePanel: true } },
      ]);
      control_.request('stop', aServer({ id: 'home/2', power: 'running' }));
      expect(control_.question).toBeNull();
    },
  );

  it('sends no signal while it is blocked', () => {
    const { bridge, power } = control();
    power.request('start', running);
    power.request('stop', aServer({ power: 'running', permissions: ['websocket.connect'] }));
    expect(power.question).toBeNull();
    expect(bridge.calls).toEqual([]);
  });
});
