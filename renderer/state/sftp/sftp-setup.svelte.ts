/**
 * SFTP in a window: the question before Perch makes a key, the try of a connection, and the question about a node that
 * presents another key than before. Every view asks here; the main window shows the dialogs.
 */
import { toProblem } from '../../../bridge/errors.js';
import type { ChangedHostKey } from '../../../bridge/schema/sftp.js';
import type { PerchClient } from '../../api.js';
import { Task } from '../task.svelte.js';

/** Subject of a question. */
interface SftpRequest {
  readonly serverId: string;
  /** Upload that continues after the answer; null = Perch tries the connection instead. */
  readonly transfer: string | null;
}

interface ComparedKeys extends SftpRequest {
  readonly hostKey: ChangedHostKey;
}

export class SftpSetup {
  /** The open question before a set-up; null = none. */
  asked = $state.raw<SftpRequest | null>(null);
  /** The open question about a changed key; null = none. */
  compared = $state.raw<ComparedKeys | null>(null);
  /** Server whose connection was tried last. */
  tried = $state.raw<string | null>(null);
  readonly settingUp = new Task();
  readonly trusting = new Task();
  readonly trying = new Task();

  constructor(private readonly client: PerchClient) {}

  ask(serverId: string, transfer: string | null = null): void {
    this.settingUp.forget();
    this.asked = { serverId, transfer };
  }

  /** Closes the question. A call in progress continues, and the account then shows the key. */
  closeQuestion(): void {
    this.settingUp.forget();
    this.asked = null;
  }

  compare(serverId: string, hostKey: ChangedHostKey, transfer: string | null = null): void {
    this.trusting.forget();
    this.compared = { serverId, hostKey, transfer };
  }

  closeComparison(): void {
    this.trusting.forget();
    this.compared = null;
  }

  /** Sets up SFTP after the person agreed. A failure stays in the question. */
  async setUp(): Promise<void> {
    const { asked } = this;
    if (asked === null || this.settingUp.isRunning) return;
    const { serverId } = asked;
    const done = await this.settingUp.run(() => this.client.call('sftp.setUp', { serverId }));
    if (done === null) return;
    this.asked = null;
    await this.#goOn(asked);
  }

  /** Trusts the changed key that the question shows. */
  async trust(): Promise<void> {
    const { compared } = this;
    if (compared === null || this.trusting.isRunning) return;
    const { serverId, hostKey } = compared;
    const fingerprint = hostKey.shown;
    const done = await this.trusting.run(() => this.client.call('sftp.trustHost', { serverId, fingerprint }));
    if (done !== null) {
      this.compared = null;
      await this.#goOn(compared);
      return;
    }
    // The node may present yet another key by now, and after a start of Perch main has seen none.
    const presented = await this.#presented(serverId);
    if (presented !== null && this.compared === compared) this.compared = { ...compared, hostKey: presented };
  }

  /** Connects to the node of a server, to see whether the node takes the key. */
  async tryOut(serverId: string): Promise<void> {
    this.trying.forget();
    this.tried = serverId;
    await this.trying.run(() => this.client.call('sftp.try', { serverId }));
  }

  /** Drops the result of the last try, which was about a key that is gone. */
  forgetTry(): void {
    this.trying.forget();
    this.tried = null;
  }

  async #goOn({ serverId, transfer }: SftpRequest): Promise<void> {
    if (transfer === null) await this.tryOut(serverId);
    else this.client.send('transfers.retry', { transfer });
  }

  async #presented(serverId: string): Promise<ChangedHostKey | null> {
    try {
      await this.client.call('sftp.try', { serverId });
      return null;
    } catch (error) {
      return toProblem(error).hostKey ?? null;
    }
  }
}
