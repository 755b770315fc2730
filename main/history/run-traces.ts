/**
 * Stored traces of the user's rules (RULES "Trace"). A key holds the time and the id of a trace, and an id begins with its
 * rule and ends with its server, so a page of one rule or server reads only its own traces.
 */
import { idTime } from '../../bridge/events/id-time.js';
import { originOf } from '../../bridge/rules/rule-origin.js';
import { runRecordSchema, type RunRecord } from '../../bridge/schema/rule-runs.js';
import { parseJson } from '../base/json.js';
import type { RunTraces, TracesQuery } from '../base/past.js';
import { inBatches } from './batches.js';
import { dayMs } from './chunks.js';
import type { DiskChange } from './history-disk.js';
import { rangeOf } from './key-range.js';
import type { Level } from './level-folder.js';
import { accountOf } from './stored-accounts.js';

const prefix = 'r/';
const keptMs = 90 * dayMs;
/** Traces dated further ahead come from a wrong system clock. */
const futureMs = 2 * dayMs;
const mostBytes = 15 * 1024 * 1024;
/** Traces of servers whose history is not stored, as of the demo. */
const mostUnstored = 200;
const keysAtOnce = 1000;

export interface StoredTracesDeps {
  /** Whether the history of the server is stored. */
  readonly keeps: (serverId: string) => boolean;
  /** Runs a reading while nothing is being written; null = the store is closed. */
  readonly read: <T>(work: (level: Level | null) => Promise<T>) => Promise<T>;
}

interface Waiting {
  readonly record: RunRecord;
  readonly change: DiskChange;
  readonly written: () => void;
}

export class StoredTraces implements RunTraces {
  /** Traces still to be written, by key. */
  readonly #waiting = new Map<string, Waiting>();
  #unstored: readonly RunRecord[] = [];

  constructor(private readonly deps: StoredTracesDeps) {}

  /** Adds a trace, or replaces its earlier version. */
  put(record: RunRecord): Promise<void> {
    if (!this.deps.keeps(record.serverId)) {
      const others = this.#unstored.filter(({ id }) => id !== record.id);
      this.#unstored = [...others, record].slice(-mostUnstored);
      return Promise.resolve();
    }
    const key = keyOf(record);
    const value = new TextEncoder().encode(JSON.stringify(record));
    const earlier = this.#waiting.get(key);
    return new Promise((resolve) => {
      const written = (): void => {
        earlier?.written();
        resolve();
      };
      this.#waiting.set(key, { record, change: { type: 'put', key, value }, written });
    });
  }

