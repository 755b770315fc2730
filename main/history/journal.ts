/*
 * Entries of the journal: every few seconds one entry with the new data of all servers.
 * A killed run leaves them behind. Data older than an hour is read from chunks. All times are wall-clock times.
 */
import { pastStateSchema } from '../../bridge/schema/history.js';
import type { PastState } from '../../bridge/schema/history.js';
import { ByteSink, readBytes, type ByteSource } from './bytes.js';
import { RowReader, RowWriter, type Row } from './sample-rows.js';

/** Journal entry. `Name` is the server's id in memory and its number on disk. */
export interface Noted<Name> {
  /** Time of the entry, up to which Perch was observing. */
  readonly at: number;
  /** True if the entry holds the state of every server: the first entry of a run and of an hour. */
  readonly isWhole: boolean;
  /** True for the first entry of a run: the time since the previous entry was not observed. */
  readonly isFirst: boolean;
  readonly states: readonly { readonly server: Name; readonly at: number; readonly state: PastState }[];
  readonly usage: readonly { readonly server: Name; readonly row: Row }[];
}

const whole = 1;
const first = 2;
const pastStates = pastStateSchema.options;

export function entryBytes({ at, isWhole, isFirst, states, usage }: Noted<number>): Uint8Array {
  const sink = new ByteSink();
  sink.unsigned((isWhole ? whole : 0) + (isFirst ? first : 0));
  sink.unsigned(at);
  sink.unsigned(states.length);
  for (const one of states) {
    sink.unsigned(one.server);
    sink.signed(one.at - at);
    sink.unsigned(pastStates.indexOf(one.state));
  }
  for (const { server, row } of usage) {
    sink.unsigned(server);
    new RowWriter(sink, at).add(row);
  }
  return sink.bytes;
}

/** null for damaged bytes. */
export function entryIn(bytes: Uint8Array): Noted<number> | null {
  return readBytes(bytes, read);
}

function read(source: ByteSource): Noted<number> {
  const flags = source.unsigned();
  const at = source.unsigned();
  const states = Array.from({ length: source.unsigned() }, () => ({
    server: source.unsigned(),
    at: at + source.signed(),
    state: pastStates[source.unsigned()] ?? 'unknown',
  }));
  const usage = [];
  while (!source.isOver) {
    usage.push({ server: source.unsigned(), row: new RowReader(source, at).next() });
  }
  return { at, isWhole: (flags & whole) !== 0, isFirst: (flags & first) !== 0, states, usage };
}
