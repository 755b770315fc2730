import type { SocketActivity } from '../wings/api.js';

/** Entry of the activity of a server or an account, as the panel lists it (PROTOCOL 2.14, 2.24). */
export interface Activity {
  /** Counts over all servers and accounts. */
  number: number;
  at: number;
  event: string;
  /** null = the panel itself. */
  userUuid: string | null;
  isApi: boolean;
  properties: Record<string, unknown>;
  /** True if the properties hold more than the text of the event shows. */
  hasMore: boolean;
}

const mostOfSubject = 500;

/** Activity of all servers and accounts; lost with a restart of the panel. */
export class ActivityLog {
  /** By UUID of the server or user, newest first. */
  readonly #activities = new Map<string, { activity: Activity; listedFrom: number }[]>();
  #count = 0;

  /** `batchMs` = interval at which nodes send the activity of their sockets. */
  constructor(
    private readonly now: () => number,
    private readonly batchMs: number,
  ) {}

  /** Adds activity of the API on a server or an account, listed at once. */
  record(
    uuid: string,
    {
      hasMore = false,
      ...activity
    }: Pick<Activity, 'event' | 'userUuid' | 'properties'> & { hasMore?: boolean },
  ): void {
    this.#add(uuid, { ...activity, hasMore, isApi: activity.userUuid !== null }, this.now());
  }

  /** Adds activity of a socket, listed with the node's next batch. */
  toldByNode({ serverUuid, userUuid, event, properties }: SocketActivity): void {
    const now = this.now();
    if (event.startsWith('sftp.') && this.#joined({ serverUuid, userUuid, event, properties })) return;
    const listedFrom = this.batchMs === 0 ? now : (Math.floor(now / this.batchMs) + 1) * this.batchMs;
    this.#add(
      serverUuid,
      { event: `server:${event}`, userUuid, properties, isApi: false, hasMore: false },
      listedFrom,
    );
  }

  /** Of SFTP a node sends one entry for each minute, user and event, with all files (PROTOCOL 2.19.8). */
  #joined({ serverUuid, userUuid, event, properties }: SocketActivity): boolean {
    const now = this.now();
    const waiting = (this.#activities.get(serverUuid) ?? []).find(
      ({ activity, listedFrom }) =>
        listedFrom > now && activity.event === `server:${event}` && activity.userUuid === userUuid,
    );
    if (waiting === undefined) return false;
    const files = [waiting.activity.properties['files'], properties['files']].flat();
    waiting.activity.properties = { ...waiting.activity.properties, files, count: files.length };
    return true;
  }

  /** Newest first. */
  listed(uuid: string): Activity[] {
    const all = this.#activities.get(uuid) ?? [];
    return all.filter(({ listedFrom }) => listedFrom <= this.now()).map(({ activity }) => activity);
  }

  #add(uuid: string, activity: Omit<Activity, 'number' | 'at'>, listedFrom: number): void {
    this.#count += 1;
    const entry = { activity: { ...activity, number: this.#count, at: this.now() }, listedFrom };
    this.#activities.set(uuid, [entry, ...(this.#activities.get(uuid) ?? [])].slice(0, mostOfSubject));
  }
}
