import { History } from '../../main/history/history.js';
import { FakeClock } from './fake-clock.js';
import { FakeLog } from './fake-log.js';

const quarterMs = 15 * 60_000;

/** Writes the usage of so many days into a history on disk: a figure for each quarter of an hour, and a day without any. */
export async function keepUsage(folder: string, serverId: string, days: number): Promise<void> {
  const clock = new FakeClock(Date.now() - days * 24 * 60 * 60_000);
  const history = new History({
    folder,
    clock,
    log: new FakeLog(),
    keeps: () => true,
    setAside: () => undefined,
    troubled: () => undefined,
  });
  history.start([]);
  await history.usage(serverId, '5m');
  const quarters = days * 96;
  for (let quarter = 1; quarter < quarters; quarter++) {
    clock.sleep(quarterMs - 5000);
    await clock.advance(5000);
    const isGap = quarter > quarters / 2 && quarter <= quarters / 2 + 96;
    if (!isGap) history.add(serverId, stretchOf(clock.now(), quarter, quarter === quarters / 2 + 97));
    // What it answers waits for what is being written: an hour that is over is on disk before the next one is.
    await history.usage(serverId, '5m');
  }
  await history.stop();
}

function stretchOf(at: number, quarter: number, afterGap: boolean) {
  const wave = 1 + Math.sin(quarter / 15);
  const band = (factor: number) => ({
    cpuPercent: 20 + 30 * wave * factor,
    memoryBytes: (300 + 200 * wave * factor) * 1024 ** 2,
    receivedPerSecond: 2000 * wave * factor,
    sentPerSecond: 900 * wave * factor,
  });
  return { at, ...band(1), diskBytes: 1024 ** 3, afterGap, low: band(0.6), high: band(1.5) };
}
