import type { RemoteOutput } from '../../bridge/schema/remote.js';
import { hostAndPort } from '../../bridge/text/host-and-port.js';
import { learnArea, say } from '../../messages/messages.js';
import { painter } from '../colours.js';
import { table } from '../table.js';
import type { Terminal } from '../terminal.js';
import { printJson, type Command } from './command.js';

type Found = RemoteOutput<'network'>;

/** `perch network NAME`: addresses of a server, and which startup variable holds which port. */
export const network: Command = async ({ perch, args: [name = ''], options, terminal }) => {
  // The words of the tab that shows addresses.
  await learnArea('allocations');
  const found = await perch.ask('network', { name });
  if (options['json'] === true) return printJson(terminal, found);
  if (found.addresses.length > 0) terminal.out(addressTable(found, terminal));
  const { limit } = found;
  const count = say('allocations.count', { count: found.addresses.length });
  const said = limit === null || limit === 0 ? count : `${count}, ${say('allocations.limit', { limit })}`;
  terminal.err(`${said}\n`);
  if (limit === 0) terminal.err(`${say('allocations.none-allowed')}\n`);
  if (found.addresses.some(({ usedBy }) => usedBy === null)) {
    terminal.err(`${say('allocations.uses-hidden')}\n`);
  }
};

const heads = ['address', 'ip', 'default', 'used-by', 'notes', 'id'] as const;

function addressTable({ addresses }: Found, { hasColours }: Pick<Terminal, 'hasColours'>): string {
  const rows = addresses.map(({ id, ip, alias, port, notes, isDefault, usedBy }) => [
    { text: hostAndPort(alias ?? ip, port) },
    { text: ip },
    { text: isDefault ? say('server.default') : '' },
    { text: (usedBy ?? []).join(', ') },
    { text: notes ?? '' },
    { text: String(id) },
  ]);
  return table(
    heads.map((head) => ({ text: say(`command-line.head-${head}`) })),
    rows,
    painter(hasColours),
  );
}
