import type { ActivityEntry } from '../../bridge/schema/activity.js';
import type { PanelApi, PanelKey } from '../../main/panel/api.js';
import { FakePeopleCalls } from './fake-people-calls.js';

/** A listed key without addresses, never used. */
export function aKey(fields: Partial<PanelKey> = {}): PanelKey {
  return {
    identifier: 'ptlc_Own00000000',
    description: 'Perch',
    allowedIps: [],
    lastUsedAt: null,
    createdAt: 0,
    ...fields,
  };
}

/** The part of a fake panel about its account: keys, names and activity. Keys have the secret half `secretN…`. */
export abstract class FakeAccountCalls extends FakePeopleCalls {
  keys: PanelKey[] = [];
  /** Newest first. */
  log: ActivityEntry[] = [];
  #made = 0;

  apiKeys: PanelApi['apiKeys'] = () => this.answered('apiKeys', () => [...this.keys]);
  createApiKey: PanelApi['createApiKey'] = (description, allowedIps) =>
    this.answered(`createApiKey ${description}`, () => {
      this.#made += 1;
      const identifier = `ptlc_New${String(this.#made).padStart(8, '0')}`;
      const made = aKey({ identifier, description, allowedIps: [...allowedIps] });
      this.keys.push(made);
      const whole = `${identifier}${`secret${this.#made}`.padEnd(32, 'x')}`;
      return { ...made, useKey: (use) => use(whole) };
    });
  deleteApiKey: PanelApi['deleteApiKey'] = (identifier) =>
    this.answered(`deleteApiKey ${identifier}`, () => {
      this.keys = this.keys.filter((key) => key.identifier !== identifier);
    });
  changeEmail: PanelApi['changeEmail'] = (email) => this.answered(`changeEmail ${email}`, () => undefined);
  changeUsername: PanelApi['changeUsername'] = (name) =>
    this.answered(`changeUsername ${name}`, () => undefined);
  changePassword: PanelApi['changePassword'] = () => this.answered('changePassword', () => undefined);
  accountActivity: PanelApi['accountActivity'] = ({ page }) =>
    this.answered(`accountActivity ${page}`, () => this.#page(page));
  activityPage: PanelApi['activityPage'] = (identifier, { page }) =>
    this.answered(`activityPage ${identifier} ${page}`, () => this.#page(page));

  #page(page: number): Awaited<ReturnType<PanelApi['activityPage']>> {
    const entries = this.log.slice((page - 1) * 100, page * 100);
    return {
      entries,
      total: this.log.length,
      pages: Math.max(1, Math.ceil(this.log.length / 100)),
      twoFactor: new Map(),
    };
  }
}
