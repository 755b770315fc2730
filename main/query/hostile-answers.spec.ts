/** Answers with faults: whatever a server sends, a query ends with a bounded answer or a `QueryFailure`. */
import { describe, expect, it } from 'vitest';
import { queryProtocols, type QueryProtocolId } from '../../bridge/panel/query-protocols.js';
import { Dice } from '../../tests/soak/dice.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { spoken } from '../../tests/support/spoken-queries.js';
import { SpokenWire } from '../../tests/support/spoken-wire.js';
import { QueryFailure } from '../base/query-ports.js';
import type { QueryAnswer } from './query-answer.js';
import { GameQuery } from './query.js';

/** Answers of each protocol. `PERCH_FUZZ_ANSWERS=100000 npx vitest run --project unit main/query` tries that many. */
const answers = Number(process.env['PERCH_FUZZ_ANSWERS'] ?? 1500);
const seed = Number(process.env['PERCH_FUZZ_SEED'] ?? 20_261_129);
/** Limit of one answer in ms of processor time. */
const stallMs = 250;

const place = { host: 'play.example.com', port: 25_565 };
const never = new AbortController().signal;

/** Pieces that break readers: ends of texts, long lengths, escape sequences, hidden characters. */
const strange = [
  Buffer.from([0]),
  Buffer.alloc(5, 0xff),
  Buffer.from([0xff, 0xff, 0x7f]),
  Buffer.from([0xfe, 0xff, 0xff, 0xff]),
  Buffer.from('\u001b[2J\u202e\u0007'),
  Buffer.from('{"a":[[[[[[', 'utf8'),
  Buffer.from('99999999999999999999'),
  Buffer.from('-1'),
  Buffer.from('NaN'),
  Buffer.from('|'.repeat(50)),
  Buffer.from('§'.repeat(40)),
  Buffer.alloc(3000, 0x41),
];

function mutated(answer: Buffer, dice: Dice): Buffer {
  let bytes = Buffer.from(answer);
  for (let changes = dice.between(1, 4); changes > 0; changes--) {
    const at = dice.between(0, bytes.length);
    const to = dice.between(at, Math.min(bytes.length, at + 40));
    switch (dice.between(0, 5)) {
      case 0:
        if (at < bytes.length) bytes[at] = dice.between(0, 255);
        break;
      case 1:
        bytes = bytes.subarray(0, at);
        break;
      case 2:
        bytes = Buffer.concat([bytes.subarray(0, at), dice.pick(strange), bytes.subarray(at)]);
        break;
      case 3:
        bytes = Buffer.concat([bytes.subarray(0, at), dice.pick(strange), bytes.subarray(to)]);
        break;
      case 4:
        bytes = Buffer.concat([bytes.subarray(0, to), bytes.subarray(at)]);
        break;
      default:
        if (at < bytes.length) bytes[at] = dice.pick([0, 1, 0x7f, 0x80, 0xff]);
    }
    bytes = Buffer.from(bytes);
  }
  return bytes;
}

/** Some answers of one question change, get lost, come twice or in another order. */
function disturbed(sent: readonly Buffer[], dice: Dice): Buffer[] {
  const changed = sent.flatMap((answer) => {
    if (dice.chance(0.05)) return [];
    const one = dice.chance(0.7) ? mutated(answer, dice) : answer;
    return dice.chance(0.1) ? [one, answer] : [one];
  });
  return dice.chance(0.2) ? changed.reverse() : changed;
}

function costOf(began: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}

// eslint-disable-next-line no-control-regex -- characters that a text must not hold
const hidden = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

/** The fault of an answer; null = none. */
function faultOf({ players, slots, bots, names, version, title, map, pingMs }: QueryAnswer): string | null {
  for (const count of [players, slots, bots])
    if (count !== null && !(Number.isInteger(count) && count >= 0 && count <= 100_000))
      return `count ${count}`;
  for (const text of [version, title, map])
    if (text !== null && (text === '' || text.length > 800 || hidden.test(text))) return `text ${text}`;
  if (!(pingMs >= 0)) return `ping ${pingMs}`;
  if ((names?.length ?? 0) > 1000) return 'too many names';
  for (const { name, seconds, pingMs: ping } of names ?? []) {
    if (name === '' || name.length > 256 || hidden.test(name)) return `name ${name}`;
    for (const figure of [seconds, ping])
      if (figure !== null && !(Number.isInteger(figure) && figure >= 0)) return `figure ${figure}`;
  }
  return null;
}

function failureOf(error: unknown): 'refused' {
  if (error instanceof QueryFailure) return 'refused';
  throw error;
}

describe.each(queryProtocols.map((id, index): [QueryProtocolId, number] => [id, index]))(
  '%s',
  (id, index) => {
    it(`ends in order for ${answers} answers with faults`, async () => {
      const dice = new Dice(seed + index);
      let read = 0;
      let refused = 0;
      for (let count = 0; count < answers; count++) {
        const wire = new SpokenWire(spoken[id], (sent) => disturbed(sent, dice));
        const query = new GameQuery({ wire, clock: new FakeClock(), random: () => dice.next() });
        const began = process.cpuUsage();
        const fault = await query.ask(id, place, never).then(faultOf, failureOf);
        if (fault === null) read += 1;
        else if (fault === 'refused') refused += 1;
        else throw new Error(`${fault}, answer ${count}`);
        if (costOf(began) > stallMs) throw new Error(`answer ${count} took too long`);
        if (wire.asked > 20) throw new Error(`answer ${count} made Perch ask ${wire.asked} times`);
      }
      // Faults that every reader refuses, or readers that refuse every answer, would prove nothing.
      expect(read).toBeGreaterThan(answers / 50);
      expect(refused).toBeGreaterThan(answers / 50);
    }, 600_000);
  },
);
