/** Problems that prevent or end a backup of a server's files on this computer. Pure. */
import { oneLine } from '../../bridge/console/plain-line.js';
import { PerchError, newProblem, type Problem } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import { namesToPack } from '../archives/node-archives.js';
import type { FileEntry } from './file-backup-panel.js';

/** Most names of one request; a server's root has a few dozen. */
const mostNames = 5000;

/** Names that a panel takes as they are: it trims each of them (PROTOCOL 2.17.16). */
export function packable(entries: readonly FileEntry[]): string[] {
  const files = namesToPack(entries);
  if (files.length === 0) throw new PerchError(newProblem('conflict', sentence('file-backups.no-files')));
  const odd = files.find((name) => name !== name.trim());
  if (odd !== undefined) {
    throw new PerchError(
      newProblem('conflict', sentence('file-backups.odd-name', { name: oneLine(odd, 80) })),
    );
  }
  if (files.length > mostNames) {
    throw new PerchError(newProblem('conflict', sentence('file-backups.too-many', { most: mostNames })));
  }
  return files;
}

/** Whether the panel certainly made no archive. */
export function isRefusal(problem: Problem | null): boolean {
  return problem !== null && problem !== dropped && problem !== unfinished && problem.maybeDone !== true;
}

export function leftBehind({ name }: FileEntry): Problem {
  return newProblem('conflict', sentence('file-backups.left', { name: oneLine(name, 80) }));
}

export const busy = newProblem('conflict', sentence('file-backups.busy'));
export const strange = newProblem('protocol', sentence('file-backups.strange'));
export const dropped = newProblem('conflict', sentence('file-backups.dropped'));
export const unfinished = newProblem('conflict', sentence('file-backups.unfinished'));
