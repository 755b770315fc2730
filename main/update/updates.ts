import { oneLine } from '../../bridge/console/plain-line.js';
import type { Settings } from '../../bridge/schema/settings.js';
import type { UpdateOffer, UpdatesKnown, UpdateState } from '../../bridge/schema/updates.js';
import { Disposables } from '../base/disposables.js';
import { Watchable } from '../base/observable.js';
import type { Clock, Log } from '../base/ports.js';
import { CheckPace } from './check-pace.js';
import { foundState, type Prepared } from './found-state.js';
import { Operation } from './operation.js';
import { notInstalled, updateProblem } from './problems.js';
import { UpdateFailure, type Announced, type UpdateFailureWhy, type UpdateSource } from './source.js';
import { VersionMemory, type VersionMemoryDeps } from './version-memory.js';

/** How to end a failed check or download. */
interface Ending {
  readonly offer: UpdateOffer | null;
  /** Reason if the error itself gives none. */
  readonly why: UpdateFailureWhy;
  /** State to show after the failure; null = show the failure. */
  readonly state: UpdateState | null;
}

export interface UpdatesDeps extends VersionMemoryDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Pick<Watchable<Settings>, 'current' | 'listen'>;
  /** The running version. */
  readonly version: string;
  /** Facts about the build; null = a build without a feed. */
  readonly prepare: () => Promise<Prepared | null>;
  /** Quits Perch, and may ask the user first. Resolves with true if Perch ends. */
  readonly quit: () => Promise<boolean>;
  readonly openPage: (url: string) => Promise<void>;
  /** Shows a desktop notification. A version found by the daily check is announced once. */
  readonly tell: (what: 'available' | 'ready', version: string) => void;
}

/**
 * Updates of Perch.
 *
 * Reads the feed about once a day, downloads a version only when the user asks, and installs it when Perch quits. The
 * user can turn the daily check off.
 */
export class Updates extends Watchable<UpdatesKnown> {
  readonly #pace: CheckPace;
  readonly #memory: VersionMemory;
  readonly #operation: Operation;
  #prepared: Prepared | null = null;
  #source: UpdateSource | null = null;
  #wish: Settings['updates'];
  /** Channel in which the offer was found. */
  #foundIn: Settings['updates']['channel'] | null = null;
  #restarts = false;
  #isStopped = false;
  readonly #disposables = new Disposables();

  constructor(private readonly deps: UpdatesDeps) {
    super({ state: { kind: 'idle' }, checkedAt: null, hasPage: false });
    this.#wish = deps.settings.current.updates;
    this.#pace = new CheckPace({ ...deps, check: () => void this.#check('by-itself') });
    this.#memory = new VersionMemory(deps);
    this.#operation = new Operation(deps.clock, () => this.#source?.abandon());
  }

  /** The version that is installed when Perch quits; null = none. */
  get ready(): string | null {
    const { state } = this.current;
    return state.kind === 'ready' ? state.offer.version : null;
  }

