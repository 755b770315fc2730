import { PerchError, toProblem, type Problem } from '../../bridge/errors.js';
import type { PanelKind } from '../../bridge/panel/panel-kind.js';
import { inEnglish } from '../../messages/messages.js';
import { namingKeyPage } from '../base/key-page.js';
import { HttpFailure, type Http, type HttpResponse } from '../base/network-ports.js';
import type { Log } from '../base/ports.js';
import { withoutEchoes } from '../base/without-echoes.js';
import { hasEnvelope, readBody, readErrors } from './answers.js';
import { isFields, isWrite, RefusedCall, routeScope, type PanelCall } from './call.js';
import { failureProblem } from './failures.js';
import { isLimitInFront, strangeSuccess, unread } from './foreign-answers.js';
import { placeForLog } from './plain-text.js';
import { answerProblem } from './problems.js';
import { rateLimited, type Pause } from './rate-limited.js';
import type { RateBudget } from './rate-budget.js';
import type { PanelClock } from './panel-clock.js';

/** Passes the key to a function for one request: the vault's `use` for one account. */
export type Authorize = <T>(use: (key: string) => Promise<T>) => Promise<T>;

export interface TransportDeps {
  panelUrl: string;
  /** The user's name for this panel. */
  place: () => string;
  http: Http;
  authorize: Authorize;
  kindOf: () => Promise<PanelKind | null>;
  budget: RateBudget;
  panelClock: PanelClock;
  log: Log;
  /** Called after each successful call. */
  answered: () => void;
  /** Called when the panel rejects the key. */
  refused: () => void;
}

/** A panel needs up to 15 s to report that its node does not answer (PROTOCOL 3.2). */
const defaultTimeoutMs = 20_000;
/** Far more than a page of 100 servers; a larger answer does not come from a panel. */
const maxBytes = 8 * 1024 * 1024;

/** Sends calls to a panel. Resolves with the answer, or rejects with a `PerchError`. */
export class Transport {
  constructor(private readonly deps: TransportDeps) {}

  /** Sends a call and returns the parsed answer. */
  async ask<T>(call: PanelCall<T>, timeoutMs?: number): Promise<T> {
    if (call.answer === null) {
      await this.#carryOut(call);
      this.deps.answered();
      return undefined as T;
    }
    if (call.answer === 'bytes') {
      const content = await this.#readBytes(call);
      this.deps.answered();
      // A call with this answer is a call for bytes; its type does not say so.
      return content as T;
    }
    const parsed = call.answer.safeParse(await this.#read(call, timeoutMs));
    if (parsed.success) {
      this.deps.answered();
      return parsed.data;
    }
    throw this.malformed(call, placeForLog(parsed.error.issues[0]?.path ?? []));
  }

  /** JSON of a successful answer. JSON without an envelope of the API is `not-a-panel`, unless the call expects it. */
  async #read(call: PanelCall, timeoutMs?: number): Promise<unknown> {
    const response = await this.#send(call, timeoutMs);
    const body = readBody(response);
    const isBare = call.isBare === true;
    if (body.kind === 'json' && (isBare || hasEnvelope(body.value)) && readErrors(body) === null)
      return body.value;
    this.#logAnswer(call, response);
    throw new PerchError(strangeSuccess(body, call, this.deps.place()));
  }

