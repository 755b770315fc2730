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
  const mean = (figure: (band: UsageBand) => number | null): number | null =>
    ofKnown(group.map(figure), (known) => known.reduce((sum, one) => sum + one, 0) / known.length);
  const least = (figure: (band: UsageBand) => number | null): number | null =>
    ofKnown(
      group.map(({ low }) => figure(low)),
      (known) => Math.min(...known),
    );
  const most = (figure: (band: UsageBand) => number | null): number | null =>
    ofKnown(
      group.map(({ high }) => figure(high)),
      (known) => Math.max(...known),
    );
  const [first, last] = [group[0], group.at(-1)];
  return {
    at: last?.at ?? 0,
    ...bandOf(mean),
    diskBytes: last?.diskBytes ?? 0,
    afterGap: first?.afterGap === true && !isNext,
    low: bandOf(least),
    high: bandOf(most),
  };
}

type Take = (figure: (band: UsageBand) => number | null) => number | null;

function bandOf(take: Take): UsageBand {
  return {
    cpuPercent: take(({ cpuPercent }) => cpuPercent) ?? 0,
    memoryBytes: take(({ memoryBytes }) => memoryBytes) ?? 0,
    receivedPerSecond: take(({ receivedPerSecond }) => receivedPerSecond),
    sentPerSecond: take(({ sentPerSecond }) => sentPerSecond),
  };
}

function ofKnown(
  figures: readonly (number | null)[],
  of: (known: readonly number[]) => number,
): number | null {
  const known = figures.filter((figure) => figure !== null);
  return known.length === 0 ? null : of(known);
}
