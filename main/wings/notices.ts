/** Messages for the user about refusals of a node (PROTOCOL 4.5, 4.10, 4.11). */
import type { PowerSignal } from '../../bridge/schema/domain.js';
import { oneLine } from '../../bridge/console/plain-line.js';
import { sentence, type Sentence } from '../../messages/messages.js';

const longest = 300;

/** True for the generic text that replaces the reason for accounts without `admin.websocket.errors`. */
export function isUnexplained(text: string): boolean {
  return text.includes('an unexpected error was encountered while handling this request');
}

/**
 * The message for a `daemon error`. `signal` is the last power signal of this session, which the error may be about.
 */
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
 * The message for dropped commands. The node reports only the first drop and names no command (PROTOCOL 4.10); echoes
 * in the console show which commands arrived.
 */
export function droppedCommandNotice(last: string | null): Sentence {
  return last === null
    ? sentence('node.dropped-command')
    : sentence('node.dropped-command-last', { command: oneLine(last, 60) });
}

/** Reasons why a message of the user was not carried out, for the sentences below. */
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

/** Unsent commands stay in the command history, so the user can send them again. */
export function unsentNotice(count: number, why: Sentence): Sentence {
  return sentence('node.unsent', { count, why });
}

function nameOf(signal: PowerSignal): Sentence {
  return sentence(`signals.name.${signal}`);
}
