import { say } from '../../messages/messages.js';
import { KeychainFailure, type Keychain } from '../base/ports.js';
import { BusError } from '../bus/bus.js';
import { variantOf } from '../bus/bus-wire.js';
import type { ConnectBus } from '../bus/session-bus.js';
import * as names from './secret-names.js';
import { SecretService, type SecretSession } from './secret-service.js';

/**
 * Keychain of a Linux desktop: the Secret Service on the session bus. It shares its entries with keytar. A locked
 * keychain rejects with `locked`. The first rejection also opens the system's prompt, because a desktop with automatic
 * login asks for the password at first need. Later prompts open only on the user's request.
 */
export class SecretKeychain implements Keychain {
  readonly #service: SecretService;
  #changed: () => void = () => undefined;
  /** The open prompt. */
  #unlocking: Promise<void> | null = null;
  #hasPrompted = false;
  /** Locked objects, unlocked together on the user's request. */
  readonly #locked = new Set<string>();

  /** Connects with the first call. */
  constructor(connect: ConnectBus) {
    this.#service = new SecretService({
      connect,
      changed: () => this.#changed(),
      opened: () => {
        this.#hasPrompted = false;
        this.#changed();
      },
    });
  }

  listen(changed: () => void): void {
    this.#changed = changed;
  }

  async getPassword(service: string, account: string): Promise<string | null> {
    return told(async () => {
      const { items, locked } = await this.#search(service, account);
      const [item] = items;
      if (item !== undefined) return this.#secretOf(item);
      // Some services do not list the entries of a locked keychain.
      await this.#refuseLocked(locked);
      return null;
    });
  }

  async setPassword(service: string, account: string, password: string): Promise<void> {
    await told(async () => {
      const collection = await this.#collection();
      await this.#service.withSession((session) =>
        this.#createItem(collection, [service, account, password], session),
      );
    });
  }

  async deletePassword(service: string, account: string): Promise<boolean> {
    return told(async () => {
      const { items, locked } = await this.#search(service, account);
      if (items.length === 0 || locked.length > 0) await this.#refuseLocked(locked);
      for (const path of items) {
        const [prompt] = await this.#service.ask(names.methods.deleteItem, path);
        await this.#answered(prompt);
      }
      return items.length > 0;
    });
  }

  async unlock(): Promise<void> {
    await told(async () => this.#opened([...this.#locked, ...(await this.#closedDefault())]));
  }

  async #search(service: string, account: string): Promise<{ items: string[]; locked: string[] }> {
    const attributes = Object.entries({ service, account });
    const [items, locked] = await this.#service.ask(names.methods.searchItems, names.servicePath, attributes);
    return { items, locked };
  }

  #secretOf(item: string): Promise<string> {
    return this.#service.withSession(async (session) => {
      const { getSecret } = names.methods;
      const [[, parameters, value]] = await this.#service.ask(getSecret, item, session.path);
      return session.cipher.open({ parameters, value });
    });
  }

  async #createItem(
    collection: string,
    [service, account, password]: readonly [service: string, account: string, password: string],
    session: SecretSession,
  ): Promise<void> {
    // The attributes that keytar writes, so that both find each other's entries.
    const attributes = { service, account, 'xdg:schema': 'org.freedesktop.Secret.Generic' };
    const { parameters, value } = session.cipher.seal(password);
    const [, prompt] = await this.#service.ask(
      names.methods.createItem,
      collection,
      [
        [`${names.secrets}.Item.Label`, variantOf('s', `${service}/${account}`)],
        [`${names.secrets}.Item.Attributes`, variantOf('a{ss}', Object.entries(attributes))],
      ],
      [session.path, [...parameters], [...value], 'text/plain; charset=utf8'],
      true,
    );
    await this.#answered(prompt);
  }

  /** Collection for new keys. If there is none, it is created, and the user is asked for a password. */
  async #collection(): Promise<string> {
    const found = await this.#defaultCollection();
    if (found !== null) return found;
    const label = [`${names.secrets}.Collection.Label`, variantOf('s', say('disk.new-keychain'))];
    const { createCollection } = names.methods;
    const [, prompt] = await this.#service.ask(createCollection, names.servicePath, [label], 'default');
    await this.#answered(prompt);
    return names.defaultCollection;
  }

  async #defaultCollection(): Promise<string | null> {
    const [found] = await this.#service.ask(names.methods.readAlias, names.servicePath, 'default');
    return found === names.nowhere ? null : found;
  }

  /** The default collection if it is locked; otherwise empty. */
  async #closedDefault(): Promise<string[]> {
    const path = await this.#defaultCollection();
    if (path === null) return [];
    const collection = `${names.secrets}.Collection`;
    const [isLocked] = await this.#service.ask(names.methods.property, path, collection, 'Locked');
    return isLocked === true ? [path] : [];
  }

  /** Rejects if these items, or else the default collection, are locked. */
  async #refuseLocked(items: readonly string[]): Promise<void> {
    const closed = items.length > 0 ? items : await this.#closedDefault();
    if (closed.length === 0) return;
    for (const path of closed) this.#locked.add(path);
    if (!this.#hasPrompted) this.#opened(closed).catch(() => undefined);
    throw new KeychainFailure('locked');
  }

  /** Opens a prompt to unlock; one prompt at a time. Rejects if the user declines. */
  #opened(closed: readonly string[]): Promise<void> {
    if (closed.length === 0) return Promise.resolve();
    this.#hasPrompted = true;
    this.#unlocking ??= this.#open(closed).finally(() => (this.#unlocking = null));
    return this.#unlocking;
  }

  async #open(closed: readonly string[]): Promise<void> {
    const [, prompt] = await this.#service.ask(names.methods.unlock, names.servicePath, closed);
    await this.#answered(prompt);
    this.#locked.clear();
  }

  async #answered(prompt: string): Promise<void> {
    if (prompt === names.nowhere) return;
    if (await this.#service.prompt(prompt)) throw new KeychainFailure('locked');
  }
}

async function told<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof KeychainFailure) throw error;
    const isLocked = error instanceof BusError && error.busName === `${names.secrets}.Error.IsLocked`;
    throw new KeychainFailure(isLocked ? 'locked' : 'unavailable', { cause: error });
  }
}
