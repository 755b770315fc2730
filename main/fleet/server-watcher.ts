import { isDeepStrictEqual } from 'node:util';
import type { ServerPatch } from '../../bridge/changes.js';
import type { Crash, Link, PowerSignal, PowerState, Server, Usage } from '../../bridge/domain.js';
import type { Problem } from '../../bridge/errors.js';
import { conditionBlock } from '../../bridge/permissions.js';
import { oneLine } from '../../bridge/plain-line.js';
import type { PanelApi, PanelResources } from '../panel/api.js';
import type { Clock } from '../ports.js';
import type { LiveSession, SessionListener } from '../wings/api.js';
import { deletedFailure } from '../wings/failures.js';
import { Alarm } from './alarm.js';
import type { WatchedServer } from './api.js';
import type { ConsoleSink } from './consoles.js';
import { ExitWatch } from './exit-watch.js';
import { Paced } from './paced.js';
import { RowProblem } from './row-problem.js';
import { SignalWatch } from './signal-watch.js';
import type { FleetStore } from './store.js';
import { isPassing } from './watch-plan.js';

/** Makes a stopped session; `main/wings` has the real one. */
export type OpenSession = (panel: PanelApi, server: Server, listener: SessionListener) => LiveSession;

export interface ServerWatcherParts {
  store: FleetStore;
  clock: Clock;
  panel: PanelApi;
  openSession: OpenSession;
  consoles: ConsoleSink;
  /** Reads this server from the panel again and applies what it says. Rejects with `PerchError`. */
  readServer(): Promise<void>;
  /** Reads the list again: this server may be gone or have moved. */
  readList(): void;
  /** Asks for the usage of this server after `ms`, where it is polled at all. */
  pollSoon(ms: number): void;
  /** The plan depends on links and conditions. */
  linkChanged(link: Link): void;
}

/** Usage goes on at most 4 times a second (DESIGN, "The way of data"). */
const usageEveryMs = 250;
/** The node tells the panel first or a moment later: read once soon, and once more while the change is under way. */
const readAgainMs = [500, 5000] as const;
/** However often the node tells of changes, the panel is asked for this server no oftener. */
const readGapMs = 5000;
/** A node that says `deleted` of a server that the panel still lists gets the next socket later each time. */
const reopenMs = 5000;
const longestReopenMs = 5 * 60_000;
/** A server that runs this long after its crash lines has come back without showing how. */
const crashSettlesMs = 5000;
/** The panel's figures lag behind an action by up to 20 s (PROTOCOL 2.3). */
const pollAfterSignalMs = [2000, 8000] as const;

/** Follows one server: its session, our own signals, crashes; everything ends as changes in the store. */
export class ServerWatcher implements WatchedServer {
  readonly id: string;
  readonly #parts: ServerWatcherParts;
  readonly #clock: Clock;
  readonly #usage: Paced<Usage>;
  readonly #exits: ExitWatch;
  readonly #signals: SignalWatch;
  readonly #problem: RowProblem;
  readonly #readAlarm: Alarm;
  readonly #againAlarm: Alarm;
  readonly #reopenAlarm: Alarm;
  readonly #crashAlarm: Alarm;
  #session: LiveSession | null = null;
  #readAt = -Infinity;
  #deletedAt = -Infinity;
  #reopenMs = reopenMs;

