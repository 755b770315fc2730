/** Connection with one client: JSON lines in both directions. The client's lines are untrusted. */
import {
  longestRemoteRequest,
  remoteProtocol,
  remoteRequestSchema,
  remoteVerbs,
  type RemoteAnswer,
  type RemoteVerb,
} from '../../bridge/schema/remote.js';
import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import { LineCutter } from '../../bridge/console/line-cutter.js';
import { sentence } from '../../messages/messages.js';
import { parseJson } from '../base/json.js';
import type { Log } from '../base/ports.js';
import type { Call, CallingClient, RemoteHandlers } from './call.js';
import { badRequest, toFailure } from './failures.js';
import { shownClient } from './readable.js';

/** The part of a socket that a conversation uses. */
interface Wire {
  write(text: string, written?: () => void): void;
  /** Closes the connection after the pending text was sent. */
  end(): void;
}

export interface ConversationDeps {
  readonly wire: Wire;
  readonly handlers: RemoteHandlers;
  readonly version: string;
  readonly language: () => string;
  readonly log: Log;
}

/** Limit of concurrent requests per client. Perch's own clients stay below it. */
const mostCalls = 32;

type AnyHandler = (input: unknown, call: Call<RemoteVerb>) => Promise<unknown>;

export class ClientConnection {
  readonly #lines = new LineCutter(longestRemoteRequest);
  readonly #calls = new Map<number, () => void>();
  #client: CallingClient | null = null;
  #isOver = false;

  constructor(private readonly deps: ConversationDeps) {}

  /** Takes a chunk of the client's text. */
  read(piece: string): void {
    if (this.#isOver) return;
    const lines = this.#lines.push(piece);
    if (lines === null) {
      this.#send({ kind: 'failed', id: null, failure: badRequest().failure });
      this.close();
      this.deps.wire.end();
      return;
    }
    for (const line of lines) this.#request(line);
  }

  /** Ends all requests of the client. Call when the client disconnects. */
  close(): void {
    this.#isOver = true;
    for (const end of [...this.#calls.values()]) end();
    this.#calls.clear();
  }

  #request(line: string): void {
    const request = remoteRequestSchema.safeParse(parseJson(line));
    if (!request.success) {
      this.#send({ kind: 'failed', id: null, failure: badRequest().failure });
      return;
    }
    const { id } = request.data;
    if ('cancel' in request.data) this.#calls.get(id)?.();
    else void this.#carryOut(id, request.data.verb, request.data.input);
  }

  /** Carries out one request and sends the answer. Never rejects. */
  async #carryOut(id: number, verb: string, input: unknown): Promise<void> {
    let end = (): void => undefined;
    try {
      if (this.#calls.has(id) || this.#calls.size >= mostCalls || !isVerb(verb)) throw badRequest();
      const ended = new Promise<void>((resolve) => (end = resolve));
      this.#calls.set(id, end);
      const value = await this.#answerOf(id, verb, input, ended);
      this.#send({ kind: 'done', id, value });
    } catch (error) {
      this.#logSurprise(verb, error);
      this.#send({ kind: 'failed', id, failure: toFailure(error) });
    } finally {
      if (this.#calls.get(id) === end) this.#calls.delete(id);
    }
  }

  async #answerOf(id: number, verb: RemoteVerb, raw: unknown, ended: Promise<void>): Promise<unknown> {
    const schema = remoteVerbs[verb];
    const input = schema.input.safeParse(raw);
    if (!input.success) throw badRequest();
    if (verb === 'hello') return this.#greet(remoteVerbs.hello.input.parse(raw));
    if (this.#client === null) throw badRequest();
    // TypeScript cannot match the handler with the schema of the same verb; `RemoteHandlers` guarantees the match.
    const handler = this.deps.handlers[verb] as unknown as AnyHandler;
    const state = { isEnded: false };
    void ended.then(() => (state.isEnded = true));
    const call: Call<RemoteVerb> = {
      client: this.#client,
      ended,
      get isEnded() {
        return state.isEnded;
      },
      event: (event, written) => {
        if (state.isEnded) written?.();
        else this.#send({ kind: 'event', id, event }, written);
      },
    };
    const output = schema.output.safeParse(await handler(input.data, call));
    if (!output.success) throw new Error(`The answer of ${verb} does not fit what was agreed.`);
    return output.data;
  }

  #greet({ protocol, client }: { protocol: number; client: CallingClient }): unknown {
    if (protocol !== remoteProtocol) {
      throw new RemoteError(
        newFailure('failed', sentence('remote.other-version', { version: this.deps.version })),
      );
    }
    // Questions, events and the log show the name, so it is cleaned here.
    this.#client = client.kind === 'program' ? { ...client, name: shownClient(client.name) } : client;
    return { protocol: remoteProtocol, version: this.deps.version, language: this.deps.language() };
  }

  #send(answer: RemoteAnswer, written?: () => void): void {
    if (!this.#isOver) this.deps.wire.write(`${JSON.stringify(answer)}\n`, written);
  }

  #logSurprise(verb: string, error: unknown): void {
    const { cause } = toFailure(error);
    if (cause === 'failed') this.deps.log.error('remote.failed', { verb, message: String(error) });
  }
}

function isVerb(verb: string): verb is RemoteVerb {
  return Object.hasOwn(remoteVerbs, verb);
}
