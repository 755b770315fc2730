/*
 * Perch in real time: three panels, a real desktop, and two minutes of faults, crashes and people's actions, judged by
 * the rules of the fake-clock histories (`tests/soak`). `npm run soak -- --real --minutes 30` runs longer.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judge } from '../soak/judge/rules.js';
import { Recorder } from '../soak/recorder.js';
import { Timeline } from '../soak/timeline.js';
import { reportOf } from '../soak/report.js';
import { unsettledIn } from '../soak/unsettled.js';
import { expect, test, within, type Perch } from './perch.js';
import { ForeignService } from './soak/foreign-service.js';
import { RealHistory } from './soak/real-history.js';
import { nodeNamed, RealPanel } from './soak/real-panel.js';
import { RealWindow } from './soak/real-window.js';
import { noteTimers, timersLeft } from './soak/timers.js';
import { growthOf, HeapWatch, resourcesOf, type Resources, type Sample } from './soak/resources.js';

const seed = Number(process.env['PERCH_SOAK_SEED'] ?? 1);
const minutes = Number(process.env['PERCH_SOAK_MINUTES'] ?? 2);
const replay = `npm run soak -- --real --seed ${seed} --minutes ${minutes}`;
const dialects = ['panel-1.11', 'panel-1.12', 'pelican'];
const serversEach = 15;
const startMs = 180_000;
/** Maximum heap growth from the first to the last third of the second half, in bytes. */
const mostRisen = 3_000_000 + minutes * 30_000;

test(`${minutes} minutes with three panels break no rule`, async ({ desktop, launch }) => {
  test.setTimeout(minutes * 60_000 + 480_000);
  const since = Date.now();
  const time = {
    get now() {
      return Date.now() - since;
    },
  };
  const perch = await launch();
  await noteTimers(perch.app);
  const page = await perch.window('main');
  const recorder = new Recorder(time);
  const window = new RealWindow(page, recorder);
  await window.watch();
  const before = await resourcesOf(perch.app);

  const panels: RealPanel[] = [];
  const elsewhere = new ForeignService((text) =>
    panels.some(({ sandbox }) => Object.values(sandbox.keys).some((key) => text.includes(key))),
  );
  try {
    const connect = async (url: string, key: string): Promise<string> =>
      ((await window.call('accounts.add', { url, key, keep: 'keychain' })) as { id: string }).id;
    for (const dialect of dialects)
      panels.push(await RealPanel.start({ dialect, servers: serversEach, time, since, connect }));
    for (const panel of panels)
      for (const { id, node, course, conditions, listed, ends } of panel.servers)
        recorder.follow({
          id,
          node: nodeNamed(panel.id, node),
          states: course.states,
          conditions,
          listed,
          fullDisk: new Timeline(0, false),
          ends,
        });
    recorder.shows(window.state);
    await rightForTheFirstTime(window, panels);
    const history = new RealHistory({
      seed,
      ms: minutes * 60_000,
      panels,
      window,
      recorder,
      desktop,
      time,
      elsewhere: await elsewhere.start(),
    });
    const heap = new HeapWatch(perch.app, time);
    const { ms, unsettled } = await history.run();
    const samples = await heap.end();
    for (const panel of panels) closeBooks(panel, recorder);
    recorder.strayKeys.push(...elsewhere.heard.map((url) => ({ at: ms, url })));
    recorder.uncaught.push(...loggedFaults(perch));
    const during = await resourcesOf(perch.app);
    for (const { id } of panels) await window.call('accounts.remove', { accountId: id });
    const leftovers = await leftOver(perch, before);

    const transcript = recorder.transcript({ seed, ms, unsettled, leftovers });
    const found = judge(transcript);
    console.log(`${summaryOf(recorder)}\n${heapSummary(samples)}`);
    console.log(resourceSummary({ before, during, after: await resourcesOf(perch.app) }));
    expect(found, reportOf(transcript, found, replay)).toEqual([]);
    expect(risen(samples), heapSummary(samples)).toBeLessThan(mostRisen);
  } finally {
    elsewhere.stop();
    for (const { sandbox } of panels) await sandbox.stop();
  }
});

