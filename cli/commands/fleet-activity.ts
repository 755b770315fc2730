/** `perch activity` without a name: the newest actions on all servers, oldest first. */
import type { RemoteInput } from '../../bridge/schema/remote.js';
import { say } from '../../messages/messages.js';
import { activityLine } from './activity-line.js';
import { printJson, type Command } from './command.js';

export async function fleetActivity(
  { perch, options, terminal }: Parameters<Command>[0],
  chosen: Omit<RemoteInput<'fleetActivity'>, 'withinMs'>,
): Promise<void> {
  const found = await perch.ask(
    'fleetActivity',
    { ...chosen, withinMs: null },
    { onEvent: (reading) => terminal.err(`${say('command-line.lists-progress', reading)}\n`) },
  );
  if (options['json'] === true) return printJson(terminal, found);
  const { entries, servers, unknown, cut } = found;
  const isOfPanels = new Set(entries.map(({ server }) => server.panel)).size > 1;
  for (const { server, ...entry } of entries) {
    const where = isOfPanels ? `${server.panel} · ${server.name}` : server.name;
    terminal.out(`${activityLine({ ...entry, text: `${where}: ${entry.text}` }, terminal)}\n`);
  }
  for (const { server, why } of unknown)
    terminal.err(`${say('command-line.lists-why', { server: server.name, why })}\n`);
  terminal.err(`${say('command-line.activity-fleet-count', { count: entries.length, servers })}\n`);
  if (cut > 0) terminal.err(`${say('command-line.activity-fleet-cut', { count: cut })}\n`);
}
