/** A server's state as a shape and a word (LOOK, "State first"), the same in tray, popover and windows. */
import { say } from '../../messages/messages.js';
import type { Account, Condition, PowerSignal, PowerState, Server } from '../schema/domain.js';

/**
 * `busy` = starting, stopping, or our own power signal is pending.
 * `suspended` = closed by the host; only the host can reopen it. `unknown` = not observable now. `unread` = not
 * read yet in this run of Perch. `unwatched` = running as the panel reports, but the live connection waits for the
 * user's decision on a certificate.
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

/** The fields of a server that decide its mark. Structural, so callers need no whole `Server`. */
export type MarkFacts = Pick<
  Server,
  'condition' | 'power' | 'crashedAt' | 'crash' | 'pending' | 'link' | 'lastRun' | 'problem'
>;

export type PanelFacts = Pick<Account, 'state'>;

/** Key in `states.*` of the message files. Rows show this word, and totals count by it. */
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

/** Mark of a server whose state this run has not read yet; at best an earlier run saw it. */
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

/** Shape of a server. Without `account` the panel counts as reachable. */
export function serverMark(server: MarkFacts, account?: PanelFacts): ServerMark {
  return markAndWord(server, account).mark;
}

/** Word beside the shape in the current language: lower case, one or two words. */
export function serverWord(server: MarkFacts, account?: PanelFacts): string {
  return say(`states.${stateWord(server, account)}`);
}

/** Key of the word beside the shape. */
export function stateWord(server: MarkFacts, account?: PanelFacts): StateWord {
  return markAndWord(server, account).word;
}

/**
 * State for totals: the mark, except that `unreachable` is separate from `unknown`, and `unwatched` counts as
 * running.
 */
export type CountedState = Exclude<ServerMark, 'unwatched'> | 'unreachable';

export function countedState(server: MarkFacts, account?: PanelFacts): CountedState {
  const { mark, word } = markAndWord(server, account);
  if (word === 'unreachable') return word;
  return mark === 'unwatched' ? 'running' : mark;
}

/** Word for a condition that closes a server, also for a past condition; null if the condition does not close it. */
export function conditionWord(condition: Condition): string | null {
  const block = closed[condition];
  return block === undefined ? null : say(`states.${block.word}`);
}

function markAndWord(server: MarkFacts, account: PanelFacts | undefined): MarkAndWord {
  const isOfLastRun = (server.lastRun ?? null) !== null;
  if (isOfLastRun && account?.state.kind === 'loading') return unread;
  const block = closed[server.condition];
  if (block !== undefined && !(isOfLastRun && account?.state.kind === 'failed')) return block;
  // Without a live session and without the panel, the last observation is unreliable.
  if (account?.state.kind === 'failed' && server.link.kind !== 'live') {
    // A panel that asks for a pause still works. Perch only waits, so the last state counts although it is old.
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
  // No problem: the first answer is still to come. A problem: Perch asked and failed, so the state is unknown.
  return server.problem === null ? unread : { mark: 'unknown', word: 'unknown' };
}

/** Whether the link waits because the node presents a certificate that the user has not accepted. */
function waitsForTrust(link: Server['link']): boolean {
  if (link.kind !== 'refused' && link.kind !== 'reconnecting') return false;
  return link.problem?.certificate !== undefined;
}

/** An end that Perch did not see may be a normal stop, so the server counts as offline, not crashed. */
function isCrashed({ crashedAt, crash, power }: MarkFacts): boolean {
  return crashedAt !== null && power !== 'running' && crash?.unseen === undefined;
}
