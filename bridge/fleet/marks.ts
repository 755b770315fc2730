/**
 * The state of a server as a shape and a word (LOOK, "State first"): one answer for tray, popover and windows.
 */
import { say } from '../../messages/messages.js';
import type { Account, Condition, PowerSignal, PowerState, Server } from '../schema/domain.js';

/**
 * `busy` = starting, stopping, or our own signal is on its way; `suspended` = closed by the host, who alone can end
 * it; `unknown` = it can't be known; `unread` = this run of Perch has not read it yet; `unwatched` = it runs as its panel
 * says, and its live connection waits until the person has judged a certificate.
 */
export type ServerMark =
  | 'running'
  | 'unwatched'
  | 'busy'
  | 'offline'
  | 'crashed'
  | 'installing'
  | 'suspended'
  | 'unknown'
  | 'unread';

/** What a mark is made of: structural, so that callers need no whole `Server`. */
export type MarkFacts = Pick<
  Server,
  'condition' | 'power' | 'crashedAt' | 'crash' | 'pending' | 'link' | 'lastRun' | 'problem'
>;

/** What matters of the account: whether its panel answers. */
export type PanelFacts = Pick<Account, 'state'>;

/** `states.<word>` of the message files: what rows say, and what they are counted by. */
export type StateWord =
  | PowerState
  | Exclude<ServerMark, 'busy' | 'unwatched'>
  | 'not-live'
  | 'restarting'
  | 'starting-again'
  | 'killing'
  | `unsure-${PowerSignal}`
  | 'restoring'
  | 'moving'
  | 'maintenance'
  | 'install-failed'
  | 'reinstall-failed'
  | 'unreachable';

interface MarkAndWord {
  mark: ServerMark;
  word: StateWord;
}

const closed: Partial<Record<Condition, MarkAndWord>> = {
  installing: { mark: 'installing', word: 'installing' },
  restoring: { mark: 'installing', word: 'restoring' },
  transferring: { mark: 'installing', word: 'moving' },
  suspended: { mark: 'suspended', word: 'suspended' },
  maintenance: { mark: 'suspended', word: 'maintenance' },
  'install-failed': { mark: 'suspended', word: 'install-failed' },
  'reinstall-blocked': { mark: 'suspended', word: 'reinstall-failed' },
};

/** At most an earlier run of Perch has seen it. */
const unread: MarkAndWord = { mark: 'unread', word: 'unread' };

const waiting: Record<PowerSignal, StateWord> = {
  start: 'starting',
  stop: 'stopping',
  restart: 'restarting',
  kill: 'killing',
};

function waitingWord({ signal, doubt }: NonNullable<Server['pending']>): StateWord {
  return doubt === undefined ? waiting[signal] : `unsure-${signal}`;
}

const powers: Record<PowerState, MarkAndWord> = {
  running: { mark: 'running', word: 'running' },
  starting: { mark: 'busy', word: 'starting' },
  stopping: { mark: 'busy', word: 'stopping' },
  offline: { mark: 'offline', word: 'offline' },
};

const unwatched: MarkAndWord = { mark: 'unwatched', word: 'not-live' };

/** The shape of a server. Without `account` the panel counts as reachable. */
export function serverMark(server: MarkFacts, account?: PanelFacts): ServerMark {
  return markAndWord(server, account).mark;
}

/** The word that stands beside the shape: lower case, one or two words. */
export function serverWord(server: MarkFacts, account?: PanelFacts): string {
  return say(`states.${stateWord(server, account)}`);
}

/** The same before it is said. */
export function stateWord(server: MarkFacts, account?: PanelFacts): StateWord {
  return markAndWord(server, account).word;
}

/**
 * What a server is counted by where the states are summed up: its mark, `unreachable` apart from what nobody knows, and
 * what runs as one.
 */
export type CountedState = Exclude<ServerMark, 'unwatched'> | 'unreachable';

export function countedState(server: MarkFacts, account?: PanelFacts): CountedState {
  const { mark, word } = markAndWord(server, account);
  if (word === 'unreachable') return word;
  return mark === 'unwatched' ? 'running' : mark;
}

/** The word of a condition that closes a server, whether it still lasts or not; null where it has none. */
export function conditionWord(condition: Condition): string | null {
  const block = closed[condition];
  return block === undefined ? null : say(`states.${block.word}`);
}

function markAndWord(server: MarkFacts, account: PanelFacts | undefined): MarkAndWord {
  const isOfLastRun = (server.lastRun ?? null) !== null;
  if (isOfLastRun && account?.state.kind === 'loading') return unread;
  const block = closed[server.condition];
  if (block !== undefined && !(isOfLastRun && account?.state.kind === 'failed')) return block;
  // Without socket and panel, what was seen last is nothing to rely on.
  if (account?.state.kind === 'failed' && server.link.kind !== 'live') {
    // A panel that asks for a pause is there, and is not asked: what was seen before it is old, and no more than that.
    const isPause = account.state.problem.code === 'rate-limited';
    if (!isPause || server.power === null)
      return { mark: 'unknown', word: isPause ? 'unknown' : 'unreachable' };
  }
  if (server.pending !== null) return { mark: 'busy', word: waitingWord(server.pending) };
  if (isCrashed(server)) {
    return { mark: 'crashed', word: server.power === 'starting' ? 'starting-again' : 'crashed' };
  }
  if (server.power === 'running' && waitsForTrust(server.link)) return unwatched;
  if (server.power !== null) return powers[server.power];
  // Where it was asked about and nobody answered, it is more than a matter of time.
  return server.problem === null ? unread : { mark: 'unknown', word: 'unknown' };
}

/** Its node shows a certificate that nobody has agreed to. */
function waitsForTrust(link: Server['link']): boolean {
  if (link.kind !== 'refused' && link.kind !== 'reconnecting') return false;
  return link.problem?.certificate !== undefined;
}

/** An end that nobody saw may have been a stop: it is offline, and the rest is said beside it. */
function isCrashed({ crashedAt, crash, power }: MarkFacts): boolean {
  return crashedAt !== null && power !== 'running' && crash?.unseen === undefined;
}
