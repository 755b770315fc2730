/** Unseen ends, from the panel's answers and the socket through the fleet to the notification. */
import { describe, expect, it } from 'vitest';
import { spoken } from '../../messages/messages.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { aFleet, aPanelServer, aRecord, FakePanel, someResources } from '../../tests/support/fleet-fakes.js';
import { aNotifier } from '../../tests/support/a-notifier.js';
import type { Alert } from './alert.js';

const hour = 3_600_000;

function rig() {
  const panel = new FakePanel();
  panel.list = [aPanelServer('u0', { name: 'Skyblock' })];
  const fleet = aFleet(panel);
  const { clock, opened, sent, store } = fleet;
  // Local time, so that the sentence with its times of day can be compared.
  clock.setWall(new Date(2026, 0, 2, 21, 0, 0).getTime());
  const told: Alert[] = [];
  const alerts = aNotifier({ store, clock, sent, onAlert: (alert) => told.push(alert) });
  alerts.start();
  /** Passes time while the node refuses every session, so the server is polled. */
  const pass = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0; left -= 1000) {
      await clock.advance(Math.min(1000, left));
      for (const session of opened) {
        if (!session.isStarted || session.server.link.kind === 'refused') continue;
        session.tell({ kind: 'link', link: { kind: 'refused', problem: aProblem('forbidden') } });
      }
    }
  };
  const answers = (power: 'running' | 'offline' | 'stopping', uptimeMs = 0): void => {
    const { usage } = someResources({}, uptimeMs);
    panel.resourcesOf.set('u0', { power, isSuspended: false, usage: { ...usage, at: clock.now() } });
  };
  return {
    ...fleet,
    panel,
    told,
    pass,
    answers,
    words: () => told.map(({ title, body }) => `${spoken(title)} | ${spoken(body)}`),
    now: () => fleet.server('u0'),
    watched: () => fleet.fleet.server('home/u0'),
    polled: async (): Promise<void> => {
      answers('running', hour);
      fleet.fleet.start([aRecord()]);
      await pass(60_000);
    },
  };
}

describe('a polled server', () => {
  it('that goes offline is reported once, with the times between which it did', async () => {
    const { answers, now, pass, polled, words } = rig();
    await polled();
    answers('offline');
    await pass(60_000);
    expect(words()).toEqual([
      expect.stringMatching(
        /^Skyblock went offline \| panel\.example\.com: It went offline between 21:0\d:\d\d and 21:0\d:\d\d\. It crashed, or somebody stopped it outside Perch\.$/,
      ),
    ]);
    const { from = 0, to = 0 } = now().crash?.unseen ?? {};
    expect(to - from).toBeGreaterThanOrEqual(20_000);
    expect(to - from).toBeLessThanOrEqual(60_000);
    await pass(600_000);
    expect(words()).toHaveLength(1);
    answers('running', 1000);
    await pass(60_000);
    expect(now()).toMatchObject({ crashedAt: null, crash: null });
    expect(words().slice(1)).toEqual([
      expect.stringMatching(/^Skyblock is back \| panel\.example\.com: After \d+ min/),
    ]);
  });

  it('that restarts is reported, and has no mark afterwards', async () => {
    const { answers, now, pass, polled, words } = rig();
    await polled();
    answers('running', 4000);
    await pass(40_000);
    expect(words()).toEqual([
      expect.stringMatching(/^Skyblock restarted \| .*It restarted between .* outside Perch\./),
    ]);
    expect(now()).toMatchObject({ power: 'running', crashedAt: null });
  });

  it('that Perch stops or restarts is not reported', async () => {
    const { answers, pass, polled, told, watched } = rig();
    await polled();
    watched()?.orders.signalSent('restart');
    answers('running', 4000);
    await pass(60_000);
    watched()?.orders.signalSent('stop');
    answers('offline');
    await pass(60_000);
    expect(told).toEqual([]);
  });

  it("that was offline at Perch's first look is not reported", async () => {
    const { answers, fleet, pass, told } = rig();
    answers('offline');
    fleet.start([aRecord()]);
    await pass(120_000);
    expect(told).toEqual([]);
  });

  it('that its host suspends, installs or moves is not reported', async () => {
    for (const condition of ['suspended', 'installing', 'transferring'] as const) {
      const { answers, panel, pass, polled, told } = rig();
      await polled();
      panel.list = [aPanelServer('u0', { condition })];
      if (condition === 'suspended') {
        panel.resourcesOf.set('u0', someResources({ power: 'offline', isSuspended: true }));
      } else panel.problems.set('resources', aProblem('conflict'));
      await pass(120_000);
      panel.list = [aPanelServer('u0')];
      panel.problems.clear();
      answers('offline');
      await pass(180_000);
      expect(told).toEqual([]);
    }
  });

  it.each([
    ['a minute', 60_000, 1],
    ['eight hours', 8 * hour, 0],
  ])('that went offline while the computer slept for %s is on its row', async (_name, ms, alerts) => {
    const { answers, clock, now, pass, polled, told } = rig();
    await polled();
    answers('offline');
    clock.sleep(ms);
    await pass(40_000);
    expect(now()).toMatchObject({ power: 'offline', crash: { unseen: { what: 'offline' } } });
    expect(told).toHaveLength(alerts);
  });

  it.each([2 * hour, -2 * hour, 365 * 24 * hour])(
    'is polled and reported while the clock is set by %d ms',
    async (by) => {
      const { answers, clock, panel, pass, polled, words } = rig();
      await polled();
      clock.jump(by);
      const asked = panel.count('resources');
      await pass(60_000);
      expect(panel.count('resources') - asked).toBeGreaterThanOrEqual(2);
      answers('offline');
      await pass(60_000);
      // Current time on the clock, also for the moment before the clock was set.
      const hours = String(new Date(clock.wall()).getHours()).padStart(2, '0');
      expect(words()).toEqual([expect.stringContaining(`It went offline between ${hours}:0`)]);
    },
  );
});

