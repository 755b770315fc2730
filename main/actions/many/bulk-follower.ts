/** Follows the servers of a bulk run that got their signal, until the outcome of each is known. */
import { Alarm } from '../../base/alarm.js';
import { Disposables } from '../../base/disposables.js';
import type { FleetStore } from '../../fleet/store.js';
import type { BulkAdmissionDeps } from './bulk-admission.js';
import { isSignal, outcomeOf } from './bulk-outcome.js';

export interface BulkFollowerDeps extends Pick<BulkAdmissionDeps, 'clock' | 'ledger'> {
  store: Pick<FleetStore, 'state' | 'listen'>;
  /** Called after each check of the outcomes. */
  looked(): void;
}

/** Interval of checks in ms, for outcomes that depend on time alone. */
const lookEveryMs = 10_000;

export class BulkFollower {
  readonly #lookAgain: Alarm;
  /** Monotonic time of each server's signal. */
  readonly #sentAt = new Map<string, number>();
  /** The server whose signal is being sent. Its outcome waits for the result. */
  #sending: string | null = null;
  #isLookDue = false;
  readonly #disposables = new Disposables();

  constructor(private readonly deps: BulkFollowerDeps) {
    this.#lookAgain = new Alarm(deps.clock);
  }

  /** Begins with a new run. */
  start(): void {
    this.#sentAt.clear();
    this.#sending = null;
    this.#disposables.add(
      this.deps.store.listen(({ changes }) => {
        if (changes.some(({ kind }) => kind !== 'usage')) this.#lookSoon();
      }),
    );
  }

  stop(): void {
    this.#lookAgain.clear();
    this.#disposables.dispose();
  }

  isSending(serverId: string): boolean {
    return this.#sending === serverId;
  }

  /** The signal goes out to this server now. */
  sending(serverId: string): void {
    this.#sentAt.set(serverId, this.deps.clock.now());
    this.#sending = serverId;
    this.deps.ledger.setItem(serverId, { outcome: 'sent', problem: null });
  }

  /** The result of the signal is known. */
  sent(): void {
    this.#sending = null;
    this.#look();
  }

  /** Outcomes are open: checks them again later, even if no server changes. */
  lookLater(): void {
    if (!this.#lookAgain.isSet) this.#lookAgain.set(lookEveryMs, () => this.#look());
  }

  /** Checks the outcomes in a microtask. Changes that arrive together cause one check. */
  #lookSoon(): void {
    if (this.#isLookDue) return;
    this.#isLookDue = true;
    void Promise.resolve().then(() => {
      this.#isLookDue = false;
      this.#look();
    });
  }

  /** Updates the outcomes of the servers that got their signal. */
  #look(): void {
    const { clock, ledger, looked, store } = this.deps;
    const run = ledger.unfinished;
    // The end of a backup or a message is reported, not seen in the server's state.
    if (run === null || !isSignal(run.action)) return;
    const { action: signal } = run;
    const { servers } = store.state;
    const now = clock.now();
    const items = run.items.map((item) => {
      const sentAt = this.#sentAt.get(item.serverId);
      if (item.outcome !== 'sent' || sentAt === undefined || item.serverId === this.#sending) return item;
      return outcomeOf(item, servers.get(item.serverId), {
        signal,
        sentAt,
        now,
        waitsForEach: run.waitsForEach,
      });
    });
    ledger.setItems(items);
    looked();
  }
}
