import { isCleartextAddress } from '../../bridge/panel/cleartext.js';
import type { Account, Server } from '../../bridge/schema/domain.js';
import type { RouteTaken } from '../../bridge/schema/proxy.js';
import { duration } from '../../bridge/text/duration.js';
import { PerchError } from '../../bridge/errors.js';
import { isGranted } from '../../bridge/panel/permissions.js';
import { sentence } from '../../messages/messages.js';
import { HttpFailure } from '../base/network-ports.js';
import { isUnknownToNode } from '../fleet/server/unknown-server.js';
import type { DoctorPorts } from './ports.js';
import { newFault, newFinding, newStep, type Finding, type DoctorStep, type StepId } from './step.js';

const answerMs = 20_000;
const shortMs = 10_000;
const slowMs = 3000;
const dayMs = 24 * 60 * 60_000;
/** Difference that makes a certificate look too new, or the panel's times look wrong. */
const mostAheadMs = 60_000;
const fewDays = 14;

const notAnswering = newFinding('unknown', sentence('diagnostics.not-answering'));
const keyRefused = newFinding('unknown', sentence('diagnostics.key-refused'));
const noServers = newFinding('left-out', sentence('diagnostics.no-servers'));

/** Steps of one panel, from the network route to the state of its servers. */
export function panelSteps(ports: DoctorPorts, account: Account, number: number): DoctorStep[] {
  const panel = { number, label: account.label };
  const url = new URL(account.panelUrl);
  const step = (id: StepId, run: DoctorStep['run'], deadlineMs = shortMs): DoctorStep =>
    newStep(id, deadlineMs, run, panel);
  /** Why earlier data of the panel is outdated. null = the panel answered, or was not asked yet in this run. */
  let silence: Finding | null = null;
  const asked = async (): Promise<Finding> => {
    // A step that exceeds its deadline counts as no answer.
    silence = notAnswering;
    const found = await answer(ports, account);
    if (found.result !== 'bad') silence = null;
    else if (found.facts?.['problem'] === 'unauthorized') silence = keyRefused;
    return found;
  };
  const ofToday = (id: StepId, find: () => Finding): DoctorStep => step(id, () => silence ?? find());
  const known = (): Account => ports.store.state.accounts.get(account.id) ?? account;
  const servers = (): Server[] =>
    [...ports.store.state.servers.values()].filter(({ accountId }) => accountId === account.id);
  return [
    step('way', () => way(ports, account)),
    step('name', () => name(ports, url)),
    step('encryption', () => encryption(ports, account), answerMs),
    step('answer', asked, answerMs + 1000),
    ofToday('clock', () => clock(ports, account)),
    ofToday('account', () => whose(known(), servers().length)),
    ofToday('permissions', () => permissions(servers())),
    ofToday('requests', () => requests(ports, account)),
    // Nodes work without their panel, but not for long with a refused key, because their tokens expire.
    step('connections', () => (silence === keyRefused ? keyRefused : connections(servers()))),
  ];
}

async function way({ network }: DoctorPorts, { panelUrl }: Account): Promise<Finding> {
  const taken = await firstWay(network, panelUrl);
  const detail =
    taken.kind === 'direct'
      ? sentence('diagnostics.way-direct')
      : sentence('diagnostics.way-proxy', { proxy: taken.proxy });
  return newFinding('good', detail, { way: taken.kind });
}

async function firstWay(network: DoctorPorts['network'], url: string): Promise<RouteTaken> {
  const [way = { kind: 'direct' as const }] = await network.routeTo(url);
  return way;
}