  /** Call after the settings were read. Never rejects. */
  async start(): Promise<void> {
    const { settings, version, prepare } = this.deps;
    const prepared = await prepare();
    if (this.#isStopped) return;
    if (prepared === null) return this.#show({ kind: 'none' });
    this.#prepared = prepared;
    this.#wish = settings.current.updates;
    const { checkedAt, pending: missed } = this.#memory.current;
    this.set({ ...this.current, checkedAt, hasPage: prepared.page !== null });
    if (missed !== null) this.#memory.note({ pending: null });
    if (!this.#wish.isOn) this.#show({ kind: 'off' });
    else if (missed !== null && missed !== version)
      this.#show({ kind: 'failed', problem: notInstalled(oneLine(missed, 60)), offer: null });
    else this.#show({ kind: 'idle' });
    this.#disposables.add(settings.listen((now) => this.#take(now.updates)));
    if (this.#wish.isOn) this.#pace.first(checkedAt);
  }

  stop(): void {
    this.#disposables.dispose();
    this.#pace.clear();
    // A finished download is kept: the desktop installs this version when Perch ends, after `stop`.
    if (this.ready === null) this.#source?.abandon();
    this.#operation.end();
    this.#isStopped = true;
  }

  /** Looks at the feed now, for the user. Resolves when the result or the failure is shown. */
  check(): Promise<void> {
    return this.#check('asked');
  }

  /** Downloads the version that was found. Resolves at the end of the download, failed or not. */
  async download(): Promise<void> {
    const offer = this.#offered();
    const source = this.#source;
    if (offer === null || offer.way !== 'install' || source === null) return;
    this.#begin({ kind: 'downloading', offer, share: null });
    try {
      const end = await this.#operation.run('broken-off', (moves) =>
        source.fetch((share) => {
          if (moves()) this.#show({ kind: 'downloading', offer, share });
        }),
      );
      if (end === null) return;
    } catch (error) {
      return this.#failed(error, { offer, why: 'broken-off', state: null });
    }
    this.deps.log.info('updates.ready', { version: offer.version });
    this.#memory.note({ pending: offer.version });
    this.#show({ kind: 'ready', offer });
    this.deps.tell('ready', offer.version);
  }

  /** Cancels the download. */
  cancel(): void {
    const { state } = this.current;
    if (state.kind !== 'downloading') return;
    this.#source?.abandon();
    if (!this.#isWished()) return this.#forgetOffer();
    this.#begin({ kind: 'available', offer: state.offer });
    this.#pace.daily();
  }

  /** Skips a version, or takes the skip back. Perch does not announce a skipped version. */
  skip(version: string, isSkipped: boolean): void {
    const { state } = this.current;
    if (state.kind !== 'available' || state.offer.version !== version) return;
    this.#memory.note({ skipped: isSkipped ? version : null });
    this.#show({ kind: 'available', offer: { ...state.offer, isSkipped } });
  }

  /** Quits, installs the ready version and starts again. The user may refuse to quit. */
  async restart(): Promise<void> {
    if (this.ready === null) return;
    this.#restarts = true;
    this.#restarts = await this.deps.quit();
  }

  async openPage(): Promise<void> {
    const page = this.#prepared?.page ?? null;
    if (page !== null) await this.deps.openPage(page);
  }

  /** Installs the ready version. Call after everything has stopped, just before the process ends. Never rejects. */
  async install(): Promise<void> {
    const version = this.ready;
    if (version === null || this.#source === null) return;
    try {
      await this.#source.install({ restart: this.#restarts });
      this.deps.log.info('updates.installed', { version });
    } catch (error) {
      // The next start reports it, because this process is about to end.
      this.deps.log.error('updates.not-installed', { version, message: String(error) });
    }
  }

  #take(wish: Settings['updates']): void {
    const was = this.#wish;
    this.#wish = wish;
    if (was.isOn === wish.isOn && was.channel === wish.channel) return;
    const { kind } = this.current.state;
    // A change of channel does not stop a download that the user asked for.
    if (kind === 'downloading' || kind === 'ready') return;
    if (kind === 'checking') this.#source?.abandon();
    this.#forgetOffer();
  }

  /** Forgets the offer after the update settings changed, and checks again if updates are on. */
  #forgetOffer(): void {
    this.#begin({ kind: this.#wish.isOn ? 'idle' : 'off' });
    if (this.#wish.isOn) void this.#check('asked');
  }

  /** True if the offer still fits the settings, which may change during a download. */
  #isWished(): boolean {
    return this.#wish.isOn && this.#wish.channel === this.#foundIn;
  }

  async #check(why: 'asked' | 'by-itself'): Promise<void> {
    const { settings, clock, log } = this.deps;
    const { isOn, channel } = settings.current.updates;
    const prepared = this.#prepared;
    const before = this.current.state;
    const isBusy = before.kind === 'checking' || before.kind === 'downloading' || before.kind === 'ready';
    if (prepared === null || isBusy || !isOn) return;
    const offer = this.#offered();
    this.#begin({ kind: 'checking' });
    // A failed daily check leaves the earlier offer on the page. A check by the user shows its failure.
    const state = why === 'by-itself' && before.kind === 'available' ? before : null;
    try {
      const found = await this.#operation.run('silent', async () => {
        this.#source ??= await prepared.openSource();
        return this.#source.check(channel, this.#memory.rolloutBucket());
      });
      if (found === null) return;
      this.#foundIn = channel;
      this.#pace.succeeded();
      log.info('updates.looked', { found: oneLine(found.version, 60), is: found.is });
      this.set({ ...this.current, checkedAt: clock.wall() });
      this.#memory.note({ checkedAt: clock.wall() });
      this.#learn(found, why);
    } catch (error) {
      this.#failed(error, { offer, why: 'not-a-feed', state });
    }
  }

  #learn(found: Announced, why: 'asked' | 'by-itself'): void {
    const state = foundState(found, this.#prepared, this.#memory.current.skipped);
    this.#show(state);
    if (state.kind !== 'available' || state.offer.isSkipped) return;
    if (this.#memory.isNew(found.version) && why === 'by-itself') this.deps.tell('available', found.version);
  }

  /** The offer that can be downloaded: a version that was found, or one whose download failed. */
  #offered(): UpdateOffer | null {
    const { state } = this.current;
    return state.kind === 'available' || state.kind === 'failed' ? state.offer : null;
  }

  #failed(error: unknown, { offer, why: otherwise, state }: Ending): void {
    const why = error instanceof UpdateFailure ? error.why : otherwise;
    this.deps.log.warn('updates.failed', { why, message: String(error) });
    if (offer !== null && !this.#isWished()) return this.#forgetOffer();
    this.#begin(state ?? { kind: 'failed', problem: updateProblem(why), offer });
    if (this.deps.settings.current.updates.isOn) this.#pace.failed();
  }

  /** Makes the current operation void, and clears the timers. */
  #begin(state: UpdateState): void {
    this.#operation.end();
    this.#pace.clear();
    this.#show(state);
  }

  #show(state: UpdateState): void {
    this.set({ ...this.current, state });
  }
}
