import { newProblem, PerchError } from '../../../bridge/errors.js';
import { oneLine } from '../../../bridge/console/plain-line.js';
import { longestText } from '../../../bridge/players/player-verbs.js';
import type { BulkRun } from '../../../bridge/schema/bulk.js';
import type { Actor } from '../../../bridge/schema/event-actor.js';
import { sentence } from '../../../messages/messages.js';
import type { ReportedFact } from '../../base/server-fact.js';

/** One fact for a message to the players of many servers; null if the run is no message, or reached no server. */
export function messageFact({ action, text, items }: BulkRun, by: Actor): ReportedFact | null {
  if (action !== 'message' || text === undefined) return null;
  const reached = items.filter(({ outcome }) => outcome === 'done' || outcome === 'unknown');
  const [first] = reached;
  if (first === undefined) return null;
  const serverIds = reached.map(({ serverId }) => serverId);
  const failed = items.length - reached.length;
  return { serverId: first.serverId, fact: { kind: 'broadcast', text, serverIds, failed, by } };
}

/** The message as one line. Throws `invalid` for a message without visible characters. */
export function demandText(text: string | undefined): string {
  const line = oneLine(text ?? '', longestText);
  if (line === '') throw new PerchError(newProblem('invalid', sentence('actions.player-no-text')));
  return line;
}
