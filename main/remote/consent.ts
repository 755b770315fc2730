import type { Server } from '../../bridge/schema/domain.js';
import { RemoteError } from '../../bridge/remote/remote-error.js';
import type {
  ConsentAnswer,
  RemoteAllowance,
  RemoteConsent,
  RemoteAction,
  RemoteQuestion,
} from '../../bridge/schema/remote-consent.js';
import { say } from '../../messages/messages.js';
import { Alarm } from '../base/alarm.js';
import { Observable } from '../base/observable.js';
import type { Clock } from '../base/ports.js';
import { programName, quotedName } from './readable.js';

export interface ConsentDeps {
  readonly clock: Clock;
  readonly newId: () => string;
  /** Brings a window to the front that shows the questions. */
  readonly show: () => void;
}

export interface Wish {
  /** What the program calls itself. */
  readonly client: string;
  readonly server: Pick<Server, 'id' | 'name'>;
  readonly panel: string;
  /** What tells the server from others of its name (`besideText`). */
  readonly beside: string;
  readonly deed: RemoteAction;
  /** The program has gone, or wants it no more. */
  readonly ended: Promise<void>;
}

/** Below the minute that programs of the protocol wait for an answer as a rule. */
const askedForMs = 50_000;
const allowedForMs = 3_600_000;
/** A program that asks without end must not bury the window. */
const mostQuestions = 5;
/** Who refuses so often in a row is left alone for a while: a question that comes again and again is allowed in the end. */
const refusalsInARow = 3;
const leftAloneMs = 60_000;
/** A program that asks and takes its question back would bring the window up without end, under a new name each time. */
const raiseEveryMs = 60_000;
/** Who refuses is there, and a question lives for less than a minute: the next one has to be seen while it does. */
const raiseAfterRefusalMs = 10_000;

interface Open {
  readonly serverId: string;
  readonly question: RemoteQuestion;
  readonly answer: (answer: ConsentAnswer | 'late' | 'gone') => void;
}

interface Allowed {
  readonly allowance: RemoteAllowance;
  readonly serverId: string;
  readonly end: Alarm;
}

/** Asks the person before a program changes anything. What was allowed for a time is forgotten when Perch quits. */
export class Consent {
  readonly #deps: ConsentDeps;
  readonly #state = new Observable<RemoteConsent>({ questions: [], allowances: [] });
  readonly #open = new Map<string, Open>();
  readonly #allowed = new Map<string, Allowed>();
  /** By what a program calls itself: how often in a row, and when for the last time. */
  readonly #refusals = new Map<string, { readonly count: number; readonly at: number }>();

  /** When the window came up for a question; null where the person has allowed something since. */
  #raisedAt: number | null = null;
  readonly #raiseLater: Alarm;

  constructor(deps: ConsentDeps) {
    this.#deps = deps;
    this.#raiseLater = new Alarm(deps.clock);
  }

  get current(): RemoteConsent {
    return this.#state.value;
  }

  listen(listener: (state: RemoteConsent) => void): () => void {
    return this.#state.listen(listener);
  }

