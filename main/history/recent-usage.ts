import type { UsageSample } from '../../bridge/schema/history.js';
import type { Clock } from '../base/ports.js';
import { ByteSink, ByteSource } from './bytes.js';
import { RowReader, RowWriter, sampleOf, type Row } from './sample-rows.js';

const hourMs = 60 * 60_000;
/** Longer than an hour, because an hour is saved only after its late samples have arrived. */
const keptMs = hourMs + 10 * 60_000;
/** Rows per part. A part is dropped as a whole once its last row is old. */
const rowsOfPart = 120;
/** A sample that is older than the last by more than this is not late: the clock was set back. */
const setBackMs = 5000;

/** Consecutive samples as bytes. */
interface Part {
  readonly sink: ByteSink;
  readonly writer: RowWriter;
  rows: number;
  lastAt: number;
}

/** Usage of every server in the last hour: about 10 KB for a live server. */
export class RecentUsage {
  readonly #servers = new Map<string, Part[]>();

  constructor(private readonly clock: Pick<Clock, 'now'>) {}

  get serverIds(): readonly string[] {
    return [...this.#servers.keys()];
  }

  /** Adds a sample as codes, with its time in milliseconds. */
  addRow(serverId: string, row: Row): void {
    let parts = this.#servers.get(serverId);
    const last = parts?.at(-1);
    // Drops the server's rows after the clock was set back. Rows in the future would stay forever.
    if (parts === undefined || (last !== undefined && row.at < last.lastAt - setBackMs))
      this.#servers.set(serverId, (parts = []));
    append(parts, row);
  }

  /** Adds rows of an earlier run before the rows of this run. */
  restore(serverId: string, earlier: readonly Row[]): void {
    const parts: Part[] = [];
    for (const row of earlier) append(parts, row);
    closeLast(parts);
    this.#servers.set(serverId, [...parts, ...(this.#servers.get(serverId) ?? [])]);
  }

  hour(serverId: string): readonly UsageSample[] {
    const newest = this.#servers.get(serverId)?.at(-1)?.lastAt ?? 0;
    const samples = this.between(serverId, Math.max(newest, this.clock.now()) - hourMs, Infinity);
    const [first, ...rest] = samples;
    // A chart draws no line to the first sample, so there is no gap to show.
    return first === undefined ? [] : [{ ...first, afterGap: false }, ...rest];
  }

  /** From `from` up to, but without, `to`. */
  between(serverId: string, from: number, to: number): readonly UsageSample[] {
    return this.rowsBetween(serverId, from, to).map((row) => sampleOf(row, 1));
  }

  rowsBetween(serverId: string, from: number, to: number): readonly Row[] {
    const parts = (this.#servers.get(serverId) ?? []).filter(({ lastAt }) => lastAt >= from);
    return parts.flatMap(rowsOf).filter(({ at }) => at >= from && at < to);
  }

  /** Drops old parts, but none with rows at or after `needed`. */
  trim(needed = Infinity): void {
    const oldest = Math.min(needed, this.clock.now() - keptMs);
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
    parts.push((part = { sink, writer: new RowWriter(sink), rows: 0, lastAt: 0 }));
  }
  part.writer.add(row);
  part.rows += 1;
  part.lastAt = row.at;
}

function closeLast(parts: readonly Part[]): void {
  parts.at(-1)?.sink.close();
}

function rowsOf({ sink, rows }: Part): Row[] {
  const reader = new RowReader(new ByteSource(sink.bytes));
  return Array.from({ length: rows }, () => reader.next());
}
