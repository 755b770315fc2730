import type { Server, User } from '../data/world.js';
import type { World } from '../records.js';
import type { SftpEntry, SftpLogin } from '../wings/api.js';
import type { ActivityLog } from './activity-log.js';
import type { PanelDialect } from './dialect.js';
import { conflictOf } from './gates.js';
import { has, permissionsOf, reachesAll } from './permissions.js';

/** Wrong passwords in a minute, of one server and address, after which every login is refused. */
const mostFailures = 5;
const windowMs = 60_000;

/** The panel's answer to logins at its nodes' SFTP servers (PROTOCOL 2.19.3). Why it refuses, it does not tell. */
export class SftpDoor {
  /** Times of wrong passwords, by server and address. */
  readonly #failures = new Map<string, number[]>();

  constructor(
    private readonly deps: {
      world: World;
      dialect: PanelDialect;
      activity: Pick<ActivityLog, 'record'>;
      now: () => number;
    },
  ) {}

  /** null = refused. */
  signIn({ user: login, proof, address }: SftpLogin): SftpEntry | null {
    const dot = login.lastIndexOf('.');
    const [name, id] = [login.slice(0, dot), login.slice(dot + 1)];
    const counter = `${id.toLowerCase()}|${address}`;
    const failures = (this.#failures.get(counter) ?? []).filter((at) => at > this.deps.now() - windowMs);
    if (failures.length >= mostFailures) return null;
    const user = this.#userNamed(name);
    const server = this.deps.world.findServer(id);
    if (user === null || server === null || !this.#proves(user, proof)) {
      // Clients try one key after another, so a wrong key does not count.
      if (proof.kind === 'password') this.#failures.set(counter, [...failures, this.deps.now()]);
      if (proof.kind === 'password' && user !== null && server !== null) this.#noteFailure(user);
      return null;
    }
    return this.#entryOf(user, server);
  }

  /** A failed login stands in the activity of the account, and names nobody who did it (PROTOCOL 2.24.9). */
  #noteFailure({ uuid }: User): void {
    this.deps.activity.record(uuid, {
      event: 'auth:sftp.fail',
      userUuid: null,
      properties: { method: 'password' },
      hasMore: true,
    });
  }

  #userNamed(name: string): User | null {
    const wanted = name.toLowerCase();
    return [...this.deps.world.users.values()].find((user) => user.username.toLowerCase() === wanted) ?? null;
  }

  #proves(user: User, proof: SftpLogin['proof']): boolean {
    if (proof.kind === 'password') return user.password !== undefined && user.password === proof.password;
    return this.deps.world.sshKeysOf(user.id).some((key) => key.fingerprint === proof.fingerprint);
  }

  #entryOf(user: User, server: Server): SftpEntry | null {
    const permissions = permissionsOf(user, server);
    if (permissions === null || conflictOf(server, this.deps.world, this.deps.dialect) !== null) return null;
    const isOwn = reachesAll(user) || server.ownerId === user.id;
    if (!isOwn && !has(permissions, 'file.sftp')) return null;
    return { userUuid: user.uuid, serverUuid: server.uuid, permissions };
  }
}
