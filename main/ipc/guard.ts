/** Guard of the calls that have power: each needs a press that main has seen, or a yes to a native question. */
import type { CallName, HandlerInput, HandlerOutput } from '../../bridge/schema/contract.js';
import { PerchError, newProblem } from '../../bridge/errors.js';
import { say, sentence, spoken } from '../../messages/messages.js';
import type { Caller } from '../base/calls.js';
import type { Clock, Log } from '../base/ports.js';
import type { Question } from '../base/question.js';
import type { Known } from './known-names.js';
import type { Guarded } from './power.js';
import { clipboardTarget, powers } from './powers.js';
import { warningTarget } from './settings-powers.js';
import type { Presses } from './presses.js';

export interface GuardDeps {
  readonly clock: Pick<Clock, 'now'>;
  readonly presses: Pick<Presses, 'pays' | 'paysOnce' | 'hasPaid' | 'isRecent' | 'grant' | 'met'>;
  readonly ask: (question: Question) => Promise<boolean>;
  /** True if assistive technology uses the windows. Its presses reach a page without an input event in main. */
  readonly isAssisted: () => boolean;
  readonly known: () => Known;
  readonly log: Log;
}

/** After a refusal, calls without a press are refused without a question for this time, in ms. */
const leftAloneMs = 60_000;
const minuteMs = 60_000;
/** Limit of panels whose key page a window may open. The oldest are dropped. */
const mostProbed = 50;

export class Guard {
  readonly #times = new Map<CallName, number[]>();
  readonly #probed = new Set<string>();
  /** The open question; `kind` as in `kindOf`. */
  #asking: { readonly kind: string | null; readonly answer: Promise<boolean> } | null = null;
  #refusedAt: number | null = null;

  constructor(private readonly deps: GuardDeps) {}

  /** Resolves if the window may make the call. Throws `forbidden` or `rate-limited` otherwise. */
  async demand<N extends CallName>(
    name: N,
    input: HandlerInput<N>,
    { webContentsId }: Caller,
  ): Promise<void> {
    const power = powers[name];
    if (power === 'free') return;
    // TypeScript cannot match the table's entry with the input of the same name; `powers` guarantees the match.
    const guarded = power as unknown as Guarded<N>;
    const known = this.deps.known();
    if (guarded.when?.(input, known) === false) return;
    this.#demandKnownPage(name, input);
    this.#pace(name, guarded.perMinute);
    const isPressed = this.#isPressed(guarded, input, webContentsId);
    const always = guarded.always?.(input, known) ?? null;
    if (always !== null || isPressed) {
      if (always !== null) await this.#ask(name, always, isPressed);
      return;
    }
    const isAssisted = this.deps.isAssisted();
    const question = unpressed(guarded, input, known, isAssisted);
    const kind = isAssisted && question !== null ? kindOf(name, guarded, input, question) : null;
    if (kind !== null && this.deps.presses.hasPaid(webContentsId, kind)) return;
    if (kind !== null) this.deps.presses.met(webContentsId);
    await this.#ask(name, question, false, kind);
    if (kind !== null) this.deps.presses.grant(webContentsId, kind);
  }

  /** Records the answer of a call. Some answers allow later calls. */
  answered<N extends CallName>(name: N, answer: HandlerOutput<N>, { webContentsId }: Caller): void {
    if (name === 'panel.probe') {
      const probed = answer as HandlerOutput<'panel.probe'>;
      if (probed !== null) this.#remember(probed.panelUrl);
    } else if (name === 'warned.begin') {
      this.deps.presses.grant(webContentsId, warningTarget);
    } else if (name === 'sharing.send') {
      // The window copies the link of the log that the press has shared.
      this.deps.presses.grant(webContentsId, clipboardTarget);
    } else if (name === 'accounts.add') {
      // Allow `accounts.remove` for the new account: the window calls it if the user cancels while Perch connects.
      const { id } = answer as HandlerOutput<'accounts.add'>;
      this.deps.presses.grant(webContentsId, `account:${id}`);
    }
  }

