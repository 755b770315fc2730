/**
 * The only entrance for requests of windows. Checks trust, name and input, asks the guard, runs the handler and checks
 * its output.
 */
import { calls } from '../../bridge/schema/calls.js';
import type { CallName, HandlerInput, HandlerOutput } from '../../bridge/schema/contract.js';
import { requestSchema, type Envelope, type Request } from '../../bridge/schema/wire.js';
import { PerchError, toProblem } from '../../bridge/errors.js';
import type { Caller, Handlers } from '../base/calls.js';
import type { Log } from '../base/ports.js';
import type { Feeds } from './feeds.js';
import type { Guard } from './guard.js';
import { invalidCall, unknownName, untrusted } from './problems.js';
import { distrust, type SenderEvent } from './trust.js';

export interface RouterDeps {
  readonly handlers: Handlers;
  readonly feeds: Pick<Feeds, 'watch' | 'unwatch'>;
  readonly guard: Pick<Guard, 'demand' | 'answered'>;
  /** True for the webContents of an open window that Perch made. */
  readonly isOurs: (webContentsId: number) => boolean;
  readonly log: Log;
}

/** Answers every request with an envelope. Never rejects; a refusal is an error, never `undefined`. */
export class Router {
  constructor(private readonly deps: RouterDeps) {}

  async answer(event: SenderEvent, raw: unknown): Promise<Envelope> {
    try {
      const refusal = distrust(event, this.deps.isOurs);
      if (refusal !== null) {
        this.deps.log.warn('ipc.refused', { reason: refusal, webContents: event.sender.id });
        throw new PerchError(untrusted);
      }
      const request = requestSchema.safeParse(raw);
      if (!request.success) throw new PerchError(invalidCall('request', request.error));
      return { ok: true, value: await this.#carryOut(request.data, event.sender.id) };
    } catch (error) {
      if (!(error instanceof PerchError)) this.#logSurprise(error);
      return { ok: false, error: toProblem(error) };
    }
  }

  async #carryOut(request: Request, webContentsId: number): Promise<unknown> {
    switch (request.kind) {
      case 'call':
        return this.#call(request.name, request.input, { webContentsId });
      case 'watch':
        this.deps.feeds.watch(webContentsId, request.subscription, request.name, request.params);
        return undefined;
      case 'unwatch':
        this.deps.feeds.unwatch(webContentsId, request.subscription);
        return undefined;
    }
  }

  async #call(name: string, rawInput: unknown, caller: Caller): Promise<unknown> {
    if (!isCall(name)) throw new PerchError(unknownName('call'));
    const { input, output } = calls[name];
    const parsed = input.safeParse(rawInput);
    if (!parsed.success) throw new PerchError(invalidCall(name, parsed.error));
    await this.deps.guard.demand(name, parsed.data as HandlerInput<typeof name>, caller);
    // TypeScript cannot match the handler's input with the schema of the same name; `Handlers` guarantees the match.
    const handler = this.deps.handlers[name] as (input: unknown, caller: Caller) => unknown;
    const answer = output.safeParse(await handler(parsed.data, caller));
    if (!answer.success) throw new Error(`The answer of ${name} does not fit the contract.`);
    this.deps.guard.answered(name, answer.data as HandlerOutput<typeof name>, caller);
    return answer.data;
  }

  #logSurprise(error: unknown): void {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.deps.log.error('ipc.failed', { message });
  }
}

function isCall(name: string): name is CallName {
  return Object.hasOwn(calls, name);
}
