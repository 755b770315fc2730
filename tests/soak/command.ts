/** Worker process of `npm run soak`: receives seeds, runs their histories and sends reports. */
import { heapOver, slopeOf, type HeapSample } from './heap.js';
import { History } from './history.js';
import { cooledDown } from './judge/alerts.js';
import { fatesOf } from './judge/crashes.js';
import { judge } from './judge/rules.js';
import { knownFaults } from './known-faults.js';
import { reportOf } from './report.js';
import type { Transcript } from './transcript.js';

export interface SoakOrder {
  seed: number;
  minutes: number;
  only?: readonly string[];
  /** True = measures only the heap. */
  heap?: boolean;
}

/** Result of one seed. */
export interface SoakResult {
  seed: number;
  ms: number;
  crashes: number;
  alerts: number;
  cooled: number;
  clicks: number;
  troubles: number;
  restarts: number;
  /** Fate -> number of crashes. */
  fates: Record<string, number>;
  /** Rule -> number of violations. */
  broken: Record<string, number>;
  isNew: boolean;
  report: string;
}

/** Heap over one long history. */
export interface HeapResult {
  samples: readonly HeapSample[];
  /** MB per hour, after the filling phase. */
  slope: number;
}

process.on('message', (order: SoakOrder) => {
  const lived: Promise<SoakResult | HeapResult> = order.heap === true ? measured(order) : soak(order);
  void lived.then((result) => process.send?.(result));
});

/** Defined under `node --expose-gc` only. */
declare const gc: (() => void) | undefined;

function collect(): void {
  if (typeof gc !== 'function') throw new Error('The heap can only be measured with --expose-gc.');
  gc();
}

async function measured(order: SoakOrder): Promise<HeapResult> {
  const samples = await heapOver(order, collect);
  return { samples, slope: slopeOf(samples) };
}

async function soak({ seed, minutes, only }: SoakOrder): Promise<SoakResult> {
  const transcript = await new History({ seed, minutes, only }).run();
  const violations = judge(transcript);
  const broken: Record<string, number> = {};
  for (const { rule } of violations) broken[rule] = (broken[rule] ?? 0) + 1;
  const filter = only === undefined ? '' : ` --only "${only.join(',')}"`;
  const replay = `npm run soak -- --seed ${seed} --minutes ${minutes}${filter}`;
  return {
    seed,
    ...countsOf(transcript),
    broken,
    isNew: violations.some(({ rule }) => !knownFaults.includes(rule)),
    report: violations.length === 0 ? '' : reportOf(transcript, violations, replay),
  };
}

function countsOf(transcript: Transcript) {
  const { ms, servers, alerts, clicks, troubles, restarts } = transcript;
  const ends = [...servers.values()].flatMap((server) => server.ends);
  return {
    ms,
    crashes: ends.filter(({ kind }) => kind === 'crash').length,
    alerts: alerts.length,
    cooled: cooledDown(transcript),
    clicks: clicks.length,
    troubles: troubles.length,
    restarts: restarts.length,
    fates: fatesOf(transcript),
  };
}
