/** Targets of presses, and sentences of their questions, that several calls share. */
import { sentence, type Sentence } from '../../messages/messages.js';
import { ofAccount, knownServerName, type Known } from './known-names.js';

type PlainActivity =
  | 'take-key'
  | 'demo'
  | 'proxy'
  | 'settings'
  | 'channels'
  | 'rule'
  | 'autostart'
  | 'backup-rules'
  | 'import'
  | 'save'
  | 'choose'
  | 'unshare'
  | 'missed-backups'
  | 'editing-program';
export const actionSentence = (id: PlainActivity): Sentence => sentence(`guard.action-${id}`);

type OfServer = { readonly serverId: string };
type OfAccount = { readonly accountId: string };
export const serverTarget = ({ serverId }: OfServer): string => `server:${serverId}`;
const accountTarget = ({ accountId }: OfAccount): string => `account:${accountId}`;
export const saving = { target: () => 'file', action: () => actionSentence('save') };
type ServerActivity =
  | 'server'
  | 'forget'
  | 'reinstall'
  | 'warned'
  | 'call-off'
  | 'back-up'
  | 'quiet-backup'
  | 'bring-back'
  | 'backup'
  | 'delete-backup'
  | 'read-report'
  | 'fetch-copy'
  | 'delete-copy'
  | 'read-copy'
  | 'files'
  | 'delete-files'
  | 'read-text'
  | 'write-text'
  | 'own-editor'
  | 'read-revision'
  | 'restore'
  | 'share'
  | 'upload'
  | 'when-empty'
  | 'network'
  | 'remove-allocation'
  | 'schedule'
  | 'delete-schedule'
  | 'run-schedule'
  | 'add-person'
  | 'change-person'
  | 'remove-person'
  | 'database'
  | 'delete-database'
  | 'database-password'
  | 'database-open'
  | 'sftp-set-up'
  | 'sftp-trust'
  | 'sftp-open';
export const aboutServer = (id: ServerActivity) => ({
  target: serverTarget,
  action: ({ serverId }: OfServer, known: Known) =>
    sentence(`guard.action-${id}`, { server: knownServerName(known, serverId) }),
});
export const aboutPanel = (id: 'panel' | 'all-servers' | 'remove' | 'api-key' | 'ssh-key' | 'sign-in') => ({
  target: accountTarget,
  action: ({ accountId }: OfAccount, known: Known) =>
    sentence(`guard.action-${id}`, { panel: ofAccount(known, accountId) }),
});
