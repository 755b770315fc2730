/*
 * `npm run bench`: start-up and memory of Perch beside a bare Electron application, turn by turn, and how quick its
 * table is with a thousand servers. Ratios are what counts; a figure alone says more of the machine than of Perch.
 *
 *   --only start|fleet   one of the two parts
 *   --rounds NUMBER      of start-up (5)
 *   --servers NUMBER     in the table (1000)
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildStale } from '../build/build.mjs';
import { measureFleet } from './fleet.mjs';
import { root } from './programs.mjs';
import { measureStartUp } from './start-up.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    servers: { type: 'string', default: '1000' },
  },
});
if (values.only !== undefined && !['start', 'fleet'].includes(values.only)) {
  console.error(`--only knows start and fleet, not "${values.only}".`);
  process.exit(2);
}

await buildStale({ quiet: true });
const [load] = loadavg();
console.log(`Load of this machine before: ${load?.toFixed(2)}\n`);
const startUp = values.only === 'fleet' ? {} : await measureStartUp(Number(values.rounds));
const fleet = values.only === 'start' ? {} : { fleet: await measureFleet(Number(values.servers)) };
mkdirSync(join(root, 'out'), { recursive: true });
writeFileSync(join(root, 'out/bench.json'), JSON.stringify({ load, ...startUp, ...fleet }, null, 2));
