import { newProblem, type Problem } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import { unanswered, type PanelCall } from './call.js';
import { nodeFileRefusal } from './file-problems.js';
import { saidIn } from './plain-text.js';
import { isRefusedRun } from './schedule-problems.js';

/**
 * The problem of a failing node behind a working panel (`DaemonConnectionException`, or Pelican's name for it).
 * On power, command and reinstallation the status is the node's own; elsewhere the status is 504. A 401 or 403 concerns
 * the token between panel and node, never the user's key (PROTOCOL 3.3).
 */
export function nodeProblem(status: number, detail: string, call: PanelCall, place: string): Problem {
  const said = nodeWords(detail);
  if (call.subject === 'file' && saysOfFile(status, said)) return nodeFileRefusal(said, call);
  if (status === 409 || status === 400) {
    const isSuspended = said !== null && /suspended/i.test(said);
    return {
      ...newProblem(
        'conflict',
        said === null
          ? sentence('panel.node-refused', { what: call.what })
          : sentence('panel.node-refused-said', { what: call.what, said: saidIn(said) }),
        isSuspended ? sentence('panel.ask-host') : sentence('panel.node-busy-next'),
      ),
      ...(isSuspended ? { condition: 'suspended' } : {}),
    };
  }
  if (isRefusedRun(status, detail, call)) return newProblem('conflict', sentence('panel.run-refused'));
  const code = 'node-unreachable';
  const { what } = call;
  if (status === 401 || status === 403)
    return newProblem(code, sentence('panel.node-token', { place, what }));
  if (status === 404 && call.subject === 'backup' && !/on this instance/i.test(said ?? '')) {
    return newProblem('not-found', sentence('panel.archive-gone', { what }));
  }
  if (status === 404) {
    const message = sentence('panel.node-unknown-server', { place, what });
    return newProblem(code, message, sentence('panel.tell-host'));
  }
  return unanswered(call, newProblem(code, sentence('panel.node-down', { place, what })));
}

/**
 * False if the node does not answer (504), rejects the panel's token, or does not have the server (PROTOCOL 3.3).
 */
function saysOfFile(status: number, said: string | null): boolean {
  return status !== 504 && !/not authorized|authorization|on this instance/i.test(said ?? '');
}

/** The problem of an error that the node sent to Pelican. Pelican does not pass the text on (PROTOCOL 8.3.1). */
export function nodeRefusal(call: PanelCall): Problem {
  if (call.subject === 'file') return nodeFileRefusal(null, call);
  return newProblem('conflict', sentence('panel.node-refused-untold', { what: call.what }));
}

/** The text of Wings without the panel's wrapping; null if the panel passes no text on. */
function nodeWords(detail: string): string | null {
  const words = /^An error occurred on the remote host: (.*?)\.?\s*(?:\(request id: .*)?$/is.exec(
    detail.slice(0, 2000),
  )?.[1];
  return words === undefined || words.trim() === '' ? null : words;
}
