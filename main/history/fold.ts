import type { UsageBand, UsageStretch } from '../../bridge/schema/history.js';

/** Merges stretches into longer ones of `lengthMs`. Times without a measurement give no stretch. */
export function fold(stretches: readonly UsageStretch[], lengthMs: number): UsageStretch[] {
  const folded: UsageStretch[] = [];
  let group: UsageStretch[] = [];
  let place = Number.NaN;
  let isNext = false;
  const finish = (): void => {
    if (group.length > 0) folded.push(together(group, isNext));
  };
  for (const stretch of stretches) {
    const at = Math.floor(stretch.at / lengthMs);
    if (at !== place) {
      finish();
      isNext = at === place + 1;
      place = at;
      group = [];
    }
    group.push(stretch);
  }
  finish();
  return folded;
}

/** `isNext` = the previous stretch is adjacent, so a short gap between them is not shown. */
function together(group: readonly UsageStretch[], isNext: boolean): UsageStretch {
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
