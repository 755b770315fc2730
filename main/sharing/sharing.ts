import { PerchError, newProblem, toProblem } from '../../bridge/errors.js';
import { oneLine } from '../../bridge/console/plain-line.js';
import type { HandlerInput } from '../../bridge/schema/contract.js';
import type { Memory } from '../../bridge/schema/memory.js';
import type { Settings } from '../../bridge/schema/settings.js';
import type { SharedLog } from '../../bridge/schema/sharing.js';
import { mostKept } from '../../bridge/settings/settings-limits.js';
import { mostShared, shareSize } from '../../bridge/sharing/share-limits.js';
import { sentence } from '../../messages/messages.js';
import type { Http, Network } from '../base/network-ports.js';
import type { Clock, Log, SecretOf, Vault } from '../base/ports.js';
import { deleteLog, storeLog } from './log-service.js';

export interface SharingDeps {
  readonly clock: Pick<Clock, 'wall'>;
  readonly log: Log;
  readonly network: Pick<Network, 'http'>;
  readonly vault: Pick<Vault, 'store' | 'use' | 'forget'>;
  readonly settings: { readonly current: Pick<Settings, 'logService'> };
  readonly memory: {
    readonly current: Pick<Memory, 'sharedLogs'>;
    update(change: (now: Memory) => Partial<Memory>): Promise<unknown>;
  };
  /** Name of a server; undefined = unknown. */
  readonly nameOf: (serverId: string) => string | undefined;
  readonly newId: () => string;
}

/** Vault id of the token of a log. Accounts have UUIDs, so the ids cannot clash. */
const secretOf = ({ id, service }: Pick<SharedLog, 'id' | 'service'>): Omit<SecretOf, 'keyStorage'> => ({
  id: `shared-log-${id}`,
  goesTo: service,
});

/**
 * Sends logs to a log service, and deletes them there.
 *
 * The person has seen the whole text: nothing is added here. The token that deletes a log is a secret and lies in the
 * vault.
 */
export class Sharing {
  constructor(private readonly deps: SharingDeps) {}

  /** Notes that tokens in memory are gone after a restart. Never rejects. */
  async start(): Promise<void> {
    if (!this.#logs.some(({ token }) => token === 'memory')) return;
    const lost = (log: SharedLog): SharedLog => (log.token === 'memory' ? { ...log, token: 'none' } : log);
    await this.#change((logs) => logs.map(lost)).catch(() => this.deps.log.warn('sharing.not-noted'));
  }

  /** Rejects with `PerchError`. */
  async send({ serverId, title, text, service }: HandlerInput<'sharing.send'>): Promise<SharedLog> {
    const { clock, log, newId, settings, nameOf } = this.deps;
    if (service !== settings.current.logService)
      throw new PerchError(newProblem('conflict', sentence('sharing.changed')));
    if (shareSize(text).isTooLarge) throw tooLarge();
    const { token, logId, url } = await this.#with((http) => storeLog(http, service, text));
    const known = { id: newId(), logId, url, service, at: clock.wall() };
    const shared: SharedLog = {
      ...known,
      server: oneLine(nameOf(serverId) ?? '', 200),
      title: oneLine(title, 200),
      token: token === null ? 'none' : await this.#keep(known, token),
    };
    // The log is shared by now, so a disk that refuses the list must not hide the link.
    await this.#add(shared).catch((error: unknown) =>
      log.warn('sharing.not-noted', { code: toProblem(error).code }),
    );
    log.info('sharing.sent');
    return shared;
  }

  /** Rejects with `PerchError`; the log stays on the list then. */
  async delete(id: string): Promise<void> {
    const { vault, log } = this.deps;
    const shared = this.#logs.find((one) => one.id === id);
    if (shared === undefined) return;
    const { logId, service, token: keyStorage } = shared;
    if (keyStorage === 'none') throw noToken();
    const secret = { ...secretOf(shared), keyStorage };
    await vault
      .use(secret, (token) => this.#with((http) => deleteLog(http, service, logId, token)))
      .catch((error: unknown) => {
        throw toProblem(error).code === 'unauthorized' ? noToken() : error;
      });
    log.info('sharing.deleted');
    await this.forget(id);
  }

  /** Rejects with `PerchError` if the list cannot be written. */
  async forget(id: string): Promise<void> {
    const shared = this.#logs.find((one) => one.id === id);
    await this.#change((logs) => logs.filter((one) => one.id !== id));
    if (shared !== undefined) await this.#forgetToken(shared);
  }

  get #logs(): readonly SharedLog[] {
    return this.deps.memory.current.sharedLogs;
  }

  /** Stores the token; without a keychain it stays in memory until Perch quits. */
  async #keep(log: Pick<SharedLog, 'id' | 'service'>, token: string): Promise<SharedLog['token']> {
    for (const keyStorage of ['keychain', 'memory'] as const) {
      try {
        await this.deps.vault.store({ ...secretOf(log), keyStorage }, token);
        return keyStorage;
      } catch (error) {
        this.deps.log.warn('sharing.not-kept', { code: toProblem(error).code });
      }
    }
    return 'none';
  }

  async #add(shared: SharedLog): Promise<void> {
    const dropped = this.#logs.slice(mostKept.sharedLogs - 1);
    await this.#change((logs) => [shared, ...logs].slice(0, mostKept.sharedLogs));
    for (const one of dropped) await this.#forgetToken(one);
  }

  async #forgetToken(shared: SharedLog): Promise<void> {
    if (shared.token === 'none') return;
    await this.deps.vault.forget(secretOf(shared).id).catch(() => this.deps.log.warn('sharing.token-stays'));
  }

  async #change(change: (logs: readonly SharedLog[]) => SharedLog[]): Promise<void> {
    await this.deps.memory.update(({ sharedLogs }) => ({ sharedLogs: change(sharedLogs) }));
  }

  /** No certificate of the user's counts here: only those that an authority vouches for. */
  async #with<T>(run: (http: Http) => Promise<T>): Promise<T> {
    const http = this.deps.network.http({ agreed: () => null, outgrown: () => undefined });
    try {
      return await run(http);
    } finally {
      await http.close();
    }
  }
}

function tooLarge(): PerchError {
  const megabytes = mostShared.bytes / 1024 / 1024;
  return new PerchError(
    newProblem('invalid', sentence('sharing.too-large', { lines: mostShared.lines, megabytes })),
  );
}

function noToken(): PerchError {
  return new PerchError(newProblem('forbidden', sentence('sharing.no-token')));
}
