/** The proxy as it is being entered. A password that was typed goes to main once, and nothing of it stays here. */
import type { CallInput } from '../../../bridge/schema/contract.js';
import { toProblem, type Problem } from '../../../bridge/errors.js';
import { isSameLogin } from '../../../bridge/panel/proxy.js';
import type { ProxyKind } from '../../../bridge/panel/proxy-kinds.js';
import type { ProxySetting } from '../../../bridge/schema/proxy.js';
import { say, spoken } from '../../../messages/messages.js';
import type { PerchClient } from '../../api.js';
import { proxyAddress } from './proxy-address.js';

export type ProxyField = 'host' | 'port' | 'except';

export class ProxyForm {
  kind = $state<ProxyKind>('http');
  host = $state('');
  port = $state('');
  user = $state('');
  /** Empty = the one that is kept, where one is. */
  password = $state('');
  except = $state('');
  saving = $state(false);
  problem = $state.raw<Problem | null>(null);
  #portWrong = $state(false);
  readonly #client: PerchClient;
  readonly #kept: () => ProxySetting;

  /** `kept` = what main has. */
  constructor(client: PerchClient, kept: () => ProxySetting) {
    this.#client = client;
    this.#kept = kept;
    const { own } = kept();
    if (own === null) return;
    this.kind = own.kind;
    this.host = own.host;
    this.port = String(own.port);
    this.user = own.user;
    this.except = own.except.join(', ');
  }

  /**
   * What is known of a password for what stands in the fields: none, where it is kept, `lost` with an earlier run, or
   * `elsewhere` = one is kept, for another proxy or user.
   */
  get passwordState(): 'none' | 'keychain' | 'memory' | 'lost' | 'elsewhere' {
    const { own } = this.#kept();
    if (own === null || own.password === 'none') return 'none';
    const { kind } = this;
    const typed = { kind, host: this.host.trim(), port: Number(this.port), user: this.user.trim() };
    return isSameLogin(own, typed) ? own.password : 'elsewhere';
  }

  fieldError(name: ProxyField): string | undefined {
    if (name === 'port' && this.#portWrong) return say('network.port-wrong');
    const wrong = this.problem?.fields?.[name];
    return wrong === undefined ? undefined : spoken(wrong);
  }

  /** The problem as a whole, where it does not stand at a field already. */
  get formProblem(): Problem | null {
    return this.problem?.fields === undefined ? this.problem : null;
  }

  edited(): void {
    this.problem = null;
    this.#portWrong = false;
  }

  /** A whole address that was pasted is laid out over the fields. */
  hostEdited(): void {
    this.edited();
    // What is still being typed is no address yet: `proxy:3`.
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

  /** Takes another way without touching the proxy that is kept. */
  choose(use: ProxySetting['use']): Promise<boolean> {
    return this.#send({ use, keep: 'keychain' });
  }

  /** `memory` = the keychain can't, and the person has chosen to keep the password until Perch quits. */
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
    await this.#send({ use: this.#kept().use, password: '', keep: 'keychain' });
  }

  async #send(wanted: CallInput<'network.setProxy'>): Promise<boolean> {
    this.saving = true;
    this.problem = null;
    try {
      await this.#client.call('network.setProxy', wanted);
      return true;
    } catch (error) {
      this.problem = toProblem(error);
      return false;
    } finally {
      this.saving = false;
    }
  }
}
