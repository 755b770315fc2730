import type { UsageStretch } from '../../bridge/schema/history.js';
import type { Clock } from '../base/ports.js';
import { ByteSink, ByteSource } from './bytes.js';
import { RowReader, rowOf, RowWriter, type Row } from './stretch-rows.js';

const hourMs = 60 * 60_000;
/** An hour is kept on disk when it is over, and late stretches are waited for. */
const keptMs = hourMs + 10 * 60_000;
/** They go together when the last of them is old. */
const rowsOfPart = 120;
/** A stretch this much older than the last one is not a late one: somebody has set the clock back. */
const setBackMs = 5000;

/** Stretches that follow each other, as bytes. */
interface Part {
  readonly sink: ByteSink;
  readonly writer: RowWriter;
  rows: number;
  lastAt: number;
}

/** The last hour of every server in memory: about 10 KB for one that is live. */
export class RecentUsage {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #servers = new Map<string, Part[]>();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  get serverIds(): readonly string[] {
    return [...this.#servers.keys()];
  }

  add(serverId: string, stretch: UsageStretch): void {
    this.addRow(serverId, rowOf(stretch, 1));
  }

  /** The same as codes, with its time in milliseconds. */
  addRow(serverId: string, row: Row): void {
    let parts = this.#servers.get(serverId);
    const last = parts?.at(-1);
    // What lies in the future would stay for ever.
    if (parts === undefined || (last !== undefined && row.at < last.lastAt - setBackMs))
      this.#servers.set(serverId, (parts = []));
    append(parts, row);
  }

  /** Of an earlier run: what comes of this one lies after it. */
  restore(serverId: string, earlier: readonly Row[]): void {
    const parts: Part[] = [];
    for (const row of earlier) append(parts, row);
    closeLast(parts);
    this.#servers.set(serverId, [...parts, ...(this.#servers.get(serverId) ?? [])]);
  }

  hour(serverId: string): readonly UsageStretch[] {
    const newest = this.#servers.get(serverId)?.at(-1)?.lastAt ?? 0;
    const stretches = this.between(serverId, Math.max(newest, this.#clock.now()) - hourMs, Infinity);
    const [first, ...rest] = stretches;
    // No line leads to the first one, so it is after no gap.
    return first === undefined ? [] : [{ ...first, afterGap: false }, ...rest];
  }

  /** From the first moment up to the second, which does not belong to it. */
  between(serverId: string, from: number, to: number): readonly UsageStretch[] {
    const parts = (this.#servers.get(serverId) ?? []).filter(({ lastAt }) => lastAt >= from);
    return parts.flatMap(read).filter(({ at }) => at >= from && at < to);
  }

  rowsBetween(serverId: string, from: number, to: number): readonly Row[] {
    const parts = (this.#servers.get(serverId) ?? []).filter(({ lastAt }) => lastAt >= from);
    return parts.flatMap(rowsOf).filter(({ at }) => at >= from && at < to);
  }

  /** Lets go of what is old; of what is newer than `needed` nothing. */
  trim(needed = Infinity): void {
    const oldest = Math.min(needed, this.#clock.now() - keptMs);
    for (const [id, parts] of this.#servers) {
      const left = parts.filter(({ lastAt }) => lastAt >= oldest);
      if (left.length === 0) this.#servers.delete(id);
      else if (left.length < parts.length) this.#servers.set(id, left);
    }
  }

  forget(serverId: string): void {
    this.#servers.delete(serverId);
  }

  forgetAccount(accountId: string): void {
    for (const id of this.#servers.keys()) if (id.startsWith(`${accountId}/`)) this.#servers.delete(id);
  }
}

function append(parts: Part[], row: Row): void {
  let part = parts.at(-1);
  if (part === undefined || part.rows >= rowsOfPart) {
    closeLast(parts);
    const sink = new ByteSink();
    parts.push((part = { sink, writer: new RowWriter(sink, 1), rows: 0, lastAt: 0 }));
  }
  part.writer.addRow(row);
  part.rows += 1;
  part.lastAt = row.at;
}

function closeLast(parts: readonly Part[]): void {
  parts.at(-1)?.sink.close();
}

function rowsOf({ sink, rows }: Part): Row[] {
  const reader = new RowReader(new ByteSource(sink.bytes), 1);
  return Array.from({ length: rows }, () => reader.nextRow());
}

function read({ sink, rows }: Part): UsageStretch[] {
  const reader = new RowReader(new ByteSource(sink.bytes), 1);
  return Array.from({ length: rows }, () => reader.next());
}
