import type { ConsoleLine, PowerSignal, PowerState, Server } from '../../../bridge/schema/domain.js';
import type { Problem } from '../../../bridge/errors.js';
import { isDiskFull } from '../../../bridge/fleet/disk-full.js';
import { sentence, type Sentence } from '../../../messages/messages.js';
import type { Clock } from '../../base/ports.js';
import type { NoticeAbout, SentByPerson } from '../../wings/api.js';
import type { GapWatch } from './gap-watch.js';
import type { RowProblem } from './row-problem.js';
import { RestartWatch } from './restart-watch.js';
import type { ServerRow } from './server-row.js';
import type { SessionSlot } from './session-slot.js';
import { SignalWatch } from './signal-watch.js';
import { UnsureCommands } from './unsure-commands.js';
import { lostBoth, lostCommands, lostSignal } from './unsure-problems.js';

export interface OwnOrdersDeps {
  clock: Clock;
  row: ServerRow;
  slot: Pick<SessionSlot, 'ownSignal' | 'isUnread'>;
  gaps: Pick<GapWatch, 'ownSignal' | 'ownSignalRefused'>;
  problem: RowProblem;
  /** The panel does not answer, and its nodes need it to start a server. */
  isPanelAway(): boolean;
  /** Asks for the usage of this server after `ms`, where it is polled at all. */
  pollSoon(ms: number): void;
}

/** The panel's figures lag behind an action by up to 20 s (PROTOCOL 2.3). */
const pollAfterSignalMs = [2000, 8000] as const;

/**
 * The signals and commands that the person sends to one server, and what becomes of them: the row says so until reality
 * shows it, or somebody knows better.
 */
export class OwnOrders {
  readonly #deps: OwnOrdersDeps;
  readonly #signals: SignalWatch;
  readonly #unsure: UnsureCommands;
  readonly #restart: RestartWatch;
  #commandsLostAt = -Infinity;

