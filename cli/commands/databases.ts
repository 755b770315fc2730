import { hostWithPort } from '../../bridge/databases/connection.js';
import { RemoteError } from '../../bridge/remote/remote-error.js';
import type { RemoteInput, RemoteOutput } from '../../bridge/schema/remote.js';
import { say } from '../../messages/messages.js';
import { withYes } from '../ask-yes.js';
import { painter } from '../colours.js';
import { table } from '../table.js';
import type { Terminal } from '../terminal.js';
import type { DatabaseAction } from '../verb-choices.js';
import { printJson, type Command } from './command.js';
import { missing } from './local-files.js';

type Task = Parameters<Command>[0];
type Change = RemoteInput<'changeDatabase'>['change'];
type Changed = RemoteOutput<'changeDatabase'>;

const everywhere = '%';

/** `perch databases NAME [ACTION] [DATABASE]`. No password is printed. */
export const databases: Command = async (task) => {
  const [name = '', action, database] = task.args;
  if (action === undefined) return list(task, name);
  if (database === undefined) throw missing('DATABASE');
  const { terminal, options } = task;
  const changed = await acts[action as DatabaseAction](task, name, database);
  if (options['json'] === true) printJson(terminal, changed);
  else {
    const did = say(`command-line.database-did-${action as DatabaseAction}`, { name: changed.database.name });
    terminal.out(`${did}\n`);
  }
};

async function list({ perch, options, terminal }: Task, name: string): Promise<void> {
  const found = await perch.ask('databases', { name });
  if (options['json'] === true) return printJson(terminal, found);
  if (found.databases.length > 0) terminal.out(databasesTable(found, terminal));
  const count = found.databases.length;
  const { limit } = found;
  const said =
    limit === null
      ? say('command-line.databases-used', { count })
      : say('command-line.databases-of', { count, limit });
  terminal.err(`${said}\n`);
}

type Act = (task: Task, name: string, database: string) => Promise<Changed>;

const acts: Readonly<Record<DatabaseAction, Act>> = {
  create: ({ perch, options }, name, wished) => {
    const given = options['from'];
    const from = typeof given === 'string' ? given : everywhere;
    const change: Change = { kind: 'create', name: wished, from };
    return perch.ask('changeDatabase', { name, change, isAgreed: false, confirm: null });
  },
  rotate: ({ perch, options, terminal }, name, database) =>
    withYes(terminal, options['yes'] === true, (isAgreed) =>
      perch.ask('changeDatabase', { name, change: { kind: 'rotate', database }, isAgreed, confirm: null }),
    ),
  delete: async ({ perch, options, terminal }, name, database) => {
    const remove = (confirm: string | null): Promise<Changed> =>
      perch.ask('changeDatabase', { name, change: { kind: 'delete', database }, isAgreed: false, confirm });
    const given = options['confirm'];
    const named = typeof given === 'string' ? given : null;
    try {
      return await remove(named);
    } catch (error) {
      if (!(error instanceof RemoteError) || error.failure.cause !== 'needs-yes') throw error;
      const { message, next } = error.failure;
      if (!terminal.canAsk || named !== null) {
        throw new RemoteError({
          cause: 'needs-yes',
          message,
          next: say('command-line.needs-database-name'),
        });
      }
      terminal.err(`${message}\n${next}\n${say('command-line.type-database-name')} `);
      return remove(terminal.readLine().trim());
    }
  },
};

const heads = ['name', 'address', 'user', 'from', 'id'] as const;

function databasesTable(
  { databases: found }: RemoteOutput<'databases'>,
  { hasColours }: Pick<Terminal, 'hasColours'>,
): string {
  const rows = found.map(({ name, host, username, connectionsFrom, id }) => [
    { text: name },
    { text: host === null ? '-' : hostWithPort(host) },
    { text: username },
    { text: connectionsFrom },
    { text: id },
  ]);
  return table(heads, rows, painter(hasColours));
}