/** Waits while servers start and sockets open. */
async function rightForTheFirstTime(window: RealWindow, panels: readonly RealPanel[]): Promise<void> {
  await within(startMs, 'everything is right for the first time', async () => {
    for (const panel of panels) await panel.read();
    const truths = panels.flatMap((panel) => panel.truths);
    return unsettledIn(window.state, truths).length === 0 ? true : undefined;
  });
}

/** Records facts that are known, or count, only at the end. */
function closeBooks({ id, servers, refusals, unknownKeys }: RealPanel, recorder: Recorder): void {
  for (const server of servers) {
    server.ends.push(...server.course.ends);
    for (const { at, what } of server.course.ofPerch) recorder.carriedOut(server.id, what, at);
  }
  for (const { at, serverId } of refusals) recorder.ownRefusal(id, serverId, at);
  recorder.strayKeys.push(...unknownKeys.map((at) => ({ at, url: id })));
}

/** Uncaught errors of main, from its log. */
function loggedFaults({ dataFolder }: Perch): string[] {
  const log = readFileSync(join(dataFolder, 'logs/perch.log'), 'utf8');
  return log.split('\n').filter((line) => /app\.(uncaught|unhandled|faulty|child-gone)/.test(line));
}

/** Resources of main in addition to those before the first panel, without temporary ones. */
async function leftOver({ app }: Perch, before: Resources): Promise<Record<string, number>> {
  const slack = { descriptors: 4, sockets: 2, listeners: 0 };
  const more = async (): Promise<Record<string, number>> => {
    const after = await resourcesOf(app);
    const names = ['descriptors', 'sockets', 'listeners'] as const;
    const counts = names.map((name) => [name, Math.max(0, after[name] - before[name] - slack[name])]);
    return { ...Object.fromEntries(counts), ...timersLeft(before.timers, after.timers) };
  };
  // Idle connections close after some seconds.
  for (const deadline = Date.now() + 15_000; ; await new Promise((next) => setTimeout(next, 500))) {
    const growth = await more();
    if (Date.now() > deadline || Object.values(growth).every((count) => count === 0)) return growth;
  }
}

/** Heap growth from the first to the last third, in bytes. */
function risen(heap: readonly Sample[]): number {
  const mean = (samples: readonly Sample[]): number =>
    samples.reduce((sum, { bytes }) => sum + bytes, 0) / samples.length;
  const third = Math.ceil(heap.length / 3);
  return mean(heap.slice(-third)) - mean(heap.slice(0, third));
}

function resourceSummary(moments: Record<string, Resources>): string {
  const lines = Object.entries(moments).map(([name, { descriptors, sockets, timers, listeners }]) => {
    const set = Object.values(timers).reduce((sum, count) => sum + count, 0);
    return `${name}: ${descriptors} descriptors, ${sockets} sockets, ${set} timers, ${listeners} listeners`;
  });
  return lines.join('\n');
}

function summaryOf({ alerts, clicks, troubles, servers }: Recorder): string {
  const crashes = [...servers.values()].flatMap(({ ends }) => ends).filter(({ kind }) => kind === 'crash');
  const carriedOut = clicks.filter(({ doneAt }) => doneAt.length > 0);
  return [
    `soak, seed ${seed}, ${minutes} minutes: ${troubles.length} troubles, ${crashes.length} crashes,`,
    `${alerts.length} alerts, ${clicks.length} clicks, ${carriedOut.length} carried out`,
  ].join(' ');
}

function heapSummary(heap: readonly Sample[]): string {
  const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(2);
  return [
    `heap of main ${megabytes(heap[0]?.bytes ?? 0)} MB, ${megabytes(heap.at(-1)?.bytes ?? 0)} MB in the end;`,
    `slope ${megabytes(growthOf(heap))} MB an hour`,
  ].join(' ');
}
