import type { PowerSignal, Server } from '../../bridge/schema/domain.js';
import type { Settings } from '../../bridge/schema/settings.js';
import { isUnread } from '../../bridge/panel/permissions.js';
import { oneLine } from '../../bridge/console/plain-line.js';
import { RemoteError } from '../../bridge/remote/remote-error.js';
import type { RemoteInput, RemoteOutput } from '../../bridge/schema/remote.js';
import { say, spoken } from '../../messages/messages.js';
import type { Actions } from '../actions/actions.js';
import type { ProgramSignals } from '../actions/servers/program-signals.js';
import { powerQuestion } from '../actions/servers/power-question.js';
import { stillWanted, type Call } from './call.js';
import type { Consent } from './consent.js';
import { finishedRun, type FollowedBulk } from './finished-run.js';
import { serverNamed } from './named-servers.js';
import { settled, type SettledDeps } from './settled.js';
import { shownPlace, shownServer } from './shown-server.js';

export interface PowerDeps extends SettledDeps {
  readonly actions: Pick<Actions, 'power.send'>;
  readonly bulk: FollowedBulk;
  readonly settings: { readonly current: Settings };
  readonly consent: Pick<Consent, 'demand'>;
  readonly programs: Pick<ProgramSignals, 'during'>;
}

type Results = RemoteOutput<'power'>['results'];

/** Sends a power signal. One server gets a single signal, several servers a bulk run like that of the window. */
export async function sendSignals(
  deps: PowerDeps,
  { names, signal, isAgreed }: RemoteInput<'power'>,
  call: Call<'power'>,
): Promise<RemoteOutput<'power'>> {
  await settled(deps, { seen: true });
  const servers = [...new Set(names.map((name) => serverNamed(name, deps.store.state)))];
  if (call.client.kind === 'program') await askFor(deps, servers, signal, call);
  else if (!isAgreed) demandYes(deps, signal, servers);
  stillWanted(call);
  // `despitePanel` needs a user's agreement. A program gets the error that says why the server would stay down.
  const despitePanel = isAgreed && call.client.kind === 'person';
  const carryOut = (): ReturnType<typeof sendTo> => sendTo(deps, servers, { signal, despitePanel });
  if (call.client.kind === 'person') return carryOut();
  const ids = servers.map(({ id }) => id);
  return deps.programs.during(call.client.name, ids, carryOut);
}

async function sendTo(
  deps: PowerDeps,
  servers: readonly Server[],
  { signal, despitePanel }: { signal: PowerSignal; despitePanel: boolean },
): Promise<RemoteOutput<'power'>> {
  const [only] = servers;
  if (servers.length === 1 && only !== undefined) {
    await deps.actions['power.send']({
      serverId: only.id,
      signal,
      ...(despitePanel ? { despitePanel } : {}),
    });
    return { results: [{ server: shownNow(deps, only), outcome: 'sent', problem: null }] };
  }
  return { results: await sendToMany(deps, servers, signal) };
}

async function askFor(
  { consent, store }: PowerDeps,
  servers: readonly Server[],
  signal: PowerSignal,
  call: Call<'power'>,
): Promise<void> {
  const { client, ended } = call;
  for (const server of servers) {
    stillWanted(call);
    const place = shownPlace(server, store.state);
    await consent.demand({ client: client.name, server, ...place, action: { kind: 'power', signal }, ended });
  }
}

/** Throws `needs-yes` with the question that the window would ask (LOOK, "Danger asks"). */
function demandYes({ settings, store }: PowerDeps, signal: PowerSignal, servers: readonly Server[]): void {
  const [only] = servers;
  const question =
    servers.length === 1 && only !== undefined
      ? powerQuestion(signal, only, settings.current, { account: store.state.accounts.get(only.accountId) })
      : ofMany(signal, servers);
  if (question === null) return;
  throw new RemoteError({
    cause: 'needs-yes',
    message: question.message,
    next: question.detail,
    ...(servers.length > 1 ? { candidates: servers.map(({ name }) => oneLine(name, 80)) } : {}),
  });
}

function ofMany(signal: PowerSignal, servers: readonly Server[]): { message: string; detail: string } {
  const unread = servers.filter(isUnread).length;
  const parts = [
    ...(signal === 'start' ? [] : [say(`bulk.lost-${signal}`)]),
    ...(unread === 0 ? [] : [say('bulk.unread', { count: unread })]),
  ];
  return { message: say(`bulk.ask-${signal}`, { count: servers.length }), detail: parts.join(' ') };
}

async function sendToMany(
  deps: PowerDeps,
  servers: readonly Server[],
  signal: PowerSignal,
): Promise<Results> {
  deps.bulk.start(
    servers.map(({ id }) => id),
    signal,
  );
  const items = (await finishedRun(deps.bulk))?.items ?? [];
  return servers.map((server) => {
    const item = items.find(({ serverId }) => serverId === server.id);
    const outcome = item === undefined || item.outcome === 'waiting' ? 'unknown' : item.outcome;
    const problem = item?.problem ?? null;
    return { server: shownNow(deps, server), outcome, problem: problem && spoken(problem.message) };
  });
}

function shownNow(deps: SettledDeps, server: Server): Results[number]['server'] {
  return shownServer(deps.store.state.servers.get(server.id) ?? server, deps);
}
