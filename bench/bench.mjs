/*
 * `npm run bench`: start-up and memory of Perch beside a bare Electron application, turn by turn, and how quick its
 * table is with a thousand servers; what servers cost that are watched live, when what is shown of them is true, how late
 * main's event loop is, how quick signals are, a console that floods, and the history on disk. Ratios are what counts; a figure alone says
 * more of the machine than of Perch.
 *
 *   --only start|fleet|live|truth|loop|power|console|history   one of the parts
 *   --rounds NUMBER                   of start-up (5)
 *   --servers NUMBER                  in the table, and behind the event loop (1000)
 *   --live NUMBER,NUMBER              how many are watched live (10,200,1000)
 *   --truth NUMBER,NUMBER             how many are waited for until all are right (200,1000)
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildStale } from '../build/build.mjs';
import { measureConsole } from './console.mjs';
import { measureFirstTruth } from './first-truth.mjs';
import { measureFleet } from './fleet.mjs';
import { measureHistory } from './history.mjs';
import { measureLive } from './live.mjs';
import { measureLoop } from './loop.mjs';
import { measurePower } from './power.mjs';
import { root } from './programs.mjs';
import { measureStartUp } from './start-up.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    servers: { type: 'string', default: '1000' },
    live: { type: 'string', default: '10,200,1000' },
    truth: { type: 'string', default: '200,1000' },
  },
});
/** @type {Readonly<Record<string, () => Promise<object>>>} */
const parts = {
  start: () => measureStartUp(Number(values.rounds)),
  fleet: async () => ({ fleet: await measureFleet(Number(values.servers)) }),
  live: async () => ({ live: await measureLive(numbersOf(values.live)) }),
  truth: async () => ({ truth: await measureFirstTruth(numbersOf(values.truth)) }),
  loop: async () => ({ loop: await measureLoop(Number(values.servers)) }),
  power: async () => ({ power: await measurePower() }),
  console: async () => ({ console: await measureConsole() }),
  history: async () => ({ history: await measureHistory([200, 1000]) }),
};
/** @param {string} list */
const numbersOf = (list) => list.split(',').map(Number);
const wanted = values.only === undefined ? Object.values(parts) : [parts[values.only]];
if (wanted.includes(undefined)) {
  console.error(`--only knows ${Object.keys(parts).join(', ')}, not "${values.only}".`);
  process.exit(2);
}

await buildStale({ quiet: true });
const [load] = loadavg();
console.log(`Load of this machine before: ${load?.toFixed(2)}\n`);
const figures = [];
for (const measure of wanted) figures.push(await measure?.());
mkdirSync(join(root, 'out'), { recursive: true });
writeFileSync(join(root, 'out/bench.json'), JSON.stringify(Object.assign({ load }, ...figures), null, 2));
