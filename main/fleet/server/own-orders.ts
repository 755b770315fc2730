import type { PowerSignal, PowerState, Server } from '../../../bridge/schema/domain.js';
import { newProblem, type Problem } from '../../../bridge/errors.js';
import { isPanelAway } from '../../../bridge/panel/permissions.js';
import { isDiskFull } from '../../../bridge/fleet/disk-full.js';
import { sentence, type Sentence } from '../../../messages/messages.js';
import type { Clock } from '../../base/ports.js';
import type { NoticeAbout, SentByPerson } from '../../wings/api.js';
import type { Orders } from '../api.js';
import type { SentSignals } from '../process/sent-signals.js';
import type { RowProblem } from './row-problem.js';
import { RestartWatch } from '../process/restart-watch.js';
import type { ServerRow } from './server-row.js';
import type { ServerReread } from './server-reread.js';
import type { SessionSlot } from './session-slot.js';
import type { FleetStore } from '../store.js';
import { SignalWatch } from '../process/signal-watch.js';
import { UnsureCommands } from './unsure-commands.js';
import { lostSignalAndCommands, lostCommands, lostSignal } from './unsure-problems.js';

export interface OwnOrdersDeps {
  clock: Clock;
  store: FleetStore;
  sent: SentSignals;
  /** Polls a server's usage after `ms`, if the server is polled at all. */
  pollSoon(serverId: string, ms: number): void;
}

interface Parts {
  row: ServerRow;
  slot: Pick<SessionSlot, 'isUnread'>;
  reread: Pick<ServerReread, 'refused'>;
  problem: RowProblem;
}

/** Ms after a signal. The panel's state lags behind by up to 20 s (PROTOCOL 2.3). */
const pollAfterSignalMs = [2000, 8000] as const;

/**
 * The user's signals and commands to one server, and their outcome.
 * The row shows a signal until the server's state confirms it or an error ends the waiting.
 */
export class OwnOrders implements Orders {
  readonly commands: UnsureCommands;
  readonly #signals: SignalWatch;
  readonly #restart: RestartWatch;

  constructor(
    private readonly deps: OwnOrdersDeps,
    private readonly parts: Parts,
  ) {
    const { clock } = deps;
    const { row, slot } = parts;
    this.#signals = new SignalWatch(clock, row, (problem) => this.#signalOver(problem));
    this.commands = new UnsureCommands(clock, slot);
    this.#restart = new RestartWatch(clock, () => this.#restartFailed());
  }

  /** The pending signal; null without one. */
  get signal(): PowerSignal | null {
    return this.#signals.signal;
  }

  /** True if the pending signal may have been carried out without visible effect yet. */
  get isSignalLost(): boolean {
    return this.#signals.isLost;
  }

  stop(): void {
    this.#signals.drop();
    this.#restart.stop();
  }

  /** Drops all knowledge about the process, which may have ended unseen. */
  forget(): void {
    this.#restart.stop();
    this.parts.row.patch({ restartFailedAt: null });
  }

  // From actions

  commandSent(command: string): void {
    this.deps.sent.typed(this.parts.row.id, command);
  }

  signalSent(signal: PowerSignal): void {
    const { row, problem } = this.parts;
    this.deps.sent.sent(row.id, signal);
    this.#signals.sent(signal, row.now?.power ?? null);
    this.#restart.sent(signal, wasDown(row.now) ? 'offline' : (row.now?.power ?? null));
    problem.clear();
    if (!row.isLive) this.#pollIn(pollAfterSignalMs[0]);
  }

  signalFailed(signal: PowerSignal, problem: Problem): void {
    const { row, reread } = this.parts;
    if (problem.maybeDone !== true) {
      this.deps.sent.refused(row.id, signal);
      this.#restart.done();
    }
    this.#signalOver(null);
    reread.refused(problem);
  }

  signalGiven(signal: PowerSignal): void {
    this.#signals.given(signal);
  }

