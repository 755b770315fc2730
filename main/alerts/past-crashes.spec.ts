/**
 * A crash before a restart of Perch: row, tray icon, "Needs attention" and log agree, and the person gets no second
 * alert.
 */
import { describe, expect, it } from 'vitest';
import { needsAttention } from '../../bridge/alerts/attention.js';
import { serverMark } from '../../bridge/fleet/marks.js';
import type { PowerState } from '../../bridge/schema/domain.js';
import { someSettings } from '../../tests/support/entities.js';
import { settle } from '../../tests/support/fake-clock.js';
import { aFleet, aPanelServer, aRecord, FakePanel } from '../../tests/support/fleet-fakes.js';
import { RememberedEvents } from '../../tests/support/remembered-events.js';
import { aNotifier } from '../../tests/support/a-notifier.js';
import { spoken } from '../../messages/messages.js';
import type { KnownServer } from '../../bridge/schema/known-server.js';
import { LastKnownState } from '../fleet/last-known-state.js';
import { iconShape } from '../shell/tray/icon-shape.js';
import type { PanelActivity } from '../panel/api.js';

const hour = 3_600_000;
const begun = new Date(2026, 0, 2, 21, 0, 0).getTime();

/** Disk that lives on between two runs. */
class Disk {
  known: readonly KnownServer[] = [];
  readonly events = new RememberedEvents();
}

interface RunOptions {
  disk: Disk;
  /** Wall-clock time at the start, in ms since the epoch. */
  wall?: number;
  first?: PowerState;
  /** Activity that the panel lists. */
  activityOf?: () => readonly PanelActivity[] | null;
}

/** One run of Perch with one server, live in the given first state. */
async function aRun({ disk, wall = begun, first = 'running', activityOf = () => null }: RunOptions) {
  const panel = new FakePanel();
  panel.list = [aPanelServer('u0', { name: 'Skyblock' })];
  const rig = aFleet(panel);
  const { clock, store, sent, fleet } = rig;
  clock.setWall(wall);
  const titles: string[] = [];
  const telling = aNotifier({
    store,
    clock,
    sent,
    memory: disk.events,
    run: `r${wall}`,
    pastCrashes: fleet.pastCrashes,
    activityOf: () => Promise.resolve(activityOf()),
    onAlert: ({ title }) => titles.push(spoken(title)),
  });
  const lastKnownState = new LastKnownState({
    store,
    clock,
    lastKnown: {
      load: () => Promise.resolve(disk.known),
      save: (known) => {
        disk.known = known;
        return Promise.resolve();
      },
    },
  });
  telling.start();
  lastKnownState.start(disk.known, [aRecord()]);
  disk.events.recalled.emit(undefined);
  await settle();
  await rig.live(first === 'offline' ? 'offline' : 'running');
  const row = () => rig.server('u0');
  return {
    ...rig,
    titles,
    log: telling.log,
    tell: rig.session('u0').tell,
    row,
    entries: () => telling.log.recent.map(({ what, endedAt }) => `${what.kind} ${String(endedAt ?? 'open')}`),
    /** The server as the user and the tray see it. */
    seen: () => ({
      mark: serverMark(row(), store.state.accounts.get('home')),
      isAlarmed: iconShape(store.state, () => true) === 'crashed',
      needsAttention: needsAttention(row(), store.state.accounts.get('home'), {
        isNear: false,
        isUnseen: false,
        settings: someSettings(),
      }),
    }),
    async quit(): Promise<void> {
      await lastKnownState.stop();
      telling.stop();
      await fleet.stop();
    },
    /** Kills the run: no further data is saved. */
    async kill(): Promise<void> {
      telling.stop();
      await fleet.stop();
    },
  };
}

type Run = Awaited<ReturnType<typeof aRun>>;

async function crashed(run: Run, outOfMemory = true): Promise<void> {
  run.tell({ kind: 'power', power: 'offline' });
  run.tell({ kind: 'crashed', crash: { exitCode: 137, outOfMemory, isGivenUp: true } });
  await run.clock.advance(2000);
}

const alarmed = { mark: 'crashed', isAlarmed: true, needsAttention: true };
const calm = { mark: 'offline', isAlarmed: false, needsAttention: false };

