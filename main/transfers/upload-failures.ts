/** Why an attempt of an upload failed, as problems for the person (ERRORS "Problem", RETRIES "Transfers"). */
import { newProblem, toProblem } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import { broke, TransferBroke } from './transfer-failures.js';

/** Text of a node for a file above its own limit (PROTOCOL 2.17.12). */
const aboveLimit = /larger than the maximum file upload size of (\d{1,6}) MB/i;

/** Text of a node for a file that the egg protects (PROTOCOL 2.17.14). */
const deniedByEgg = /egg denylist/i;

/** Largest file that a node accepts, in MB of 1024 KB, from its refusal; null = another text. */
export function uploadLimitIn(text: string): number | null {
  const [, megabytes] = aboveLimit.exec(text) ?? [];
  return megabytes === undefined ? null : Number(megabytes);
}

/** Whether the node, or something in front of it, takes no file of this size. */
export function isTooLarge(status: number, text: string): boolean {
  return status === 413 || uploadLimitIn(text) !== null;
}

/** The node answered with a status other than 200. `text` = the beginning of its answer. */
export function refusedUpload(status: number, text: string): TransferBroke {
  const limit = uploadLimitIn(text);
  if (limit !== null) return tooLarge(limit);
  if (status === 413) return broke('person', newProblem('invalid', sentence('transfers.too-large-here')));
  if (status === 403 && deniedByEgg.test(text)) {
    return broke('person', newProblem('forbidden', sentence('transfers.denied')));
  }
  // A node refuses a bad link with other statuses (PROTOCOL 2.17.12), so the answer comes from a program in front.
  if (status === 403) return broke('person', newProblem('node-unreachable', sentence('transfers.blocked')));
  if (status === 400 && /not enough disk space/i.test(text)) {
    return broke('person', newProblem('conflict', sentence('transfers.server-full')));
  }
  if (status === 400 && /existing directory/i.test(text)) return serverNameTaken();
  if (status === 404) return broke('soon', newProblem('conflict', sentence('transfers.spent-upload')));
  if (status >= 300 && status < 400) {
    return broke('slow', newProblem('protocol', sentence('transfers.elsewhere')));
  }
  const retry = status < 500 ? 'person' : 'soon';
  return broke(retry, newProblem('node-unreachable', sentence('transfers.upload-status', { status })));
}

export function tooLarge(megabytes: number): TransferBroke {
  return broke('person', newProblem('invalid', sentence('transfers.too-large', { limit: megabytes })));
}

/** The file on this computer changed while it was sent. */
export function changedLocally(): TransferBroke {
  return broke('mismatch', newProblem('conflict', sentence('transfers.changed-here')));
}

export function unreadableLocally(file: string, cause: unknown): TransferBroke {
  return broke('person', newProblem('internal', sentence('transfers.unread-here', { file })), cause);
}

/** A form can't carry the name, and the account may not rename files. */
export function oddName(): TransferBroke {
  return broke('person', newProblem('forbidden', sentence('transfers.odd-name')));
}

/** Only SFTP takes the file, and the account may not give the file a temporary name first. */
export function unhidden(): TransferBroke {
  return broke('person', newProblem('forbidden', sentence('transfers.unhidden')));
}

export function serverNameTaken(): TransferBroke {
  return broke('person', newProblem('conflict', sentence('transfers.server-name-taken')));
}

/** The node has another number of bytes than were sent, and they were removed. */
export function partlyOnNode(): TransferBroke {
  const problem = newProblem('protocol', sentence('transfers.partly-there'));
  return new TransferBroke({ retry: 'person', problem, isGone: true });
}

/** The node has the file neither under its temporary name nor under its own. */
export function missingOnNode(): TransferBroke {
  const problem = newProblem('protocol', sentence('transfers.lost-there'));
  return new TransferBroke({ retry: 'mismatch', problem, isGone: true });
}

export function notRenamed(): TransferBroke {
  return broke('soon', newProblem('protocol', sentence('transfers.not-renamed')));
}

/** The earlier file is still under its other name. */
export function keptUnderOtherName(
  names: { readonly name: string; readonly aside: string },
  cause: unknown,
): TransferBroke {
  return broke('soon', newProblem('conflict', sentence('files.set-aside', { count: 1, ...names })), cause);
}

/** Throws why the panel did not rename. Pelican passes on no refusal of a node, so any of them may be for good. */
export function refusedName(error: unknown): never {
  const problem = toProblem(error);
  const { id } = problem.message;
  if (id === 'panel.file-denied') throw broke('person', problem, error);
  if (id === 'panel.node-refused-file' || id === 'panel.node-refused-said') {
    throw broke('mismatch', problem, error);
  }
  throw error;
}
