import { chosenRights } from '../../bridge/people/rights.js';
import type { RemoteOutput } from '../../bridge/schema/remote.js';
import { say } from '../../messages/messages.js';
import { painter } from '../colours.js';
import { table } from '../table.js';
import type { Terminal } from '../terminal.js';
import { printJson, type Command } from './command.js';

/** `perch people NAME`: who shares a server, with their permissions. */
export const people: Command = async ({ perch, args, options, terminal }) => {
  const [name = ''] = args;
  const found = await perch.ask('people', { name });
  if (options['json'] === true) return printJson(terminal, found);
  if (found.people.length > 0) terminal.out(peopleTable(found, terminal));
  terminal.err(`${say('command-line.people-count', { count: found.people.length })}\n`);
};

const heads = ['name', 'email', 'factors', 'permissions'] as const;

function peopleTable(
  { people: found }: RemoteOutput<'people'>,
  { hasColours }: Pick<Terminal, 'hasColours'>,
): string {
  const rows = found.map(({ name, email, hasTwoFactor, permissions }) => [
    { text: name },
    { text: email ?? '' },
    { text: hasTwoFactor ? '2' : '1' },
    { text: chosenRights(permissions).join(' ') },
  ]);
  return table(
    heads.map((head) => ({ text: say(`command-line.head-${head}`) })),
    rows,
    painter(hasColours),
  );
}
