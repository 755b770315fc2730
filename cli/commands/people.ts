import { chosenRights } from '../../bridge/people/rights.js';
import type { RemoteInput, RemoteOutput } from '../../bridge/schema/remote.js';
import { say } from '../../messages/messages.js';
import { withYes } from '../ask-yes.js';
import { painter } from '../colours.js';
import { wrong, type Options } from '../parse.js';
import { table } from '../table.js';
import type { Terminal } from '../terminal.js';
import type { PeopleAction } from '../verb-choices.js';
import { printJson, type Command } from './command.js';
import { fleetPeople } from './fleet-people.js';
import { missing } from './local-files.js';

type Change = RemoteInput<'changePeople'>['change'];

/**
 * `perch people [NAME [ACTION] [PERSON]]`: who shares a server, or all servers, with their permissions; gives and removes
 * access.
 */
export const people: Command = async (task) => {
  const { perch, args, options, terminal } = task;
  const [name, action, person] = args;
  if (name === undefined) return fleetPeople(task);
  // Who filters people and gets all of them could act on the wrong ones.
  for (const option of ['person', 'permission'])
    if (options[option] !== undefined)
      throw wrong(say('command-line.only-without-name', { option: `--${option}` }), 'people');
  if (action === undefined) {
    const found = await perch.ask('people', { name });
    if (options['json'] === true) return printJson(terminal, found);
    if (found.people.length > 0) terminal.out(peopleTable(found, terminal));
    terminal.err(`${say('command-line.people-count', { count: found.people.length })}\n`);
    if (found.unread > 0) terminal.err(`${say('command-line.people-unread', { count: found.unread })}\n`);
    return;
  }
  if (person === undefined) throw missing('PERSON');
  const change = changeOf(action as PeopleAction, person, options);
  const changed = await withYes(terminal, options['yes'] === true, (isAgreed) =>
    perch.ask('changePeople', { name, change, isAgreed }),
  );
  if (options['json'] === true) return printJson(terminal, changed);
  terminal.out(
    `${say(`command-line.people-did-${action as PeopleAction}`, { name: changed.person.name })}\n`,
  );
};

function changeOf(kind: PeopleAction, person: string, { role, permissions }: Options): Change {
  if (kind === 'remove') return { kind, person };
  const ids = typeof permissions === 'string' ? permissions.split(',').map((id) => id.trim()) : [];
  const named = ids.filter((id) => id !== '');
  return {
    kind,
    email: person,
    role: typeof role === 'string' ? role : null,
    permissions: named.length === 0 ? null : named,
  };
}

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
  return table(heads, rows, painter(hasColours));
}
