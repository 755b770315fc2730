/**
 * The verbs of a person. A click in a window, the tray menu, a notification and the command line all end here.
 * Every method rejects with `PerchError` and nothing else.
 */
import type { Account, PowerSignal } from '../../bridge/domain.js';

export interface AddAccount {
  url: string;
  key: string;
  trustFingerprint?: string | undefined;
  keep: 'keychain' | 'memory';
}

export interface Actions {
  addAccount(input: AddAccount): Promise<Account>;
  removeAccount(accountId: string): Promise<void>;
  retryAccount(accountId: string): Promise<void>;
  startDemo(): Promise<Account>;
  sendPower(serverId: string, signal: PowerSignal): Promise<void>;
  sendCommand(serverId: string, command: string): Promise<void>;
  /** Asks the panel about one server again and opens a refused session anew. */
  retryServer(serverId: string): Promise<void>;
}
