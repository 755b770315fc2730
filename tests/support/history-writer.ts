/*
 * Program that writes a history at full speed, for tests that kill it. Each turn is five seconds of one server. Prints
 * the time of each usage sample when the previous sample is on disk.
 */
import { History } from '../../main/history/history.js';
import { FakeClock } from './fake-clock.js';
import { FakeLog } from './fake-log.js';

const [folder = '', start] = process.argv.slice(2);
const id = 'home/1';
const clock = new FakeClock(Number(start));
const history = new History({
  folder,
  clock,
  log: new FakeLog(),
  keeps: () => true,
  setAside: ({ why }) => process.stdout.write(`${why}\n`),
  damaged: () => undefined,
  troubled: () => process.stdout.write('troubled\n'),
});
history.start(['home']);
await history.usage(id, '5m');
for (;;) {
  await clock.advance(5000);
  const band = { cpuPercent: 10, memoryBytes: 500, receivedPerSecond: 7, sentPerSecond: null, players: 3 };
  history.add(id, { at: clock.now(), ...band, diskBytes: 5, afterGap: false, low: band, high: band });
  await history.usage(id, '5m');
  process.stdout.write(`${clock.now()}\n`);
}
