/*
 * `npm run bench`: start-up and memory of Perch beside a bare Electron application, turn by turn, and how quick its
 * table is with a thousand servers; what servers cost that are watched live, and a console that floods. Ratios are what
 * counts; a figure alone says more of the machine than of Perch.
 *
 *   --only start|fleet|live|console   one of the parts
 *   --rounds NUMBER                   of start-up (5)
 *   --servers NUMBER                  in the table (1000)
 *   --live NUMBER,NUMBER              how many are watched live (10,200,1000)
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildStale } from '../build/build.mjs';
import { measureConsole } from './console.mjs';
import { measureFleet } from './fleet.mjs';
import { measureLive } from './live.mjs';
import { root } from './programs.mjs';
import { measureStartUp } from './start-up.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    servers: { type: 'string', default: '1000' },
    live: { type: 'string', default: '10,200,1000' },
  },
});
/** @type {Readonly<Record<string, () => Promise<object>>>} */
const parts = {
  start: () => measureStartUp(Number(values.rounds)),
  fleet: async () => ({ fleet: await measureFleet(Number(values.servers)) }),
  live: async () => ({ live: await measureLive(values.live.split(',').map(Number)) }),
  console: async () => ({ console: await measureConsole() }),
};
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
