import { oneLine } from '../../bridge/console/plain-line.js';
import type { Settings } from '../../bridge/schema/settings.js';
import type { UpdateChannel, UpdateWay } from '../../bridge/updates.js';
import type { UpdateOffer, UpdatesKnown, UpdateState } from '../../bridge/schema/updates.js';
import { Alarm } from '../base/alarm.js';
import { BackOff, from, jittered } from '../base/back-off.js';
import { Observable } from '../base/observable.js';
import type { Clock, Log, Random } from '../base/ports.js';
import { plainNotes } from './notes.js';
import { notInstalled, updateProblem } from './problems.js';
import { UpdateFailure, type Announced, type UpdateFailureWhy, type UpdateSource } from './source.js';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** Not at once: a start has better things to do, and a person who starts Perch wants to see servers. */
const soonestMs = 3 * minuteMs;
const startWithinMs = 10 * minuteMs;
/** After a failure: an hour, and each time twice as long, up to a day. */
const againMs = 60 * minuteMs;
/** The feed is a few lines; a download is slow, but it moves. */
const lookWithinMs = minuteMs;
const moveWithinMs = minuteMs;

type Seen = Settings['updatesSeen'];

/** What there is where something that was begun has failed. */
interface Ending {
  readonly turn: number;
  readonly offer: UpdateOffer | null;
  /** Unless more is known. */
  readonly why: UpdateFailureWhy;
  /** What is shown instead of the failure; null = the failure. */
  readonly state: UpdateState | null;
}

export interface Prepared {
  /** Loaded when it is first needed. */
  readonly openSource: () => Promise<UpdateSource>;
  /** How a new version comes to this computer. */
  readonly wayTo: (version: string) => { readonly way: UpdateWay; readonly command: string | null };
  /** Where people download. */
  readonly page: string | null;
}

export interface UpdatesDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly settings: {
    readonly current: Settings;
    update(change: (now: Settings) => Partial<Settings>): Promise<Settings>;
    listen(listener: (settings: Settings) => void): () => void;
  };
  /** Of the Perch that runs. */
  readonly version: string;
  /** What is known of the build; null where it was told no feed. */
  readonly prepare: () => Promise<Prepared | null>;
  /** Quits as the person does, who may refuse; resolves with whether Perch ends. */
  readonly quit: () => Promise<boolean>;
  readonly openPage: (url: string) => Promise<void>;
  /** Tells the person outside of any window; of a version that nobody asked about, once. */
  readonly tell: (what: 'available' | 'ready', version: string) => void;
}

/**
 * Newer versions of Perch: looks for them about daily, asks before it downloads one, and has it installed when Perch
 * quits. Nothing happens by itself but the reading of the feed, and not even that where the person has switched it off.
 */
export class Updates {
  readonly #deps: UpdatesDeps;
  readonly #known: Observable<UpdatesKnown>;
  readonly #next: Alarm;
  readonly #limit: Alarm;
  readonly #pauses: BackOff;
  /** Counts up with each thing that is begun: what an older one answers is passed over. */
  #turn = 0;
  #prepared: Prepared | null = null;
  #source: UpdateSource | null = null;
  #wish: Settings['updates'];
  /** Where the offer comes from. */
  #foundIn: UpdateChannel | null = null;
  #restarts = false;
  #end: () => void = () => undefined;

  constructor(deps: UpdatesDeps) {
    const { clock, random, settings } = deps;
    this.#deps = deps;
    this.#wish = settings.current.updates;
    this.#next = new Alarm(clock);
    this.#limit = new Alarm(clock);
    this.#pauses = new BackOff({ firstMs: againMs, longestMs: dayMs, spread: from(againMs / 2, random) });
    this.#known = new Observable<UpdatesKnown>({ state: { kind: 'idle' }, checkedAt: null, hasPage: false });
  }

  get current(): UpdatesKnown {
    return this.#known.value;
  }

  /** Returns the function that ends listening. */
  listen(listener: (known: UpdatesKnown) => void): () => void {
    return this.#known.listen(listener);
  }

  /** The version that is installed when Perch quits; null where there is none. */
  get ready(): string | null {
    const { state } = this.current;
    return state.kind === 'ready' ? state.offer.version : null;
  }

