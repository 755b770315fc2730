import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import type { Backup } from '../../bridge/schema/backups.js';
import type { WayBack } from '../../bridge/schema/quiet-backups.js';
import type { RemoteFailure, RemoteInput, RemoteOutput } from '../../bridge/schema/remote.js';
import { lastPlanWords, planWords } from '../../bridge/backups/plan-words.js';
import { bytes as shownBytes } from '../../bridge/text/figures.js';
import { say, sentence } from '../../messages/messages.js';
import { withYes } from '../ask-yes.js';
import { count, type Options } from '../parse.js';
import { backupsTable, filesTable } from './backups-table.js';
import type { Terminal } from '../terminal.js';
import type { BackupAction } from '../verb-choices.js';
import { printJson, type Command } from './command.js';
import { missing, tellProblems, wholePath } from './local-files.js';
import { withinTime } from './wait.js';

type Task = Parameters<Command>[0];
type Changed = RemoteOutput<'changeBackup'>;

const secondsAtFirst = 3600;
const fetchOf = { backup: 'each', day: 'daily', never: 'none' } as const;

/** `perch backup ACTION NAME [BACKUP]`. */
export const backup: Command = async (task) => {
  const [action, name = '', id] = task.args;
  await actions[action as BackupAction](task, name, id);
};

type Run = (task: Task, name: string, id: string | undefined) => Promise<void>;

const actions: Readonly<Record<BackupAction, Run>> = {
  list: async ({ perch, options, terminal }, name) => {
    const found = await perch.ask('backups', { name });
    if (options['json'] === true) return printJson(terminal, found);
    if (found.backups.length + found.copies.length > 0) terminal.out(backupsTable(found, terminal));
    const limit = found.limit ?? '?';
    terminal.err(`${say('command-line.backups-used', { used: found.used, limit: String(limit) })}\n`);
    const { unread = 0 } = found;
    if (unread > 0) terminal.err(`${say('common.unread-entries', { count: unread })}\n`);
    if (found.plan === null) return;
    const { last } = found.plan;
    terminal.err(`${planWords(found.plan, Date.now())}\n`);
    if (last !== null) terminal.err(`${lastPlanWords(last, last.problem, Date.now())}\n`);
  },
  create: async (task, name) => {
    const { perch, options, terminal } = task;
    if (options['here'] === true) return backUpHere(task, name);
    const ignored = text(options, 'ignore')?.split(',').filter(Boolean) ?? [];
    const quietly = options['quietly'] === true;
    const label = text(options, 'name') ?? '';
    const wanted = { name, label, ignored, locked: options['lock'] === true, quietly };
    const made = await perch.ask('createBackup', wanted);
    if (options['wait'] === true) return waitFor(task, name, made.backup.id);
    print(terminal, options, made, say('command-line.backup-begun', { backup: made.backup.name }));
  },
  wait: (task, name, id) => waitFor(task, name, id ?? null),
  lock: (task, name, id) => change(task, name, id, { kind: 'lock' }),
  unlock: (task, name, id) => change(task, name, id, { kind: 'unlock' }),
  rename: (task, name, id) => {
    const to = text(task.options, 'name');
    if (to === undefined || to === '') throw missing('--name');
    return change(task, name, id, { kind: 'rename', to });
  },
  delete: (task, name, id) => change(task, name, id, { kind: 'delete' }),
  download: async ({ perch, options, terminal }, name, id) => {
    if (id === undefined) throw missing('BACKUP');
    const to = text(options, 'to');
    const folder = to === undefined ? null : wholePath(to);
    const tell = tellProblems(terminal);
    const loaded = await perch.ask('downloadBackup', { name, backup: id, folder }, { onEvent: tell });
    if (options['json'] === true) return printJson(terminal, loaded);
    const { file, folder: into } = loaded.transfer;
    terminal.out(`${say('command-line.backup-downloaded', { file, folder: into })}\n`);
  },
  copies: async ({ perch, options, terminal }, name) => {
    const every = text(options, 'every');
    const fetch = every === undefined ? null : fetchOf[every as keyof typeof fetchOf];
    const to = text(options, 'to');
    const folder = to === undefined ? null : wholePath(to);
    const now = await perch.ask('copyBackups', { name, fetch, folder });
    if (options['json'] === true) return printJson(terminal, now);
    if (now.copies.length > 0) terminal.out(backupsTable({ backups: [], copies: now.copies }, terminal));
    const said =
      now.folder === null ? say('command-line.copies-nowhere') : copiesWords(now.fetch, now.folder);
    terminal.err(`${said}\n`);
  },
  files: async ({ perch, options, terminal }, name, id) => {
    if (id === undefined) throw missing('BACKUP');
    const path = text(options, 'save');
    const folder = wholePath(text(options, 'to') ?? '.');
    const save = path === undefined ? null : { path, folder };
    const found = await perch.ask('copiedFiles', { name, backup: id, save });
    if (options['json'] === true) return printJson(terminal, found);
    if (found.saved !== null) {
      return terminal.out(`${say('command-line.file-saved', { file: found.saved, folder })}\n`);
    }
    if (found.files.length > 0) terminal.out(filesTable(found.files, terminal));
    if (found.isCut) terminal.err(`${say('command-line.files-cut')}\n`);
    if (found.leftOut > 0) terminal.err(`${say('command-line.files-left-out', { count: found.leftOut })}\n`);
  },
  restore: async (task, name, id) => {
    const { options, terminal } = task;
    const wanted = { kind: 'restore', truncate: options['truncate'] === true } as const;
    await change(task, name, id, wanted, async (ask) => {
      const given = text(options, 'confirm') ?? null;
      try {
        return await ask(given);
      } catch (error) {
        if (!(error instanceof RemoteError) || error.failure.cause !== 'needs-yes') throw error;
        if (!terminal.canAsk || given !== null) throw needsName(error.failure);
        return ask(typedName(terminal, error.failure));
      }
    });
  },
};

