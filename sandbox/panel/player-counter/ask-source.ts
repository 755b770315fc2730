import type { Counted, GamePlace } from './counted.js';
import { overUdp, type Exchange } from './datagrams.js';

const header = Buffer.from([0xff, 0xff, 0xff, 0xff]);
const challengeKind = 0x41;

/** Info and players of a Source game. The sandbox's games have few players, so no answer is split. */
export function askSource(place: GamePlace): Promise<Counted | null> {
  return overUdp(place, async (exchange) => {
    const info = new Reader(await ask(exchange, Buffer.from('TSource Engine Query\0', 'latin1'), false));
    info.skip(1);
    const [hostname, map] = [info.text(), info.text()];
    info.text();
    info.text();
    info.skip(2);
    const [current, max] = [info.byte(), info.byte()];
    const list = new Reader(await ask(exchange, Buffer.from('U', 'latin1'), true));
    const players = Array.from({ length: list.byte() }, () => {
      list.skip(1);
      const name = list.text();
      list.skip(8);
      return name;
    });
    return { hostname, map, current_players: current, max_players: max, players };
  });
}

/** The answer without its header and kind, after the challenge if the game wants one. */
async function ask(exchange: Exchange, request: Buffer, isChallenged: boolean): Promise<Buffer> {
  const empty = isChallenged ? Buffer.from([0xff, 0xff, 0xff, 0xff]) : Buffer.alloc(0);
  let answer = await exchange(Buffer.concat([header, request, empty]));
  if (answer[4] === challengeKind) {
    answer = await exchange(Buffer.concat([header, request, answer.subarray(5, 9)]));
  }
  return answer.subarray(5);
}

/** Reads an answer from its beginning. */
class Reader {
  #at = 0;

  constructor(private readonly bytes: Buffer) {}

  skip(count: number): void {
    this.#at += count;
  }

  byte(): number {
    return this.bytes.readUInt8(this.#at++);
  }

  /** A text up to its zero. */
  text(): string {
    const end = this.bytes.indexOf(0, this.#at);
    const text = this.bytes.toString('utf8', this.#at, end);
    this.#at = end + 1;
    return text;
  }
}
