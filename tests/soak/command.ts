/** The part of `npm run soak` that lives through histories: a process of its own that is told seeds and tells reports. */
import { History } from './history.js';
import { cooledDown } from './judge/alerts.js';
import { judge } from './judge/rules.js';
import { knownFaults } from './known-faults.js';
import { reportOf } from './report.js';
import type { Transcript } from './transcript.js';

export interface SoakOrder {
  seed: number;
  minutes: number;
  only?: readonly string[];
}

/** What came of one seed. */
export interface SoakResult {
  seed: number;
  ms: number;
  crashes: number;
  alerts: number;
  cooled: number;
  clicks: number;
  troubles: number;
  /** Rule -> how many times it was broken. */
  broken: Record<string, number>;
  isNew: boolean;
  report: string;
}

process.on('message', (order: SoakOrder) => {
  void soak(order).then((result) => process.send?.(result));
});

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
  const { ms, servers, alerts, clicks, troubles } = transcript;
  const ends = [...servers.values()].flatMap((server) => server.ends);
  return {
    ms,
    crashes: ends.filter(({ kind }) => kind === 'crash').length,
    alerts: alerts.length,
    cooled: cooledDown(transcript),
    clicks: clicks.length,
    troubles: troubles.length,
  };
}
