import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import { longestProgramCommand, type RemoteInput, type RemoteOutput } from '../../bridge/schema/remote.js';
import { sentence, type Sentence } from '../../messages/messages.js';
import type { Actions } from '../actions/actions.js';
import { stillWanted, type Call } from './call.js';
import type { Consent } from './consent.js';
import { settledServer } from './named-servers.js';
import { isReadable } from './readable.js';
import type { SettledDeps } from './settled.js';
import { shownPlace, shownServer } from './shown-server.js';

export interface SendDeps extends SettledDeps {
  readonly actions: Pick<Actions, 'command.send'>;
  readonly consent: Pick<Consent, 'demand'>;
}

const control = /\p{Cc}/u;

/** Sends one command to a server's console, through the same call as a typed command. */
export async function sendCommandLine(
  deps: SendDeps,
  { name, command, isAgreed }: RemoteInput<'send'>,
  call: Call<'send'>,
): Promise<RemoteOutput<'send'>> {
  const { client, ended } = call;
  if (control.test(command)) throw new RemoteError(newFailure('usage', sentence('remote.not-one-line')));
  if (client.kind === 'program') demandReadable(command);
  const server = await settledServer(deps, name, true);
  stillWanted(call);
  if (client.kind === 'program') {
    const action = { kind: 'command', command } as const;
    const place = shownPlace(server, deps.store.state);
    await deps.consent.demand({ client: client.name, server, ...place, action, ended });
    stillWanted(call);
  }
  const { isTaken } = await deps.actions['command.send']({ serverId: server.id, command, again: isAgreed });
  if (!isTaken) throw new RemoteError(newFailure('needs-yes', sentence('remote.sent-perhaps'), null));
  return { server: shownServer(server, deps) };
}

/** Throws unless the user can see the whole command in the question. */
export function demandReadable(command: string): void {
  if (!isReadable(command)) throw unreadable(sentence('remote.unseen-characters'));
  if ([...command].length > longestProgramCommand)
    throw unreadable(sentence('remote.long-command', { most: longestProgramCommand }));
}

function unreadable(message: Sentence): RemoteError {
  return new RemoteError(newFailure('usage', message, sentence('remote.refused-next')));
}
