/** The user's proxy setting, and the only access to its password. */
import { bareHost } from '../../bridge/panel/bare-host.js';
import type { HandlerInput } from '../../bridge/schema/contract.js';
import type { Settings } from '../../bridge/schema/settings.js';
import { PerchError, toProblem, newProblem, type Problem } from '../../bridge/errors.js';
import { isSameLogin } from '../../bridge/panel/proxy.js';
import type { OwnProxy, ProxyPlace, ProxySetting } from '../../bridge/schema/proxy.js';
import { proxyException } from '../base/proxy-exceptions.js';
import { sentence, type Sentence } from '../../messages/messages.js';
import type { ProxyPreference } from '../base/network-ports.js';
import type { Log, Vault } from '../base/ports.js';
import { SerialQueue } from '../base/serial-queue.js';

export interface ProxyChoiceDeps {
  settings: {
    readonly current: Settings;
    update(change: (now: Settings) => Partial<Settings>): Promise<Settings>;
  };
  vault: Vault;
  log: Log;
  /** Called when the proxy has changed. */
  changed(): void;
}

type Wanted = HandlerInput<'network.setProxy'>;

/**
 * Vault id of a proxy password. Accounts have UUIDs, so the ids cannot clash.
 *
 * Each password has its own id: a connection through the old proxy, during a change, finds the old password or none.
 */
const vaultId = ({ turn }: Pick<OwnProxy, 'turn'>): string => `proxy-${turn}`;

const secretOf = (own: OwnProxy): { id: string; goesTo: string } => ({
  id: vaultId(own),
  goesTo: `${own.kind}://${encodeURIComponent(own.user)}@${own.host}:${own.port}`,
});

export class ProxyChoice implements ProxyPreference {
  readonly #changes = new SerialQueue();

  constructor(private readonly deps: ProxyChoiceDeps) {}

  get current(): ProxySetting {
    return this.deps.settings.current.proxy;
  }

  /** Notes that a password kept in memory is gone after a restart. Never rejects. */
  async start(): Promise<void> {
    if (this.current.own?.password !== 'memory') return;
    await this.#keep(this.current.use, { ...this.current.own, password: 'lost' }).catch(() =>
      this.deps.log.warn('proxy.not-noted'),
    );
  }

  async password(own: OwnProxy): Promise<string | null> {
    if (!isKept(own)) return null;
    try {
      return await this.deps.vault.use({ ...secretOf(own), keyStorage: own.password }, (password) =>
        Promise.resolve(password),
      );
    } catch (error) {
      this.deps.log.warn('proxy.no-password', { code: toProblem(error).code });
      return null;
    }
  }

  /**
   * Changes the proxy. Rejects with `invalid` and the field, with a keychain problem, or if the settings cannot be
   * written.
   */
  set(wanted: Wanted): Promise<void> {
    return this.#changes.run(() => this.#set(wanted));
  }

  async #set(wanted: Wanted): Promise<void> {
    const own = wanted.own === undefined ? this.current.own : checked(wanted.own);
    if (own === null && wanted.use === 'own') throw missing({ host: sentence('network.host-missing') });
    const before = this.current.own;
    const kept = own === null ? null : await this.#withPassword(own, wanted);
    try {
      await this.#keep(wanted.use, kept);
    } catch (error) {
      if (kept !== null && kept.turn !== before?.turn) await this.#forget(kept).catch(() => undefined);
      throw error;
    }
    const isReplaced = kept?.turn !== before?.turn || kept?.password === 'none';
    if (before !== null && isKept(before) && isReplaced && wanted.password !== '')
      await this.#forget(before).catch(() => this.deps.log.warn('proxy.not-forgotten'));
    this.deps.log.info('proxy.changed', { use: wanted.use });
    this.deps.changed();
  }

  /** Stores the password. A password belongs to one proxy and user, and is never sent to another. */
  async #withPassword(place: ProxyPlace, { password, keep }: Wanted): Promise<OwnProxy> {
    const before = this.current.own;
    if (password === undefined || password === '') {
      const own = { ...place, turn: before?.turn ?? 0 };
      if (password === undefined && before !== null && isSameLogin(before, own))
        return { ...own, password: before.password };
      // If the keychain can't delete the password, the call fails, so that the user learns of it.
      if (password === '' && before !== null && isKept(before)) await this.#forget(before);
      return { ...own, password: 'none' };
    }
    const own = { ...place, password: keep, turn: (before?.turn ?? 0) + 1 };
    try {
      await this.deps.vault.store({ ...secretOf(own), keyStorage: keep }, password);
    } catch (error) {
      throw new PerchError(unkept(toProblem(error)), { cause: error });
    }
    return own;
  }

  #forget(own: OwnProxy): Promise<void> {
    return this.deps.vault.forget(vaultId(own));
  }

  async #keep(use: ProxySetting['use'], own: ProxySetting['own']): Promise<void> {
    await this.deps.settings.update(() => ({ proxy: { use, own } }));
  }
}

function isKept(own: OwnProxy): own is OwnProxy & { password: 'keychain' | 'memory' } {
  return own.password === 'keychain' || own.password === 'memory';
}

function checked(own: ProxyPlace): ProxyPlace {
  const host = bareHost(own.host.trim());
  if (host === '') throw missing({ host: sentence('network.host-missing') });
  const inAddress = host.includes(':') ? `[${host}]` : host;
  // Rejects `user@host`, `host/path` and similar, where only a part would be the host.
  const address = `http://${inAddress}:${own.port}`;
  if (/[\s@/?#\\]/.test(host) || !URL.canParse(address))
    throw missing({ host: sentence('network.host-wrong') });
  const except = own.except.map((entry) => entry.trim()).filter((entry) => entry !== '');
  const unknown = except.find((entry) => proxyException(entry) === null);
  if (unknown !== undefined) throw missing({ except: sentence('network.except-wrong', { entry: unknown }) });
  return { ...own, host: bareHost(new URL(address).hostname), user: own.user.trim(), except };
}

function missing(fields: Record<string, Sentence>): PerchError {
  const message = sentence('network.incomplete');
  return new PerchError({ ...newProblem('invalid', message, sentence('network.incomplete-next')), fields });
}

/** Rewords the vault's problems, which speak of a panel's key. */
function unkept(problem: Problem): Problem {
  if (!problem.code.startsWith('keychain-')) return problem;
  const message = problem.code === 'keychain-unavailable' ? sentence('network.no-keychain') : problem.message;
  return newProblem(problem.code, message, sentence('network.keychain-next'));
}
