/** Asks game servers for their players over the games' own protocols (QUERIES "Protocols"). */
import type { QueryPlace, QueryWire } from '../base/query-ports.js';
import type { QueryProtocolId } from '../../bridge/panel/query-protocols.js';
import type { Clock, Random } from '../base/ports.js';
import { unlessAborted } from '../base/unless-aborted.js';
import type { Ask } from './asking.js';
import { bedrock } from './bedrock.js';
import { fivem } from './fivem.js';
import { minecraftQuery } from './minecraft-query.js';
import { minecraftStatus } from './minecraft-status.js';
import type { QueryAnswer } from './query-answer.js';
import { source } from './source.js';
import { teamspeak } from './teamspeak.js';

const protocols: Readonly<Record<QueryProtocolId, Ask>> = {
  'minecraft-status': minecraftStatus,
  'minecraft-query': minecraftQuery,
  bedrock,
  source,
  fivem,
  teamspeak,
};

/** Limit of a whole query in ms, look-up of the name included. */
const queryMs = 8000;

export interface Query {
  /** Rejects with `QueryFailure`; `silent` if `signal` was aborted. */
  ask(protocol: QueryProtocolId, place: QueryPlace, signal: AbortSignal): Promise<QueryAnswer>;
}

export interface GameQueryDeps {
  readonly wire: QueryWire;
  readonly clock: Clock;
  readonly random: Random;
}

export class GameQuery implements Query {
  constructor(private readonly deps: GameQueryDeps) {}

  async ask(protocol: QueryProtocolId, place: QueryPlace, signal: AbortSignal): Promise<QueryAnswer> {
    const end = new AbortController();
    const stop = (): void => end.abort();
    const cancel = this.deps.clock.after(queryMs, stop);
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
    try {
      return await unlessAborted(end.signal, () =>
        protocols[protocol]({ ...this.deps, place, signal: end.signal }),
      );
    } finally {
      cancel();
      signal.removeEventListener('abort', stop);
      // Closes all sockets of the query.
      stop();
    }
  }
}
