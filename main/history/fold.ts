import type { UsageBand, UsageSample } from '../../bridge/schema/history.js';

/** Merges samples into longer ones of `lengthMs`. Times without a measurement give no sample. */
export function foldStretches(samples: readonly UsageSample[], lengthMs: number): UsageSample[] {
  const folded: UsageSample[] = [];
  let group: UsageSample[] = [];
  let place = Number.NaN;
  let isNext = false;
  const finish = (): void => {
    if (group.length > 0) folded.push(together(group, isNext));
  };
  for (const sample of samples) {
    const at = Math.floor(sample.at / lengthMs);
    if (at !== place) {
      finish();
      isNext = at === place + 1;
      place = at;
      group = [];
    }
    group.push(sample);
  }
  finish();
  return folded;
}

/** `isNext` = the previous sample is adjacent, so a short gap between them is not shown. */
function together(group: readonly UsageSample[], isNext: boolean): UsageSample {
  const [first, last] = [group[0], group.at(-1)];
  return {
    at: last?.at ?? 0,
    ...bandOf(group, mean),
    diskBytes: last?.diskBytes ?? 0,
    afterGap: first?.afterGap === true && !isNext,
    low: bandOf(
      group.map(({ low }) => low),
      (known) => Math.min(...known),
    ),
    high: bandOf(
      group.map(({ high }) => high),
      (known) => Math.max(...known),
    ),
  };
}

function mean(known: readonly number[]): number {
  return known.reduce((sum, one) => sum + one, 0) / known.length;
}

/** One figure made of the known figures of all bands. */
function bandOf(bands: readonly UsageBand[], of: (known: readonly number[]) => number): UsageBand {
  const figure = (name: keyof UsageBand): number | null => {
    const known = bands.map((band) => band[name]).filter((one) => one !== null);
    return known.length === 0 ? null : of(known);
  };
  return {
    cpuPercent: figure('cpuPercent') ?? 0,
    memoryBytes: figure('memoryBytes') ?? 0,
    receivedPerSecond: figure('receivedPerSecond'),
    sentPerSecond: figure('sentPerSecond'),
    players: figure('players'),
  };
}