async function name({ network, lookUp }: DoctorPorts, url: URL): Promise<Finding> {
  const { kind } = await firstWay(network, url.href);
  if (kind !== 'direct') return { result: 'left-out', detail: sentence('diagnostics.name-by-proxy') };
  if (/^[\d.]+$|^\[/.test(url.hostname))
    return { result: 'left-out', detail: sentence('diagnostics.name-none') };
  try {
    const count = await lookUp(url.hostname);
    return newFinding('good', sentence('diagnostics.name-found', { count }), { addresses: count });
  } catch {
    return newFault('bad', sentence('diagnostics.name-unknown', { host: url.hostname }), { addresses: 0 });
  }
}

async function encryption(ports: DoctorPorts, { id, panelUrl }: Account): Promise<Finding> {
  if (isCleartextAddress(panelUrl))
    return newFault('warning', sentence('diagnostics.cleartext'), { encrypted: false });
  if (!panelUrl.startsWith('https:')) return { result: 'left-out', detail: sentence('diagnostics.loopback') };
  const isAgreed = ports.book.all.some((record) => record.id === id && record.trusted !== null);
  try {
    const { facts } = await ports.network.certificateOf(panelUrl);
    const days = facts.until === null ? null : Math.floor((facts.until - ports.clock.wall()) / dayMs);
    return certified(days, isAgreed);
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    return newFault('bad', sentence('diagnostics.not-encrypted'), { encrypted: false });
  }
}

function certified(days: number | null, isAgreed: boolean): Finding {
  const facts = { encrypted: true, 'days-left': days, 'agreed-to': isAgreed };
  const next = sentence('diagnostics.certificate-next');
  if (days !== null && days < 0)
    return { result: 'bad', detail: sentence('diagnostics.certificate-over'), next, facts };
  if (days !== null && days < fewDays) {
    const detail = sentence('diagnostics.certificate-ends', { count: days });
    return { result: 'warning', detail, next, facts };
  }
  const good = isAgreed ? 'diagnostics.certificate-agreed' : 'diagnostics.certificate-good';
  return newFinding('good', sentence(good), facts);
}

/** Makes a normal request, with key, certificate and pauses. */
async function answer({ fleet, clock: time }: DoctorPorts, { id }: Account): Promise<Finding> {
  const from = time.now();
  try {
    await fleet.panelOf(id).account({ timeoutMs: answerMs });
  } catch (error) {
    if (!(error instanceof PerchError)) throw error;
    const { code, message, next } = error.problem;
    const result = code === 'rate-limited' ? 'warning' : 'bad';
    return { result, detail: message, next, facts: { problem: code } };
  }
  if (time.now() - from < slowMs) return { result: 'good', detail: sentence('diagnostics.answers') };
  return newFault('warning', sentence('diagnostics.answers-slowly'));
}

function clock({ fleet }: DoctorPorts, { id }: Account): Finding {
  const ahead = fleet.panelOf(id).clockAhead();
  if (ahead === null) return { result: 'unknown', detail: sentence('diagnostics.clock-unknown') };
  const facts = { 'ahead-s': ahead / 1000 };
  if (Math.abs(ahead) <= mostAheadMs) return newFinding('good', sentence('diagnostics.clock-good'), facts);
  const said = ahead > 0 ? 'diagnostics.clock-ahead' : 'diagnostics.clock-behind';
  const detail = sentence(said, { time: duration(Math.abs(ahead)) });
  return { result: 'warning', detail, next: sentence('diagnostics.clock-next'), facts };
}

function whose(account: Account, servers: number): Finding {
  const { user, unreadServers = 0, strangeServers = 0 } = account;
  if (user === null) return { result: 'unknown', detail: sentence('diagnostics.account-unknown') };
  const facts = {
    admin: user.isAdmin,
    'all-servers': account.allServers === true,
    servers,
    unread: unreadServers,
    strange: strangeServers,
  };
  const missing = unreadServers + strangeServers;
  if (missing > 0)
    return newFault('warning', sentence('diagnostics.account-missing', { count: missing }), facts);
  const detail = sentence('diagnostics.account-is', { user: user.username, count: servers });
  return newFinding('good', detail, facts);
}

function permissions(servers: readonly Server[]): Finding {
  if (servers.length === 0) return noServers;
  const granted = servers.flatMap((server) => (server.permissions === null ? [] : [server.permissions]));
  const lacking = granted.filter((ids) => !isGranted(ids, 'websocket.connect')).length;
  const facts = {
    known: granted.length,
    of: servers.length,
    all: granted.filter((ids) => ids.includes('*')).length,
    'without-console': lacking,
  };
  if (granted.length === 0) return newFinding('unknown', sentence('diagnostics.permissions-unknown'), facts);
  const all = servers.length;
  if (lacking > 0)
    return newFault('warning', sentence('diagnostics.permissions-lack', { count: lacking, all }), facts);
  const detail = sentence('diagnostics.permissions-good', { known: granted.length, all });
  return newFinding('good', detail, facts);
}

function requests({ fleet }: DoctorPorts, { id }: Account): Finding {
  const panel = fleet.panelOf(id);
  const limit = panel.rateLimit();
  if (limit === null) return { result: 'unknown', detail: sentence('diagnostics.requests-unknown') };
  const left = panel.callsLeft() ?? limit;
  const facts = { limit, left };
  const detail = sentence('diagnostics.requests', { left, limit });
  if (left >= limit / 10) return newFinding('good', detail, facts);
  return { result: 'warning', detail, next: sentence('diagnostics.requests-next'), facts };
}

function connections(servers: readonly Server[]): Finding {
  if (servers.length === 0) return noServers;
  const count = (...kinds: Server['link']['kind'][]): number =>
    servers.filter(({ link }) => kinds.includes(link.kind)).length;
  const live = count('live');
  // A node that does not know a server is not at fault.
  const strangers = servers.filter(isUnknownToNode);
  const strangersIn = (kind: Server['link']['kind']): number =>
    strangers.filter(({ link }) => link.kind === kind).length;
  const broken = count('reconnecting') - strangersIn('reconnecting');
  const refused = count('refused') - strangersIn('refused');
  const facts = {
    live,
    connecting: count('connecting'),
    broken,
    refused,
    polled: count('none'),
    'unknown-to-node': strangers.length,
    of: servers.length,
  };
  const detail = sentence('diagnostics.connections', { live, all: servers.length, broken: broken + refused });
  if (strangers.length > 0) {
    const unknown = { connections: detail, count: strangers.length };
    return newFault('warning', sentence('diagnostics.unknown-to-node', unknown), facts);
  }
  if (broken + refused === 0) return newFinding('good', detail, facts);
  return { result: 'warning', detail, next: sentence('diagnostics.connections-next'), facts };
}
