/** The daily read of configurations beside the other optional reads of a fleet. */
import { describe, expect, it } from 'vitest';
import type { ServerFile } from '../../bridge/schema/files.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { FakeRevisions } from '../../tests/support/fake-revisions.js';
import { aFleet, aPanelServer, FakePanel } from '../../tests/support/fleet-fakes.js';
import { crashReportPanel } from '../actions/servers/crash-report-panel.js';
import { NewestBackups } from '../backups/newest-backups.js';
import { CrashReports } from '../crash-reports/crash-reports.js';
import { ConfigurationWatch } from './configuration-watch.js';

const minute = 60_000;
const limits = { memoryBytes: null, diskBytes: null, cpuPercent: null, backups: 3 };
const entry = (name: string, kind: ServerFile['kind'], modifiedAt: number): ServerFile => {
  const facts = { bytes: 100, mode: '644', mime: 'text/plain', createdAt: modifiedAt };
  return { ...facts, name, kind, modifiedAt };
};

/** 60 servers of a panel that answers after 100 ms. */
async function rig(isWatched: boolean) {
  const panel = new FakePanel();
  panel.limit = 240;
  const fields = { isOwner: true, limits, game: 'minecraft' as const };
  panel.list = Array.from({ length: 60 }, (_, at) => aPanelServer(`u${at}`, fields));
  const fleet = aFleet(panel);
  const { clock, store } = fleet;
  const late = async <T>(answer: () => T | Promise<T>): Promise<T> => {
    await new Promise<void>((resolve) => void clock.after(100, resolve));
    return answer();
  };
  const read = { configurations: 0 };
  panel.files = (_, folder) =>
    late(() =>
      folder === '/'
        ? [entry('crash-reports', 'folder', clock.wall()), entry('server.properties', 'file', 5)]
        : [entry('crash-1.txt', 'file', clock.wall())],
    );
  panel.fileContents = (_, path) =>
    late(() => {
      if (path === '/server.properties') read.configurations += 1;
      return Buffer.from('Description: Ticking entity\n\njava.lang.NullPointerException: no owl');
    });
  const page = panel.backupPage.bind(panel);
  panel.backupPage = (...of) => late(() => page(...of));
  const log = new FakeLog();
  const archive = new FakeRevisions();
  const watch = new ConfigurationWatch({
    ...fleet,
    log,
    archive,
    isOn: () => isWatched,
    choices: () => ({}),
  });
  const { facts } = fleet.fleet;
  const newest = new NewestBackups({ ...fleet, facts, random: () => 0.5, goodDays: () => 0 });
  const reports = new CrashReports({
    ...fleet,
    log,
    panelOf: (serverId) => crashReportPanel({ store, fleet: fleet.fleet }, serverId),
    tailOf: () => Promise.resolve(null),
  });
  watch.start();
  newest.start();
  reports.start();
  await fleet.live();
  const crash = (uuid: string): void =>
    store.apply([
      {
        kind: 'server-patched',
        serverId: `home/${uuid}`,
        patch: { power: 'offline', crashedAt: clock.now(), crash: { exitCode: 1, outOfMemory: false } },
      },
    ]);
  /** Ms until all servers fulfil the condition, to the second. */
  const until = async (isDone: () => boolean): Promise<number> => {
    const from = clock.now();
    while (!isDone() && clock.now() - from < 60 * minute) await clock.advance(1000);
    return clock.now() - from;
  };
  const servers = () => [...store.state.servers.values()];
  const areKnown = (): boolean => servers().every(({ lastBackup }) => lastBackup !== undefined);
  const found = (): number => servers().filter(({ fixIt }) => fixIt?.report !== undefined).length;
  return { ...fleet, facts, crash, until, areKnown, found, read };
}

describe('with the watch as without', () => {
  it('the newest backups of all servers are known at the same time', async () => {
    const [off, on] = [await rig(false), await rig(true)];
    const without = await off.until(off.areKnown);
    expect(without).toBeLessThan(10 * minute);
    expect(await on.until(on.areKnown)).toBe(without);
  });

  it('all of many crash reports are found, also while the watch has much to read', async () => {
    const times: number[] = [];
    for (const isWatched of [false, true]) {
      const { clock, until, crash, found } = await rig(isWatched);
      await clock.advance(3 * minute);
      for (let at = 0; at < 12; at++) crash(`u${at}`);
      times.push(await until(() => found() === 12));
      expect(found()).toBe(12);
    }
    const [without = 0, withWatch = 0] = times;
    expect(withWatch - without).toBeLessThanOrEqual(minute);
  });
});

it('the watch reads all servers once no other work is left', async () => {
  const { until, read } = await rig(true);
  await until(() => read.configurations === 60);
  expect(read.configurations).toBe(60);
});
