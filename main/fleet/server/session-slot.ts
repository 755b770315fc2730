import { isDeepStrictEqual } from 'node:util';
import type { Crash, Link, PowerSignal, Server, Usage } from '../../../bridge/schema/domain.js';
import type { Problem } from '../../../bridge/errors.js';
import type { PanelApi } from '../../panel/api.js';
import type { Clock, Random } from '../../base/ports.js';
import type { LiveSession, SessionLink, SessionListener } from '../../wings/api.js';
import { deletedFailure } from '../../wings/failures.js';
import type { ConsoleSink } from '../console/consoles.js';
import { ExitWatch } from './exit-watch.js';
import { Throttle } from '../../base/throttle.js';
import { RefusalPause } from './refusal-pause.js';
import { ReopenPause } from './reopen-pause.js';
import type { ServerRow } from './server-row.js';

/** Makes a stopped session; `main/wings` has the real one. */
export type OpenSession = (panel: TicketPanel, server: Server, listener: SessionListener) => LiveSession;

/** What a session needs of its panel. */
export type TicketPanel = Pick<PanelApi, 'origin' | 'socketTicket'>;

/** What the link leaves to whoever watches the server. */
export interface SessionSlotListener extends Omit<SessionListener, 'link' | 'permissions' | 'crashed'> {
  /** The row has this link now; also told where a session may be opened again. */
  link(link: Link): void;
  /** Judged: an end that nobody wanted. */
  crashed(at: number, crash: Crash): void;
}

export interface SessionSlotDeps {
  row: ServerRow;
  clock: Clock;
  random: Random;
  panel: TicketPanel;
  openSession: OpenSession;
  consoles: ConsoleSink;
  listener: SessionSlotListener;
}

/** At most 4 times a second (STATE "Limits of the flow"): the one bound for the store and for all who listen to it. */
const usageEveryMs = 250;

/**
 * The place of one server's session, empty or taken, and the link that the row shows for it. Only the session that
 * has the place is heard: one that was ended may still have something on its way. What can be judged on one unbroken
 * socket only, a crash, is judged here.
 */
export class SessionSlot {
  readonly #deps: SessionSlotDeps;
  readonly #usage: Throttle<Usage>;
  readonly #exits: ExitWatch;
  readonly #pause: ReopenPause;
  readonly #refusals: RefusalPause;
  #session: LiveSession | null = null;
  #openedAt = -Infinity;

  constructor(deps: SessionSlotDeps) {
    const { clock, row, listener } = deps;
    this.#deps = deps;
    this.#usage = new Throttle({ clock, everyMs: usageEveryMs, pass: (usage) => row.setUsage(usage) });
    this.#exits = new ExitWatch(clock, (at, crash) => listener.crashed(at, crash));
    this.#pause = new ReopenPause(clock, () => this.#mayOpenAgain());
    this.#refusals = new RefusalPause(clock, deps.random, () => this.#session?.start());
  }

  get hasSession(): boolean {
    return this.#session !== null;
  }

  /** When the session was opened; null where there is none. */
  get sessionSince(): number | null {
    return this.#session === null ? null : this.#openedAt;
  }

  /** There is no session, and it is not too early for the next one. */
  get mayOpen(): boolean {
    return this.#session === null && !this.#pause.isOn;
  }

  /** Why the session was refused; null where it was not. */
  get refusal(): Problem | null {
    const link = this.#deps.row.now?.link;
    return link?.kind === 'refused' ? link.problem : null;
  }

  /** Something tells that the refusal is over: that is believed once, later ones wait for their time. */
  refuted(): void {
    if (this.refusal !== null) this.#refusals.hurryFirst();
  }

