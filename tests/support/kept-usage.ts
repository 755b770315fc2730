import { History } from '../../main/history/history.js';
import { FakeClock } from './fake-clock.js';
import { FakeLog } from './fake-log.js';

const quarterMs = 15 * 60_000;

/** Peak usage of a server in the evening of each day. */
export interface Busy {
  readonly cpuPercent: number;
  readonly memoryBytes: number;
  readonly bytesPerSecond: number;
}

type Sample = Parameters<History['add']>[1];

/**
 * Writes `days` days of usage into a history on disk: one figure per quarter of an hour, and one day without figures.
 */
export function keepUsage(folder: string, serverId: string, days: number): Promise<void> {
  const half = days * 48;
  return keep(folder, days * 96 - 1, [serverId], (_, at, quarter) => {
    const isGap = quarter > half && quarter <= half + 96;
    return isGap ? null : sampleOf(at, quarter, quarter === half + 97);
  });
}

/** Writes two days of servers that are full in the evening; the current time is an evening. */
export function keepEvenings(folder: string, servers: ReadonlyMap<string, Busy>): Promise<void> {
  const quarters = 2 * 96;
  return keep(folder, quarters, [...servers.keys()], (serverId, at, quarter) => {
    const busy = servers.get(serverId);
    return busy === undefined ? null : eveningOf(at, (quarter - quarters) / 96, busy);
  });
}

/** Writes a usage sample per server and quarter of an hour; the last is at most a day before now. */
async function keep(
  folder: string,
  quarters: number,
  serverIds: readonly string[],
  sample: (serverId: string, at: number, quarter: number) => Sample | null,
): Promise<void> {
  const clock = new FakeClock(Date.now() - Math.ceil(quarters / 96) * 24 * 60 * 60_000);
  const history = new History({
    folder,
    clock,
    log: new FakeLog(),
    keeps: () => true,
    setAside: () => undefined,
    damaged: () => undefined,
    troubled: () => undefined,
  });
  history.start([]);
  const written = (): Promise<unknown> => Promise.all(serverIds.map((id) => history.usage(id, '5m')));
  await written();
  for (let quarter = 1; quarter <= quarters; quarter++) {
    clock.sleep(quarterMs - 5000);
    await clock.advance(5000);
    for (const serverId of serverIds) {
      const keptSample = sample(serverId, clock.now(), quarter);
      if (keptSample !== null) history.add(serverId, keptSample);
    }
    // The read waits for pending writes, so each finished hour is on disk before the next begins.
    await written();
  }
  await history.stop();
}

function sampleOf(at: number, quarter: number, afterGap: boolean): Sample {
  const wave = 1 + Math.sin(quarter / 15);
  const band = (factor: number) => ({
    cpuPercent: 20 + 30 * wave * factor,
    memoryBytes: (300 + 200 * wave * factor) * 1024 ** 2,
    receivedPerSecond: 2000 * wave * factor,
    sentPerSecond: 900 * wave * factor,
    players: Math.round(6 * wave * factor),
  });
  return { at, ...band(1), diskBytes: 1024 ** 3, afterGap, low: band(0.6), high: band(1.5) };
}

/** Usage at `at`: low in the morning, and never the same twice. `days` = distance from the last evening; negative. */
function eveningOf(at: number, days: number, busy: Busy): Sample {
  const chance = Math.abs(Math.sin(at) * 43_758.5453) % 1;
  const people = (1 + Math.cos(days * 2 * Math.PI)) / 2;
  const load = 0.18 + 0.72 * people ** 1.4 + 0.1 * chance;
  const band = (factor: number) => ({
    cpuPercent: busy.cpuPercent * load * factor,
    memoryBytes: busy.memoryBytes * (0.82 + 0.18 * people) * (1 + (factor - 1) / 12),
    receivedPerSecond: (busy.bytesPerSecond / 9) * load * factor,
    sentPerSecond: busy.bytesPerSecond * load * factor,
    players: Math.round(12 * people * factor),
  });
  return { at, ...band(1), diskBytes: 1024 ** 3, afterGap: false, low: band(0.7), high: band(1.25) };
}
