/** Problems of calls about something that a panel does not have (PROTOCOL 3.2). */
import { newProblem, type Problem } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import type { PanelErrorEntry } from './answers.js';
import type { PanelCall } from './call.js';

/** Routes that every panel has: an address without them has no panel's API. */
const basic = /^(?:\/account|\/permissions|\/servers\/[^/]+)?(?:\?|$)/;

/** True for a call of a route that every panel has. */
export function isBasic({ path }: PanelCall): boolean {
  return basic.test(path);
}

/** Sentences for each subject, in the words of its list. */
const gone = {
  key: ['no-key-there', 'no-key-there-next'],
  backup: ['no-backup', 'load-backups'],
  schedule: ['no-schedule', 'load-schedules'],
  person: ['no-person', 'load-people'],
  allocation: ['no-allocation', 'load-allocations'],
  database: ['no-database', 'load-databases'],
  server: ['not-found', 'load-servers'],
  file: ['not-found', 'load-servers'],
} as const;

/** The problem of a 404 in the panel's own format. */
export function notFound({ detail }: PanelErrorEntry, call: PanelCall, place: string): Problem {
  const { subject, path } = call;
  // Panels of other versions and kinds lack some routes. The first versions have no activity, and no text for a missing
  // route.
  const isMissing =
    subject === 'panel' ||
    path === '/account/api-keys' ||
    /^The route \S* could not be found/i.test(detail) ||
    (detail === '' && /\/activity\?/.test(path));
  if (isMissing && !isBasic(call)) return missingRoute(404, call, place);
  if (subject === 'panel') {
    return newProblem('not-a-panel', sentence('panel.no-api', { place }), sentence('panel.check-address'));
  }
  const [message, next] = gone[path.endsWith('/databases') ? 'server' : subject];
  return newProblem('not-found', sentence(`panel.${message}`, { place }), sentence(`panel.${next}`));
}

/** True for the problem of a call that this panel has no route for. */
export function lacksRoute({ message }: Problem): boolean {
  return message.id === 'panel.wrong-method';
}

/** The problem of a call that the panel has no route for, or takes with another HTTP method. */
export function missingRoute(status: number, { what }: PanelCall, place: string): Problem {
  return newProblem('protocol', sentence('panel.wrong-method', { place, what, status }));
}
