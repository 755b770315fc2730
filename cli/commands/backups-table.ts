import type { ArchivedFile, BackupCopy } from '../../bridge/schema/backup-copies.js';
import type { Backup } from '../../bridge/schema/backups.js';
import { bytes as shownBytes } from '../../bridge/text/figures.js';
import { momentOfDay } from '../../bridge/text/time-of-day.js';
import { say } from '../../messages/messages.js';
import { painter } from '../colours.js';
import { table } from '../table.js';
import type { Terminal } from '../terminal.js';

interface Shown {
  readonly backups: readonly Backup[];
  readonly copies: readonly BackupCopy[];
}

const heads = ['name', 'state', 'size', 'created', 'locked', 'where', 'id'] as const;

/** Backups on the panel, followed by copies on this computer of backups that the panel no longer has. */
export function backupsTable(
  { backups, copies }: Shown,
  { hasColours }: Pick<Terminal, 'hasColours'>,
): string {
  const here = new Set(copies.map(({ id }) => id));
  const there = new Set(backups.map(({ id }) => id));
  const onPanel = backups.map(({ name, state, bytes, createdAt, locked, id }) => [
    { text: name },
    {
      text: say(`command-line.backup-state-${state}`),
      ...(state === 'failed' ? { colour: 'red' as const } : {}),
    },
    { text: state === 'good' ? shownBytes(bytes) : '', isFigure: true },
    { text: createdAt === null ? '?' : momentOfDay(createdAt, Date.now()) },
    { text: locked ? say('command-line.backup-locked') : '' },
    { text: say(here.has(id) ? 'command-line.where-both' : 'command-line.where-panel') },
    { text: id },
  ]);
  const onlyHere = copies
    .filter(({ id }) => !there.has(id))
    .map(({ id, bytes, createdAt }) => [
      { text: '' },
      { text: say('command-line.backup-state-good') },
      { text: shownBytes(bytes), isFigure: true },
      { text: momentOfDay(createdAt, Date.now()) },
      { text: '' },
      { text: say('command-line.where-here') },
      { text: id },
    ]);
  return table(heads, [...onPanel, ...onlyHere], painter(hasColours));
}

/** Files of a copy. */
export function filesTable(
  files: readonly ArchivedFile[],
  { hasColours }: Pick<Terminal, 'hasColours'>,
): string {
  return table(
    ['size', 'file'],
    files.map(({ path, bytes, kind }) => [
      { text: kind === 'link' ? say('command-line.file-link') : shownBytes(bytes), isFigure: true },
      { text: path },
    ]),
    painter(hasColours),
  );
}
