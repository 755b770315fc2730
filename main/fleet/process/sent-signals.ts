import type { FleetState } from '../../../bridge/fleet/changes.js';
import type { Actor } from '../../../bridge/schema/event-actor.js';
import type { PowerSignal } from '../../../bridge/schema/domain.js';
import type { Clock } from '../../base/ports.js';
import { typedStopMs } from './limits.js';

/** A power signal that the user sent. */
export interface SentSignal {
  /** Ascending over all servers, from 1. */
  readonly id: number;
  readonly signal: PowerSignal;
  /** Monotonic time. */
  readonly at: number;
  readonly actor: Actor;
}

/** How the user sent a signal. */
export type Sender = Omit<Extract<Actor, { kind: 'me' }>, 'kind'>;

/**
 * Signals that the user sent to one server after the signal with this id, oldest first. Each reader keeps the id of the
 * last signal that no longer explains anything to that reader.
 */
export type SentAfter = (id: number) => readonly SentSignal[];

/** More signals than a user sends before one takes effect. */
const mostSent = 10;

/** Commands that end the process of common games. The panel does not tell users the egg's stop command. */
const stopWords: ReadonlySet<string> = new Set(['stop', 'end', 'quit', 'exit', 'shutdown', 'doexit']);

/**
 * The user's power signals, with the last ten of each server. A signal counts for the same server in every account of
 * its panel. Everything that judges whose signal ended or started a process reads this memory.
 */
export class SentSignals {
  readonly #sent = new Map<string, readonly SentSignal[]>();
  /** The last stop word that the user typed, until its effect shows. */
  readonly #typed = new Map<string, Pick<SentSignal, 'at' | 'actor'>>();
  #lastId = 0;

  /** `senderOf` = how the user sends a server the signal of this moment. */
  constructor(
    private readonly clock: Clock,
    private readonly state: () => FleetState,
    private readonly senderOf: (serverId: string) => Sender,
  ) {}

  sent(serverId: string, signal: PowerSignal): void {
    this.#add(serverId, { signal, at: this.clock.now(), actor: this.#actor(serverId) });
  }

  /** The user sends a command to the game. A stop word may become a stop, see `stopping`. */
  typed(serverId: string, command: string): void {
    if (!stopWords.has(command.trim().replace(/^\//, '').toLowerCase())) return;
    const key = this.#keyOf(serverId) ?? serverId;
    this.#typed.set(key, { at: this.clock.now(), actor: this.#actor(serverId) });
  }

  /** The server is stopping without a signal of the user. A stop word typed shortly before was the user's stop. */
  stopping(serverId: string): void {
    const key = this.#keyOf(serverId) ?? serverId;
    const typed = this.#typed.get(key);
    this.#typed.delete(key);
    if (typed !== undefined && this.clock.now() - typed.at <= typedStopMs)
      this.#add(serverId, { signal: 'stop', ...typed });
  }

  /** Forgets the newest signal of this kind: panel or node definitely refused it, so it explains no end. */
  refused(serverId: string, signal: PowerSignal): void {
    this.#set(serverId, (known) => {
      const refused = known.findLast((one) => one.signal === signal);
      return known.filter((one) => one !== refused);
    });
  }

  /** Reads the signals to this server, whichever account sends them. */
  of(serverId: string): SentAfter {
    // Kept once known, because a removed account no longer names its panel.
    let key: string | null = null;
    return (id) => {
      key ??= this.#keyOf(serverId);
      return (this.#sent.get(key ?? serverId) ?? []).filter((sent) => sent.id > id);
    };
  }

  #actor(serverId: string): Actor {
    return { kind: 'me', ...this.senderOf(serverId) };
  }

  #add(serverId: string, signal: Omit<SentSignal, 'id'>): void {
    const sent = { id: ++this.#lastId, ...signal };
    this.#set(serverId, (known) => [...known, sent].slice(-mostSent));
  }

  #set(serverId: string, next: (known: readonly SentSignal[]) => readonly SentSignal[]): void {
    const key = this.#keyOf(serverId) ?? serverId;
    this.#sent.set(key, next(this.#sent.get(key) ?? []));
  }

  /** Panel address and uuid, which all accounts of the panel have in common; null for an unknown server. */
  #keyOf(serverId: string): string | null {
    const { accounts, servers } = this.state();
    const server = servers.get(serverId);
    const panelUrl = accounts.get(server?.accountId ?? '')?.panelUrl;
    return server === undefined || panelUrl === undefined ? null : `${panelUrl} ${server.uuid}`;
  }
}

/** True for a signal that ends the process. */
export function isEnding({ signal }: SentSignal): boolean {
  return signal !== 'start';
}

/** Id of the newest signal; 0 without one. */
export function newestId(sentAfter: SentAfter): number {
  return sentAfter(0).at(-1)?.id ?? 0;
}
