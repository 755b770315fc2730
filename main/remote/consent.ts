import type { Server } from '../../bridge/schema/domain.js';
import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import type {
  ConsentAnswer,
  RemoteAllowance,
  RemoteConsent,
  RemoteAction,
  RemoteQuestion,
} from '../../bridge/schema/remote-consent.js';
import { sentence } from '../../messages/messages.js';
import { Alarm } from '../base/alarm.js';
import { Watchable } from '../base/observable.js';
import type { Clock } from '../base/ports.js';
import { quotedName, shownClient } from './readable.js';

export interface ConsentDeps {
  readonly clock: Clock;
  readonly newId: () => string;
  /** Brings a window with the questions to the front. */
  readonly show: () => void;
}

export interface Wish {
  /** The name that the program gives itself. */
  readonly client: string;
  readonly server: Pick<Server, 'id' | 'name'>;
  readonly panel: string;
  /** Text that distinguishes the server from others with the same name (`besideText`). */
  readonly beside: string;
  readonly action: RemoteAction;
  /** Resolves when the program cancels the request or disconnects. */
  readonly ended: Promise<void>;
}

/** Time to answer a question, in ms. MCP programs usually wait a minute for an answer. */
const askedForMs = 50_000;
const allowedForMs = 3_600_000;
/** Calls that a consent for an hour covers. */
const ofAnHour: readonly RemoteAction['kind'][] = ['power', 'command', 'backup'];
/** Limit of open questions. A program that asks in a loop must not flood the window. */
const mostQuestions = 5;
/**
 * Refusals in a row after which a program's questions are refused for a while. Otherwise a user who is asked again and
 * again would give in.
 */
const refusalsInARow = 3;
const leftAloneMs = 60_000;
/**
 * Shortest time between two raises of the window, in ms.
 *
 * Counts for all programs together: a program that asks, cancels and asks again could otherwise raise the window
 * endlessly, under a new name each time.
 */
const raiseEveryMs = 60_000;
/**
 * Shorter pause after a refusal, in ms. The user is present then, and must see the next question before it times out.
 */
const raiseAfterRefusalMs = 10_000;

interface Open {
  readonly serverId: string;
  readonly question: RemoteQuestion;
  readonly answer: (answer: ConsentAnswer | 'late' | 'gone') => void;
}

interface Allowed {
  readonly allowance: RemoteAllowance;
  readonly serverId: string;
  /** Cancels the end of the hour. */
  readonly cancel: () => void;
}

/** Asks the user before a program changes anything. Hour-long permissions end when Perch quits. */
export class Consent extends Watchable<RemoteConsent> {
  readonly #open = new Map<string, Open>();
  readonly #allowed = new Map<string, Allowed>();
  /** Refusals in a row and monotonic time of the last one, by program name. */
  readonly #refusals = new Map<string, { readonly count: number; readonly at: number }>();

  /**
   * Monotonic time of the last raise of the window; null = raise at once, also after the user has allowed a request.
   */
  #raisedAt: number | null = null;
  readonly #raiseLater: Alarm;

  constructor(private readonly deps: ConsentDeps) {
    super({ questions: [], allowances: [] });
    this.#raiseLater = new Alarm(deps.clock);
  }

