/**
 * One question to each address: servers whose names lead to the same address and port share an answer. Otherwise a
 * panel with many names for one address would make Perch ask a stranger as many times.
 *
 * Protocols over TCP carry the name that Perch asks for, and a proxy answers for the server with this name, so their
 * answers are not shared.
 */
import type { QueryProtocolId } from '../../bridge/panel/query-protocols.js';
import type { Clock } from '../base/ports.js';
import type { QueryPlace, QueryWire } from '../base/query-ports.js';
import { unlessAborted } from '../base/unless-aborted.js';
import type { QueryAnswer } from './query-answer.js';
import type { Query } from './query.js';

export interface SharedQueryDeps {
  readonly query: Query;
  readonly wire: Pick<QueryWire, 'addressOf'>;
  readonly clock: Clock;
}

/** Shortest time in ms between two questions to an address and port; no server is asked more often. */
const shareMs = 15_000;

const overUdp: ReadonlySet<QueryProtocolId> = new Set(['bedrock', 'source', 'minecraft-query']);

interface Asked {
  readonly at: number;
  readonly answer: Promise<QueryAnswer>;
}

export class SharedQuery implements Query {
  /** The latest question by protocol, address and port, oldest first. */
  readonly #asked = new Map<string, Asked>();

  constructor(private readonly deps: SharedQueryDeps) {}

  async ask(protocol: QueryProtocolId, place: QueryPlace, signal: AbortSignal): Promise<QueryAnswer> {
    const { query, wire, clock } = this.deps;
    const at = clock.now();
    const address = await unlessAborted(signal, () => wire.addressOf(place));
    if (address === null) return query.ask(protocol, place, signal);
    const from = `${protocol} ${address} ${place.port}`;
    const ask = async (): Promise<QueryAnswer> => ({ ...(await query.ask(protocol, place, signal)), from });
    if (!overUdp.has(protocol)) return ask();
    const key = `${from} ${place.mayBeHere === true}`;
    this.#forgetOld(at);
    const known = this.#asked.get(key);
    if (known !== undefined && at - known.at < shareMs)
      return unlessAborted(signal, async () => ({ ...(await known.answer), toldAt: known.at }));
    const answer = ask();
    this.#asked.set(key, { at, answer });
    return answer;
  }

  #forgetOld(now: number): void {
    for (const [key, { at }] of this.#asked) {
      if (now - at < shareMs) return;
      this.#asked.delete(key);
    }
  }
}
