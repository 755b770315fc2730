/**
 * Power signals from this window.
 * A click marks the server at once; main's own mark replaces it within milliseconds. A failure stays with its
 * server until the next signal or until the user dismisses it.
 */
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { Account, PowerSignal, PowerState, Server } from '../../../bridge/schema/domain.js';
import { toProblem, type Problem } from '../../../bridge/errors.js';
import { awayQuestion, powerBlock } from '../../../bridge/panel/permissions.js';
import { type Sentence, spoken } from '../../../messages/messages.js';
import type { PerchClient } from '../../api.js';
import type { Now } from '../feeds/now.svelte.js';
import type { SettingsFeed } from '../feeds/settings-feed.svelte.js';

export interface PowerQuestion {
  readonly server: Server;
  readonly signal: PowerSignal;
  /** Why the node may leave the server down: its panel is unreachable. null while the panel answers. */
  readonly away: Sentence | null;
}

export interface PowerFailure {
  readonly signal: PowerSignal;
  readonly problem: Problem;
}

/** A click that main has not confirmed yet, with the power state at that time. */
interface Mark {
  readonly signal: PowerSignal;
  readonly since: number;
  readonly power: PowerState | null;
}

export class PowerControl {
  /** Open question to the user before a signal is sent; null if there is none. */
  question = $state.raw<PowerQuestion | null>(null);
  /** Servers that this window stopped and has not offered to start again yet. */
  readonly stopping = new SvelteSet<string>();
  readonly #marks = new SvelteMap<string, Mark>();
  readonly #failures = new SvelteMap<string, PowerFailure>();
  readonly #sends = new SvelteMap<string, number>();

  constructor(
    private readonly client: PerchClient,
    private readonly settings: SettingsFeed,
    private readonly now: Now,
    private readonly accountOf: (accountId: string) => Account | undefined,
  ) {}

  /**
   * The server with the mark of a click that main has not seen yet. A changed power state ends the mark, because the
   * call itself takes much longer while the panel is silent.
   */
  seen(server: Server): Server {
    const mark = this.#marks.get(server.id);
    if (mark === undefined || server.pending !== null) return server;
    if (mark.power !== null && mark.power !== server.power) return server;
    return { ...server, pending: { signal: mark.signal, since: mark.since } };
  }

  /** Why this signal cannot be sent now, in the current language; null if it can. */
  block(signal: PowerSignal, server: Server): string | null {
    const reason = this.reason(signal, server);
    return reason === null ? null : spoken(reason);
  }

  /** Why this signal cannot be sent now, as a `Sentence` to keep; null if it can. */
  reason(signal: PowerSignal, server: Server): Sentence | null {
    return powerBlock(signal, this.seen(server));
  }

  failure(serverId: string): PowerFailure | null {
    return this.#failures.get(serverId) ?? null;
  }

  /** Number of signals that this window has sent to the server. */
  sends(serverId: string): number {
    return this.#sends.get(serverId) ?? 0;
  }

  dismiss(serverId: string): void {
    this.#failures.delete(serverId);
  }

  /**
   * Handles a button: asks the user first if necessary, sends otherwise, and does nothing while the signal is
   * blocked.
   */
  request(signal: PowerSignal, server: Server): void {
    if (this.block(signal, server) !== null) return;
    const away = awayQuestion(signal, this.accountOf(server.accountId));
    if (away !== null || this.#asksFirst(signal)) this.question = { server, signal, away };
    else void this.#send(signal, server);
  }

  answer(yes: boolean): void {
    const question = this.question;
    this.question = null;
    if (yes && question !== null) void this.#send(question.signal, question.server, question.away !== null);
  }

  #asksFirst(signal: PowerSignal): boolean {
    const { confirmStop, confirmRestart } = this.settings.current;
    return (
      signal === 'kill' || (signal === 'stop' && confirmStop) || (signal === 'restart' && confirmRestart)
    );
  }

  async #send(signal: PowerSignal, server: Server, despitePanel = false): Promise<void> {
    this.#failures.delete(server.id);
    this.#sends.set(server.id, this.sends(server.id) + 1);
    if (signal === 'stop') this.stopping.add(server.id);
    else this.stopping.delete(server.id);
    this.#marks.set(server.id, { signal, since: this.now.read(), power: server.power });
    try {
      await this.client.call('power.send', {
        serverId: server.id,
        signal,
        ...(despitePanel ? { despitePanel } : {}),
      });
    } catch (error) {
      const problem = toProblem(error);
      // The server's row reports signals with a lost answer, because only main sees their outcome.
      if (problem.maybeDone === true) return;
      this.#failures.set(server.id, { signal, problem });
      this.stopping.delete(server.id);
    } finally {
      this.#marks.delete(server.id);
    }
  }
}
