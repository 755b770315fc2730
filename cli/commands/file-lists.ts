import type { FoundFile, ServerFile } from '../../bridge/schema/files.js';
import { bytes as shownBytes } from '../../bridge/text/figures.js';
import { momentOfDay } from '../../bridge/text/time-of-day.js';
import { say } from '../../messages/messages.js';
import { withYes } from '../ask-yes.js';
import { painter } from '../colours.js';
import { table } from '../table.js';
import type { Terminal } from '../terminal.js';
import { printJson, type Command } from './command.js';

type Task = Parameters<Command>[0];
type Run = (task: Task, name: string, word: string) => Promise<void>;

/** Actions of `perch files` that list, find and delete files on the server. */
export const listActions: Readonly<Record<'ls' | 'find' | 'rm', Run>> = {
  ls: async ({ perch, options, terminal }, name, path) => {
    const found = await perch.ask('files', { name, path: wholePath(path) });
    if (options['json'] === true) return printJson(terminal, found);
    const rows = found.files.map((file) => ({ ...file, shown: file.name }));
    if (rows.length > 0) terminal.out(fileTable(rows, terminal));
    if (found.isCut) terminal.err(`${say('command-line.folder-cut')}\n`);
  },
  find: async ({ perch, options, terminal }, name, query) => {
    const found = await perch.ask('findFiles', { name, query });
    if (options['json'] === true) return printJson(terminal, found);
    const rows = found.files.map((file) => ({ ...file, shown: file.path }));
    if (rows.length > 0) terminal.out(fileTable(rows, terminal));
    terminal.err(`${say('command-line.searched', { count: found.folders })}\n`);
    if (found.unread > 0) terminal.err(`${say('command-line.search-unread', { count: found.unread })}\n`);
    if (found.cut !== null) terminal.err(`${say('command-line.search-cut')}\n`);
  },
  rm: async ({ perch, options, terminal }, name, path) => {
    const deleted = await withYes(terminal, options['yes'] === true, (isAgreed) =>
      perch.ask('deleteFile', { name, path: wholePath(path), isAgreed }),
    );
    if (options['json'] === true) return printJson(terminal, deleted);
    terminal.out(`${say('command-line.file-deleted', { file: path })}\n`);
  },
};

/** Paths begin at the server's folder, with or without "/". */
export function fromRoot(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}

function wholePath(path: string): string {
  return fromRoot(path).replace(/(?<=.)\/+$/, '');
}

type Row = (Omit<ServerFile, 'name' | 'mode' | 'mime' | 'createdAt'> | Omit<FoundFile, 'path'>) & {
  readonly shown: string;
};

function fileTable(rows: readonly Row[], { hasColours }: Terminal): string {
  const heads = ['size', 'changed', 'file'] as const;
  return table(
    heads,
    rows.map(({ kind, bytes, modifiedAt, shown }) => [
      { text: kind === 'file' ? shownBytes(bytes) : say(`command-line.file-${kind}`), isFigure: true },
      { text: momentOfDay(modifiedAt, Date.now()) },
      { text: kind === 'folder' ? `${shown}/` : shown },
    ]),
    painter(hasColours),
  );
}
