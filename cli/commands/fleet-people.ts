/** `perch people` without a name: who shares the servers of all panels. */
import type { RemoteSharedServer } from '../../bridge/schema/remote-people-verbs.js';
import { say } from '../../messages/messages.js';
import { painter } from '../colours.js';
import type { Options } from '../parse.js';
import { table } from '../table.js';
import type { Terminal } from '../terminal.js';
import { printJson, type Command } from './command.js';

/** Prints a line for each access. The servers whose people nobody knows go to the standard error. */
export const fleetPeople: Command = async ({ perch, options, terminal }) => {
  const found: RemoteSharedServer[] = [];
  const wanted = {
    person: textOf(options['person']),
    permission: textOf(options['permission']),
    withinMs: null,
  };
  const { servers } = await perch.ask('fleetPeople', wanted, {
    onEvent: ({ read, of, server }) => {
      if (server !== null) found.push(server);
      else terminal.err(`${say('command-line.lists-progress', { read, of })}\n`);
    },
  });
  if (options['json'] === true) return printJson(terminal, { servers: found.map(expanded) });
  const shared = found.filter(({ people }) => (people ?? []).length > 0);
  if (shared.length > 0) terminal.out(fleetTable(found, terminal));
  for (const { server, why } of found)
    if (why !== null) terminal.err(`${say('command-line.lists-why', { server: server.name, why })}\n`);
  const emails = found.flatMap(({ people }) => (people ?? []).map(({ email }) => email?.toLowerCase() ?? ''));
  const isFiltered = wanted.person !== null || wanted.permission !== null;
  const sums = { people: new Set(emails).size, servers: isFiltered ? shared.length : servers };
  terminal.err(`${say('command-line.people-fleet-count', sums)}\n`);
};

function textOf(option: Options[string]): string | null {
  return typeof option === 'string' ? option : null;
}

/** Each person with the permissions themselves, as `perch people NAME` has them. */
function expanded({ people, rights, ...shared }: RemoteSharedServer) {
  return {
    ...shared,
    people:
      people?.map(({ rights: place, ...person }) => ({ ...person, permissions: rights[place] ?? [] })) ??
      null,
  };
}

const heads = ['name', 'email', 'factors', 'permissions'] as const;

function fleetTable(found: readonly RemoteSharedServer[], { hasColours }: Terminal): string {
  const isOfPanels = new Set(found.map(({ server: { panel } }) => panel)).size > 1;
  const rows = found.flatMap(({ server, people, rights }) =>
    (people ?? []).map(({ name, email, hasTwoFactor, rights: place }) => [
      ...(isOfPanels ? [{ text: server.panel }] : []),
      { text: server.name },
      { text: name },
      { text: email ?? '' },
      { text: hasTwoFactor ? '2' : '1' },
      { text: (rights[place] ?? []).join(' ') },
    ]),
  );
  const shown = isOfPanels ? (['panel', 'server', ...heads] as const) : (['server', ...heads] as const);
  return table(shown, rows, painter(hasColours));
}
