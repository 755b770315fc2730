/** One question over UDP: datagrams get lost, so Perch sends the question again. */
import { QueryFailure, type Datagrams, type QueryPlace, type QueryWire } from '../base/query-ports.js';
import type { Clock, Random } from '../base/ports.js';
import type { QueryAnswer } from './query-answer.js';

export interface Asking {
  readonly wire: QueryWire;
  readonly clock: Clock;
  readonly random: Random;
  readonly place: QueryPlace;
  /** Aborted at the end of the query, which closes its sockets. */
  readonly signal: AbortSignal;
}

/** One protocol. Rejects with `QueryFailure`. */
export type Ask = (asking: Asking) => Promise<QueryAnswer>;

/** Time in ms that Perch waits for an answer before it sends the question again or gives up. */
const againMs = 800;
/** Sendings of a question. */
export const usualSends = 3;

export interface Answered<T> {
  readonly value: T;
  /** Time from the first sending to the answer. */
  readonly pingMs: number;
}

/** A conversation over UDP, one question at a time. */
export class UdpTalk {
  /** An untaken datagram: an answer may come after Perch gave up the question. */
  #next: Promise<Uint8Array> | null = null;

  private constructor(
    private readonly link: Datagrams,
    private readonly clock: Clock,
  ) {}

  static async open({ wire, clock, place, signal }: Asking): Promise<UdpTalk> {
    return new UdpTalk(await wire.datagrams(place, signal), clock);
  }

  /**
   * The answer to a question. `read` returns null for a datagram that answers another question, and throws for one
   * that breaks the protocol. Rejects with `silent` if no sending gets an answer.
   */
  async ask<T>(
    question: Uint8Array,
    read: (datagram: Uint8Array) => T | null,
    mostSends = usualSends,
  ): Promise<Answered<T>> {
    const began = this.clock.now();
    let cancel = (): void => undefined;
    const silence = new Promise<never>((_resolve, reject) => {
      const send = (sends: number): void => {
        this.link.send(question);
        cancel = this.clock.after(againMs, () =>
          sends === mostSends ? reject(new QueryFailure('silent', 'no answer')) : send(sends + 1),
        );
      };
      send(1);
    });
    silence.catch(() => undefined);
    try {
      for (;;) {
        const value = read(await Promise.race([this.#receive(), silence]));
        if (value !== null) return { value, pingMs: this.clock.now() - began };
      }
    } finally {
      cancel();
    }
  }

  #receive(): Promise<Uint8Array> {
    if (this.#next === null) {
      const next = this.link.receive();
      this.#next = next;
      const forget = (): void => void (this.#next = null);
      next.then(forget, forget);
    }
    return this.#next;
  }
}

/** The answer to an optional question; null if none comes. */
export async function ifAnswered<T>(asked: Promise<Answered<T>>): Promise<T | null> {
  try {
    return (await asked).value;
  } catch (error) {
    if (error instanceof QueryFailure) return null;
    throw error;
  }
}
