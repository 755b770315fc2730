/** Messages to all players, as a window sends them: one server answers, several are a bulk action. */
import { oneLine } from '../../bridge/console/plain-line.js';
import { onePerServer } from '../../bridge/fleet/one-per-server.js';
import { broadcastBlock, broadcastOf } from '../../bridge/players/broadcast-order.js';
import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { RemoteInput, RemoteOutput } from '../../bridge/schema/remote.js';
import type { Settings } from '../../bridge/schema/settings.js';
import { say, sentence, spoken } from '../../messages/messages.js';
import { demandText } from '../actions/many/message-fact.js';
import type { Broadcasts } from '../actions/players/broadcasts.js';
import { stillWanted, type Call } from './call.js';
import type { Consent } from './consent.js';
import { finishedRun, type FollowedBulk } from './finished-run.js';
import { serverNamed } from './named-servers.js';
import { demandReadable } from './send.js';
import { settled, type SettledDeps } from './settled.js';
import { shownPlace, shownServer } from './shown-server.js';

export interface RemoteBroadcastDeps extends SettledDeps {
  readonly consent: Pick<Consent, 'demand'>;
  readonly settings: { readonly current: Pick<Settings, 'groups' | 'restartWarning'> };
  readonly bulk: FollowedBulk;
  readonly broadcasts: Pick<Broadcasts, 'say'>;
}

type Input = RemoteInput<'broadcast'>;
type Results = RemoteOutput<'broadcast'>['results'];

/** Most servers that a question names. */
const mostNamed = 20;

export async function broadcast(
  deps: RemoteBroadcastDeps,
  input: Input,
  call: Call<'broadcast'>,
): Promise<RemoteOutput<'broadcast'>> {
  await settled(deps, { seen: true });
  stillWanted(call);
  const text = demandText(input.text);
  const named = new Set(input.names.map((name) => serverNamed(name, deps.store.state)));
  const servers = chosenServers(deps, input, named);
  const [only] = servers;
  if (only === undefined) throw new RemoteError(newFailure('no-server', sentence('remote.no-receiver')));
  if (servers.length === 1) return { results: [await toOne(deps, only, text, call)] };
  if (call.client.kind === 'program')
    throw new RemoteError(newFailure('usage', sentence('remote.one-receiver')));
  return { results: await toMany(deps, { ...input, text }, { servers, named }) };
}

/** The servers of names, group and all; a server that several accounts see counts once. */
function chosenServers(
  { store, settings }: RemoteBroadcastDeps,
  { group, isAll }: Input,
  named: ReadonlySet<Server>,
): readonly Server[] {
  const { accounts, servers } = store.state;
  const ids = group === null ? [] : idsOfGroup(settings.current, group);
  const ofGroup = ids.flatMap((id) => servers.get(id) ?? []);
  return onePerServer(new Set([...named, ...ofGroup, ...(isAll ? servers.values() : [])]), accounts.values());
}

function idsOfGroup({ groups }: Pick<Settings, 'groups'>, wanted: string): readonly string[] {
  const isNamed = (name: string): boolean => name.toLowerCase() === wanted.toLowerCase();
  const found = groups.filter(({ name }) => isNamed(name));
  if (found.length > 0) return found.flatMap(({ serverIds }) => serverIds);
  const candidates = groups.slice(0, mostNamed).map(({ name }) => oneLine(name, 80));
  const failure = newFailure('no-server', sentence('remote.no-group', { name: oneLine(wanted, 80) }));
  throw new RemoteError({ ...failure, candidates });
}

async function toOne(
  deps: RemoteBroadcastDeps,
  server: Server,
  text: string,
  call: Call<'broadcast'>,
): Promise<Results[number]> {
  const { client, ended } = call;
  const order = broadcastOf(text, server, deps.settings.current.restartWarning.commands);
  // Without a command, the message fails with the reason.
  if (client.kind === 'program' && order !== null) {
    demandReadable(order.command);
    const action = { kind: 'command', command: order.command } as const;
    const place = shownPlace(server, deps.store.state);
    await deps.consent.demand({ client: client.name, server, ...place, action, ended });
    stillWanted(call);
  }
  const program = client.kind === 'program' ? { program: client.name } : {};
  const by = { kind: 'me', bulk: false, ...program } as const;
  const { outcome, line } = await deps.broadcasts.say({ serverId: server.id, text }, by);
  const shown = { server: shownNow(deps, server), problem: null, line };
  if (outcome === 'refused') return { ...shown, outcome: 'failed' };
  return { ...shown, outcome: outcome === 'done' ? 'done' : 'sent' };
}

async function toMany(
  deps: RemoteBroadcastDeps,
  { text, evenEmpty, isAgreed }: Input,
  { servers, named }: { readonly servers: readonly Server[]; readonly named: ReadonlySet<Server> },
): Promise<Results> {
  const own = deps.settings.current.restartWarning.commands;
  const reasons = new Map(
    servers.map((server) => [
      server.id,
      broadcastBlock(server, { own, evenEmpty: evenEmpty || named.has(server) }),
    ]),
  );
  const able = servers.filter(({ id }) => reasons.get(id) === null);
  if (!isAgreed && able.length > 1)
    throw new RemoteError({
      cause: 'needs-yes',
      message: say('guard.many-message', { count: able.length }),
      next: text,
      candidates: able.slice(0, mostNamed).map(({ name }) => oneLine(name, 80)),
    });
  const ids = able.map(({ id }) => id);
  if (ids.length > 0) deps.bulk.start(ids, 'message', { text });
  const items = ids.length === 0 ? [] : ((await finishedRun(deps.bulk))?.items ?? []);
  return servers.map((server) => {
    const reason = reasons.get(server.id) ?? null;
    const shown = { server: shownNow(deps, server), line: null };
    if (reason !== null) return { ...shown, outcome: 'skipped', problem: spoken(reason) };
    const item = items.find(({ serverId }) => serverId === server.id);
    const outcome = item === undefined || item.outcome === 'waiting' ? 'unknown' : item.outcome;
    const problem = item?.problem ?? null;
    return { ...shown, outcome, problem: problem && spoken(problem.message) };
  });
}

function shownNow(deps: SettledDeps, server: Server): Results[number]['server'] {
  return shownServer(deps.store.state.servers.get(server.id) ?? server, deps);
}
