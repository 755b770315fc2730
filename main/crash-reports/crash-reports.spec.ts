import { describe, expect, it } from 'vitest';
import { crashReportPanel } from '../actions/servers/crash-report-panel.js';
import { aFleet, aPanelServer, FakePanel } from '../../tests/support/fleet-fakes.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { sentence } from '../../messages/messages.js';
import { PerchError } from '../../bridge/errors.js';
import { CrashReports } from './crash-reports.js';
import type { ServerFile } from '../../bridge/schema/files.js';

const ticking = [
  'Description: Ticking entity',
  '',
  'java.lang.NullPointerException: no owl',
  '\tat Owls.jar//net.owls.Nest.tick(Nest.java:41) ~[Owls.jar:?]',
];
const unknown = ['Description: Unexpected error', '', 'java.lang.IllegalStateException: no nest'];
const minute = 60_000;

const entry = (name: string, kind: ServerFile['kind'], modifiedAt: number): ServerFile => ({
  name,
  kind,
  bytes: 100,
  mode: '644',
  mime: 'text/plain',
  createdAt: modifiedAt,
  modifiedAt,
});

async function rig({ uuids = ['u0'], permissions = ['*'] } = {}) {
  const panel = new FakePanel();
  panel.list = uuids.map((uuid) => aPanelServer(uuid, { isOwner: permissions.includes('*') }));
  const fleet = aFleet(panel);
  const { clock, store } = fleet;
  const report = { lines: ticking, at: 0, name: 'crash-1.txt' };
  const asked: string[] = [];
  panel.files = (identifier, folder) => {
    asked.push(`${identifier} ${folder}`);
    const { name, at } = report;
    return Promise.resolve(
      folder === '/' ? [entry('crash-reports', 'folder', at)] : [entry(name, 'file', at)],
    );
  };
  panel.fileContents = (identifier, path) => {
    asked.push(`${identifier} ${path}`);
    return Promise.resolve(new TextEncoder().encode(report.lines.join('\n')));
  };
  const reports = new CrashReports({
    ...fleet,
    log: new FakeLog(),
    panelOf: (serverId) => crashReportPanel({ store, fleet: fleet.fleet }, serverId),
    tailOf: ({ path }, most) => {
      asked.push(`end of ${path}, ${most}`);
      return Promise.resolve(Buffer.from('CRASH: x'));
    },
  });
  reports.start();
  await fleet.live();
  const idOf = (uuid: string): string => `home/${uuid}`;
  if (!permissions.includes('*'))
    store.apply(
      uuids.map((uuid) => ({ kind: 'server-patched', serverId: idOf(uuid), patch: { permissions } })),
    );
  const crash = (uuid = 'u0'): void =>
    store.apply([
      {
        kind: 'server-patched',
        serverId: idOf(uuid),
        patch: { power: 'offline', crashedAt: clock.now(), crash: { exitCode: 1, outOfMemory: false } },
      },
    ]);
  const patch = (fields: object, uuid = 'u0'): void =>
    store.apply([{ kind: 'server-patched', serverId: idOf(uuid), patch: fields }]);
  return { ...fleet, panel, reports, report, asked, crash, patch, fixIt: () => fleet.server('u0').fixIt };
}

