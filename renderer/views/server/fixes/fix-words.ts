/** Texts about a fix, and the message that a user can send to the host. */
import type { Server } from '../../../../bridge/schema/domain.js';
import type { FixIt, FixKind } from '../../../../bridge/schema/fix-its.js';
import { shortName } from '../../../../bridge/events/event-words.js';
import { say } from '../../../../messages/messages.js';

/** Ways to fix a cause through the panel. */
export type Cure = 'eula' | 'image' | 'token' | 'again' | 'kill';

export const cureOf: Readonly<Record<FixKind, Cure>> = {
  eula: 'eula',
  java: 'image',
  image: 'image',
  'steam-account': 'token',
  memory: 'again',
  disk: 'again',
  port: 'again',
  processes: 'again',
  'steam-disk': 'again',
  'never-up': 'kill',
};

/** Cause in one sentence. */
export function fixTitle({ kind, java }: FixIt): string {
  return kind === 'java' && java !== undefined ? say('fixes.java-needed', { java }) : say(`fixes.${kind}`);
}

/** Message to the host of the node. */
export function requestText({ name, identifier, node }: Server, fixIt: FixIt): string {
  const request = say('fixes.request', {
    server: shortName(name),
    identifier,
    node: shortName(node),
    problem: fixTitle(fixIt),
  });
  if (fixIt.lines.length === 0) return request;
  return say('fixes.request-lines', { request, lines: fixIt.lines.join('\n') });
}
