import { oneLine } from '../../bridge/console/plain-line.js';
import { longestPlayer } from '../../bridge/players/player-verbs.js';
import type { PlayerVerb } from '../../bridge/players/verb-names.js';
import { playerCommand } from '../../bridge/players/verb-command.js';
import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import type { ServerPlayers } from '../../bridge/schema/players.js';
import type { RemoteInput, RemoteOutput } from '../../bridge/schema/remote.js';
import type { Settings } from '../../bridge/schema/settings.js';
import { sentence } from '../../messages/messages.js';
import type { PlayerActs } from '../actions/players/player-acts.js';
import { stillWanted, type Call } from './call.js';
import type { Consent } from './consent.js';
import { settledServer } from './named-servers.js';
import { demandReadable } from './send.js';
import type { SettledDeps } from './settled.js';
import { shownPlace, shownPlayers, shownServer } from './shown-server.js';

export interface RemotePlayersDeps extends SettledDeps {
  readonly consent: Pick<Consent, 'demand'>;
  readonly settings: { readonly current: Pick<Settings, 'playerVerbs'> };
  readonly playerActs: Pick<PlayerActs, 'act'>;
  readonly playersOf: (serverId: string) => ServerPlayers | null;
}

/** Verbs that take something from a player, or give a player every command of the game. */
const asks: ReadonlySet<PlayerVerb> = new Set<PlayerVerb>(['kick', 'ban', 'op']);

/** Players on a server, as Perch knows them now. */
export async function playersOn(
  deps: RemotePlayersDeps,
  { name }: RemoteInput<'players'>,
): Promise<RemoteOutput<'players'>> {
  const server = await settledServer(deps, name, true);
  const known = deps.playersOf(server.id);
  const online = known?.online ?? server.players ?? null;
  const now = deps.clock.now();
  return {
    server: shownServer(server, deps),
    online: online && shownPlayers(online, now),
    players:
      known?.names?.map(({ name: player, since, pingMs }) => ({
        name: oneLine(player, longestPlayer),
        sinceMs: since === null ? null : Math.max(0, now - since),
        pingMs,
      })) ?? null,
    ...(known?.ofConsole === undefined
      ? {}
      : {
          ofConsole: {
            sinceMs: Math.max(0, now - known.ofConsole.since),
            isWhole: known.ofConsole.isWhole,
          },
        }),
  };
}

/** Acts on a player in the same way as a window does. */
export async function actOnPlayer(
  deps: RemotePlayersDeps,
  { name, verb, player, text, isAgreed }: RemoteInput<'actOnPlayer'>,
  call: Call<'actOnPlayer'>,
): Promise<RemoteOutput<'actOnPlayer'>> {
  const server = await settledServer(deps, name, true);
  stillWanted(call);
  const { client, ended } = call;
  const order = { verb, player, text };
  const made = playerCommand(order, server.game, deps.settings.current.playerVerbs[server.id]);
  // Without a command, the act fails with the reason.
  if ('command' in made) {
    const { command } = made;
    if (client.kind === 'program') {
      demandReadable(command);
      const place = shownPlace(server, deps.store.state);
      const action = { kind: 'command', command } as const;
      await deps.consent.demand({ client: client.name, server, ...place, action, ended });
      stillWanted(call);
    } else if (!isAgreed && asks.has(verb)) {
      const message = sentence('remote.player-command', { server: oneLine(server.name, 80), command });
      throw new RemoteError(newFailure('needs-yes', message, null));
    }
  }
  const by = {
    kind: 'me',
    bulk: false,
    ...(client.kind === 'program' ? { program: client.name } : {}),
  } as const;
  const answer = await deps.playerActs.act({ serverId: server.id, ...order }, by);
  return { server: shownServer(server, deps), ...answer };
}
