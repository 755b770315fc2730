/** What a person reads of a node's refusals (PROTOCOL 4.5, 4.10, 4.11). */
import type { PowerSignal } from '../../bridge/schema/domain.js';
import { oneLine } from '../../bridge/console/plain-line.js';
import { sentence, type Sentence } from '../../messages/messages.js';

const longest = 300;

/** The text that everybody without `admin.websocket.errors` gets instead of the reason. */
export function isUnexplained(text: string): boolean {
  return text.includes('an unexpected error was encountered while handling this request');
}

/** A `daemon error` as a sentence. `signal` is the power signal that this session sent last and that may be meant. */
export function daemonErrorNotice(text: string, signal: PowerSignal | null): Sentence {
  if (text.includes('another power action is currently being processed')) return sentence('node.busy');
  if (isUnexplained(text))
    return signal === null
      ? sentence('node.unexplained')
      : sentence('node.unexplained-signal', { signal: nameOf(signal) });
  return sentence('node.says', { said: oneLine(text.replace(/^Error Event \[[^\]]*\]: /, ''), longest) });
}

export const droppedSignalNotice = sentence('node.dropped-signal');

/**
 * Only the first of several is told of, and none by its name (PROTOCOL 4.10): the echoes in the console show which
 * commands arrived.
 */
export function droppedCommandNotice(last: string | null): Sentence {
  return last === null
    ? sentence('node.dropped-command')
    : sentence('node.dropped-command-last', { command: oneLine(last, 60) });
}

/** Why something that a person sent comes to nothing: the ends of the sentences below. */
export const lostConnection = sentence('node.why.lost-connection');
export const noToken = sentence('node.why.no-token');
export const voidToken = sentence('node.why.void-token');
export const refusedAgain = sentence('node.why.refused-again');

export function lostPermission(permission: string): Sentence {
  return sentence('node.why.lost-permission', { permission });
}

export function undoneSignalNotice(signal: PowerSignal, why: Sentence): Sentence {
  return sentence('node.undone', { signal: nameOf(signal), why });
}

/** They are in the history like all others, so they need not be typed again. */
export function unsentNotice(count: number, why: Sentence): Sentence {
  return sentence('node.unsent', { count, why });
}

function nameOf(signal: PowerSignal): Sentence {
  return sentence(`signals.name.${signal}`);
}