  /**
   * The unchanged content of a file. A panel calls every file plain text (PROTOCOL 2.17.3), so a login page in front of
   * it is no file.
   */
  async #readBytes(call: PanelCall): Promise<Uint8Array> {
    const response = await this.#send(call, undefined);
    const { bytes } = response;
    const isText = (response.headers['content-type'] ?? '').toLowerCase().startsWith('text/plain');
    if (bytes !== undefined && isText) return bytes;
    this.#logAnswer(call, response);
    const body = readBody({ ...response, body: Buffer.from(bytes ?? []).toString() });
    throw new PerchError(strangeSuccess(body, call, this.deps.place()));
  }

  /** Sends a call without content in its answer: 204, or `[]` (PROTOCOL D20). A web page is no success. */
  async #carryOut(call: PanelCall): Promise<void> {
    const response = await this.#send(call, undefined);
    const body = readBody(response);
    if (body.kind === 'empty' || (body.kind === 'json' && readErrors(body) === null)) return;
    this.#logAnswer(call, response);
    throw new PerchError(strangeSuccess(body, call, this.deps.place()));
  }

  /** The error for an answer of another shape than the API's. `path` names the wrong field, for the log. */
  malformed(call: PanelCall, path: string): PerchError {
    const { log, place } = this.deps;
    log.warn('panel.malformed', { call: inEnglish(call.what), path });
    return new PerchError(unread(call, place()));
  }

  async #send(call: PanelCall, timeoutMs = call.timeoutMs ?? defaultTimeoutMs): Promise<HttpResponse> {
    const { budget, panelClock } = this.deps;
    if (!isWrite(call)) this.#awaitBudget(call);
    const response = await this.#sendOnceOrTwice(call, timeoutMs);
    if (call.hasOwnLimit !== true) budget.observe(call.budget, response);
    panelClock.hear(response);
    if (response.status >= 200 && response.status < 300) return response;
    this.#logAnswer(call, response);
    const problem = await namingKeyPage(this.#problemOf(call, response), this.deps.kindOf);
    if (problem.code === 'unauthorized') this.deps.refused();
    throw new RefusedCall(problem, response.status, readErrors(readBody(response))?.[0] ?? null);
  }

  /**
   * Rejects a read during a rate limit without sending it. The user's writes are sent at once, and the panel decides.
   */
  #awaitBudget(call: PanelCall): void {
    const { budget, place } = this.deps;
    const front = budget.blockedUntil('front');
    if (front !== null) throw new PerchError(rateLimited(place(), { of: 'front', retryAt: front }));
    const account = budget.blockedUntil('panel');
    if (account !== null) {
      const { ownDoing } = budget;
      throw new PerchError(rateLimited(place(), { of: 'account', retryAt: account, ownDoing }));
    }
    const server = budget.blockedUntil(call.budget);
    if (server !== null) throw new PerchError(rateLimited(place(), { of: 'server', retryAt: server }, call));
    const route = budget.blockedUntil(routeScope(call));
    if (route !== null) throw new PerchError(rateLimited(place(), { of: 'route', retryAt: route }));
  }

  /**
   * Repeats a read once after a broken connection.
   * A write is never repeated, because the panel may have carried it out. A token request is not repeated either: the
   * panel issues five a minute for one server (PROTOCOL 3.4) and counts a token whose answer was lost.
   */
  async #sendOnceOrTwice(call: PanelCall, timeoutMs: number): Promise<HttpResponse> {
    try {
      return await this.#request(call, timeoutMs);
    } catch (error) {
      const isWorthAnother =
        error instanceof HttpFailure &&
        error.kind === 'reset' &&
        error.reason === undefined &&
        call.budget === 'panel' &&
        !isWrite(call);
      if (!isWorthAnother) throw await this.#asPerchError(call, error);
    }
    try {
      return await this.#request(call, timeoutMs);
    } catch (error) {
      throw await this.#asPerchError(call, error);
    }
  }

  #request(call: PanelCall, timeoutMs: number): Promise<HttpResponse> {
    const { http, authorize, panelUrl, budget } = this.deps;
    budget.sent();
    return authorize(async (key) => {
      const response = await http.send({
        method: call.method,
        url: `${panelUrl}/api/client${call.path}`,
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${key}`,
          ...(call.body === undefined ? {} : { 'content-type': contentType(call.body) }),
        },
        ...(call.body === undefined ? {} : { body: bodyOf(call.body) }),
        timeoutMs,
        maxBytes: call.maxBytes ?? maxBytes,
        ...(call.answer === 'bytes' ? { keepsBytes: true } : {}),
      });
      return withoutEchoes(response, [key, ...(call.secrets ?? [])]);
    });
  }

  async #asPerchError(call: PanelCall, error: unknown): Promise<PerchError> {
    const { log, place, kindOf } = this.deps;
    if (error instanceof PerchError) {
      // The vault's problem has no link to the panel's key page.
      return new PerchError(await namingKeyPage(error.problem, kindOf), { cause: error });
    }
    if (!(error instanceof HttpFailure)) return new PerchError(toProblem(error), { cause: error });
    log.info('panel.no-answer', { call: inEnglish(call.what), kind: error.kind, why: error.message });
    return new PerchError(failureProblem(error, call, place()));
  }

  #problemOf(call: PanelCall, response: HttpResponse): Problem {
    const { panelUrl, place, budget } = this.deps;
    const requestUrl = `${panelUrl}/api/client${call.path}`;
    const pause = (): Pause => {
      if (isLimitInFront(response)) return { of: 'front', retryAt: budget.refused('front', response) };
      const scope = budget.refusedScope(call.budget, routeScope(call), response, call.hasOwnLimit);
      const of = scope === 'panel' ? 'account' : scope === call.budget ? 'server' : 'route';
      return { of, retryAt: budget.refused(scope, response), ownDoing: budget.ownDoing };
    };
    return answerProblem(response, { call, place: place(), requestUrl, pause });
  }

  /** Logs no text of the answer: a panel may send the key back in an unrecognisable form. */
  #logAnswer(call: PanelCall, response: HttpResponse): void {
    this.deps.log.debug('panel.answer', {
      call: inEnglish(call.what),
      status: response.status,
      kind: readBody(response).kind,
      bytes: Buffer.byteLength(response.body),
    });
  }
}

type Body = NonNullable<PanelCall['body']>;

/** A body that calls itself JSON would have to parse (PROTOCOL 2.15.1). */
function contentType(body: Body): string {
  return isFields(body) ? 'application/json' : 'text/plain';
}

function bodyOf(body: Body): string | Uint8Array {
  return isFields(body) ? JSON.stringify(body) : body;
}
