import { oneLine } from '../../bridge/console/plain-line.js';
import { portUses } from '../../bridge/network/port-uses.js';
import { isGranted } from '../../bridge/panel/permissions.js';
import { withoutSecretTexts } from '../../bridge/redaction/secret-texts.js';
import type { RemoteInput, RemoteOutput } from '../../bridge/schema/remote.js';
import type { StartupVariable } from '../../bridge/schema/startup.js';
import type { Actions } from '../actions/actions.js';
import type { Call } from './call.js';
import { settledServer } from './named-servers.js';
import type { SettledDeps } from './settled.js';
import { shownServer } from './shown-server.js';

export interface RemoteNetworkDeps extends SettledDeps {
  readonly actions: Pick<Actions, 'network.list' | 'startup.read'>;
}

const longestName = 200;

/** Addresses of a server with the startup variables that hold their ports. A program gets no text that looks secret. */
export async function listNetwork(
  deps: RemoteNetworkDeps,
  { name }: RemoteInput<'network'>,
  { client }: Pick<Call<'network'>, 'client'>,
): Promise<RemoteOutput<'network'>> {
  const server = await settledServer(deps, name);
  const of = { serverId: server.id };
  const all = await deps.actions['network.list'](of);
  const variables = isGranted(server.permissions, 'startup.read') ? await variablesOf(deps, of) : null;
  const plain = (text: string): string =>
    oneLine(client.kind === 'program' ? withoutSecretTexts(text) : text, longestName);
  return {
    server: shownServer(server, deps),
    addresses: all.map((one) => ({
      ...one,
      notes: one.notes === null ? null : plain(one.notes),
      usedBy: variables && portUses(one, variables).map(plain),
    })),
    limit: server.limits.allocations ?? null,
  };
}

/** null = the panel refused. The addresses are as good without. */
async function variablesOf(
  { actions }: Pick<RemoteNetworkDeps, 'actions'>,
  of: { readonly serverId: string },
): Promise<readonly StartupVariable[] | null> {
  return actions['startup.read'](of).then(
    ({ variables }) => variables,
    () => null,
  );
}