describe('after a crash', () => {
  it('the report is found, judged by the known causes, and shown on the row', async () => {
    const { clock, report, asked, crash, fixIt } = await rig();
    report.at = clock.wall();
    crash();
    await clock.advance(5000);
    expect(asked).toEqual(['u0 /', 'u0 /crash-reports', 'u0 /crash-reports/crash-1.txt']);
    expect(fixIt()).toMatchObject({
      kind: 'ticking-entity',
      lines: ['Description: Ticking entity'],
      isInReport: true,
      report: {
        path: '/crash-reports/crash-1.txt',
        at: report.at,
        description: 'Ticking entity',
        cause: 'java.lang.NullPointerException: no owl',
        suspect: 'Owls.jar',
      },
    });
  });

  it('a report without a known cause is shown as well', async () => {
    const { clock, report, crash, fixIt } = await rig();
    Object.assign(report, { at: clock.wall(), lines: unknown });
    crash();
    await clock.advance(5000);
    expect(fixIt()).toMatchObject({ kind: 'reported', report: { description: 'Unexpected error' } });
  });

  it('a cause of the console that says more stays, with the report', async () => {
    const { clock, report, crash, patch, fixIt } = await rig();
    report.at = clock.wall();
    patch({ fixIt: { kind: 'memory', at: 1, lines: ['heap'] } });
    crash();
    await clock.advance(5000);
    expect(fixIt()).toMatchObject({ kind: 'memory', lines: ['heap'], report: { suspect: 'Owls.jar' } });
    expect(fixIt()?.isInReport).toBeUndefined();
  });

  it('a report of an earlier crash is not shown', async () => {
    const { clock, report, asked, crash, fixIt } = await rig();
    report.at = clock.wall() - 11 * minute;
    crash();
    await clock.advance(5000);
    expect(asked).toEqual(['u0 /']);
    expect(fixIt()).toBeUndefined();
  });

  it('a report from before the start that crashed is not shown', async () => {
    const { clock, report, crash, patch, fixIt } = await rig();
    report.at = clock.wall();
    await clock.advance(minute);
    patch({ power: 'starting' });
    await clock.advance(minute);
    crash();
    await clock.advance(5000);
    expect(fixIt()).toBeUndefined();
  });

  it('the report of a second end within seconds is found, which belongs to the same crash', async () => {
    const { clock, report, asked, crash, patch, fixIt } = await rig();
    report.at = -Infinity;
    crash();
    await clock.advance(5000);
    expect(asked).toEqual(['u0 /']);
    patch({ power: 'starting' });
    report.at = clock.wall();
    patch({ power: 'offline' });
    await clock.advance(5000);
    expect(fixIt()?.report?.at).toBe(report.at);
  });

  it('one report is read, however often the server crashes within five minutes', async () => {
    const { clock, report, asked, crash, patch } = await rig();
    report.at = clock.wall();
    for (let count = 0; count < 4; count++) {
      crash();
      await clock.advance(minute);
      patch({ power: 'starting', crashedAt: null, crash: null });
    }
    expect(asked).toHaveLength(3);
    await clock.advance(2 * minute);
    report.at = clock.wall();
    crash();
    await clock.advance(minute);
    expect(asked).toHaveLength(6);
  });

  it.each([[['file.read']], [['file.read-content']], [['control.start']]])(
    'no request with the permissions %j alone',
    async (permissions) => {
      const { clock, report, asked, crash } = await rig({ permissions });
      report.at = clock.wall();
      crash();
      await clock.advance(minute);
      expect(asked).toEqual([]);
    },
  );

  it('no request about an end that nobody saw', async () => {
    const { clock, asked, patch } = await rig();
    const unseen = { what: 'offline', from: 0, to: 1 };
    patch({
      power: 'offline',
      crashedAt: clock.now(),
      crash: { exitCode: null, outOfMemory: false, unseen },
    });
    await clock.advance(minute);
    expect(asked).toEqual([]);
  });

  it('many servers that crash at once are searched one after the other, and at most a hundred', async () => {
    const uuids = Array.from({ length: 300 }, (_, at) => `u${at}`);
    const { clock, panel, report, crash } = await rig({ uuids });
    report.at = clock.wall();
    const running = { now: 0, most: 0, all: 0 };
    panel.files = async () => {
      running.all += 1;
      running.most = Math.max(running.most, ++running.now);
      await new Promise<void>((resolve) => void clock.after(100, resolve));
      running.now -= 1;
      return [];
    };
    for (const uuid of uuids) crash(uuid);
    await clock.advance(30 * minute);
    expect(running.most).toBe(1);
    expect(running.all).toBeGreaterThan(0);
    expect(running.all).toBeLessThanOrEqual(100);
  });

  it('a search without a free call is tried again while the server is down, for an hour', async () => {
    const { clock, panel, report, asked, crash, fleet, fixIt } = await rig();
    const fill = (): void => {
      const others = Array.from({ length: 10 }, () =>
        fleet.server('home/u0')?.whenSpare(() => Promise.resolve()),
      );
      expect(others).toHaveLength(10);
    };
    panel.rests = clock.now() + 10 * minute;
    fill();
    report.at = clock.wall();
    crash();
    await clock.advance(9 * minute);
    expect(asked).toEqual([]);
    panel.rests = null;
    await clock.advance(5 * minute);
    expect(fixIt()?.report?.at).toBe(report.at);

    asked.length = 0;
    panel.rests = clock.now() + 120 * minute;
    fill();
    crash();
    await clock.advance(62 * minute);
    panel.rests = null;
    await clock.advance(30 * minute);
    expect(asked).toEqual([]);
  });

  it('a failure of the panel is no failure of the server', async () => {
    const { clock, panel, crash, fixIt } = await rig();
    panel.files = () => Promise.reject(new Error('no files'));
    crash();
    await clock.advance(minute);
    expect(fixIt()).toBeUndefined();
  });

  it('a server that runs again shows no report', async () => {
    const { clock, report, crash, patch, fixIt } = await rig();
    report.at = clock.wall();
    crash();
    patch({ power: 'running', crashedAt: null, crash: null });
    await clock.advance(5000);
    expect(fixIt()).toBeUndefined();
  });
});

