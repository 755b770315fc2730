/** Functions for the commands about files and transfers. */
import { realpathSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { RemoteError } from '../../bridge/remote/remote-error.js';
import type { RemoteTransfer } from '../../bridge/schema/remote-entities.js';
import { say } from '../../messages/messages.js';
import type { Terminal } from '../terminal.js';

/** The path from the root, because Perch runs in another folder. */
export function wholePath(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    const message = say('command-line.no-folder', { folder });
    throw new RemoteError({ cause: 'usage', message, next: '' });
  }
}

/** A folder that exists, or a name for a file in one (`file`). */
export function targetOf(target: string): { readonly folder: string; readonly file: string | null } {
  const isFolder = statSync(target, { throwIfNoEntry: false })?.isDirectory() ?? false;
  if (isFolder || target.endsWith('/')) return { folder: wholePath(target), file: null };
  return { folder: wholePath(dirname(target)), file: basename(target) };
}

/** Prints a problem of the transfer once, while Perch tries again. */
export function tellProblems(terminal: Terminal): (update: { transfer: RemoteTransfer }) => void {
  let told: string | null = null;
  return ({ transfer: { problem } }) => {
    if (problem !== null && problem !== told) terminal.err(`${problem}\n`);
    told = problem;
  };
}

export function missing(argument: string): RemoteError {
  const message = say('command-line.missing-argument', { argument });
  return new RemoteError({ cause: 'usage', message, next: '' });
}