  /** After the settings have been read. Never rejects. */
  async start(): Promise<void> {
    const { settings, version, prepare } = this.#deps;
    const turn = this.#turn;
    const prepared = await prepare();
    if (turn !== this.#turn) return;
    if (prepared === null) return this.#show({ kind: 'none' });
    this.#prepared = prepared;
    const { updates, updatesSeen } = settings.current;
    this.#wish = updates;
    this.#known.set({
      ...this.current,
      checkedAt: updatesSeen.checkedAt,
      hasPage: prepared.page !== null,
    });
    const missed = updatesSeen.pending;
    if (missed !== null) this.#remember({ pending: null });
    if (!updates.isOn) this.#show({ kind: 'off' });
    else if (missed !== null && missed !== version)
      this.#show({ kind: 'failed', problem: notInstalled(oneLine(missed, 60)), offer: null });
    else this.#show({ kind: 'idle' });
    this.#end = settings.listen((now) => this.#take(now.updates));
    if (updates.isOn) this.#next.set(this.#firstPause(), () => void this.#look('by-itself'));
  }

  stop(): void {
    this.#end();
    this.#next.clear();
    this.#limit.clear();
    // What is ready is still to be installed.
    if (this.ready === null) this.#source?.abandon();
    this.#turn += 1;
  }

  /** The person wants to know now. Resolves once it is known, or why it is not. */
  check(): Promise<void> {
    return this.#look('asked');
  }

  /** The person wants the version that was found. Resolves at the end of the download. */
  async download(): Promise<void> {
    const offer = this.#offered();
    const source = this.#source;
    if (offer === null || offer.way !== 'install' || source === null) return;
    const turn = this.#begin({ kind: 'downloading', offer, share: null });
    const end = { turn, offer, why: 'broken-off', state: null } as const;
    const moves = (): void => this.#limit.set(moveWithinMs, () => this.#late(end));
    moves();
    try {
      await source.fetch((share) => {
        if (turn !== this.#turn) return;
        moves();
        this.#show({ kind: 'downloading', offer, share });
      });
    } catch (error) {
      return this.#failed(end, error);
    }
    if (turn !== this.#turn) return;
    this.#limit.clear();
    this.#deps.log.info('updates.ready', { version: offer.version });
    this.#remember({ pending: offer.version });
    this.#show({ kind: 'ready', offer });
    this.#deps.tell('ready', offer.version);
  }

  /** Ends a download. */
  cancel(): void {
    const { state } = this.current;
    if (state.kind !== 'downloading') return;
    this.#source?.abandon();
    if (!this.#isWished()) return this.#anew();
    this.#begin({ kind: 'available', offer: state.offer });
    this.#again(dayMs);
  }

  /** The person does not want to hear of this version again, or does after all. */
  skip(version: string, isSkipped: boolean): void {
    const { state } = this.current;
    if (state.kind !== 'available' || state.offer.version !== version) return;
    this.#remember({ skipped: isSkipped ? version : null });
    this.#show({ kind: 'available', offer: { ...state.offer, isSkipped } });
  }

  /** Quits, installs what is ready and starts again, unless the person would lose something by it and says no. */
  async restart(): Promise<void> {
    if (this.ready === null) return;
    this.#restarts = true;
    this.#restarts = await this.#deps.quit();
  }

  async openPage(): Promise<void> {
    const page = this.#prepared?.page ?? null;
    if (page !== null) await this.#deps.openPage(page);
  }

  /** Everything has stopped, and the process is about to end: what is ready takes its place. Never rejects. */
  async install(): Promise<void> {
    const version = this.ready;
    if (version === null || this.#source === null) return;
    const { log } = this.#deps;
    try {
      await this.#source.install({ restart: this.#restarts });
      log.info('updates.installed', { version });
    } catch (error) {
      // The next start says so, because this one is over.
      log.error('updates.not-installed', { version, message: String(error) });
    }
  }

  /** A day after the feed was last read, and not in the first minutes. */
  #firstPause(): number {
    const { clock, random, settings } = this.#deps;
    const { checkedAt } = settings.current.updatesSeen;
    const first = soonestMs + random() * (startWithinMs - soonestMs);
    // A clock that was set back must not put it off for years.
    const since = checkedAt === null ? dayMs : Math.max(0, clock.wall() - checkedAt);
    return Math.max(first, jittered(dayMs, random) - since);
  }

  #take(wish: Settings['updates']): void {
    const was = this.#wish;
    this.#wish = wish;
    if (was.isOn === wish.isOn && was.channel === wish.channel) return;
    const { kind } = this.current.state;
    // The person has asked for this one, whatever they want of later ones.
    if (kind === 'downloading' || kind === 'ready') return;
    if (kind === 'checking') this.#source?.abandon();
    this.#anew();
  }

  /** What was found is nothing that the person wants to hear of any more. */
  #anew(): void {
    const { isOn } = this.#wish;
    this.#begin({ kind: isOn ? 'idle' : 'off' });
    if (isOn) void this.#look('asked');
  }

  /** Whether what was found is what the person would hear of now: the wish may change during a download. */
  #isWished(): boolean {
    return this.#wish.isOn && this.#wish.channel === this.#foundIn;
  }

  async #look(why: 'asked' | 'by-itself'): Promise<void> {
    const { settings, clock, log } = this.#deps;
    const prepared = this.#prepared;
    const before = this.current.state;
    const isBusy = before.kind === 'checking' || before.kind === 'downloading' || before.kind === 'ready';
    if (prepared === null || isBusy || !settings.current.updates.isOn) return;
    const offer = this.#offered();
    const turn = this.#begin({ kind: 'checking' });
    // What was found before can still be had; only who has asked wants to hear why nothing newer is known.
    const state = why === 'by-itself' && before.kind === 'available' ? before : null;
    const end = { turn, offer, why: 'silent', state } as const;
    this.#limit.set(lookWithinMs, () => this.#late(end));
    const { channel } = settings.current.updates;
    try {
      this.#source ??= await prepared.openSource();
      const found = await this.#source.look(channel, this.#lot());
      if (turn !== this.#turn) return;
      this.#foundIn = channel;
      this.#limit.clear();
      this.#pauses.reset();
      this.#again(dayMs);
      log.info('updates.looked', { found: oneLine(found.version, 60), is: found.is });
      this.#known.set({ ...this.current, checkedAt: clock.wall() });
      this.#remember({ checkedAt: clock.wall() });
      this.#learn(found, why);
    } catch (error) {
      this.#failed({ ...end, why: 'not-a-feed' }, error);
    }
  }

  #learn(found: Announced, why: 'asked' | 'by-itself'): void {
    const { settings, tell } = this.#deps;
    const { version, is } = found;
    if (is === 'same') return this.#show({ kind: 'current', held: null });
    if (is !== 'newer') return this.#show({ kind: 'current', held: { why: is, version } });
    const { skipped, told } = settings.current.updatesSeen;
    const isSkipped = skipped === version;
    const { way, command } = this.#prepared?.wayTo(version) ?? { way: 'page', command: null };
    const offer = { version, notes: plainNotes(found.notes), way, command, isSkipped };
    this.#show({ kind: 'available', offer });
    if (isSkipped || told === version) return;
    this.#remember({ told: version });
    if (why === 'by-itself') tell('available', version);
  }

  /** What can be downloaded: it was found, or its download has failed. */
  #offered(): UpdateOffer | null {
    const { state } = this.current;
    return state.kind === 'available' || state.kind === 'failed' ? state.offer : null;
  }

  /** Neither an answer nor the next part of a file came in time. */
  #late(end: Ending): void {
    this.#source?.abandon();
    this.#failed(end, new UpdateFailure(end.why));
  }

  #failed({ turn, offer, why: otherwise, state }: Ending, error: unknown): void {
    if (turn !== this.#turn) return;
    const why = error instanceof UpdateFailure ? error.why : otherwise;
    this.#deps.log.warn('updates.failed', { why, message: String(error) });
    if (offer !== null && !this.#isWished()) return this.#anew();
    this.#begin(state ?? { kind: 'failed', problem: updateProblem(why), offer });
    this.#again(this.#pauses.next());
  }

  /** Ends what was before: timers, and what may still be answered. */
  #begin(state: UpdateState): number {
    this.#limit.clear();
    this.#next.clear();
    this.#turn += 1;
    this.#show(state);
    return this.#turn;
  }

  #again(afterMs: number): void {
    const { random, settings } = this.#deps;
    if (!settings.current.updates.isOn) return;
    const pause = afterMs === dayMs ? jittered(dayMs, random) : afterMs;
    this.#next.set(pause, () => void this.#look('by-itself'));
  }

  #show(state: UpdateState): void {
    this.#known.set({ ...this.current, state });
  }

  #lot(): number {
    const { settings, random } = this.#deps;
    const { lot } = settings.current.updatesSeen;
    if (lot !== null) return lot;
    const drawn = Math.floor(random() * 100);
    this.#remember({ lot: drawn });
    return drawn;
  }

  /** Where it can't be kept, a person may be told twice, which is no harm. */
  #remember(what: Partial<Seen>): void {
    this.#deps.settings
      .update(({ updatesSeen }) => ({ updatesSeen: { ...updatesSeen, ...what } }))
      .catch(() => undefined);
  }
}
