import { newProblem, type Problem } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import type { PanelErrorEntry } from './answers.js';
import type { PanelCall } from './call.js';

/** The problem of a refusal that only calls about backups get (PROTOCOL 2.16); null = another refusal. */
export function backupRefusal(
  { code, detail }: PanelErrorEntry,
  call: PanelCall,
  place: string,
): Problem | null {
  switch (code) {
    case 'TooManyBackupsException':
      return tooMany(detail, place);
    case 'BackupLockedException':
      return newProblem('conflict', sentence('panel.backup-locked', { place }));
    case 'BadRequestHttpException':
      return call.subject === 'backup' ? notRestored(detail, place) : null;
    default:
      return null;
  }
}

function tooMany(detail: string, place: string): Problem {
  const limit = Number(/limit of (\d{1,6})\b/.exec(detail)?.[1] ?? 1);
  if (limit > 0) return newProblem('conflict', sentence('panel.backup-limit', { place, limit }));
  return newProblem('conflict', sentence('panel.backup-none', { place }), sentence('panel.ask-host'));
}

/** A restoration is refused for the state of the backup or of the server (PROTOCOL 2.16.14). */
function notRestored(detail: string, place: string): Problem | null {
  if (/not completed or failed/i.test(detail)) {
    return newProblem('conflict', sentence('panel.backup-unfinished', { place }));
  }
  if (/not currently in a state/i.test(detail)) {
    return newProblem('conflict', sentence('panel.restore-state', { place }));
  }
  return null;
}
