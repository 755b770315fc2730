import type { Http, HttpRequest, HttpResponse } from '../../main/base/network-ports.js';

export type Answer = HttpResponse | Error;

/** Response as a panel sends it; an object becomes JSON. */
export function answer(status: number, body: unknown, headers: Record<string, string> = {}): HttpResponse {
  const isText = typeof body === 'string';
  return {
    status,
    headers: { 'content-type': isText ? 'text/html; charset=UTF-8' : 'application/json', ...headers },
    body: isText ? body : body === null ? '' : JSON.stringify(body),
  };
}

/** Fake HTTP client: answers from a function or a list in order, and records requests. */
export class FakeHttp implements Http {
  readonly requests: HttpRequest[] = [];
  isClosed = false;
  readonly #respond: (request: HttpRequest) => Answer;

  constructor(answers: Answer[] | ((request: HttpRequest) => Answer)) {
    const queue = Array.isArray(answers) ? [...answers] : [];
    this.#respond = Array.isArray(answers)
      ? () => queue.shift() ?? new Error('the test has no more answers')
      : answers;
  }

  send(request: HttpRequest): Promise<HttpResponse> {
    this.requests.push(request);
    const response = this.#respond(request);
    if (response instanceof Error) return Promise.reject(response);
    const isWanted = request.keepsBytes === true && response.status < 300;
    return Promise.resolve(
      isWanted ? { ...response, body: '', bytes: Buffer.from(response.body) } : response,
    );
  }

  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }
}