  /** Resolves when it is allowed; throws `refused` where it is not. */
  async demand(wish: Wish): Promise<void> {
    const mayLast = !(wish.deed.kind === 'power' && wish.deed.signal === 'kill');
    if (mayLast && this.#isAllowed(wish)) return;
    if (this.#isLeftAlone(wish.client)) throw refused('remote.refused-often');
    if (this.#open.size >= mostQuestions) throw refused('remote.too-many-questions');
    const answer = await this.#ask(wish, mayLast);
    this.#count(wish.client, answer);
    if (answer === 'late') throw refused('remote.not-answered');
    if (answer === 'refuse' || answer === 'gone') throw refused('remote.refused');
    if (answer === 'hour' && mayLast) this.#allow(wish);
  }

  /** The person has decided. One that is not asked any more is passed over. */
  answer(id: string, answer: ConsentAnswer): void {
    this.#open.get(id)?.answer(answer);
  }

  /** Takes back what was allowed for a time. */
  withdraw(id: string): void {
    this.#allowed.get(id)?.end.clear();
    if (this.#allowed.delete(id)) this.#tell();
  }

  /** A panel was removed: what was allowed for its servers means nothing any more, and what is asked about them is over. */
  forgetAccount(accountId: string): void {
    const isOf = (serverId: string): boolean => serverId.startsWith(`${accountId}/`);
    for (const [id, { serverId }] of [...this.#allowed]) if (isOf(serverId)) this.withdraw(id);
    for (const { serverId, answer } of [...this.#open.values()]) if (isOf(serverId)) answer('gone');
  }

  /** Perch quits: nobody can be asked any more. */
  stop(): void {
    this.#raiseLater.clear();
    for (const { answer } of [...this.#open.values()]) answer('gone');
    for (const { end } of this.#allowed.values()) end.clear();
  }

  async #ask(wish: Wish, mayLast: boolean): Promise<ConsentAnswer | 'late' | 'gone'> {
    const { clock, newId } = this.#deps;
    const id = newId();
    const late = new Alarm(clock);
    const answer = new Promise<ConsentAnswer | 'late' | 'gone'>((resolve) => {
      const question: RemoteQuestion = {
        ...shownOf(wish),
        id,
        deed: wish.deed,
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

  /** Whatever programs call themselves: a question that comes too soon waits, and is shown while it is still open. */
  #raise(): void {
    const { clock, show } = this.#deps;
    if (this.#open.size === 0) return;
    const sinceMs = this.#raisedAt === null ? Infinity : clock.now() - this.#raisedAt;
    if (sinceMs < raiseEveryMs) return this.#raiseLater.set(raiseEveryMs - sinceMs, () => this.#raise());
    this.#raisedAt = clock.now();
    show();
  }

  #isLeftAlone(client: string): boolean {
    const { count, at } = this.#refusals.get(shownClient(client)) ?? { count: 0, at: 0 };
    return count >= refusalsInARow && this.#deps.clock.now() - at < leftAloneMs;
  }

  #count(client: string, answer: ConsentAnswer | 'late' | 'gone'): void {
    const name = shownClient(client);
    const now = this.#deps.clock.now();
    // A program may call itself anything, so what is over is forgotten.
    for (const [one, { at }] of this.#refusals) if (now - at >= leftAloneMs) this.#refusals.delete(one);
    const count = (this.#refusals.get(name)?.count ?? 0) + 1;
    if (answer === 'refuse') {
      this.#refusals.set(name, { count, at: now });
      this.#raisedAt = now - raiseEveryMs + raiseAfterRefusalMs;
    } else if (answer === 'once' || answer === 'hour') {
      this.#refusals.delete(name);
      // Somebody is there, and wants this.
      this.#raisedAt = null;
    }
  }

  #isAllowed({ client, server }: Wish): boolean {
    return [...this.#allowed.values()].some(
      ({ allowance, serverId }) => serverId === server.id && allowance.client === shownClient(client),
    );
  }

  #allow(wish: Wish): void {
    const { clock, newId } = this.#deps;
    const id = newId();
    const end = new Alarm(clock);
    end.set(allowedForMs, () => this.withdraw(id));
    const allowance = { ...shownOf(wish), id, until: clock.now() + allowedForMs };
    this.#allowed.set(id, { allowance, serverId: wish.server.id, end });
    this.#tell();
  }

  #tell(): void {
    this.#state.set({
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

function shownClient(client: string): string {
  return programName(client) || say('remote.unnamed-program');
}

type Refusal =
  'remote.refused' | 'remote.refused-often' | 'remote.not-answered' | 'remote.too-many-questions';

function refused(message: Refusal): RemoteError {
  return new RemoteError({ cause: 'refused', message: say(message), next: say('remote.refused-next') });
}
