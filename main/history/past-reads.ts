/** Reads the usage and states of one server: the newer part from memory, the older part from the store. */
import type { HistoryRange, StateRun, UsageSample } from '../../bridge/schema/history.js';
import type { Clock } from '../base/ports.js';
import { wallAhead } from '../base/wall-ahead.js';
import { archivedMarks, archivedUsage } from './archive.js';
import { dayMs, hourMs, minutes, quarters, type UsageKind } from './chunks.js';
import { foldStretches } from './fold.js';
import { shiftStretch } from './keeping.js';
import type { Level } from './level-folder.js';
import { runsOf, within } from './marks.js';
import type { RecentStates } from './recent-states.js';
import type { RecentUsage } from './recent-usage.js';

/** Sources of a read. */
export interface ReadSources {
  readonly clock: Clock;
  readonly usage: RecentUsage;
  readonly states: RecentStates;
  /** Monotonic time: older data is in the store, newer data in memory. */
  readonly rolledTo: number;
  /** Number of the server in the store; undefined for a server without data there. */
  numberOf(serverId: string): number | undefined;
  /** Reads the store; the level is null while the store cannot be read. */
  read<T>(work: (level: Level | null) => Promise<T>): Promise<T>;
}

/** Length and stored source of each range. The last hour comes from memory, in samples of five seconds. */
const ranges: Readonly<Record<HistoryRange, { lengthMs: number; kind: UsageKind | null }>> = {
  '5m': { lengthMs: 5 * 60_000, kind: null },
  '1h': { lengthMs: hourMs, kind: null },
  '24h': { lengthMs: dayMs, kind: minutes },
  '7d': { lengthMs: 7 * dayMs, kind: quarters },
  '30d': { lengthMs: 30 * dayMs, kind: quarters },
};

export async function pastUsage(
  sources: ReadSources,
  serverId: string,
  range: HistoryRange,
): Promise<readonly UsageSample[]> {
  const { clock, usage, rolledTo } = sources;
  const { lengthMs, kind } = ranges[range];
  const from = clock.now() - lengthMs;
  if (kind === null) return usage.hour(serverId).filter(({ at }) => at >= from);
  const ahead = wallAhead(clock);
  const older = await stored(sources, serverId, (level, number) =>
    archivedUsage(level, kind, number, [from + ahead, rolledTo + ahead]),
  );
  const since = older === null ? from : Math.max(from, rolledTo);
  const newer = usage.between(serverId, since, Infinity).map((one) => shiftStretch(one, ahead));
  return [...(older ?? []), ...foldStretches(newer, kind.sampleMs)].map((one) => shiftStretch(one, -ahead));
}

export async function statesOf(
  sources: ReadSources,
  serverId: string,
  [from, to]: readonly [number, number],
): Promise<readonly StateRun[]> {
  const { clock, states, rolledTo } = sources;
  const ahead = wallAhead(clock);
  const older = await stored(sources, serverId, (level, number) =>
    archivedMarks(level, number, [from + ahead, rolledTo + ahead]),
  );
  const archived = within(older ?? [], from + ahead, rolledTo + ahead);
  const past = archived.map(({ at, state }) => ({ at: at - ahead, state }));
  const until = Math.min(to, clock.now());
  return runsOf([...past, ...states.between(serverId, Math.max(from, rolledTo), until)], from, to);
}

/** null if the store has no readable data of the server. */
function stored<T>(
  { numberOf, read }: ReadSources,
  serverId: string,
  work: (level: Level, number: number) => Promise<T>,
): Promise<T | null> {
  const number = numberOf(serverId);
  return read(async (level) => (level === null || number === undefined ? null : work(level, number)));
}
