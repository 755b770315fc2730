/** Changes of a server's addresses for the command line and for programs, through the calls of the tab "Network". */
import { oneLine } from '../../bridge/console/plain-line.js';
import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { NetworkAllocation } from '../../bridge/schema/network.js';
import type { RemoteAction } from '../../bridge/schema/remote-consent.js';
import type { RemoteInput, RemoteOutput } from '../../bridge/schema/remote.js';
import { sentence } from '../../messages/messages.js';
import type { Actions } from '../actions/actions.js';
import { stillWanted, type Call } from './call.js';
import type { Consent } from './consent.js';
import { addressNamed, shownAddress } from './named-addresses.js';
import { settledServer } from './named-servers.js';
import { isReadable } from './readable.js';
import type { SettledDeps } from './settled.js';
import { shownName, shownPlace, shownServer } from './shown-server.js';

export interface ChangeNetworkDeps extends SettledDeps {
  readonly actions: Pick<
    Actions,
    'network.list' | 'network.add' | 'network.note' | 'network.makeDefault' | 'network.remove'
  >;
  readonly consent: Pick<Consent, 'demand'>;
}

type Change = RemoteInput<'changeNetwork'>['change'];
type Changed = Exclude<Change, { kind: 'add' }>;
type Asked = Extract<RemoteAction, { kind: 'network' }>;

const longestNotes = 300;

/**
 * Changes an address, or asks the panel for a further address. A person agrees to a loss, and a program asks the
 * person.
 */
export async function changeNetwork(
  deps: ChangeNetworkDeps,
  { name, change, isAgreed }: RemoteInput<'changeNetwork'>,
  call: Call<'changeNetwork'>,
): Promise<RemoteOutput<'changeNetwork'>> {
  const { actions } = deps;
  const isProgram = call.client.kind === 'program';
  if (isProgram && change.kind === 'note' && !isReadable(change.notes)) {
    throw new RemoteError(
      newFailure('usage', sentence('remote.unseen-text'), sentence('remote.refused-next')),
    );
  }
  const server = await settledServer(deps, name);
  const of = { serverId: server.id };
  const before = await actions['network.list'](of);
  if (change.kind === 'add') {
    const asked: Asked = { kind: 'network', change: 'add', address: '', notes: '', before: '' };
    if (isProgram) await demand(deps, server, asked, call);
    stillWanted(call);
    const all = await actions['network.add'](of);
    const known = new Set(before.map(({ id }) => id));
    return { server: shownServer(server, deps), address: all.findLast(({ id }) => !known.has(id)) ?? null };
  }
  const present = addressNamed(change.address, before);
  const address = shownAddress(present);
  if (isProgram) {
    const notes = change.kind === 'note' ? oneLine(change.notes, longestNotes) : '';
    // Another default address loses no notes.
    const lost = change.kind === 'default' ? '' : oneLine(present.notes ?? '', longestNotes);
    const asked: Asked = { kind: 'network', change: change.kind, address, notes, before: lost };
    await demand(deps, server, asked, call);
  } else if (!isAgreed) demandYes(change, present, { address, server: shownName(server) });
  stillWanted(call);
  const all = await carryOut(deps, of, change, present);
  return { server: shownServer(server, deps), address: all.find(({ id }) => id === present.id) ?? present };
}

async function carryOut(
  { actions }: ChangeNetworkDeps,
  of: { readonly serverId: string },
  change: Changed,
  { id, notes }: NetworkAllocation,
): Promise<readonly NetworkAllocation[]> {
  const ref = { ...of, allocation: id };
  switch (change.kind) {
    case 'note':
      return actions['network.note']({ ...ref, notes: change.notes, replaces: notes ?? '' });
    case 'default':
      return actions['network.makeDefault'](ref);
    case 'remove':
      return actions['network.remove'](ref);
  }
}

/** Throws `needs-yes` for a change that loses notes or an address. */
function demandYes(
  change: Changed,
  { notes }: NetworkAllocation,
  names: { address: string; server: string },
): void {
  if (change.kind === 'default')
    throw new RemoteError(newFailure('needs-yes', sentence('remote.ask-default-address', names)));
  if (change.kind === 'remove')
    throw new RemoteError(newFailure('needs-yes', sentence('remote.ask-remove-address', names)));
  const old = oneLine(notes ?? '', longestNotes);
  const fresh = oneLine(change.notes, longestNotes);
  if (old === '' || old === fresh) return;
  const ask = sentence('remote.ask-replace-notes', { address: names.address });
  const next =
    fresh === ''
      ? sentence('remote.ask-remove-notes-next', { old })
      : sentence('remote.ask-replace-notes-next', { old, fresh });
  throw new RemoteError(newFailure('needs-yes', ask, next));
}

/** Asks the person about a change that a program wants. */
async function demand(
  { consent, store }: ChangeNetworkDeps,
  server: Server,
  action: Asked,
  { client, ended }: Call<'changeNetwork'>,
): Promise<void> {
  await consent.demand({ client: client.name, server, ...shownPlace(server, store.state), action, ended });
}