describe('a server whose socket is down for four seconds', () => {
  async function live() {
    const all = rig();
    await all.live('running');
    const { tell } = all.session('u0');
    tell({ kind: 'usage', usage: { ...someResources({}, hour).usage, at: all.clock.now() } });
    await all.clock.advance(1000);
    tell({ kind: 'link', link: { kind: 'reconnecting', retryAt: all.clock.now() + 4000, problem: null } });
    await all.clock.advance(4000);
    tell({ kind: 'link', link: { kind: 'live' } });
    return { ...all, tell };
  }

  it('and that is offline afterwards is reported', async () => {
    const { clock, tell, words } = await live();
    tell({ kind: 'power', power: 'offline' });
    await clock.advance(5000);
    expect(words()).toEqual([expect.stringMatching(/^Skyblock went offline \| .*outside Perch\./)]);
  });

  it('and that runs again in another process is reported', async () => {
    const { clock, tell, words } = await live();
    tell({ kind: 'power', power: 'running' });
    tell({ kind: 'usage', usage: { ...someResources({}, 2000).usage, at: clock.now() } });
    await clock.advance(5000);
    expect(words()).toEqual([expect.stringMatching(/^Skyblock restarted \| .*outside Perch\./)]);
  });

  it('and that still runs is not reported', async () => {
    const { clock, tell, told } = await live();
    tell({ kind: 'power', power: 'running' });
    tell({ kind: 'usage', usage: { ...someResources({}, hour + 5000).usage, at: clock.now() } });
    await clock.advance(60_000);
    expect(told).toEqual([]);
  });
});

describe('a crash on a live socket', () => {
  it.each([2 * hour, -2 * hour, 365 * 24 * hour])(
    'is reported, and so is the next crash, if the clock is set by %d ms in between',
    async (by) => {
      const all = rig();
      await all.live('running');
      const { tell } = all.session('u0');
      const crash = async (): Promise<void> => {
        tell({ kind: 'power', power: 'offline' });
        tell({ kind: 'crashed', crash: { exitCode: 1, outOfMemory: false } });
        await all.clock.advance(61_000);
        tell({ kind: 'power', power: 'running' });
      };
      await crash();
      all.clock.jump(by);
      await crash();
      expect(all.words().map((words) => words.replace(' panel.example.com:', ''))).toEqual([
        expect.stringMatching(/^Skyblock crashed \|/),
        expect.stringMatching(/^Skyblock crashed and stays down \|/),
        'Skyblock is back | After 1 min 1 s.',
        expect.stringMatching(/^Skyblock crashed \|/),
        expect.stringMatching(/^Skyblock crashed and stays down \|/),
        'Skyblock is back | After 1 min 1 s.',
      ]);
    },
  );
});
