import type { Problem } from '../../bridge/errors.js';
import { sentence, type Sentence } from '../../messages/messages.js';
import { unanswered, type PanelCall } from './call.js';
import { saidIn } from './plain-text.js';

/**
 * A failing node behind a panel that works: `DaemonConnectionException`, or Pelican's name for it. Its status is the
 * node's own on power, command and reinstallation, and 504 elsewhere: 401 and 403 are about the token between panel
 * and node, never about the person's key (PROTOCOL 3.3).
 */
export function nodeProblem(status: number, detail: string, call: PanelCall, place: string): Problem {
  const said = nodeWords(detail);
  if (call.subject === 'file' && saysOfFile(status, said)) return fileRefusal(said, call);
  if (status === 409 || status === 400) {
    const isSuspended = said !== null && /suspended/i.test(said);
    return {
      code: 'conflict',
      message:
        said === null
          ? sentence('panel.node-refused', { what: call.what })
          : sentence('panel.node-refused-said', { what: call.what, said: saidIn(said) }),
      next: isSuspended ? sentence('panel.ask-host') : sentence('panel.node-busy-next'),
      ...(isSuspended ? { condition: 'suspended' } : {}),
    };
  }
  if (status === 401 || status === 403) {
    return unreachable(
      sentence('panel.node-token', { place, what: call.what }),
      sentence('panel.node-token-next'),
    );
  }
  if (status === 404) {
    return unreachable(
      sentence('panel.node-unknown-server', { place, what: call.what }),
      sentence('panel.tell-host'),
    );
  }
  return unanswered(
    call,
    unreachable(sentence('panel.node-down', { place, what: call.what }), sentence('panel.node-down-next')),
  );
}

/** Not that the node is silent (504), refuses the panel's token, or does not have the server (PROTOCOL 3.3). */
function saysOfFile(status: number, said: string | null): boolean {
  return status !== 504 && !/not authorized|authorization|on this instance/i.test(said ?? '');
}

/**
 * What the node answers about a file, whatever the status: a folder of that name, a file that the egg protects, a link
 * that leads out of the server's folder (PROTOCOL 2.15.4).
 */
function fileRefusal(said: string | null, call: PanelCall): Problem {
  if (said === null) {
    return {
      code: 'conflict',
      message: sentence('panel.node-refused-file', { what: call.what }),
      next: sentence('panel.node-refused-file-next'),
    };
  }
  return {
    code: 'conflict',
    message: sentence('panel.node-refused-said', { what: call.what, said: saidIn(said) }),
    next: sentence('panel.node-refused-file-next'),
  };
}

/** The node answered Pelican with an error, which the panel keeps to itself (PROTOCOL 8.3.1). */
export function nodeRefusal(call: PanelCall): Problem {
  if (call.subject === 'file') return fileRefusal(null, call);
  return {
    code: 'conflict',
    message: sentence('panel.node-refused-untold', { what: call.what }),
    next: sentence('panel.node-refused-untold-next'),
  };
}

/** What Wings said, without the panel's wrapping; null where the panel passes nothing on. */
function nodeWords(detail: string): string | null {
  const words = /^An error occurred on the remote host: (.*?)\.?\s*(?:\(request id: .*)?$/is.exec(
    detail.slice(0, 2000),
  )?.[1];
  return words === undefined || words.trim() === '' ? null : words;
}

function unreachable(message: Sentence, next: Sentence): Problem {
  return { code: 'node-unreachable', message, next };
}
