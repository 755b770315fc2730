import { newProblem, type Problem } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import type { PanelErrorEntry } from './answers.js';
import { isWrite, unanswered, type PanelCall } from './call.js';
import { switchedOff } from './refused-access.js';

/** The problem of a refusal that only calls about databases get (PROTOCOL 2.22.5); null = another refusal. */
export function databaseRefusal({ code }: PanelErrorEntry, call: PanelCall, place: string): Problem | null {
  if (call.subject !== 'database') return null;
  switch (code) {
    case 'NoSuitableDatabaseHostException':
      return newProblem(
        'conflict',
        sentence('panel.database-no-host', { place }),
        sentence('panel.ask-host'),
      );
    case 'DatabaseClientFeatureNotEnabledException':
      return switchedOff(call, place);
    case 'TooManyDatabasesException':
      return newProblem('conflict', sentence('panel.database-limit', { place }));
    case 'DuplicateDatabaseNameException':
      return newProblem('conflict', sentence('panel.database-taken', { place }));
    case 'QueryException':
    case 'PDOException':
      // The panel's database, or its host of databases, does not answer or refused; a part may be done (PROTOCOL 2.22.10).
      return isWrite(call)
        ? unanswered(
            call,
            newProblem('panel-error', sentence('panel.database-host-down', { place, what: call.what })),
          )
        : null;
    default:
      return null;
  }
}
