import { isDeepStrictEqual } from 'node:util';
import type { Link, PowerSignal, Server, Usage } from '../../../bridge/schema/domain.js';
import type { Problem } from '../../../bridge/errors.js';
import type { PanelApi } from '../../panel/api.js';
import type { Clock, Random } from '../../base/ports.js';
import type { LiveSession, SessionEvent, SessionLink, TellSessionEvent } from '../../wings/api.js';
import { deletedFailure } from '../../wings/failures.js';
import type { ConsoleSink } from '../console/consoles.js';
import type { ProcessStory } from '../process/process-story.js';
import { Throttle } from '../../base/throttle.js';
import { RefusalPause } from './refusal-pause.js';
import { ReopenPause } from './reopen-pause.js';
import type { ServerRow } from './server-row.js';

/** Creates a stopped session. `main/wings` has the implementation. */
export type OpenSession = (panel: TicketPanel, server: Server, tell: TellSessionEvent) => LiveSession;

/** The part of the panel client that a session needs. */
export type TicketPanel = Pick<PanelApi, 'origin' | 'socketTicket'>;

/** Session event for the server's watcher. */
export type SlotEvent =
  | Exclude<SessionEvent, { kind: 'link' | 'permissions' | 'crashed' }>
  /** The row's new link. Also reported when a session may be opened again. */
  | { readonly kind: 'link'; readonly link: Link };

export interface SessionSlotDeps {
  clock: Clock;
  random: Random;
  panel: TicketPanel;
  openSession: OpenSession;
  consoles: ConsoleSink;
}

/** At most 4 usage updates a second (STATE "Limits of the flow"), for the store and all its listeners. */
const usageEveryMs = 250;

/**
 * Holds one server's session, if any, and sets the link on the row.
 * Ignores events of an ended session, which may still be on their way. Passes the reports of the socket to the process'
 * story.
 */
export class SessionSlot {
  readonly #usage: Throttle<Usage>;
  readonly #pause: ReopenPause;
  readonly #refusals: RefusalPause;
  #session: LiveSession | null = null;
  #openedAt = -Infinity;

  constructor(
    private readonly deps: SessionSlotDeps,
    private readonly row: ServerRow,
    private readonly story: Pick<ProcessStory, 'take'>,
    private readonly tell: (event: SlotEvent) => void,
  ) {
    const { clock } = deps;
    this.#usage = new Throttle({ clock, everyMs: usageEveryMs, pass: (usage) => row.setUsage(usage) });
    this.#pause = new ReopenPause(clock, () => this.#mayOpenAgain());
    this.#refusals = new RefusalPause(clock, deps.random, () => this.#session?.start());
  }

  get hasSession(): boolean {
    return this.#session !== null;
  }

  /** Monotonic time at which the session was opened; null without a session. */
  get sessionSince(): number | null {
    return this.#session === null ? null : this.#openedAt;
  }

  /** True without a session, after any pause before the next session. */
  get mayOpen(): boolean {
    return this.#session === null && !this.#pause.isOn;
  }

  /** Why the session was refused; null for a session that was not. */
  get refusal(): Problem | null {
    const link = this.row.now?.link;
    return link?.kind === 'refused' ? link.problem : null;
  }

  /** The reason for the refusal may be gone: retries at once, but only after the first refusal. */
  refuted(): void {
    if (this.refusal !== null) this.#refusals.hurryFirst();
  }

  open(): void {
    const { panel, consoles, openSession } = this.deps;
    const row = this.row;
    const server = row.now;
    if (!this.mayOpen || server === undefined) return;
    let mine: LiveSession | null = null;
    const session = openSession(panel, server, (event) => {
      if (this.#session !== null && this.#session === mine) this.#hear(event);
    });
    mine = session;
    this.#session = session;
    this.#openedAt = this.deps.clock.now();
    consoles.sessionStarted(row.id);
    if (consoles.isPaused(row.id)) session.setPaused(true);
    session.start();
  }

  close(): void {
    this.#endSession();
    this.#set({ kind: 'none' });
  }

  /** No-op without a session. */
  reopen(): void {
    if (this.#session === null) return;
    this.close();
    this.open();
  }

  /** At the user's request: ends a pause, reopens a refused session, or makes a session retry at once. */
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

  sendPower(signal: PowerSignal): boolean {
    return this.#session?.sendPower(signal) ?? false;
  }

  sendCommand(command: string): boolean {
    return this.#session?.sendCommand(command) ?? false;
  }

  isUnread(command: string): boolean {
    return this.#session?.isUnread(command) ?? false;
  }

  /** Ends without events. */
  stop(): void {
    this.#endSession();
    this.#pause.end();
  }

  #hear(event: SessionEvent): void {
    const row = this.row;
    switch (event.kind) {
      case 'link':
        return this.#told(event.link);
      case 'permissions':
        return row.patch({ permissions: event.permissions });
      case 'crashed':
        return this.story.take({ kind: 'lines', crash: event.crash });
      case 'power':
        // Before the session is live again it reports state from an invalid token's time or from before sleep.
        this.story.take({ kind: 'state', power: event.power, isLive: row.isLive });
        break;
      case 'usage':
        this.story.take({ kind: 'usage', uptimeMs: event.usage.uptimeMs });
        this.#usage.push(event.usage);
        break;
      case 'lines':
        this.deps.consoles.append(row.id, event.lines);
        break;
      case 'deleted':
        this.#deleted();
        break;
      default:
    }
    this.tell(event);
  }

  /** The row stays `refused` during a retry, so that it does not flicker. */
  #told(link: SessionLink): void {
    if (link.kind === 'refused') return this.#set({ ...link, retryAt: this.#refusals.begin() });
    if (link.kind === 'live') this.#refusals.reset();
    if (link.kind !== 'connecting' || this.refusal === null) this.#set(link);
  }

  /** The list decides whether the server still exists; then the plan opens a session again. */
  #deleted(): void {
    this.story.take({ kind: 'deleted' });
    this.#endSession();
    const retryAt = this.#pause.begin();
    this.#set({ kind: 'reconnecting', retryAt, problem: deletedFailure.problem });
  }

  /** The pause is over; the plan decides about a new session. */
  #mayOpenAgain(): void {
    this.#set({ kind: 'none' });
    // Called even if the link was `none` before, because the plan waits for the end of the pause.
    this.tell({ kind: 'link', link: { kind: 'none' } });
  }

  #set(link: Link): void {
    const row = this.row;
    if (isDeepStrictEqual(row.now?.link, link)) return;
    this.story.take({ kind: 'link', isLive: link.kind === 'live' });
    row.patch({ link });
    this.deps.consoles.link(row.id, link);
    this.tell({ kind: 'link', link });
  }

  #endSession(): void {
    const session = this.#session;
    this.#session = null;
    this.#refusals.reset();
    session?.stop();
    this.#usage.drop();
    this.story.take({ kind: 'link', isLive: false });
  }
}
