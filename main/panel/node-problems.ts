import type { Problem } from '../../bridge/errors.js';
import { isWrite, type PanelCall } from './call.js';
import { quoted } from './plain-text.js';

/**
 * A failing node behind a panel that works: `DaemonConnectionException`, or Pelican's names for it. Its status is the
 * node's own on power, command and reinstallation, and 504 elsewhere: 401 and 403 are about the token between panel
 * and node, never about the person's key (PROTOCOL 3.3).
 */
export function nodeProblem(status: number, detail: string, call: PanelCall, place: string): Problem {
  const said = nodeWords(detail);
  if (status === 409 || status === 400) {
    const isSuspended = said !== null && /suspended/i.test(said);
    return {
      code: 'conflict',
      message: `The node of the server could not ${call.what}${said === null ? '.' : `: ${quoted(said)}`}`,
      next: isSuspended
        ? 'Ask the host of the panel.'
        : 'Wait until the action under way is over, then try again.',
      ...(isSuspended ? { condition: 'suspended' } : {}),
    };
  }
  if (status === 401 || status === 403) {
    return unreachable(
      `${place} and the node of the server do not accept each other's token, so Perch could not ${call.what}. Your key is fine.`,
      'Tell the host of the panel: the configuration of the node has to be renewed.',
    );
  }
  if (status === 404) {
    return unreachable(
      `The node of the server does not know this server, so ${place} could not ${call.what}.`,
      'Tell the host of the panel.',
    );
  }
  return {
    ...unreachable(
      `${place} works, but the node of the server is out of order or does not answer, so it could not ${call.what}.`,
      'Try again in a while; if it lasts, tell the host of the panel.',
    ),
    ...(isWrite(call) ? { maybeDone: true } : {}),
  };
}

/** What Wings said, without the panel's wrapping; null where the panel passes nothing on. */
function nodeWords(detail: string): string | null {
  const words = /^An error occurred on the remote host: (.*?)\.?\s*(?:\(request id: .*)?$/is.exec(
    detail.slice(0, 2000),
  )?.[1];
  return words === undefined || words.trim() === '' ? null : words;
}

function unreachable(message: string, next: string): Problem {
  return { code: 'node-unreachable', message, next };
}
