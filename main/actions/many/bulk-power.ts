/**
 * Bulk actions on servers: a power signal, a backup, a message to players, a copied schedule, or giving or removing
 * somebody's access. Servers follow each other with a pause in between.
 *
 * The run lives in main and continues when a window closes. A failing server affects only its own item. A panel's rate
 * limit delays only that panel's servers. With `waitsForEach`, each server waits for the server before it to run or
 * fail.
 */
import type { BulkAction, BulkRun } from '../../../bridge/schema/bulk.js';
import type { Settings } from '../../../bridge/schema/settings.js';
import { PerchError, toProblem, newProblem } from '../../../bridge/errors.js';
import { sentence } from '../../../messages/messages.js';
import { Alarm } from '../../base/alarm.js';
import type { FleetStore } from '../../fleet/store.js';
import type { Log } from '../../base/ports.js';
import { prepare, refused, type BulkAdmissionDeps } from './bulk-admission.js';
import { BulkFollower } from './bulk-follower.js';
import { BulkLedger, isWaiting } from './bulk-ledger.js';
import { actionBlock } from './bulk-outcome.js';
import { nextTurn, type Turn } from './bulk-turn.js';
import { BulkWork, pauseOf, type BulkChoices, type BulkWorkDeps } from './bulk-work.js';
import { PanelPauses } from './panel-pauses.js';
import { isUp, StoppedTogether, type StoppedTogetherDeps } from './stopped-together.js';

export interface BulkPowerDeps
  extends
    Pick<BulkAdmissionDeps, 'clock' | 'refresh' | 'turn'>,
    Pick<StoppedTogetherDeps, 'memory'>,
    BulkWorkDeps {
  store: Pick<FleetStore, 'state' | 'listen'>;
  log: Log;
  settings: { readonly current: Pick<Settings, 'bulkPauseMs'> };
  newId(): string;
  /** A run is over, or Perch quits before its end. */
  onEnded(run: BulkRun): void;
}

export class BulkPower {
  readonly #ledger: BulkLedger;
  readonly #admission: BulkAdmissionDeps;
  readonly #follower: BulkFollower;
  readonly #stopped: StoppedTogether;
  readonly #work: BulkWork;
  readonly #pause: Alarm;
  readonly #rests = new PanelPauses();
  /** True while the next server waits for the server before it to run or fail. */
  #isHeld = false;
  #quietly = false;

  constructor(private readonly deps: BulkPowerDeps) {
    const { clock } = deps;
    this.#ledger = new BulkLedger(clock);
    this.#admission = { ...deps, ledger: this.#ledger, rests: this.#rests };
    this.#follower = new BulkFollower({ ...deps, ledger: this.#ledger, looked: () => this.#settle() });
    this.#pause = new Alarm(clock);
    this.#stopped = new StoppedTogether(deps);
    this.#work = new BulkWork(deps);
  }

  get current(): BulkRun | null {
    return this.#ledger.run;
  }

  /** True while the run sends its signal to this server. */
  isSending(serverId: string): boolean {
    return this.#follower.isSending(serverId);
  }

  /**
   * Starts a run. Throws `conflict` while another run is unfinished. `waitsForEach` applies to start and restart only,
   * `quietly` to backups, `text` to messages, `schedule` to copies, `access` to changes of access.
   */
  start(
    serverIds: readonly string[],
    action: BulkAction,
    { waitsForEach = false, quietly = false, text, ...cargo }: BulkChoices = {},
  ): void {
    if (this.#ledger.unfinished !== null) throw new PerchError(busy);
    const { clock, settings, store, newId } = this.deps;
    this.#rests.clear();
    this.#isHeld = false;
    this.#quietly = quietly;
    this.#follower.start();
    this.#work.start(cargo);
    const id = newId();
    const { servers } = store.state;
    const named = [...new Set(serverIds)].map((serverId) => ({
      serverId,
      name: servers.get(serverId)?.name ?? '',
    }));
    this.#ledger.begin(
      {
        id,
        action,
        startedAt: clock.now(),
        pauseMs: pauseOf(action, settings.current.bulkPauseMs),
        waitsForEach: waitsForEach && (action === 'start' || action === 'restart'),
        ...(action === 'message' && text !== undefined ? { text } : {}),
      },
      named,
    );
    void this.#goThrough(id);
  }

  /**
   * Cancels the servers that still wait for their signal. Signals that were sent are still followed.
   *
   * If no server waits for its signal, the run ends at once: a server may take ten minutes to stop.
   */
  cancel(): void {
    const run = this.#ledger.unfinished;
    if (run === null) return;
    this.#pause.clear();
    if (!run.items.some(isWaiting)) return this.#finish(run);
    const items = run.items.map((item) =>
      isWaiting(item) ? { ...item, outcome: 'cancelled' as const, problem: null } : item,
    );
    this.#ledger.patch({ items, nextAt: null, isCancelled: true });
    this.#settle();
  }

  /** Removes the result of a finished run. No-op for an unfinished run. */
  dismiss(): void {
    this.#ledger.dismiss();
  }

