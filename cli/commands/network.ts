import type { NetworkAllocation } from '../../bridge/schema/network.js';
import type { RemoteInput, RemoteOutput } from '../../bridge/schema/remote.js';
import { hostAndPort } from '../../bridge/text/host-and-port.js';
import { learnArea, say } from '../../messages/messages.js';
import { withYes } from '../ask-yes.js';
import { painter } from '../colours.js';
import { table } from '../table.js';
import type { Terminal } from '../terminal.js';
import type { NetworkAction } from '../verb-choices.js';
import { printJson, type Command } from './command.js';
import { missing } from './local-files.js';

type Task = Parameters<Command>[0];
type Found = RemoteOutput<'network'>;
type Change = RemoteInput<'changeNetwork'>['change'];

/** `perch network NAME [ACTION] [ADDRESS] [TEXT]`: lists or changes the addresses of a server. */
export const network: Command = async (task) => {
  const [name = '', action, address, ...notes] = task.args;
  if (action === undefined) return list(task, name);
  const change = changeOf(action as NetworkAction, address, notes);
  const { perch, options, terminal } = task;
  const changed = await withYes(terminal, options['yes'] === true, (isAgreed) =>
    perch.ask('changeNetwork', { name, change, isAgreed }),
  );
  if (options['json'] === true) printJson(terminal, changed);
  else terminal.out(`${doneWords(action as NetworkAction, changed)}\n`);
};

function changeOf(kind: NetworkAction, address: string | undefined, notes: readonly string[]): Change {
  if (kind === 'add') return { kind };
  if (address === undefined) throw missing('ADDRESS');
  if (kind !== 'note') return { kind, address };
  // An empty text removes the notes.
  if (notes.length === 0) throw missing('TEXT');
  return { kind, address, notes: notes.join(' ') };
}

function doneWords(action: NetworkAction, { address }: RemoteOutput<'changeNetwork'>): string {
  if (address === null) return say('command-line.network-did-something');
  return say(`command-line.network-did-${action}`, { address: addressOf(address) });
}

function addressOf({ alias, ip, port }: Pick<NetworkAllocation, 'alias' | 'ip' | 'port'>): string {
  return hostAndPort(alias ?? ip, port);
}

async function list({ perch, options, terminal }: Task, name: string): Promise<void> {
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
}

const heads = ['address', 'ip', 'default', 'used-by', 'notes', 'id'] as const;

function addressTable({ addresses }: Found, { hasColours }: Pick<Terminal, 'hasColours'>): string {
  const rows = addresses.map(({ usedBy, ...one }) => [
    { text: addressOf(one) },
    { text: one.ip },
    { text: one.isDefault ? say('server.default') : '' },
    { text: (usedBy ?? []).join(', ') },
    { text: one.notes ?? '' },
    { text: String(one.id) },
  ]);
  return table(heads, rows, painter(hasColours));
}
