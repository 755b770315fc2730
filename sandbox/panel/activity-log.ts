import type { SocketActivity } from '../wings/api.js';

/** Entry of a server's activity, as the panel lists it (PROTOCOL 2.14). */
export interface Deed {
  /** Counts over all servers. */
  number: number;
  at: number;
  event: string;
  userUuid: string;
  isApi: boolean;
  properties: Record<string, string>;
}

const mostOfServer = 500;

/** Activity of all servers; lost with a restart of the panel. */
export class ActivityLog {
  readonly #now: () => number;
  readonly #batchMs: number;
  /** By server UUID, newest first. */
  readonly #deeds = new Map<string, { deed: Deed; listedFrom: number }[]>();
  #count = 0;

  /** `batchMs` = interval at which nodes send the activity of their sockets. */
  constructor(now: () => number, batchMs: number) {
    this.#now = now;
    this.#batchMs = batchMs;
  }

  /** Adds activity of the API, listed at once. */
  record(serverUuid: string, deed: Pick<Deed, 'event' | 'userUuid' | 'properties'>): void {
    this.#add(serverUuid, { ...deed, isApi: true }, this.#now());
  }

  /** Adds activity of a socket, listed with the node's next batch. */
  toldByNode({ serverUuid, userUuid, event, properties }: SocketActivity): void {
    const now = this.#now();
    const listedFrom = this.#batchMs === 0 ? now : (Math.floor(now / this.#batchMs) + 1) * this.#batchMs;
    this.#add(serverUuid, { event: `server:${event}`, userUuid, properties, isApi: false }, listedFrom);
  }

  /** Newest first. */
  listed(serverUuid: string): Deed[] {
    const all = this.#deeds.get(serverUuid) ?? [];
    return all.filter(({ listedFrom }) => listedFrom <= this.#now()).map(({ deed }) => deed);
  }

  #add(serverUuid: string, deed: Omit<Deed, 'number' | 'at'>, listedFrom: number): void {
    this.#count += 1;
    const entry = { deed: { ...deed, number: this.#count, at: this.#now() }, listedFrom };
    this.#deeds.set(serverUuid, [entry, ...(this.#deeds.get(serverUuid) ?? [])].slice(0, mostOfServer));
  }
}