  constructor(deps: OwnOrdersDeps) {
    const { clock, row } = deps;
    this.#deps = deps;
    this.#signals = new SignalWatch({
      clock,
      isLive: () => row.isLive,
      name: () => row.name,
      show: (pending) => row.patch({ pending }),
      gaveUp: (problem) => this.#signalOver(problem),
    });
    this.#unsure = new UnsureCommands(clock);
    this.#restart = new RestartWatch({
      clock,
      failed: () => this.#restartFailed(),
      over: () => row.patch({ restartFailedAt: null }),
    });
  }

  /** The signal that is waited for. */
  get signal(): PowerSignal | null {
    return this.#signals.signal;
  }

  /** That one may have been carried out, and nothing was seen that shows it. */
  get isSignalLost(): boolean {
    return this.#signals.isLost;
  }

  /** When commands that the socket had taken were last given up; -Infinity where none were. */
  get commandsLostAt(): number {
    return this.#commandsLostAt;
  }

  stop(): void {
    this.#signals.drop();
    this.#restart.stop();
  }

  /** What was known of the process is not true any more. */
  forget(): void {
    this.#restart.stop();
    this.#deps.row.patch({ restartFailedAt: null });
  }

  // What actions tell

  signalSent(signal: PowerSignal): void {
    const { row, slot, gaps, problem, pollSoon } = this.#deps;
    this.#signals.sent(signal, row.now?.power ?? null);
    this.#restart.sent(signal, wasDown(row.now) ? 'offline' : (row.now?.power ?? null));
    slot.ownSignal(signal);
    gaps.ownSignal(signal);
    problem.clear();
    if (!row.isLive) pollSoon(pollAfterSignalMs[0]);
  }

  signalFailed({ maybeDone }: Problem): void {
    if (maybeDone !== true) {
      this.#deps.gaps.ownSignalRefused();
      this.#restart.refused();
    }
    this.#signalOver(null);
  }

  signalGiven(signal: PowerSignal): void {
    this.#signals.given(signal);
  }

  /** False where it is not waited for any more. */
  signalUnsure(signal: PowerSignal, problem: Problem): boolean {
    if (!this.#signals.lost(signal)) return false;
    this.#deps.problem.say('action', problem, null);
    this.#deps.pollSoon(pollAfterSignalMs[0]);
    return true;
  }

  commandsUnsure(commands: readonly string[]): void {
    this.#unsure.add(commands);
    this.#commandsLostAt = this.#deps.clock.now();
  }

  mayHaveArrived(command: string): boolean {
    return this.#unsure.has(command) || this.#deps.slot.isUnread(command);
  }

  commandSettled(command: string): void {
    this.#unsure.settle(command);
  }

  // What the person does through another account of this panel

  /** An end that follows is what they asked for. */
  signalledElsewhere(signal: PowerSignal): void {
    this.#deps.slot.ownSignal(signal);
    this.#deps.gaps.ownSignal(signal);
  }

  refusedElsewhere(): void {
    this.#deps.gaps.ownSignalRefused();
  }

  // What session and polls tell

  linkChanged(): void {
    this.#signals.rearm();
  }

  /** A state was seen; true where it ends the waiting. */
  see(power: PowerState, uptimeMs: number | null): boolean {
    this.#restart.see(power);
    const isDone = this.#signals.see(power, uptimeMs);
    if (isDone) this.#restart.done();
    return isDone;
  }

  /** A poll has shown what it could: the next one is not to wait for its turn while a signal is under way. */
  polled(): void {
    if (this.signal !== null) this.#deps.pollSoon(pollAfterSignalMs[1]);
  }

  signalRead(): void {
    if (this.signal !== null) this.#signals.given(this.signal);
  }

  sawLines(lines: readonly Pick<ConsoleLine, 'source' | 'text'>[]): void {
    this.#unsure.sawLines(lines);
  }

  /** The connection was lost with something on its way. */
  unsure(sent: SentByPerson): void {
    const { name } = this.#deps.row;
    if (sent.kind === 'signal') {
      this.signalUnsure(sent.signal, lostSignal(sent.signal, name));
      return;
    }
    this.commandsUnsure(sent.commands);
    const count = sent.commands.length;
    const signal = this.isSignalLost ? this.signal : null;
    // Both were on their way: the row names both, and as long as it is not known what became of the signal.
    if (signal !== null) this.#deps.problem.say('action', lostBoth(signal, count, name), null);
    else this.#deps.problem.say('commands', lostCommands(count, name));
  }

  notice(text: Sentence, about: NoticeAbout): void {
    const { clock, row, problem } = this.#deps;
    // It has not begun: another one is still under way.
    if (about !== 'commands' && text.id !== 'node.busy' && this.#restart.nodeFailed()) return;
    if (about === 'signal') {
      const isStart = this.signal === 'start' || this.signal === 'restart';
      this.#signalOver(null);
      // Who is no administrator is told that something went wrong, and nothing else (PROTOCOL 4.11).
      if (isStart && row.now !== undefined && isDiskFull(row.now)) {
        return problem.say('action', diskFull(row.name));
      }
    }
    if (about === 'commands') this.#commandsLostAt = clock.now();
    problem.say(about === 'commands' ? 'commands' : 'action', {
      code: 'conflict',
      message: sentence('actions.notice', { name: row.name, text }),
      next: sentence('actions.look-again'),
    });
  }

  #restartFailed(): void {
    const { clock, row, problem, isPanelAway } = this.#deps;
    this.#signals.drop();
    row.patch({ pending: null, restartFailedAt: clock.now() });
    const isFull = row.now !== undefined && isDiskFull(row.now);
    problem.say('action', isFull ? diskFull(row.name) : notRestarted(row.name, isPanelAway()), null);
  }

  /** Our signal is not waited for any more; `problem` says why. */
  #signalOver(problem: Problem | null): void {
    this.#signals.drop();
    this.#restart.gaveUp();
    this.#deps.row.patch({ pending: null });
    if (problem === null) this.#deps.problem.solved('action');
    else this.#deps.problem.say('action', problem);
  }
}

/** Until it starts, or somebody sends it something else. */
function notRestarted(name: string, isPanelAway: boolean): Problem {
  const message = sentence('actions.not-restarted', { name });
  const next = sentence(isPanelAway ? 'actions.not-restarted-panel-next' : 'actions.not-restarted-next');
  return { code: 'conflict', message, next };
}

function diskFull(name: string): Problem {
  const message = sentence('actions.disk-full', { name });
  return { code: 'conflict', message, next: sentence('actions.disk-full-next') };
}

/** A server of which nothing is known now, and that was down when it was seen last: no restart has stopped it. */
function wasDown(server: Server | undefined): boolean {
  if (server === undefined || server.power !== null) return false;
  const { crashedAt, crash, lastRun } = server;
  if (crashedAt !== null) return crash?.unseen?.what !== 'restarted';
  return lastRun?.state === 'offline' || lastRun?.state === 'crashed';
}