/** Backs up the files to this computer, without a backup on the panel. */
async function backUpHere({ perch, options, terminal }: Task, name: string): Promise<void> {
  const made = await perch.ask('backUpFiles', { name, wait: options['wait'] === true });
  if (options['json'] === true) return printJson(terminal, made);
  const { copy } = made;
  const said =
    copy === null
      ? say('command-line.here-begun')
      : say('command-line.here-done', { file: copy.file, size: shownBytes(copy.bytes) });
  terminal.out(`${said}\n`);
}

async function change(
  { perch, options, terminal }: Task,
  name: string,
  id: string | undefined,
  wanted: RemoteInput<'changeBackup'>['change'],
  confirmed?: (ask: (confirm: string | null) => Promise<Changed>) => Promise<Changed>,
): Promise<void> {
  if (id === undefined) throw missing('BACKUP');
  const send = (isAgreed: boolean, confirm: string | null): Promise<Changed> =>
    perch.ask('changeBackup', { name, backup: id, change: wanted, isAgreed, confirm });
  const changed =
    confirmed === undefined
      ? await withYes(terminal, options['yes'] === true, (isAgreed) => send(isAgreed, null))
      : await confirmed((confirm) => send(false, confirm));
  const said = say(`command-line.backup-did-${wanted.kind}`, { backup: changed.backup.name });
  print(terminal, options, changed, said);
}

async function waitFor({ perch, options, terminal }: Task, name: string, id: string | null): Promise<void> {
  const seconds = count(options['timeout'], { least: 1, most: 86_400 }) ?? secondsAtFirst;
  const ended = await withinTime(
    perch.ask('waitForBackup', { name, backup: id }),
    Date.now() + seconds * 1000,
  );
  if (ended === null) {
    throw new RemoteError(newFailure('timeout', sentence('command-line.backup-late', { seconds }), null));
  }
  const { name: shown, state, bytes } = ended.backup;
  // A quiet backup leaves main's list when the server is back.
  const isQuiet = ended.quiet !== null || options['quietly'] === true;
  const owed = ended.quiet?.owed ?? null;
  if (state === 'failed') {
    const failure = newFailure('failed', sentence('command-line.backup-failed', { backup: shown }), null);
    throw new RemoteError({ ...failure, next: isQuiet ? serverWords(owed) : '' });
  }
  const done = say('command-line.backup-done', { backup: shown, size: shownBytes(bytes) });
  print(terminal, options, ended, isQuiet && owed === null ? `${done} ${serverWords(null)}` : done);
  if (owed !== null) {
    throw new RemoteError(
      newFailure('failed', sentence(`quiet.still-${owed}`), sentence(`quiet.owed-${owed}-next`)),
    );
  }
}

/** Whether the server of a quiet backup is back. */
function serverWords(owed: WayBack): string {
  return owed === null
    ? say('quiet.is-back-now')
    : `${say(`quiet.still-${owed}`)} ${say(`quiet.owed-${owed}-next`)}`;
}

function print(terminal: Terminal, options: Options, value: { backup: Backup }, said: string): void {
  if (options['json'] === true) printJson(terminal, value);
  else terminal.out(`${said}\n`);
}

function text(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** Asks for the name of the server whose files are replaced. */
function typedName(terminal: Terminal, { message, next }: RemoteFailure): string {
  terminal.err(`${message}\n${next}\n${say('command-line.type-name')} `);
  return terminal.readLine().trim();
}

function needsName({ message }: RemoteFailure): RemoteError {
  return new RemoteError({ cause: 'needs-yes', message, next: say('command-line.needs-name') });
}

function copiesWords(fetch: RemoteOutput<'copyBackups'>['fetch'], folder: string): string {
  return say(`command-line.copies-${fetch}`, { folder });
}
