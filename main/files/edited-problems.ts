/** Sentences about files that other programs edit. */
import { PerchError, newProblem, type Problem } from '../../bridge/errors.js';
import { lastPart } from '../../bridge/files/file-paths.js';
import { mostEditedFiles } from '../../bridge/schema/edited-files.js';
import { sentence } from '../../messages/messages.js';
import type { FileRef } from './file-contents.js';
import { fileInWords } from './folder-listing.js';

type FilePath = Pick<FileRef, 'path'>;

const nameIn = ({ path }: FilePath): { name: string } => ({ name: fileInWords(lastPart(path)) });
export const tooLargeToOpen = (file: FilePath): Problem =>
  newProblem('invalid', sentence('own-editor.too-large-to-open', nameIn(file)));
export const noProgram = (file: FilePath): Problem =>
  newProblem('invalid', sentence('own-editor.no-program', nameIn(file)));
export const notUploaded = (file: FilePath): Problem =>
  newProblem('conflict', sentence('own-editor.not-uploaded', nameIn(file)));
export const draftTaken = (file: FilePath): Problem =>
  newProblem('conflict', sentence('own-editor.draft-taken', nameIn(file)));
export const tooMany = newProblem('conflict', sentence('own-editor.too-many', { most: mostEditedFiles }));
export const tooLarge = newProblem('invalid', sentence('own-editor.too-large'));
/** The system does not let the copy be read. */
export function unread(cause: unknown): never {
  throw new PerchError(newProblem('internal', sentence('own-editor.unread')), { cause });
}
/** Nobody edits the file any more. */
export const editingEnded = (file: FilePath): Problem =>
  newProblem('not-found', sentence('own-editor.ended', nameIn(file)));
