/** What is said of a fix-it, and what a person can send to the host about it. */
import type { Server } from '../../../../bridge/schema/domain.js';
import type { FixIt, FixKind } from '../../../../bridge/schema/fix-its.js';
import { shortName } from '../../../../bridge/events/event-words.js';
import { say } from '../../../../messages/messages.js';

/** What a client of the panel can do about each. */
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

/** What is wrong, in one sentence. */
export function fixTitle({ kind, java }: FixIt): string {
  return kind === 'java' && java !== undefined ? say('fixes.java-needed', { java }) : say(`fixes.${kind}`);
}

/** A text to send to whoever runs the node. */
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