  /**
   * Asks the question. Throws unless the user agrees.
   *
   * Calls of the same kind wait for the same answer; `kind` = null waits for no other.
   */
  async #ask(
    name: CallName,
    question: Question | null,
    isPressed: boolean,
    kind: string | null = null,
  ): Promise<void> {
    const { clock, ask, log } = this.deps;
    const isSame = kind !== null && this.#asking?.kind === kind;
    const isLeftAlone = this.#refusedAt !== null && clock.now() - this.#refusedAt < leftAloneMs;
    const isAsked = question !== null && this.#asking === null && (isPressed || !isLeftAlone);
    log.warn('guard.no-press', { call: name, asked: isAsked, pressed: isPressed });
    if (!isAsked && !isSame) throw new PerchError(isLeftAlone && !isPressed ? leftAlone : refused);
    if (isAsked) this.#asking = { kind, answer: ask(question).finally(() => (this.#asking = null)) };
    if ((await this.#asking?.answer) === true) return;
    this.#refusedAt = clock.now();
    throw new PerchError(isPressed ? declined : refused);
  }

  #isPressed<N extends CallName>(
    guarded: Guarded<N>,
    input: HandlerInput<N>,
    webContentsId: number,
  ): boolean {
    const { presses } = this.deps;
    const { target, orTarget = target, goesOn = false, isLight = false } = guarded;
    if (isLight) return presses.isRecent(webContentsId);
    if (isOnceFor(guarded, input)) return presses.paysOnce(webContentsId);
    const isPressed =
      presses.hasPaid(webContentsId, orTarget(input)) || presses.pays(webContentsId, target(input));
    if (isPressed && goesOn) presses.grant(webContentsId, target(input));
    return isPressed;
  }

  #pace(name: CallName, perMinute: number | undefined): void {
    if (perMinute === undefined) return;
    const now = this.deps.clock.now();
    const recent = (this.#times.get(name) ?? []).filter((at) => now - at < minuteMs);
    if (recent.length >= perMinute) throw new PerchError(tooOften);
    this.#times.set(name, [...recent, now]);
  }

  /** Throws for a key page unless its panel has an account or was found by `panel.probe`. */
  #demandKnownPage(name: CallName, input: unknown): void {
    if (name !== 'panel.openKeyPage') return;
    const { panelUrl } = input as HandlerInput<'panel.openKeyPage'>;
    const isConnected = [...this.deps.known().fleet.accounts.values()].some(
      (one) => one.panelUrl === panelUrl,
    );
    if (!isConnected && !this.#probed.has(panelUrl)) throw new PerchError(notProbed);
  }

  #remember(panelUrl: string): void {
    this.#probed.delete(panelUrl);
    this.#probed.add(panelUrl);
    const [oldest] = this.#probed;
    if (this.#probed.size > mostProbed && oldest !== undefined) this.#probed.delete(oldest);
  }
}

function unpressed<N extends CallName>(
  { action }: Guarded<N>,
  input: HandlerInput<N>,
  known: Known,
  isAssisted: boolean,
): Question | null {
  if (action === null) return null;
  return {
    message: say('guard.ask'),
    detail: say(isAssisted ? 'guard.detail-assisted' : 'guard.detail', {
      action: spoken(action(input, known)),
    }),
    confirm: say('guard.go-on'),
    keep: say('guard.refuse'),
  };
}

function isOnceFor<N extends CallName>({ isOnce = false }: Guarded<N>, input: HandlerInput<N>): boolean {
  return typeof isOnce === 'function' ? isOnce(input) : isOnce;
}

/** Key of the calls that the user's "yes" covers for a while: same call, target and wording. null = only this call. */
function kindOf<N extends CallName>(
  name: N,
  guarded: Guarded<N>,
  input: HandlerInput<N>,
  { detail }: Question,
): string | null {
  const { target, orTarget = target } = guarded;
  return isOnceFor(guarded, input)
    ? null
    : ['agreed', name, target(input), orTarget(input), detail].join('\n');
}

const refused = newProblem('forbidden', sentence('guard.refused'));
const leftAlone = newProblem('forbidden', sentence('guard.refused'), sentence('guard.left-alone-next'));
const declined = newProblem('forbidden', sentence('guard.declined'));
const tooOften = newProblem('rate-limited', sentence('guard.too-often'));
const notProbed = newProblem('forbidden', sentence('guard.not-probed'));