describe('a server that crashed and stays down', () => {
  it('is crashed after a restart of Perch, without a second alert', async () => {
    const disk = new Disk();
    const first = await aRun({ disk });
    await crashed(first);
    expect(first.seen()).toEqual(alarmed);
    const { crashedAt } = first.row();
    const wall = begun + (crashedAt ?? 0) - first.clock.now() + 5 * hour;
    await first.quit();
    const next = await aRun({ disk, wall, first: 'offline' });
    expect(next.seen()).toEqual(alarmed);
    expect(next.row().crash).toEqual({ exitCode: 137, outOfMemory: true, isGivenUp: true });
    await next.clock.advance(120_000);
    expect(next.titles).toEqual([]);
    expect(next.entries()).toEqual(['crashed open']);
    await next.quit();
    const third = await aRun({ disk, wall: wall + hour, first: 'offline' });
    expect(third.seen()).toEqual(alarmed);
    third.tell({ kind: 'power', power: 'starting' });
    third.tell({ kind: 'power', power: 'running' });
    expect(third.seen()).toEqual({ mark: 'running', isAlarmed: false, needsAttention: false });
    expect(third.log.recent.filter(({ endedAt }) => endedAt === null)).toEqual([]);
    expect(third.titles).toEqual([]);
  });

  it('is crashed after Perch was killed, because the event log has the crash', async () => {
    const disk = new Disk();
    const first = await aRun({ disk });
    await crashed(first);
    await first.kill();
    const next = await aRun({ disk, wall: begun + hour, first: 'offline' });
    expect(next.seen()).toEqual(alarmed);
    expect(next.row().crash).toMatchObject({ exitCode: 137, outOfMemory: true });
    await next.clock.advance(60_000);
    expect(next.titles).toEqual([]);
    expect(next.entries()).toEqual(['crashed open']);
  });

  it('is not crashed if it runs when Perch comes back, or somebody has started and stopped it meanwhile', async () => {
    const disk = new Disk();
    const first = await aRun({ disk });
    await crashed(first);
    const at = first.clock.wall();
    await first.quit();
    const { known } = disk;
    const running = await aRun({ disk, wall: begun + hour });
    expect(running.seen().mark).toBe('running');
    expect(running.entries()).toEqual([expect.stringMatching(/^crashed \d+$/)]);
    await running.kill();
    disk.known = known;
    const activities: PanelActivity[] = [
      { at: at + 1_200_000, signal: 'stop', by: 'anna' },
      { at: at + 600_000, signal: 'start', by: 'anna' },
    ];
    const stopped = await aRun({ disk, wall: begun + hour, first: 'offline', activityOf: () => activities });
    await stopped.clock.advance(1000);
    expect(stopped.seen()).toEqual(calm);
    expect(stopped.log.recent.filter(({ endedAt }) => endedAt === null)).toEqual([]);
  });

  it('is not crashed if the log of a killed run knows that the user ended it', async () => {
    const disk = new Disk();
    const first = await aRun({ disk });
    await crashed(first);
    await first.clock.advance(60_000);
    const { known } = disk;
    expect(known[0]?.lastRun.state).toBe('crashed');
    first.tell({ kind: 'power', power: 'starting' });
    first.fleet.server('home/u0')?.orders.signalSent('kill');
    first.tell({ kind: 'power', power: 'offline' });
    await first.kill();
    disk.known = known;
    const next = await aRun({ disk, wall: begun + hour, first: 'offline' });
    expect(next.seen()).toEqual(calm);
    expect(next.log.recent.filter(({ endedAt }) => endedAt === null)).toEqual([]);
  });

  it('is no longer crashed, in row and log, once the user has stopped its next start', async () => {
    const run = await aRun({ disk: new Disk() });
    await crashed(run, false);
    run.tell({ kind: 'power', power: 'starting' });
    run.fleet.server('home/u0')?.orders.signalSent('kill');
    run.tell({ kind: 'power', power: 'offline' });
    expect(run.seen()).toEqual(calm);
    expect(run.log.recent.filter(({ endedAt }) => endedAt === null)).toEqual([]);
  });
});

describe('a server that ran when Perch ended, and is offline now', () => {
  async function ended(activities: readonly PanelActivity[] | null) {
    const disk = new Disk();
    const first = await aRun({ disk });
    await first.clock.advance(5000);
    await first.quit();
    const next = await aRun({ disk, wall: begun + 5 * hour, first: 'offline', activityOf: () => activities });
    await next.clock.advance(2000);
    return next;
  }

  it('needs attention if the panel names nobody who stopped it', async () => {
    const run = await ended([{ at: begun - hour, signal: 'stop', by: 'anna' }]);
    expect(run.seen()).toEqual({ mark: 'offline', isAlarmed: false, needsAttention: true });
    expect(run.row().crash?.unseen).toMatchObject({ what: 'offline' });
    expect(run.entries()).toEqual(['went-offline open']);
    // The crash happened hours ago.
    expect(run.titles).toEqual([]);
  });

  it.each<[string, readonly PanelActivity[] | null]>([
    ['somebody has stopped it', [{ at: begun + hour, signal: 'stop', by: 'anna' }]],
    ['the panel does not tell', null],
  ])('is only offline if %s', async (_name, activities) => {
    const run = await ended(activities);
    expect(run.seen()).toEqual(calm);
    expect(run.entries()).toEqual([]);
  });

  it('is asked about again if the panel gives no activity at first', async () => {
    const disk = new Disk();
    const first = await aRun({ disk });
    await first.quit();
    const answers: (readonly PanelActivity[] | null)[] = [null, null, []];
    const next = await aRun({
      disk,
      wall: begun + hour,
      first: 'offline',
      activityOf: () => answers.shift() ?? null,
    });
    await next.clock.advance(60_000);
    expect(next.seen()).toEqual(calm);
    await next.clock.advance(61_000);
    expect(next.seen().needsAttention).toBe(true);
  });
});
