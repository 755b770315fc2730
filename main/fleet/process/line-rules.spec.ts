import { describe, expect, it } from 'vitest';
import type { PowerState } from '../../../bridge/schema/domain.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { someResources } from '../../../tests/support/fleet-fakes.js';
import { aWatchedServer } from '../../../tests/support/watched-server.js';

/** Lines of a crash with this exit code, from any printer. */
interface Lines {
  lines: number;
}
type Step = PowerState | Lines | number | 'kill' | 'refused kill';

/** Crashes of a live server that ran for a minute; a number waits this many ms while usage arrives every second. */
async function crashesOf(steps: readonly Step[]) {
  const { clock, store, session, watcher, live } = aWatchedServer();
  const told: { at: number; exitCode: number | null | undefined }[] = [];
  live('running');
  const { tell } = session();
  let uptimeMs = 60_000;
  const wait = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0; left -= 1000) {
      await clock.advance(Math.min(1000, left));
      uptimeMs += Math.min(1000, left);
      tell({ kind: 'usage', usage: someResources({}, uptimeMs).usage });
    }
  };
  await wait(1000);
  const begun = clock.now();
  store.listen(({ next, previous }) => {
    const [before, after] = [previous, next].map(({ servers }) => servers.get('home/u0'));
    if (!after || after.crashedAt === null || after.crash === before?.crash) return;
    told.push({ at: after.crashedAt - begun, exitCode: after.crash?.exitCode });
  });
  for (const step of steps) {
    if (typeof step === 'number') await wait(step);
    else if (step === 'kill') watcher.orders.signalSent('kill');
    else if (step === 'refused kill') {
      watcher.orders.signalSent('kill');
      watcher.orders.signalFailed('kill', aProblem('conflict'));
    } else if (typeof step === 'object')
      tell({ kind: 'crashed', crash: { exitCode: step.lines, outOfMemory: false } });
    else {
      if (step === 'starting') uptimeMs = 0;
      tell({ kind: 'power', power: step });
    }
  }
  await wait(8000);
  return told;
}

describe('crash lines that a game prints', () => {
  it.each<[string, readonly Step[]]>([
    ['say nothing of a server that keeps running', [{ lines: 1 }, 20_000]],
    ['say nothing before a clean stop', [{ lines: 1 }, 100, 'stopping', { lines: 2 }, 300, 'offline']],
    ['say nothing just after a clean stop', ['stopping', 1000, 'offline', { lines: 3 }, 100, { lines: 4 }]],
    ['say nothing before our own kill', [{ lines: 1 }, 'kill', 100, 'offline']],
    ['say nothing with a printed stop word', ['offline', { lines: 1 }, 75, 'running', 5000]],
    [
      'say nothing while it starts and comes up',
      ['stopping', 'offline', 'starting', { lines: 1 }, 'running'],
    ],
  ])('%s', async (_name, steps) => {
    expect(await crashesOf(steps)).toEqual([]);
  });

  it.each<[string, readonly Step[], readonly { at: number; exitCode: number | null }[]]>([
    [
      'do not replace what the node says after the end',
      [{ lines: 7 }, 100, 'offline', 95, { lines: 137 }, 45, 'starting', 3000, 'running'],
      [{ at: 195, exitCode: 137 }],
    ],
    [
      'do not replace it where they come last of the process, behind its end',
      ['offline', { lines: 7 }, 350, { lines: 137 }],
      [{ at: 350, exitCode: 137 }],
    ],
    [
      'do not replace it once the server starts again',
      ['offline', 95, { lines: 137 }, 45, 'starting', 300, { lines: 7 }, 3000, 'running'],
      [{ at: 95, exitCode: 137 }],
    ],
    [
      'are not waited for where nobody says more than that it ended',
      [{ lines: 7 }, 5000, 'offline', 3000],
      [{ at: 5000, exitCode: null }],
    ],
  ])('%s', async (_name, steps, crashes) => {
    expect(await crashesOf(steps)).toEqual(crashes);
  });
});

describe('a refused signal', () => {
  it.each<[string, readonly Step[], number | null]>([
    ['explains no end without lines', ['refused kill', 500, 'offline'], null],
    ['explains no end with lines before it', [{ lines: 3 }, 'refused kill', 100, 'offline'], 3],
  ])('%s', async (_name, steps, exitCode) => {
    expect(await crashesOf(steps)).toMatchObject([{ exitCode }]);
  });

  it('explains no start after an end, which may then be a restart by somebody', async () => {
    const { clock, session, now, live, watcher } = aWatchedServer();
    live('running');
    session().tell({ kind: 'power', power: 'offline' });
    await clock.advance(500);
    watcher.orders.signalSent('start');
    watcher.orders.signalFailed('start', aProblem('conflict'));
    session().tell({ kind: 'power', power: 'starting' });
    await clock.advance(2000);
    expect(now()?.crash?.unseen?.what).toBe('restarted');
  });
});

describe('crash lines of the node', () => {
  it('count if the state between was missed', async () => {
    const crashes = await crashesOf([{ lines: 1 }, 50, 'starting', 3000, 'running']);
    expect(crashes).toEqual([{ at: 0, exitCode: 1 }]);
  });

  it('count if states were missed and the process is younger', async () => {
    const { clock, session, now, live } = aWatchedServer();
    live('running');
    const { tell } = session();
    tell({ kind: 'usage', usage: someResources({}, 60_000).usage });
    tell({ kind: 'crashed', crash: { exitCode: 1, outOfMemory: false } });
    expect(now()?.crashedAt).toBeNull();
    await clock.advance(1000);
    tell({ kind: 'usage', usage: someResources({}, 400).usage });
    expect(now()?.crash).toMatchObject({ exitCode: 1 });
  });

  it('leave no crash if they arrive once the server runs again', async () => {
    const { clock, session, now, live } = aWatchedServer();
    live('running');
    const { tell } = session();
    for (const power of ['offline', 'starting', 'running'] as const) tell({ kind: 'power', power });
    tell({ kind: 'crashed', crash: { exitCode: 1, outOfMemory: false } });
    expect(now()?.crashedAt).toBe(clock.now());
    await clock.advance(5000);
    expect(now()?.crashedAt).toBeNull();
  });
});
