/** Texts about a fix, and the message that a user can send to the host. */
import type { Server } from '../../../../bridge/schema/domain.js';
import type { FixIt, FixKind } from '../../../../bridge/schema/fix-its.js';
import { shortName } from '../../../../bridge/events/event-words.js';
import { causeSentence } from '../../../../bridge/fix-its/cause-words.js';
import { say, spoken } from '../../../../messages/messages.js';

/** Ways to fix a cause through the panel. */
export type Cure = 'eula' | 'image' | 'token' | 'sign-in' | 'again' | 'kill';

const cures: Readonly<Partial<Record<FixKind, Cure>>> = {
  eula: 'eula',
  java: 'image',
  'java-too-new': 'image',
  'node-version': 'image',
  'native-missing': 'image',
  'start-command': 'image',
  glibc: 'image',
  image: 'image',
  'steam-account': 'token',
  'hytale-login': 'sign-in',
  'world-locked': 'kill',
  'never-up': 'kill',
};

/** Perch offers another start for each cause that only the files of the server or the host can end. */
export function cureOf(kind: FixKind): Cure {
  return cures[kind] ?? 'again';
}

/** Cause in one sentence. */
export function fixTitle(fixIt: FixIt): string {
  const { kind, java } = fixIt;
  return kind === 'java' && java !== undefined
    ? say('fixes.java-needed', { java })
    : spoken(causeSentence(fixIt));
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
