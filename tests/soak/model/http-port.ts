import {
  HttpFailure,
  type Http,
  type HttpRequest,
  type HttpResponse,
} from '../../../main/base/network-ports.js';
import type { Dice } from '../dice.js';
import type { SoakTime } from '../soak-time.js';
import type { ModelPanel } from './model-panel.js';
import type { SoakNetwork } from './network.js';
import { errorAnswer, jsonAnswer, pageAnswer } from './panel-answers.js';

/** Faults between Perch and a panel, or a panel's error answers. */
export type PanelFault =
  | { kind: 'status'; status: number }
  | { kind: 'own-error'; status: 401 | 403 | 404 | 429; headers: Record<string, string> }
  | {
      kind: 'timeout' | 'reset' | 'lost-answer' | 'redirect' | 'certificate' | 'down' | 'html' | 'empty-list';
    };

export type TicketFault = 401 | 403 | 404 | 409;

export interface HttpPortDeps {
  time: SoakTime;
  dice: Dice;
  network: SoakNetwork;
  panel: ModelPanel;
  sent(request: HttpRequest): void;
}

/** HTTP access to one panel, with its faults. */
export class HttpPort implements Http {
  fault: PanelFault | null = null;
  /** Fault of token requests only. */
  ticketFault: TicketFault | null = null;
  readonly #deps: HttpPortDeps;
  #open = 0;

  constructor(deps: HttpPortDeps) {
    this.#deps = deps;
  }

  /** Number of clients that are not closed. */
  get open(): number {
    return this.#open;
  }

  /** A separate client for each caller. */
  client(): Http {
    this.#open += 1;
    let isClosed = false;
    return {
      send: (request) => this.send(request),
      close: () => {
        if (!isClosed) this.#open -= 1;
        isClosed = true;
        return Promise.resolve();
      },
    };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  send(request: HttpRequest): Promise<HttpResponse> {
    this.#deps.sent(request);
    return new Promise((resolve, reject) => {
      const { time, dice } = this.#deps;
      const latencyMs = dice.between(5, 150);
      const deadline = time.after(request.timeoutMs, () => reject(failureOf('timeout')));
      const settle = (run: () => void): void => {
        deadline();
        // An answer that arrives during sleep finds a lost connection.
        run();
      };
      time.after(latencyMs, () => {
        this.#arrive(request, latencyMs, (outcome) => {
          if (time.isAsleep || outcome === 'lost') return;
          settle(() => (typeof outcome === 'string' ? reject(failureOf(outcome)) : resolve(outcome)));
        });
      });
    });
  }

  /** The request reaches the panel's state at arrival; `told` gets the outcome, if any. */
  #arrive(request: HttpRequest, latencyMs: number, told: (outcome: Outcome) => void): void {
    const { network, time } = this.#deps;
    const later = (outcome: Outcome): void => void time.after(latencyMs, () => told(outcome));
    if (network.state === 'unplugged') return told('unknown-host');
    if (!network.isUp) return;
    const { fault } = this;
    switch (fault?.kind) {
      case 'timeout':
        return;
      case 'down':
        return later('unreachable');
      case 'reset':
        return later('reset');
      case 'certificate':
        return later('tls-untrusted');
      case 'lost-answer':
        this.#panelAnswers(request);
        return time.isAsleep ? undefined : later(this.#deps.dice.chance(0.5) ? 'reset' : 'lost');
      default:
        return later(this.#said(request));
    }
  }

  #said(request: HttpRequest): HttpResponse {
    const { fault } = this;
    switch (fault?.kind) {
      case 'status':
        return pageAnswer(fault.status);
      case 'own-error':
        return this.#ownError(fault.status, fault.headers);
      case 'html':
        return { ...pageAnswer(502), status: 200 };
      case 'redirect':
        return { status: 302, headers: { location: 'https://portal.example/login' }, body: '' };
      case 'empty-list':
        if (/\/api\/client\/?\?/.test(request.url)) return jsonAnswer(200, { object: 'list', data: [] });
        return this.#panelAnswers(request);
      default:
        return this.#panelAnswers(request);
    }
  }

  #panelAnswers(request: HttpRequest): HttpResponse {
    const { panel } = this.#deps;
    if (this.ticketFault === null || !request.url.endsWith('/websocket')) return panel.answer(request);
    if (this.ticketFault === 409) return errorAnswer(panel.dialect.conflict('suspended'));
    return this.#ownError(this.ticketFault, {});
  }

  #ownError(status: 401 | 403 | 404 | 429, headers: Record<string, string>): HttpResponse {
    const { dialect } = this.#deps.panel;
    if (status === 401) return errorAnswer(dialect.badKey(), headers);
    if (status === 403) return errorAnswer(dialect.forbidden('websocket.connect'), headers);
    if (status === 429) return errorAnswer(dialect.tooMany(headers));
    return jsonAnswer(404, {
      errors: [
        {
          code: 'NotFoundHttpException',
          status: '404',
          detail: 'The requested resource does not exist on this server.',
        },
      ],
    });
  }
}

type Outcome = HttpResponse | HttpFailure['kind'] | 'lost';

function failureOf(kind: HttpFailure['kind']): HttpFailure {
  return new HttpFailure(kind, kind);
}
