/*
 * Encodes and decodes samples of usage (mean, lowest and highest values of some seconds). Each row holds the
 * differences to the previous row: about 12 bytes for a sample of 5 s of a busy server, 3 bytes for an idle server.
 */
import type { UsageBand, UsageSample } from '../../bridge/schema/history.js';
import type { ByteSink, ByteSource } from './bytes.js';
import { coarse, fine } from './coarse.js';

/** Codes of one figure: the mean, and the distances to the lowest and highest value. */
interface Figure {
  mean: number;
  below: number;
  above: number;
}

/** Codes of a sample, with its time in steps. */
export interface Row {
  at: number;
  afterGap: boolean;
  cpu: Figure;
  memory: Figure;
  disk: number;
  received: Figure;
  sent: Figure;
  players: Figure;
}

/** Flags for the parts of a row. Rows of version 1 of the store have no players. */
const flag = {
  afterGap: 1,
  cpu: 2,
  cpuBand: 4,
  memory: 8,
  memoryBand: 16,
  disk: 32,
  rates: 64,
  rateBands: 128,
  players: 256,
  playersBand: 512,
};
const nothing: Figure = { mean: 0, below: 0, above: 0 };
const cpuStep = 10;
/** Tenths keep the mean of a quarter of an hour; whole numbers up to 800 stay exact when rounded. */
const playersStep = 10;

/** Writes consecutive rows; each is read with the previous one. `since` = time in steps that the first is relative to. */
export class RowWriter {
  #before: Row;

  constructor(
    private readonly sink: ByteSink,
    since = 0,
  ) {
    this.#before = emptyRow(since);
  }

  add(row: Row): void {
    const sink = this.sink;
    const before = this.#before;
    const held = flagsOf(row, before) + (row.afterGap ? flag.afterGap : 0);
    sink.signed(row.at - before.at);
    sink.unsigned(held);
    if (held & flag.cpu) sink.signed(row.cpu.mean - before.cpu.mean);
    if (held & flag.cpuBand) writeBand(sink, row.cpu);
    if (held & flag.memory) sink.signed(row.memory.mean - before.memory.mean);
    if (held & flag.memoryBand) writeBand(sink, row.memory);
    if (held & flag.disk) sink.signed(row.disk - before.disk);
    if (held & flag.rates) {
      sink.signed(row.received.mean - before.received.mean);
      sink.signed(row.sent.mean - before.sent.mean);
    }
    if (held & flag.rateBands) {
      writeBand(sink, row.received);
      writeBand(sink, row.sent);
    }
    if (held & flag.players) sink.signed(row.players.mean - before.players.mean);
    if (held & flag.playersBand) writeBand(sink, row.players);
    this.#before = row;
  }
}

/** Reads the rows of a `RowWriter` with the same start. */
export class RowReader {
  #before: Row;

  constructor(
    private readonly source: ByteSource,
    since = 0,
  ) {
    this.#before = emptyRow(since);
  }

  next(): Row {
    const { source } = this;
    const before = this.#before;
    const at = before.at + source.signed();
    const held = source.unsigned();
    const change = (bit: number): number => (held & bit ? source.signed() : 0);
    const figure = (mean: number, bandBit: number): Figure => ({ mean, ...readBand(source, held & bandBit) });
    const cpu = figure(before.cpu.mean + change(flag.cpu), flag.cpuBand);
    const memory = figure(before.memory.mean + change(flag.memory), flag.memoryBand);
    const disk = before.disk + change(flag.disk);
    const receivedMean = before.received.mean + change(flag.rates);
    const sentMean = before.sent.mean + change(flag.rates);
    const received = figure(receivedMean, flag.rateBands);
    const sent = figure(sentMean, flag.rateBands);
    const players = figure(before.players.mean + change(flag.players), flag.playersBand);
    const afterGap = (held & flag.afterGap) !== 0;
    return (this.#before = { at, afterGap, cpu, memory, disk, received, sent, players });
  }
}

function emptyRow(at: number): Row {
  return {
    at,
    afterGap: false,
    cpu: nothing,
    memory: nothing,
    disk: 0,
    received: nothing,
    sent: nothing,
    players: nothing,
  };
}

function flagsOf(row: Row, before: Row): number {
  const changes = (now: Figure, then: Figure): boolean => now.mean !== then.mean;
  return (
    (changes(row.cpu, before.cpu) ? flag.cpu : 0) +
    (hasBand(row.cpu) ? flag.cpuBand : 0) +
    (changes(row.memory, before.memory) ? flag.memory : 0) +
    (hasBand(row.memory) ? flag.memoryBand : 0) +
    (row.disk === before.disk ? 0 : flag.disk) +
    (changes(row.received, before.received) || changes(row.sent, before.sent) ? flag.rates : 0) +
    (hasBand(row.received) || hasBand(row.sent) ? flag.rateBands : 0) +
    (changes(row.players, before.players) ? flag.players : 0) +
    (hasBand(row.players) ? flag.playersBand : 0)
  );
}

function hasBand({ below, above }: Figure): boolean {
  return below > 0 || above > 0;
}

function writeBand(sink: ByteSink, { below, above }: Figure): void {
  sink.unsigned(below);
  sink.unsigned(above);
}

function readBand(source: ByteSource, isHeld: number): Pick<Figure, 'below' | 'above'> {
  return isHeld ? { below: source.unsigned(), above: source.unsigned() } : { below: 0, above: 0 };
}

/** Codes of a sample, with its time in steps of `stepMs`. */
export function rowOf(sample: UsageSample, stepMs: number): Row {
  const { at, afterGap, diskBytes, low, high } = sample;
  const figure = (code: (band: UsageBand) => number): Figure => {
    const mean = code(sample);
    return { mean, below: Math.max(0, mean - code(low)), above: Math.max(0, code(high) - mean) };
  };
  return {
    at: Math.round(at / stepMs),
    afterGap,
    cpu: figure(({ cpuPercent }) => coarse(cpuPercent * cpuStep)),
    memory: figure(({ memoryBytes }) => coarse(memoryBytes)),
    disk: coarse(diskBytes),
    received: figure(({ receivedPerSecond }) => knownCode(receivedPerSecond)),
    sent: figure(({ sentPerSecond }) => knownCode(sentPerSecond)),
    players: figure(({ players }) => knownCode(players === null ? null : players * playersStep)),
  };
}

/** Values of a row with its time in steps of `stepMs`. */
export function sampleOf(
  { at, afterGap, cpu, memory, disk, received, sent, players }: Row,
  stepMs: number,
): UsageSample {
  const band = (code: (figure: Figure) => number): UsageBand => ({
    cpuPercent: fine(code(cpu)) / cpuStep,
    memoryBytes: fine(code(memory)),
    receivedPerSecond: knownOf(code(received)),
    sentPerSecond: knownOf(code(sent)),
    players: playersOf(knownOf(code(players))),
  });
  return {
    at: at * stepMs,
    ...band(({ mean }) => mean),
    diskBytes: fine(disk),
    afterGap,
    low: band(({ mean, below }) => mean - below),
    high: band(({ mean, above }) => mean + above),
  };
}

function playersOf(steps: number | null): number | null {
  return steps === null ? null : steps / playersStep;
}

/** 0 = unknown. */
function knownCode(value: number | null): number {
  return value === null ? 0 : coarse(value) + 1;
}

function knownOf(code: number): number | null {
  return code <= 0 ? null : fine(code - 1);
}
