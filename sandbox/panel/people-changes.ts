import { newKey } from '../data/seed.js';
import type { ApiKey } from '../data/world.js';
import type { World } from '../records.js';
import type { PanelDialect } from './dialect.js';
import type { CallLimits } from './rate-limit.js';
import { UnknownTarget, type Targets } from './targets.js';

/** Differences from a key that works from anywhere and never expires. */
export interface KeyTraits {
  kind?: ApiKey['kind'] | undefined;
  expired?: boolean | undefined;
  allowedIps?: string[] | null | undefined;
}

/** Changes to users: keys, roles and limits. */
export class PeopleChanges {
  readonly #world: World;
  readonly #dialect: PanelDialect;
  readonly #limits: CallLimits;
  readonly #now: () => number;
  readonly #targets: Targets;

  constructor(deps: {
    world: World;
    dialect: PanelDialect;
    limits: CallLimits;
    now: () => number;
    targets: Targets;
  }) {
    this.#world = deps.world;
    this.#dialect = deps.dialect;
    this.#limits = deps.limits;
    this.#now = deps.now;
    this.#targets = deps.targets;
  }

  /** Revokes every key of the user. */
  revokeKeys(person: string): void {
    for (const key of this.#keysOf(person)) this.#world.removeKey(key.token);
  }

  /** Password for SFTP. */
  setPassword(person: string, password: string): void {
    const user = this.#targets.user(person);
    user.password = password;
    this.#world.saveUser(user);
  }

  /** Says whether the user signs in with two factors. */
  setTwoFactor(person: string, on: boolean): void {
    const user = this.#targets.user(person);
    user.hasTwoFactor = on;
    this.#world.saveUser(user);
  }

  /** Adds a key for the user. */
  addKey(person: string, traits: KeyTraits): string {
    const user = this.#targets.user(person);
    const prefix = this.#dialect.keyPrefixes[traits.kind ?? 'client'];
    const key = newKey(user.id, new Date(this.#now()).toISOString(), prefix);
    this.#alter(key, traits);
    return key.token;
  }

  /** Changes every key of the user; fields that are not named stay. */
  alterKeys(person: string, traits: KeyTraits): void {
    for (const key of this.#keysOf(person)) this.#alter(key, traits);
  }

  setRole(person: string, role: 'none' | 'viewer' | 'editor' | 'admin'): void {
    const user = this.#targets.user(person);
    const isRole = role === 'viewer' || role === 'editor';
    if (isRole && !this.#dialect.hasRoles) {
      throw new UnknownTarget(`There is no role ${role} in ${this.#dialect.name}.`);
    }
    user.rootAdmin = role === 'admin';
    user.role = isRole ? role : null;
    this.#world.saveUser(user);
  }

  useUpCalls(person: string, left: number): void {
    this.#limits.useUpCalls(this.#targets.user(person).id, left);
  }

  useUpTokens(server: string, left: number): void {
    if (!this.#limits.useUpSockets(this.#targets.server(server).uuid, left)) {
      throw new UnknownTarget(`There is no limit of socket tokens in ${this.#dialect.name}.`);
    }
  }

  refill(): void {
    this.#limits.refill();
  }

  #keysOf(person: string): ApiKey[] {
    const user = this.#targets.user(person);
    return [...this.#world.keys.values()].filter((key) => key.userId === user.id);
  }

  #alter(key: ApiKey, { kind, expired, allowedIps }: KeyTraits): void {
    if (kind !== undefined) key.kind = kind;
    if (expired !== undefined) key.expiresAt = expired ? new Date(this.#now()).toISOString() : null;
    if (allowedIps !== undefined) key.allowedIps = allowedIps;
    this.#world.saveKey(key);
  }
}
