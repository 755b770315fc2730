/** The form for the user's proxy. A typed password goes to main once and is then deleted here. */
import type { CallInput } from '../../../bridge/schema/contract.js';
import type { Problem } from '../../../bridge/errors.js';
import { isSameLogin } from '../../../bridge/panel/proxy.js';
import type { ProxyKind } from '../../../bridge/panel/proxy-kinds.js';
import type { ProxySetting } from '../../../bridge/schema/proxy.js';
import { say, spoken } from '../../../messages/messages.js';
import type { PerchClient } from '../../api.js';
import { Task } from '../task.svelte.js';
import { proxyAddress } from './proxy-address.js';

export type ProxyField = 'host' | 'port' | 'except';

export class ProxyForm {
  kind = $state<ProxyKind>('http');
  host = $state('');
  port = $state('');
  user = $state('');
  /** Empty = keep a stored password. */
  password = $state('');
  except = $state('');
  readonly saving = new Task();
  #portWrong = $state(false);

  /** `kept` returns the stored proxy setting. */
  constructor(
    private readonly client: PerchClient,
    private readonly kept: () => ProxySetting,
  ) {
    const { own } = kept();
    if (own === null) return;
    this.kind = own.kind;
    this.host = own.host;
    this.port = String(own.port);
    this.user = own.user;
    this.except = own.except.join(', ');
  }

  /**
   * Stored password for the proxy in the fields: none, its storage, `lost` = stored in memory by an earlier run, or
   * `elsewhere` = stored for another proxy or user.
   */
  get passwordState(): 'none' | 'keychain' | 'memory' | 'lost' | 'elsewhere' {
    const { own } = this.kept();
    if (own === null || own.password === 'none') return 'none';
    const { kind } = this;
    const typed = { kind, host: this.host.trim(), port: Number(this.port), user: this.user.trim() };
    return isSameLogin(own, typed) ? own.password : 'elsewhere';
  }

  fieldError(name: ProxyField): string | undefined {
    if (name === 'port' && this.#portWrong) return say('network.port-wrong');
    const wrong = this.saving.problem?.fields?.[name];
    return wrong === undefined ? undefined : spoken(wrong);
  }

  /** The problem to show for the whole form; null if a field shows it already. */
  get formProblem(): Problem | null {
    return this.saving.problem?.fields === undefined ? this.saving.problem : null;
  }

  edited(): void {
    this.saving.problem = null;
    this.#portWrong = false;
  }

  /** Distributes a pasted address over the fields. */
  hostEdited(): void {
    this.edited();
    // Incomplete address during typing: `proxy:3`.
    if (/^[^@/]*:\d*$/.test(this.host)) return;
    this.takeAddress();
  }

  takeAddress(): void {
    const address = proxyAddress(this.host);
    if (address === null) return;
    this.host = address.host;
    this.kind = address.kind ?? this.kind;
    this.port = address.port ?? this.port;
    this.user = address.user ?? this.user;
    this.password = address.password ?? this.password;
  }

  /** Changes which proxy is used, without changing the stored proxy. */
  choose(use: ProxySetting['use']): Promise<boolean> {
    return this.#send({ use, keep: 'keychain' });
  }

  /** Saves the proxy. `memory` = the keychain failed, and the user chose to store the password until Perch quits. */
  async save(keep: 'keychain' | 'memory' = 'keychain'): Promise<boolean> {
    this.takeAddress();
    const port = Number(this.port);
    this.#portWrong = !/^\d+$/.test(this.port.trim()) || port < 1 || port > 65_535;
    if (this.#portWrong) return false;
    const { kind, host, user, except, password } = this;
    const own = { kind, host, port, user, except: except.split(/[\s,;]+/).filter((entry) => entry !== '') };
    const done = await this.#send({ use: 'own', own, keep, ...(password === '' ? {} : { password }) });
    if (done) this.password = '';
    return done;
  }

  async forgetPassword(): Promise<void> {
    await this.#send({ use: this.kept().use, password: '', keep: 'keychain' });
  }

  async #send(wanted: CallInput<'network.setProxy'>): Promise<boolean> {
    return (await this.saving.run(() => this.client.call('network.setProxy', wanted))) !== null;
  }
}
