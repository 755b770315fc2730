import type { Log } from '../base/ports.js';
import { Consent } from './consent.js';
import type { CommandListener } from './listener.js';
import type { RemoteDeps } from './remote.js';

export type ReachDeps = Omit<RemoteDeps, 'consent' | 'chance'> & {
  readonly newId: () => string;
  readonly messages: Log;
};

/** Access to Perch from outside its windows. The listener's code loads after everything that the user sees. */
export class Reach {
  readonly consent: Consent;
  #listener: Promise<CommandListener | null> | null = null;
  #isOpen = false;
  #stopListening = (): void => undefined;

  constructor(private readonly deps: ReachDeps) {
    const { clock, newId, openView } = deps;
    this.consent = new Consent({ clock, newId, show: () => openView(null) });
  }

  /** True if the command line can connect. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  start(): void {
    this.#stopListening = this.deps.store.listen(({ changes }) => {
      for (const change of changes) {
        if (change.kind === 'account-removed') this.consent.forgetAccount(change.accountId);
      }
    });
    this.#listener ??= this.#listen();
    this.#listener.catch((error: unknown) => {
      this.deps.messages.error('remote.not-loaded', { message: String(error) });
    });
  }

  async stop(): Promise<void> {
    this.#stopListening();
    this.consent.stop();
    const listener = await this.#listener?.catch(() => null);
    await listener?.close();
  }

  async #listen(): Promise<CommandListener | null> {
    const { openListener } = await import('./remote.js');
    const chance = (): string => this.deps.newId().replaceAll('-', '');
    const listener = await openListener({ ...this.deps, chance, consent: this.consent });
    this.#isOpen = listener !== null;
    return listener;
  }
}