describe('open', () => {
  it('reads no debug.log of that size unasked', async () => {
    const { panel, asked, patch, crash, clock, fixIt } = await rig();
    patch({ game: 'source' });
    panel.files = () =>
      Promise.resolve([{ ...entry('debug.log', 'file', clock.wall()), bytes: 5 * 2 ** 20 }]);
    crash();
    await clock.advance(5000);
    expect([asked, fixIt() ?? null]).toEqual([[], null]);
  });

  it('gives the newest report of any age, with the index of its cause and its indentation', async () => {
    const { reports, report } = await rig();
    report.lines = ['', ...ticking, '\u001b[31m\u202ered'];
    expect(await reports.open('home/u0')).toEqual({
      report: {
        path: '/crash-reports/crash-1.txt',
        at: 0,
        description: 'Ticking entity',
        cause: 'java.lang.NullPointerException: no owl',
        suspect: 'Owls.jar',
      },
      lines: [
        '',
        'Description: Ticking entity',
        '',
        'java.lang.NullPointerException: no owl',
        '    at Owls.jar//net.owls.Nest.tick(Nest.java:41) ~[Owls.jar:?]',
        'red',
      ],
      causeLine: 1,
      isCut: false,
    });
  });

  it('gives the part around the cause of a long report', async () => {
    const { reports, report } = await rig();
    report.lines = [
      ...Array.from({ length: 1500 }, () => 'x'),
      ...ticking,
      ...Array.from({ length: 9000 }, () => 'y'),
    ];
    const { lines, causeLine, isCut } = await reports.open('home/u0');
    expect([lines.length, lines[causeLine ?? -1], isCut]).toEqual([
      4000,
      'Description: Ticking entity',
      true,
    ]);
  });

  it('gives the newest report once that of the crash is gone', async () => {
    const { clock, panel, report, reports, crash } = await rig();
    report.at = clock.wall();
    crash();
    await clock.advance(5000);
    report.name = 'crash-2.txt';
    const { fileContents } = panel;
    const refusedBy = (code: 'not-found' | 'panel-unreachable') => {
      panel.fileContents = (identifier, path) =>
        path.endsWith('/crash-1.txt')
          ? Promise.reject(new PerchError(aProblem(code)))
          : fileContents(identifier, path);
    };
    refusedBy('not-found');
    expect((await reports.open('home/u0')).report.path).toBe('/crash-reports/crash-2.txt');
    refusedBy('panel-unreachable');
    await expect(reports.open('home/u0')).rejects.toMatchObject({ problem: { code: 'panel-unreachable' } });
  });

  it('says that no report exists, and where Perch looked', async () => {
    const { reports, panel, patch } = await rig();
    panel.files = () => Promise.resolve([]);
    patch({ game: 'minecraft' });
    const places = 'crash-reports/crash-*.txt, hs_err_pid*.log, logs/latest.log';
    await expect(reports.open('home/u0')).rejects.toMatchObject({
      problem: { code: 'not-found', message: sentence('fixes.no-report', { places }) },
    });
    patch({ game: 'voice' });
    await expect(reports.open('home/u0')).rejects.toMatchObject({
      problem: { code: 'not-found', message: sentence('fixes.no-report-place') },
    });
  });

  it('reads a log without a report, from its end, if the log names a known cause', async () => {
    const { reports, panel, report, patch } = await rig();
    patch({ game: 'factorio' });
    panel.files = () => Promise.resolve([entry('factorio-current.log', 'file', 5)]);
    const filler = Array.from({ length: 3000 }, () => 'nothing');
    report.lines = [...filler, 'java.lang.OutOfMemoryError: Java heap space'];
    const found = await reports.open('home/u0');
    expect([found.report.path, found.lines[found.causeLine ?? -1]]).toEqual([
      '/factorio-current.log',
      'java.lang.OutOfMemoryError: Java heap space',
    ]);
    // The same file as the report of a crash that Perch saw.
    patch({ fixIt: { kind: 'memory', at: 1, lines: [], report: found.report } });
    expect((await reports.open('home/u0')).causeLine).toBe(found.causeLine);
    patch({ fixIt: null });
    report.lines = filler;
    await expect(reports.open('home/u0')).rejects.toMatchObject({ problem: { code: 'not-found' } });
  });

  it('names the missing permission', async () => {
    const { reports } = await rig({ permissions: ['file.read'] });
    await expect(reports.open('home/u0')).rejects.toMatchObject({
      problem: { code: 'forbidden', permission: 'file.read-content' },
    });
  });
});