  open(): void {
    const { row, panel, consoles, openSession } = this.#deps;
    const server = row.now;
    if (!this.mayOpen || server === undefined) return;
    let mine: LiveSession | null = null;
    const isMine = (): boolean => this.#session !== null && this.#session === mine;
    const session = openSession(panel, server, this.#hear(isMine));
    mine = session;
    this.#session = session;
    this.#openedAt = this.#deps.clock.now();
    consoles.sessionStarted(row.id);
    if (consoles.isPaused(row.id)) session.setPaused(true);
    session.start();
  }

  close(): void {
    this.#endSession();
    this.#set({ kind: 'none' });
  }

  /** Nothing where there is no session. */
  reopen(): void {
    if (this.#session === null) return;
    this.close();
    this.open();
  }

  /** The person asks for it: whatever keeps the server from being live is tried again at once. */
  retry(): void {
    if (this.#pause.isOn) {
      this.#pause.end();
      this.#mayOpenAgain();
    } else if (this.refusal !== null) this.reopen();
    else this.#session?.hurry();
  }

  suspect(): void {
    this.#session?.suspect();
  }

  setPaused(isPaused: boolean): void {
    this.#session?.setPaused(isPaused);
  }

  /** An end that follows is what the person asked for. */
  ownSignal(signal: PowerSignal): void {
    this.#exits.ownSignal(signal);
  }

  sendPower(signal: PowerSignal): boolean {
    return this.#session?.sendPower(signal) ?? false;
  }

  sendCommand(command: string): boolean {
    return this.#session?.sendCommand(command) ?? false;
  }

  isUnread(command: string): boolean {
    return this.#session?.isUnread(command) ?? false;
  }

  /** Ends silently. */
  stop(): void {
    this.#exits.stop();
    this.#endSession();
    this.#pause.end();
  }

  #hear(isMine: () => boolean): SessionListener {
    const { row, consoles, listener } = this.#deps;
    const mine =
      <A extends unknown[]>(tell: (...args: A) => void) =>
      (...args: A): void => {
        if (isMine()) tell(...args);
      };
    return {
      link: mine((link) => this.#told(link)),
      power: mine((state) => {
        // Before it is live again it tells what came while the token was void, or the computer slept.
        if (row.isLive) this.#exits.power(state);
        else this.#exits.saw(state);
        listener.power(state);
      }),
      usage: mine((usage) => {
        this.#exits.heard(usage.uptimeMs);
        this.#usage.push(usage);
        listener.usage(usage);
      }),
      lines: mine((lines) => {
        consoles.append(row.id, lines);
        listener.lines(lines);
      }),
      crashed: mine((crash) => this.#exits.lines(crash)),
      permissions: mine((permissions) => row.patch({ permissions })),
      serverChanged: mine(() => listener.serverChanged()),
      happened: mine((fact) => listener.happened(fact)),
      deleted: mine(() => this.#deleted()),
      notice: mine((text, about) => listener.notice(text, about)),
      symptom: mine((line, feature) => listener.symptom(line, feature)),
      signalRead: mine(() => listener.signalRead()),
      unsure: mine((sent) => listener.unsure(sent)),
    };
  }

  /** The row stays refused while it is tried again: who only looks at it has nothing to see of that. */
  #told(link: SessionLink): void {
    if (link.kind === 'refused') return this.#set({ ...link, retryAt: this.#refusals.begin() });
    if (link.kind === 'live') this.#refusals.reset();
    if (link.kind !== 'connecting' || this.refusal === null) this.#set(link);
  }

  /** The list tells whether the server lives on, and then the plan opens a session again. */
  #deleted(): void {
    this.#exits.stop();
    this.#endSession();
    const retryAt = this.#pause.begin();
    this.#set({ kind: 'reconnecting', retryAt, problem: deletedFailure.problem });
    this.#deps.listener.deleted();
  }

  /** The plan decides whether there is to be a session. */
  #mayOpenAgain(): void {
    this.#set({ kind: 'none' });
    // Even where the link was none before: the plan has waited for the pause, too.
    this.#deps.listener.link({ kind: 'none' });
  }

  #set(link: Link): void {
    const { row, consoles, listener } = this.#deps;
    if (isDeepStrictEqual(row.now?.link, link)) return;
    if (link.kind !== 'live') this.#exits.linkLost();
    row.patch({ link });
    consoles.link(row.id, link);
    listener.link(link);
  }

  #endSession(): void {
    const session = this.#session;
    this.#session = null;
    this.#refusals.reset();
    session?.stop();
    this.#usage.drop();
    this.#exits.linkLost();
  }
}
