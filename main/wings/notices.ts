/** What a person reads of a node's refusals (PROTOCOL 4.5, 4.10, 4.11). */
import type { PowerSignal } from '../../bridge/domain.js';
import { oneLine } from '../../bridge/plain-line.js';

const longest = 300;

/** The text that everybody without `admin.websocket.errors` gets instead of the reason. */
export function isUnexplained(text: string): boolean {
  return text.includes('an unexpected error was encountered while handling this request');
}

/** A `daemon error` as a sentence. `signal` is the power signal that this session sent last and that may be meant. */
export function daemonErrorNotice(text: string, signal: PowerSignal | null): string {
  if (text.includes('another power action is currently being processed'))
    return 'The node is still busy with another power action on this server. Try again in a moment; only kill works meanwhile.';
  if (isUnexplained(text))
    return signal === null
      ? 'The node reports an error and does not say which.'
      : `The node did not carry out “${signal}” and does not say why.`;
  return `The node says: ${oneLine(text.replace(/^Error Event \[[^\]]*\]: /, ''), longest)}`;
}

export const droppedSignalNotice =
  'The node dropped the last signal because too much came at once. Send it again.';

/**
 * Only the first of several is told of, and none by its name (PROTOCOL 4.10): the echoes in the console show which
 * commands arrived.
 */
export function droppedCommandNotice(last: string | null): string {
  const which = last === null ? '' : `; the last one sent was “${oneLine(last, 60)}”`;
  return `The node dropped a command because too much came at once${which}. The console shows those that arrived.`;
}

/** Why something that a person sent comes to nothing: the ends of the sentences below. */
export const lostConnection = 'the live connection was lost';
export const noToken = 'the node asks for a new access token, and there is none yet';
export const voidToken = 'the access token of the live connection was no longer valid';
export const refusedAgain = 'the node does not accept the new access token either';

export function lostPermission(permission: string): string {
  return `your account no longer has the permission ${permission}`;
}

export function undoneSignalNotice(signal: PowerSignal, why: string): string {
  return `The node did not carry out “${signal}”: ${why}.`;
}

/** They are in the history like all others, so they need not be typed again. */
export function unsentNotice(count: number, why: string): string {
  return count === 1
    ? `A command was not sent: ${why}. Up in the command line brings it back.`
    : `${String(count)} commands were not sent: ${why}. Up in the command line brings them back.`;
}
