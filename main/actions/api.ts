/**
 * The verbs of a person. A click in a window, the tray menu, a notification and the command line all end here.
 * Every method rejects with `PerchError` and nothing else.
 */
import type { Account, PermissionGroup, PowerSignal, Startup } from '../../bridge/domain.js';

import type { NewNames } from './rename-server.js';

export interface AddAccount {
  url: string;
  key: string;
  trustFingerprint?: string | undefined;
  keep: 'keychain' | 'memory';
}

export interface Actions {
  addAccount(input: AddAccount): Promise<Account>;
  renameAccount(accountId: string, label: string): Promise<void>;
  removeAccount(accountId: string): Promise<void>;
  retryAccount(accountId: string): Promise<void>;
  startDemo(): Promise<Account>;
  sendPower(serverId: string, signal: PowerSignal): Promise<void>;
  sendCommand(serverId: string, command: string, runSince?: number): Promise<void>;
  commandHistory(serverId: string): Promise<readonly string[]>;
  forgetHistory(serverId: string): Promise<void>;
  forgetCommand(serverId: string, command: string): Promise<void>;
  renameServer(serverId: string, names: NewNames): Promise<void>;
  reinstallServer(serverId: string): Promise<void>;
  setDockerImage(serverId: string, image: string): Promise<void>;
  readStartup(serverId: string): Promise<Startup>;
  /** Answers the startup as it is after the change. */
  setVariable(serverId: string, key: string, value: string): Promise<Startup>;
  readPermissions(accountId: string): Promise<PermissionGroup[]>;
  /** Asks the panel about one server again and opens a refused session anew. */
  retryServer(serverId: string): Promise<void>;
}
