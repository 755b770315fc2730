/** Gives and removes access to a server for the command line and for programs, through the calls of the tab "People". */
import { permissionWords } from '../../bridge/panel/permission-words.js';
import { oneLine } from '../../bridge/console/plain-line.js';
import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { RemoteInput, RemoteOutput } from '../../bridge/schema/remote.js';
import type { Settings } from '../../bridge/schema/settings.js';
import { sentence } from '../../messages/messages.js';
import type { Actions } from '../actions/actions.js';
import { stillWanted, type Call } from './call.js';
import type { Consent } from './consent.js';
import { personNamed } from './named-people.js';
import { settledServer } from './named-servers.js';
import { shownPerson } from './people.js';
import { isReadable } from './readable.js';
import type { SettledDeps } from './settled.js';
import { shownName, shownPlace, shownServer } from './shown-server.js';
import { wantedRights } from './wanted-rights.js';

export interface ChangePeopleDeps extends SettledDeps {
  readonly actions: Pick<Actions, 'people.list' | 'people.add' | 'people.remove' | 'permissions.read'>;
  readonly settings: { readonly current: Pick<Settings, 'ownRoles'> };
  readonly consent: Pick<Consent, 'demand'>;
}

/** Most characters of a name before an address, which must not be cut off. */
const longestName = 60;

type Change = RemoteInput<'changePeople'>['change'];
type Given = Extract<Change, { kind: 'give' }>;
type Removed = Extract<Change, { kind: 'remove' }>;
type Changed = RemoteOutput<'changePeople'>['person'];

interface Doing {
  readonly server: Server;
  readonly isAgreed: boolean;
  readonly call: Call<'changePeople'>;
}

/** A person agrees first, and a program asks the person. */
export async function changePeople(
  deps: ChangePeopleDeps,
  { name, change, isAgreed }: RemoteInput<'changePeople'>,
  call: Call<'changePeople'>,
): Promise<RemoteOutput<'changePeople'>> {
  const server = await settledServer(deps, name);
  const doing: Doing = { server, isAgreed, call };
  const person = change.kind === 'give' ? await give(deps, change, doing) : await remove(deps, change, doing);
  return { server: shownServer(server, deps), person };
}

async function give(
  deps: ChangePeopleDeps,
  { email, role, permissions }: Given,
  { server, isAgreed, call }: Doing,
): Promise<Changed> {
  const { actions, settings } = deps;
  const isProgram = call.client.kind === 'program';
  if (!isReadable(email)) {
    throw new RemoteError(
      newFailure('usage', sentence('remote.unseen-address'), sentence('remote.refused-next')),
    );
  }
  // With blanks an address of a program could read like a sentence.
  if (isProgram && !/^[^\s@]+@[^\s@]+$/.test(email)) {
    throw new RemoteError(
      newFailure('usage', sentence('remote.no-address-of-mail'), sentence('remote.refused-next')),
    );
  }
  const catalogue = await actions['permissions.read']({ accountId: server.accountId });
  const rights = wantedRights({ role, permissions }, catalogue, settings.current.ownRoles);
  if (isProgram) {
    await demand(deps, { kind: 'access', change: 'give', who: email, permissions: rights }, { server, call });
  } else if (!isAgreed) {
    const names = { who: email, server: shownName(server), count: rights.length };
    const failure = newFailure('needs-yes', sentence('remote.ask-give-access', names));
    throw new RemoteError({ ...failure, candidates: rights.map((id) => permissionWords(id)) });
  }
  stillWanted(call);
  const added = await actions['people.add']({ serverId: server.id, email, permissions: rights });
  return shownPerson(added, isProgram);
}

async function remove(
  deps: ChangePeopleDeps,
  { person: word }: Removed,
  { server, isAgreed, call }: Doing,
): Promise<Changed> {
  const { actions } = deps;
  const isProgram = call.client.kind === 'program';
  const of = { serverId: server.id };
  const person = personNamed(word, await actions['people.list'](of), isProgram);
  const shown = shownPerson(person, false);
  const { name, email } = shown;
  // A name that is the address stays whole.
  const who = !email || email === name ? name : `${oneLine(name, longestName)} (${email})`;
  if (isProgram) {
    await demand(deps, { kind: 'access', change: 'remove', who, permissions: [] }, { server, call });
  } else if (!isAgreed) {
    const names = { who, server: shownName(server) };
    throw new RemoteError(newFailure('needs-yes', sentence('remote.ask-remove-access', names)));
  }
  stillWanted(call);
  await actions['people.remove']({ ...of, person: person.uuid });
  return shownPerson(person, isProgram);
}

/** Asks the person about a change that a program wants. */
async function demand(
  { consent, store }: ChangePeopleDeps,
  action: Parameters<Consent['demand']>[0]['action'],
  { server, call: { client, ended } }: Pick<Doing, 'server' | 'call'>,
): Promise<void> {
  await consent.demand({ client: client.name, server, ...shownPlace(server, store.state), action, ended });
}
