/** A panel gives five tokens per server and minute, for all its users together (PROTOCOL 3.4). */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { PerchError, toProblem } from '../../bridge/errors.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { aFleet, aPanelServer, FakePanel, FakeSession } from '../../tests/support/fleet-fakes.js';

const deaf = {
  snapshot: () => undefined,
  lines: () => undefined,
  link: () => undefined,
  reset: () => undefined,
};

/** Server whose node refuses every token, so that its session keeps asking for new tokens. */
async function refused() {
  const panel = new FakePanel();
  panel.list = [aPanelServer('u0')];
  const rig = aFleet(panel);
  const times: number[] = [];
  panel.socketTicket = () => {
    times.push(rig.clock.now());
    return Promise.reject(new Error('the node takes none'));
  };
  await rig.live();
  const { fleet, clock } = rig;
  const session = rig.session('u0');
  const ask = () => session.panel.socketTicket('u0').then(() => null, toProblem);
  const spend = async (tokens: number): Promise<void> => {
    for (let count = 0; count < tokens; count++) {
      void ask();
      await clock.advance(2000);
    }
  };
  /** Waits as a session does after a refusal. */
  const wait = async () => {
    const problem = await ask();
    session.tell({ kind: 'link', link: { kind: 'reconnecting', retryAt: problem?.retryAt ?? 0, problem } });
    return problem;
  };
  /** The next session asks as soon as it starts. */
  const openAgain = () =>
    vi.spyOn(FakeSession.prototype, 'start').mockImplementation(function (this: FakeSession) {
      void this.panel.socketTicket('u0').catch(() => undefined);
    });
  const askOn = (): void => {
    void ask();
    clock.after(5000, askOn);
  };
  return {
    ...rig,
    times,
    ask,
    session,
    spend,
    askOn,
    wait,
    openAgain,
    hurried: () => session.hurried,
    openConsole: () => fleet.consoles.watch('home/u0', deaf),
    connectNow: () => fleet.server('home/u0')?.retry(),
  };
}

afterEach(() => vi.restoreAllMocks());

describe('the tokens of a server whose node refuses them', () => {
  it('are requested three times a minute for an unwatched server', async () => {
    const { clock, askOn, times } = await refused();
    askOn();
    await clock.advance(300_000);
    expect(busiest(times)).toBe(3);
    expect(times.length).toBeGreaterThanOrEqual(15);
  });

  it('are asked for four times a minute while its console is open', async () => {
    const { clock, askOn, times, openConsole } = await refused();
    openConsole();
    await clock.advance(10_000);
    askOn();
    await clock.advance(300_000);
    expect(busiest(times)).toBe(4);
  });

  it('are asked for at once by each click, whatever was asked for before', async () => {
    const { clock, ask, askOn, times, openConsole, connectNow } = await refused();
    openConsole();
    askOn();
    await clock.advance(32_000);
    for (let click = 0; click < 3; click++) {
      const before = times.length;
      await connectNow();
      void ask();
      await clock.advance(0);
      expect(times.slice(before)).toEqual([clock.now()]);
    }
  });

  it('are requested after a click that finds a changed description', async () => {
    const { times, spend, session, panel, connectNow, openAgain } = await refused();
    await spend(3);
    session.tell({ kind: 'link', link: { kind: 'refused', problem: aProblem('forbidden') } });
    openAgain();
    panel.list = [aPanelServer('u0', { permissions: ['websocket.connect'] })];
    await connectNow();
    expect(times).toHaveLength(4);
  });

  it('are not requested at once after an old click', async () => {
    const { clock, askOn, times, connectNow } = await refused();
    await connectNow();
    await clock.advance(30_000);
    askOn();
    await clock.advance(59_000);
    expect(times).toHaveLength(3);
  });

  it.each(['panel-unreachable', 'not-a-panel', 'panel-error', 'protocol'] as const)(
    "are held back with the panel's last answer: %s",
    async (code) => {
      const { clock, panel, spend, times, wait } = await refused();
      const problem = aProblem(code);
      panel.socketTicket = () => {
        times.push(clock.now());
        return Promise.reject(new PerchError(problem));
      };
      await spend(3);
      expect(await wait()).toEqual({ ...problem, retryAt: (times[0] ?? 0) + 60_000, ofServer: true });
    },
  );

  it("are held back with the node's problem if the panel issues each token", async () => {
    const { panel, session, spend, wait } = await refused();
    panel.socketTicket = () => Promise.resolve({} as never);
    await spend(3);
    const problem = aProblem('protocol');
    session.tell({ kind: 'link', link: { kind: 'reconnecting', retryAt: 0, problem } });
    expect(await wait()).toMatchObject({ ...problem, ofServer: true });
  });

  it('wait for a shown time, and the server is polled at once', async () => {
    const { clock, times, spend, wait, panel, server } = await refused();
    await spend(3);
    expect(await wait()).toMatchObject({
      code: 'internal',
      retryAt: (times[0] ?? 0) + 60_000,
      ofServer: true,
    });
    const polls = panel.count('resources u0');
    await clock.advance(2000);
    expect([panel.count('resources u0') - polls, server('u0').power]).toEqual([1, 'running']);
    await clock.advance(30_000);
    expect(panel.count('resources u0') - polls).toBe(2);
  });

  it('are requested as soon as the user opens the console', async () => {
    const { spend, wait, openConsole, hurried } = await refused();
    await spend(3);
    await wait();
    expect(hurried()).toBe(0);
    openConsole();
    expect(hurried()).toBe(1);
  });
});

/** Maximum number of token requests within any minute. */
function busiest(times: readonly number[]): number {
  return Math.max(...times.map((to) => times.filter((at) => at > to - 60_000 && at <= to).length));
}