  constructor(id: string, parts: ServerWatcherParts) {
    this.id = id;
    this.#parts = parts;
    this.#clock = parts.clock;
    this.#usage = new Paced(parts.clock, usageEveryMs, (usage) => this.#setUsage(usage));
    this.#exits = new ExitWatch(parts.clock, (at, crash) => this.#crashed(at, crash));
    this.#signals = new SignalWatch({
      clock: parts.clock,
      isLive: () => this.#isLive,
      name: () => this.#name,
      gaveUp: (problem) => this.#signalOver(problem),
    });
    this.#problem = new RowProblem(parts.clock, (problem) => this.#patch({ problem }));
    this.#readAlarm = new Alarm(parts.clock);
    this.#againAlarm = new Alarm(parts.clock);
    this.#reopenAlarm = new Alarm(parts.clock);
    this.#crashAlarm = new Alarm(parts.clock);
  }

  get panel(): PanelApi {
    return this.#parts.panel;
  }

  get hasSession(): boolean {
    return this.#session !== null;
  }

  /** There is no session, and it is not too early for the next one. */
  get mayOpen(): boolean {
    return this.#session === null && !this.#reopenAlarm.isSet;
  }

  /** Why its session has given up; null where it has not. */
  get refusal(): Problem | null {
    const link = this.#server?.link;
    return link?.kind === 'refused' ? link.problem : null;
  }

  get #server(): Server | undefined {
    return this.#parts.store.state.servers.get(this.id);
  }

  /** The server's name, fit for a sentence. */
  get #name(): string {
    return oneLine(this.#server?.name ?? '', 80);
  }

  get #isLive(): boolean {
    return this.#server?.link.kind === 'live';
  }

  // What the plan decides

  open(): void {
    const server = this.#server;
    if (!this.mayOpen || server === undefined) return;
    let mine: LiveSession | null = null;
    const session = this.#parts.openSession(
      this.#parts.panel,
      server,
      this.#listener(() => this.#session !== null && this.#session === mine),
    );
    mine = session;
    this.#session = session;
    this.#parts.consoles.sessionStarted(this.id);
    if (this.#parts.consoles.isPaused(this.id)) session.setPaused(true);
    session.start();
  }

  /** Ends the session. `forget` = what was known of the process is not true any more. */
  close(forget = false): void {
    this.#endSession();
    this.#setLink({ kind: 'none' });
    if (!forget) return;
    this.#patch({ power: null });
    if (this.#server?.usage !== null) this.#setUsage(null);
  }

  reopen(): void {
    if (this.#session === null) return;
    this.close();
    this.open();
  }

  /** The panel describes this server differently than before. */
  factsChanged(): void {
    if (this.#server?.link.kind === 'refused') this.reopen();
  }

  suspect(): void {
    this.#session?.suspect();
  }

  setPaused(isPaused: boolean): void {
    this.#session?.setPaused(isPaused);
  }

  /** Ends without a word: the server is gone, or Perch quits. */
  stop(): void {
    this.#endSession();
    this.#exits.stop();
    this.#signals.drop();
    this.#problem.stop();
    for (const alarm of [this.#readAlarm, this.#againAlarm, this.#reopenAlarm, this.#crashAlarm])
      alarm.clear();
  }

  // What actions do

  signalSent(signal: PowerSignal): void {
    this.#signals.sent(signal, this.#server?.power ?? null);
    this.#exits.ownSignal(signal);
    this.#problem.clear();
    this.#patch({ pending: { signal, since: this.#clock.now() } });
    if (!this.#isLive) this.#parts.pollSoon(pollAfterSignalMs[0]);
  }

  signalFailed(problem: Problem): void {
    this.#signalOver(null);
    this.refused(problem);
  }

  factsAsked(): void {
    void this.#read(true);
  }

  refused({ code }: Problem): void {
    if (code === 'forbidden' || code === 'conflict' || code === 'not-found') this.#readSoon();
  }

  sendPowerLive(signal: PowerSignal): boolean {
    return this.#session?.sendPower(signal) ?? false;
  }

  sendCommandLive(command: string): boolean {
    return this.#session?.sendCommand(command) ?? false;
  }

  async retry(): Promise<void> {
    this.#problem.clear();
    await this.#parts.readServer();
    if (this.#reopenAlarm.isSet) this.#reopen();
    else if (this.#server?.link.kind === 'refused') this.reopen();
    else this.#session?.suspect();
    this.#parts.pollSoon(0);
  }

  // What polls tell

  polled({ power, usage, isSuspended }: PanelResources): void {
    const server = this.#server;
    if (server === undefined || this.#isLive) return;
    if (isSuspended && server.condition !== 'suspended') this.#readSoon();
    this.#problem.solved('poll');
    this.#sight(power, usage.uptimeMs);
    this.#setUsage(usage);
    if (this.#signals.signal !== null) this.#parts.pollSoon(pollAfterSignalMs[1]);
  }

  pollFailed(problem: Problem): void {
    if (this.#isLive || this.#server === undefined) return;
    if (problem.code === 'conflict') return this.#readSoon();
    if (problem.code === 'not-found') return this.#parts.readList();
    // Nobody can tell any more; the last figures keep their time and grow old.
    this.#patch({ power: null });
    this.#problem.say('poll', problem);
    if (this.#signals.signal !== null) this.#parts.pollSoon(pollAfterSignalMs[1]);
  }

  // What the session tells

  #listener(isMine: () => boolean): SessionListener {
    const mine =
      <A extends unknown[]>(tell: (...args: A) => void) =>
      (...args: A): void => {
        if (isMine()) tell(...args);
      };
    return {
      link: mine((link) => this.#setLink(link)),
      power: mine((state) => {
        this.#exits.power(state);
        this.#sight(state, null);
      }),
      usage: mine((usage) => {
        this.#usage.push(usage);
        if (this.#signals.signal === 'restart' && this.#server?.power === 'running') {
          this.#sight('running', usage.uptimeMs);
        }
      }),
      lines: mine((lines) => this.#parts.consoles.append(this.id, lines)),
      crashed: mine((crash) => this.#exits.lines(crash)),
      permissions: mine((permissions) => this.#patch({ permissions })),
      serverChanged: mine(() => this.#readSoon()),
      deleted: mine(() => this.#deleted()),
      notice: mine((text, about) => this.#notice(text, about)),
    };
  }

  /** After a transfer it lives on under another address (PROTOCOL trap 35): the list tells, the plan opens anew. */
  #deleted(): void {
    const now = this.#clock.now();
    const isAgain = now - this.#deletedAt < 2 * longestReopenMs;
    this.#deletedAt = now;
    this.#reopenMs = isAgain ? Math.min(longestReopenMs, this.#reopenMs * 2) : reopenMs;
    this.#endSession();
    this.#reopenAlarm.set(this.#reopenMs, () => this.#reopen());
    this.#setLink({ kind: 'reconnecting', retryAt: now + this.#reopenMs, problem: deletedFailure.problem });
    this.#parts.readList();
  }

  /** The plan decides whether there is to be a session. */
  #reopen(): void {
    this.#reopenAlarm.clear();
    this.#setLink({ kind: 'none' });
    // Even where the link was none before: the plan has waited for the alarm, too.
    this.#parts.linkChanged({ kind: 'none' });
  }

  #notice(text: string, about: 'signal' | 'other'): void {
    if (about === 'signal') this.#signalOver(null);
    this.#problem.say('action', {
      code: 'conflict',
      message: `“${this.#name}”: ${oneLine(text, 300)}`,
      next: 'Look into its console, then try again.',
    });
  }

  #setLink(link: Link): void {
    if (isDeepStrictEqual(this.#server?.link, link)) return;
    if (link.kind !== 'live') this.#exits.linkLost();
    else this.#problem.solved('poll');
    this.#patch({ link });
    this.#parts.consoles.link(this.id, link);
    this.#signals.rearm();
    if (link.kind === 'refused') this.#readSoon();
    this.#parts.linkChanged(link);
  }

  #endSession(): void {
    const session = this.#session;
    this.#session = null;
    session?.stop();
    this.#usage.drop();
    this.#exits.linkLost();
  }

  /** A state was seen, by whatever way. */
  #sight(power: PowerState, uptimeMs: number | null): void {
    const server = this.#server;
    if (server === undefined) return;
    // A signal of the person's that was carried out is the end of the crash, too.
    const isDone = this.#signals.see(power, uptimeMs);
    if (power !== server.power) this.#problem.solved('action');
    this.#patch({
      power,
      ...(power === 'running' || isDone ? noCrash : {}),
      ...(isDone ? { pending: null } : {}),
    });
  }

  #crashed(at: number, crash: Crash): void {
    const server = this.#server;
    // A server that its host closes is stopped, not crashed.
    if (server === undefined || conditionBlock(server.condition) !== null) return;
    this.#patch({ crashedAt: at, crash });
    this.#crashAlarm.set(crashSettlesMs, () => {
      if (this.#server?.power === 'running') this.#patch(noCrash);
    });
  }

  /** Our signal is not waited for any more; `problem` says why. */
  #signalOver(problem: Problem | null): void {
    this.#signals.drop();
    this.#patch({ pending: null });
    if (problem !== null) this.#problem.say('action', problem);
  }

  #readSoon(): void {
    // What is set already stays: a node that never stops telling of changes would put it off for ever.
    if (this.#readAlarm.isSet) return;
    const wait = Math.max(readAgainMs[0], this.#readAt + readGapMs - this.#clock.now());
    this.#readAlarm.set(wait, () => void this.#read(true));
  }

  async #read(isNews: boolean): Promise<void> {
    this.#againAlarm.clear();
    this.#readAt = this.#clock.now();
    await this.#parts.readServer().catch(() => undefined);
    const server = this.#server;
    if (!isNews || server === undefined || !isPassing(server.condition) || this.#readAlarm.isSet) return;
    this.#againAlarm.set(readAgainMs[1], () => void this.#read(false));
  }

  #setUsage(usage: Usage | null): void {
    this.#parts.store.apply([{ kind: 'usage', serverId: this.id, usage }]);
  }

  /** Applies what differs from the store. */
  #patch(fields: ServerPatch): void {
    const server = this.#server;
    if (server === undefined) return;
    const entries = Object.entries(fields) as [keyof ServerPatch, unknown][];
    const news = entries.filter(([key, value]) => !isDeepStrictEqual(server[key] ?? null, value));
    if (news.length === 0) return;
    const patch: ServerPatch = Object.fromEntries(news);
    this.#parts.store.apply([{ kind: 'server-patched', serverId: this.id, patch }]);
  }
}

const noCrash = { crashedAt: null, crash: null } as const;