  /** False if the signal is no longer pending. */
  signalUnsure(signal: PowerSignal, problem: Problem): boolean {
    if (!this.#signals.lost(signal)) return false;
    this.parts.problem.say('action', problem, null);
    this.#pollIn(pollAfterSignalMs[0]);
    return true;
  }

  // From session and polls

  linkChanged(): void {
    this.#signals.rearm();
  }

  /** A state was seen. Returns true if it completes the signal. */
  see(power: PowerState, uptimeMs: number | null): boolean {
    const { row } = this.parts;
    if (power === 'stopping' && row.now?.power === 'running' && this.signal === null)
      this.deps.sent.stopping(row.id);
    this.#restart.see(power);
    const isDone = this.#signals.see(power, uptimeMs);
    if (isDone) this.#restart.done();
    return isDone;
  }

  /** Polls again soon after a poll while a signal is pending. */
  polled(): void {
    if (this.signal !== null) this.#pollIn(pollAfterSignalMs[1]);
  }

  signalRead(): void {
    if (this.signal !== null) this.#signals.given(this.signal);
  }

  /** The connection was lost while a signal or commands were on their way. */
  unsure(sent: SentByPerson): void {
    const { name } = this.parts.row;
    if (sent.kind === 'signal') {
      this.signalUnsure(sent.signal, lostSignal(sent.signal, name));
      return;
    }
    this.commands.add(sent.commands);
    const count = sent.commands.length;
    const signal = this.isSignalLost ? this.signal : null;
    // Signal and commands were both on their way: the row names both until the signal's outcome is known.
    if (signal !== null) this.parts.problem.say('action', lostSignalAndCommands(signal, count, name), null);
    else this.parts.problem.say('commands', lostCommands(count, name));
  }

  notice(text: Sentence, about: NoticeAbout): void {
    const { row, problem } = this.parts;
    // `node.busy`: this signal did not begin, because another power action is still running.
    if (about !== 'commands' && text.id !== 'node.busy' && this.#restart.nodeFailed()) return;
    if (about === 'signal') {
      const isStart = this.signal === 'start' || this.signal === 'restart';
      this.#signalOver(null);
      // Users without admin permissions get no reason from the node (PROTOCOL 4.11), so Perch checks for a full disk.
      if (isStart && row.now !== undefined && isDiskFull(row.now)) {
        return problem.say('action', diskFull(row.name));
      }
    }
    if (about === 'commands') this.commands.dropped();
    problem.say(
      about === 'commands' ? 'commands' : 'action',
      newProblem(
        'conflict',
        sentence('actions.notice', { name: row.name, text }),
        sentence('actions.look-again'),
      ),
    );
  }

  #restartFailed(): void {
    const { clock, store } = this.deps;
    const { row, problem } = this.parts;
    this.#signals.drop();
    row.patch({ pending: null, restartFailedAt: clock.now() });
    const isFull = row.now !== undefined && isDiskFull(row.now);
    // Nodes need the panel to start a server.
    const isAway = isPanelAway(store.state.accounts.get(row.now?.accountId ?? ''));
    problem.say('action', isFull ? diskFull(row.name) : notRestarted(row.name, isAway), null);
  }

  #pollIn(ms: number): void {
    this.deps.pollSoon(this.parts.row.id, ms);
  }

  /** Stops waiting for the pending signal; `problem` says why. */
  #signalOver(problem: Problem | null): void {
    this.#signals.drop();
    this.#restart.gaveUp();
    this.parts.row.patch({ pending: null });
    if (problem === null) this.parts.problem.solved('action');
    else this.parts.problem.say('action', problem);
  }
}

/** Shown until the server starts or gets another signal. */
function notRestarted(name: string, isPanelAway: boolean): Problem {
  const message = sentence('actions.not-restarted', { name });
  const next = sentence(isPanelAway ? 'actions.not-restarted-panel-next' : 'actions.not-restarted-next');
  return newProblem('conflict', message, next);
}

function diskFull(name: string): Problem {
  const message = sentence('actions.disk-full', { name });
  return newProblem('conflict', message, sentence('actions.disk-full-next'));
}

/** True for a server with unknown state that was down when last seen: no restart stopped it. */
function wasDown(server: Server | undefined): boolean {
  if (server === undefined || server.power !== null) return false;
  const { crashedAt, crash, lastRun } = server;
  if (crashedAt !== null) return crash?.unseen?.what !== 'restarted';
  return lastRun?.state === 'offline' || lastRun?.state === 'crashed';
}