  async has(record: Pick<RunRecord, 'at' | 'id'>): Promise<boolean> {
    const key = keyOf(record);
    if (this.#waiting.has(key) || this.#unstored.some(({ id }) => id === record.id)) return true;
    return this.deps.read(async (level) => (await level?.get(key)) !== undefined);
  }

  get unwritten(): readonly DiskChange[] {
    return [...this.#waiting.values()].map(({ change }) => change);
  }

  written(changes: readonly DiskChange[]): void {
    const done = new Set(changes);
    for (const [key, { change, written }] of this.#waiting) {
      if (!done.has(change)) continue;
      this.#waiting.delete(key);
      written();
    }
  }

  async page(
    query: TracesQuery,
  ): Promise<{ readonly records: readonly RunRecord[]; readonly isEnd: boolean }> {
    const stored = await this.deps.read((level) =>
      level === null ? Promise.resolve([]) : storedIn(level, query),
    );
    const inMemory = [...[...this.#waiting.values()].map(({ record }) => record), ...this.#unstored];
    const before = query.before === null ? null : keyOf(query.before);
    const others = inMemory.filter(
      (record) => isAsked(record, query) && (before === null || keyOf(record) < before),
    );
    const all = new Map([...stored, ...others].map((record) => [keyOf(record), record]));
    const newest = [...all].toSorted(([a], [b]) => (a < b ? 1 : -1)).map(([, record]) => record);
    return { records: newest.slice(0, query.count), isEnd: newest.length <= query.count };
  }

  /** Forgets traces that are still to be written. */
  forgetWaiting(isGone: (accountId: string) => boolean): void {
    const isOfGone = ({ serverId }: RunRecord): boolean => isGone(accountOf(serverId));
    for (const [key, { record, written }] of this.#waiting) {
      if (!isOfGone(record)) continue;
      this.#waiting.delete(key);
      written();
    }
    this.#unstored = this.#unstored.filter((record) => !isOfGone(record));
  }

  /** Deletes the traces of removed accounts and compacts, so that they leave the disk. */
  async forget(level: Level, isGone: (accountId: string) => boolean): Promise<void> {
    const { gte, lt } = rangeOf(prefix);
    const gone: string[] = [];
    for await (const key of level.keys({ gte, lt })) if (isGone(accountIn(key))) gone.push(key);
    if (gone.length === 0) return;
    await level.batch(gone.map((key) => ({ type: 'del', key })));
    await level.compactRange(gte, lt);
  }
}

/** Deletes traces that are too old by wall-clock time, and the oldest if there are too many. */
export async function dropOldTraces(level: Level, now: number): Promise<void> {
  const { gte, lt } = rangeOf(prefix);
  await drop(level, gte, prefix + idTime(now - keptMs));
  await drop(level, prefix + idTime(now + futureMs), lt);
  while ((await level.approximateSize(gte, lt)) > mostBytes) {
    const [oldest] = await level.keys({ gte, lt, limit: 1 }).all();
    if (oldest === undefined) return;
    const until = prefix + idTime(timeIn(oldest) + dayMs);
    await drop(level, gte, until);
    await level.compactRange(gte, until);
  }
}

async function drop(level: Level, gte: string, lt: string): Promise<void> {
  for await (const keys of inBatches(level.keys({ gte, lt }), keysAtOnce))
    await level.batch(keys.map((key) => ({ type: 'del', key })));
}

/** One more than a page holds. Skips damaged traces. */
async function storedIn(level: Level, query: TracesQuery): Promise<readonly RunRecord[]> {
  const range = { ...rangeOf(prefix), reverse: true };
  if (query.before !== null) range.lt = keyOf(query.before);
  const keys: string[] = [];
  for await (const key of level.keys(range)) {
    if (isAskedKey(key, query)) keys.push(key);
    if (keys.length > query.count) break;
  }
  const values = await level.getMany(keys);
  return values.flatMap((value) => {
    const parsed = runRecordSchema.safeParse(parseJson(new TextDecoder().decode(value)));
    return parsed.success && isAsked(parsed.data, query) ? [parsed.data] : [];
  });
}

function isAsked(record: RunRecord, { ruleId, serverId, isOwn = false }: TracesQuery): boolean {
  if (isOwn && originOf(record.ruleId) !== 'own') return false;
  return (ruleId ?? record.ruleId) === record.ruleId && (serverId ?? record.serverId) === record.serverId;
}

function isAskedKey(key: string, { ruleId, serverId, isOwn = false }: TracesQuery): boolean {
  const id = key.slice(key.indexOf('/', prefix.length) + 1);
  if (isOwn && originOf(id) !== 'own') return false;
  return (
    (ruleId === null || id.startsWith(`${ruleId}/`)) && (serverId === null || id.endsWith(`/${serverId}`))
  );
}

function keyOf({ at, id }: Pick<RunRecord, 'at' | 'id'>): string {
  return `${prefix}${idTime(at)}/${id}`;
}

function timeIn(key: string): number {
  return Number.parseInt(key.slice(prefix.length, prefix.length + 9), 36);
}

/** A server id is an account and a UUID, and is the last part of the id. */
function accountIn(key: string): string {
  return key.split('/').at(-2) ?? '';
}
