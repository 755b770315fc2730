/*
 * `npm run bench`: measurements of Perch. Start-up and memory alternate with a bare Electron application. Further parts:
 * memory by process and kind; the table with a thousand servers; the cost of live servers, and the time until their
 * state is shown right; the cost of questions to games, and of rules that wait; the delay of main's event loop; the
 * speed of signals; a console that floods; the history on disk; a large download. Ratios count; an absolute figure says
 * more about the machine than about Perch. "folders", "queries" and "rules" take up to twelve minutes and run only with
 * `--only`.
 *
 *   --only start|memory|fleet|live|truth|loop|power|console|history|queries|rules|transfers|folders   one of the parts
 *   --rounds NUMBER                   rounds of start-up (5)
 *   --servers NUMBER                  servers in the table, and behind the event loop (1000)
 *   --live NUMBER,NUMBER              numbers of live servers (10,200,1000)
 *   --gigabytes NUMBER,NUMBER         sizes of the downloaded files (0.5,1,5)
 *   --folders small,sftp,file,large   up and down: 5,000 small files, the same over SFTP, one file of 2 GB, 30 of 71 MB (all)
 *   --minutes NUMBER                  minutes of questions to games, and of rules (5)
 *   --truth NUMBER,NUMBER             numbers of servers to wait for until all are right (200,1000)
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildStale } from '../build/build.mjs';
import { measureConsole } from './console.mjs';
import { measureFirstTruth } from './first-truth.mjs';
import { measureFleet } from './fleet.mjs';
import { folderKinds, measureFolders } from './folders.mjs';
import { measureHistory } from './history.mjs';
import { measureLive } from './live.mjs';
import { measureLoop } from './loop.mjs';
import { measureMemory } from './memory.mjs';
import { measurePower } from './power.mjs';
import { root } from './programs.mjs';
import { measureQueries } from './queries.mjs';
import { measureRules } from './rules.mjs';
import { measureStartUp } from './start-up.mjs';
import { measureTransfers } from './transfers.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    servers: { type: 'string', default: '1000' },
    live: { type: 'string', default: '10,200,1000' },
    minutes: { type: 'string', default: '5' },
    truth: { type: 'string', default: '200,1000' },
    folders: { type: 'string', default: folderKinds.join(',') },
    gigabytes: { type: 'string', default: '0.5,1,5' },
  },
});
/** @type {Readonly<Record<string, () => Promise<object>>>} */
const parts = {
  start: () => measureStartUp(Number(values.rounds)),
  memory: async () => ({ memory: await measureMemory(Number(values.servers)) }),
  fleet: async () => ({ fleet: await measureFleet(Number(values.servers)) }),
  live: async () => ({ live: await measureLive(numbersOf(values.live)) }),
  truth: async () => ({ truth: await measureFirstTruth(numbersOf(values.truth)) }),
  loop: async () => ({ loop: await measureLoop(Number(values.servers)) }),
  power: async () => ({ power: await measurePower() }),
  console: async () => ({ console: await measureConsole() }),
  queries: async () => ({ queries: await measureQueries(Number(values.servers), Number(values.minutes)) }),
  rules: async () => ({ rules: await measureRules(Number(values.servers), Number(values.minutes)) }),
  history: async () => ({ history: await measureHistory([200, 1000]) }),
  transfers: async () => ({ transfers: await measureTransfers(numbersOf(values.gigabytes)) }),
  folders: async () => ({ folders: await measureFolders(values.folders.split(',')) }),
};
/** @param {string} list */
const numbersOf = (list) => list.split(',').map(Number);
/** Without `--only`. */
const longParts = ['folders', 'queries', 'rules'];
const usual = Object.keys(parts).filter((name) => !longParts.includes(name));
const wanted = (values.only === undefined ? usual : [values.only]).map((name) => parts[name]);
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