  /** Resolves when the user allows the action. Throws `refused` otherwise. */
  async demand(wish: Wish): Promise<void> {
    const { action } = wish;
    const mayLast = ofAnHour.includes(action.kind) && !(action.kind === 'power' && action.signal === 'kill');
    if (mayLast && this.#isAllowed(wish)) return;
    if (this.#isLeftAlone(wish.client)) throw refused('remote.refused-often');
    if (this.#open.size >= mostQuestions) throw refused('remote.too-many-questions');
    const answer = await this.#ask(wish, mayLast);
    this.#count(wish.client, answer);
    if (answer === 'late') throw refused('remote.not-answered');
    if (answer === 'refuse' || answer === 'gone') throw refused('remote.refused');
    if (answer === 'hour' && mayLast) this.#allow(wish);
  }

  /** Takes the user's answer. No-op for a question that is closed. */
  answer(id: string, answer: ConsentAnswer): void {
    this.#open.get(id)?.answer(answer);
  }

  /** Withdraws an hour-long permission. */
  withdraw(id: string): void {
    this.#allowed.get(id)?.cancel();
    if (this.#allowed.delete(id)) this.#tell();
  }

  /** Ends the permissions and open questions about the servers of a removed account. */
  forgetAccount(accountId: string): void {
    const isOf = (serverId: string): boolean => serverId.startsWith(`${accountId}/`);
    for (const [id, { serverId }] of [...this.#allowed]) if (isOf(serverId)) this.withdraw(id);
    for (const { serverId, answer } of [...this.#open.values()]) if (isOf(serverId)) answer('gone');
  }

  /** Closes all questions as refused. Call when Perch quits. */
  stop(): void {
    this.#raiseLater.clear();
    for (const { answer } of [...this.#open.values()]) answer('gone');
    for (const { cancel } of this.#allowed.values()) cancel();
  }

  async #ask(wish: Wish, mayLast: boolean): Promise<ConsentAnswer | 'late' | 'gone'> {
    const { clock, newId } = this.deps;
    const id = newId();
    const late = new Alarm(clock);
    const answer = new Promise<ConsentAnswer | 'late' | 'gone'>((resolve) => {
      const question: RemoteQuestion = {
        ...shownOf(wish),
        id,
        action: wish.action,
        until: clock.now() + askedForMs,
        mayLast,
      };
      this.#open.set(id, { serverId: wish.server.id, question, answer: resolve });
      late.set(askedForMs, () => resolve('late'));
      void wish.ended.then(() => resolve('gone'));
    });
    this.#tell();
    this.#raise();
    const given = await answer;
    late.clear();
    this.#open.delete(id);
    this.#tell();
    return given;
  }

  /**
   * Brings the window to the front. A question that comes too early waits, and the window comes up while the question
   * is still open.
   */
  #raise(): void {
    const { clock, show } = this.deps;
    if (this.#open.size === 0) return;
    const sinceMs = this.#raisedAt === null ? Infinity : clock.now() - this.#raisedAt;
    if (sinceMs < raiseEveryMs) return this.#raiseLater.set(raiseEveryMs - sinceMs, () => this.#raise());
    this.#raisedAt = clock.now();
    show();
  }

  #isLeftAlone(client: string): boolean {
    const { count, at } = this.#refusals.get(shownClient(client)) ?? { count: 0, at: 0 };
    return count >= refusalsInARow && this.deps.clock.now() - at < leftAloneMs;
  }

  #count(client: string, answer: ConsentAnswer | 'late' | 'gone'): void {
    const name = shownClient(client);
    const now = this.deps.clock.now();
    // Forget old refusals here: a program can use any number of names.
    for (const [one, { at }] of this.#refusals) if (now - at >= leftAloneMs) this.#refusals.delete(one);
    const count = (this.#refusals.get(name)?.count ?? 0) + 1;
    if (answer === 'refuse') {
      this.#refusals.set(name, { count, at: now });
      this.#raisedAt = now - raiseEveryMs + raiseAfterRefusalMs;
    } else if (answer === 'once' || answer === 'hour') {
      this.#refusals.delete(name);
      // The user is present and agreed, so the next question may raise the window at once.
      this.#raisedAt = null;
    }
  }

  #isAllowed({ client, server }: Wish): boolean {
    return [...this.#allowed.values()].some(
      ({ allowance, serverId }) => serverId === server.id && allowance.client === shownClient(client),
    );
  }

  #allow(wish: Wish): void {
    const { clock, newId } = this.deps;
    const id = newId();
    const cancel = clock.after(allowedForMs, () => this.withdraw(id));
    const allowance = { ...shownOf(wish), id, until: clock.now() + allowedForMs };
    this.#allowed.set(id, { allowance, serverId: wish.server.id, cancel });
    this.#tell();
  }

  #tell(): void {
    this.set({
      questions: [...this.#open.values()].map(({ question }) => question),
      allowances: [...this.#allowed.values()].map(({ allowance }) => allowance),
    });
  }
}

function shownOf({
  client,
  server,
  panel,
  beside,
}: Wish): Pick<RemoteQuestion, 'client' | 'server' | 'panel' | 'beside'> {
  return { client: shownClient(client), server: quotedName(server.name, 80), panel, beside };
}

type Refusal =
  'remote.refused' | 'remote.refused-often' | 'remote.not-answered' | 'remote.too-many-questions';

function refused(message: Refusal): RemoteError {
  return new RemoteError(newFailure('refused', sentence(message), sentence('remote.refused-next')));
}