  /** Returns the function that ends the subscription. */
  listen(listener: (run: BulkRun | null) => void): () => void {
    return this.#ledger.listen(listener);
  }

  /** Ends without an event. Call when Perch quits. */
  stop(): void {
    if (this.#ledger.unfinished !== null) this.deps.onEnded(this.#ledger.unfinished);
    this.#endWork();
    this.#stopped.stop();
    this.#ledger.stop();
  }

  /** Handles one server after the other, until the next server has to wait. */
  async #goThrough(id: string): Promise<void> {
    const { clock } = this.deps;
    for (let turn = this.#nextTurn(clock.now()); turn !== null; turn = this.#nextTurn(clock.now())) {
      if (turn.at > clock.now()) return this.#waitUntil(turn.at, id);
      const pauseMs = (await prepare(this.#admission, turn.serverId))
        ? await this.#send(id, turn.serverId)
        : null;
      if (this.#ledger.unfinished?.id !== id) return;
      this.#isHeld = isHeldUp(this.#ledger.unfinished);
      if (this.#isHeld) break;
      // Pause only between two servers that both get a signal.
      const next = pauseMs === null ? null : this.#nextTurn(clock.now() + pauseMs);
      if (next !== null) return this.#waitUntil(next.at, id);
    }
    if (this.#ledger.unfinished !== null) this.#ledger.patch({ nextAt: null });
    this.#settle();
  }

  /** Skips servers that need no signal. Returns the next server and its time, not before `from`. */
  #nextTurn(from: number): Turn | null {
    const run = this.#ledger.unfinished;
    if (run === null) return null;
    const { servers } = this.deps.store.state;
    const { items, next } = nextTurn(run, { servers, restUntil: this.#rests.until, from });
    this.#ledger.setItems(items);
    return next;
  }

  /** Continues after the server before has started or failed, with the usual pause. */
  #goOn(id: string): void {
    this.#isHeld = false;
    const { clock, settings } = this.deps;
    const next = this.#nextTurn(clock.now() + settings.current.bulkPauseMs);
    if (next !== null) this.#waitUntil(next.at, id);
  }

  #waitUntil(at: number, id: string): void {
    const pauseMs = at - this.deps.clock.now();
    this.#ledger.patch({ pauseMs, nextAt: at });
    this.#pause.set(pauseMs, () => void this.#goThrough(id));
  }

  /**
   * Sends the signal, or begins the backup. Returns the pause that follows, in ms; null if no request was needed. Never
   * rejects.
   */
  async #send(id: string, serverId: string): Promise<number | null> {
    const run = this.#ledger.unfinished;
    if (run === null) return null;
    const { settings, store } = this.deps;
    const { action, startedAt } = run;
    const server = store.state.servers.get(serverId);
    const isPossible = server !== undefined && actionBlock(action, server) === null;
    if (action === 'stop' && isUp(server?.power)) this.#stopped.sent(startedAt, serverId);
    this.#follower.sending(serverId);
    try {
      await this.#work.carryOut(serverId, run, this.#quietly, (outcome) => {
        if (this.#ledger.unfinished?.id !== id) return;
        this.#ledger.setItem(serverId, outcome);
        this.#settle();
      });
    } catch (error) {
      const problem = toProblem(error);
      // Also after the run's end, because the list of stopped servers may be written already.
      if (problem.maybeDone !== true) this.#stopped.notSent(startedAt, serverId);
      if (this.#ledger.run?.id === id) refused(this.#admission, serverId, server?.accountId ?? null, problem);
    }
    if (this.#ledger.run?.id === id) this.#follower.sent();
    return isPossible ? pauseOf(action, settings.current.bulkPauseMs) : null;
  }

  #settle(): void {
    if (this.#isHeld && this.#ledger.unfinished !== null && !isHeldUp(this.#ledger.unfinished))
      this.#goOn(this.#ledger.unfinished.id);
    const run = this.#ledger.unfinished;
    if (run === null) return;
    if (!run.items.some((item) => isWaiting(item) || item.outcome === 'sent')) return this.#finish(run);
    this.#follower.lookLater();
  }

  #finish(run: BulkRun): void {
    this.#endWork();
    this.#ledger.patch({ nextAt: null, finishedAt: this.deps.clock.now() });
    const { servers } = this.deps.store.state;
    // Includes servers that already ran before the first signal of the run.
    if (run.action === 'start' || run.action === 'restart') {
      const ids = run.items.map(({ serverId }) => serverId);
      this.#stopped.seenUp(ids.filter((serverId) => isUp(servers.get(serverId)?.power)));
    }
    this.#stopped.write();
    if (this.#ledger.run !== null) this.deps.onEnded(this.#ledger.run);
  }

  #endWork(): void {
    this.#pause.clear();
    this.#follower.stop();
    this.#work.stop();
  }
}

/** True if the next server has to wait for the server before it. */
function isHeldUp({ waitsForEach, items }: BulkRun): boolean {
  return waitsForEach && items.some(({ outcome }) => outcome === 'sent');
}

const busy = newProblem('conflict', sentence('actions.bulk-busy'));
