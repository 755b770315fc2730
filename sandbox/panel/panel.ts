import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { ActivityLog } from './activity-log.js';
import { CallAnswers } from './call-answers.js';
import type { Chronicle } from './chronicle.js';
import { disturbanceOf, forcedError, proxyReply } from './disturbances.js';
import { spoilWire } from './bad-wire.js';
import { sendAnswer, type Headers } from './dress.js';
import { crashed, noRoute, PanelError } from './errors.js';
import { isRecord, parseForm } from './input.js';
import { CallLimits } from './rate-limit.js';
import { Scheduler } from './schedules/scheduler.js';
import type { Reply, RouteContext, Routes } from './route.js';
import { routesOf } from './routes.js';
import { pathOf } from './routing.js';

export interface PanelDeps extends Omit<RouteContext, 'url' | 'activity' | 'scheduler'> {
  /** Calls per minute and user; undefined = the dialect's. */
  clientLimit?: number | undefined;
  /** Websocket tokens per minute and server; undefined = the dialect's, null = no limit. */
  websocketLimit?: number | null | undefined;
  /** Interval at which nodes send the activity of their sockets; a minute by default. */
  activityBatchMs?: number | undefined;
  log: (line: string) => void;
  /** Notes refusals. */
  chronicle?: Chronicle;
}

/** The panel's client API on loopback: listens, disturbs answers as tests want it, and sends them in the panel's format. */
export class Panel {
  readonly #answers: CallAnswers;
  readonly #app: FastifyInstance;
  /** Call counters; tests use them up. */
  readonly limits: CallLimits;
  readonly activity: ActivityLog;
  readonly scheduler: Scheduler;
  #url = '';

  constructor(private readonly deps: PanelDeps) {
    this.activity = new ActivityLog(deps.now, deps.activityBatchMs ?? 60_000);
    this.scheduler = new Scheduler(deps);
    const context: RouteContext = {
      activity: this.activity,
      scheduler: this.scheduler,
      world: deps.world,
      dialect: deps.dialect,
      gateway: deps.gateway,
      state: deps.state,
      url: () => this.#url,
      now: deps.now,
    };
    const { clientPerMinute, websocketPerMinute, restorationsPerQuarter, subusersPerQuarter } = deps.dialect;
    const { allocations, pulls, schedules, databases, emailsPerMinute } = deps.dialect;
    this.limits = new CallLimits(
      {
        clients: deps.clientLimit ?? clientPerMinute,
        sockets: deps.websocketLimit === undefined ? websocketPerMinute : deps.websocketLimit,
        restorations: restorationsPerQuarter,
        subusers: subusersPerQuarter,
        pulls,
        schedules: schedules.perMinute,
        databases: databases.perMinute,
        emails: emailsPerMinute,
        allocations: allocations.perMinute,
      },
      deps.now,
    );
    this.#answers = new CallAnswers({ context, limits: this.limits, chronicle: deps.chronicle });
    this.#app = this.#build();
  }

  /** Address of the panel, `http://127.0.0.1:<port>`; websockets must send it as their origin. */
  get url(): string {
    return this.#url;
  }

  /** For further routes, before `start`. */
  get app(): FastifyInstance {
    return this.#app;
  }

  /** Listens; port 0 takes any free port. Rejects with the code EADDRINUSE if the port is taken. */
  async start(port: number): Promise<void> {
    this.#url = await this.#app.listen({ host: '127.0.0.1', port });
    this.scheduler.start();
  }

  async stop(): Promise<void> {
    await this.scheduler.stop();
    await this.#app.close();
  }

  #build(): FastifyInstance {
    const app = fastify({
      bodyLimit: 8 * 1024 * 1024,
      forceCloseConnections: true,
      routerOptions: { ignoreTrailingSlash: true, maxParamLength: 2000, querystringParser: parseForm },
      frameworkErrors: (_error, request, reply) => {
        this.#send(request, reply, {}, noRoute(pathOf(request)));
      },
    });
    // Keeps bodies as bytes, because they are parsed only after the key was checked (PROTOCOL 1.6).
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
      done(null, body);
    });
    app.setErrorHandler((error, request, reply) => {
      const status = isRecord(error) && error['statusCode'] === 413 ? 413 : null;
      if (status === null) this.deps.log(`The panel failed: ${String(error)}`);
      const answer = status === null ? crashed(error) : new PanelError(413, []);
      this.#send(request, reply, {}, answer);
    });
    app.setNotFoundHandler((request, reply) => this.#handle(request, reply, null));
    for (const [url, verbs] of Object.entries(routesOf(this.deps.dialect))) {
      app.all(url, (request, reply) => this.#handle(request, reply, verbs));
    }
    return app;
  }

  async #handle(
    request: FastifyRequest,
    reply: FastifyReply,
    verbs: Routes[string] | null,
  ): Promise<FastifyReply> {
    const headers: Headers = {};
    if (this.deps.state.silent) {
      reply.hijack();
      return reply;
    }
    const disturbance = disturbanceOf(this.deps.state.disturbances, request);
    if (disturbance?.kind === 'proxy') {
      const { headers: own, body } = proxyReply(disturbance);
      return reply.code(disturbance.status).headers(own).send(Buffer.from(body));
    }
    if (disturbance?.kind === 'wire') {
      const carryOut = () => this.#answers.answer(request, headers, verbs);
      if ((await spoilWire(disturbance, { request, reply, carryOut })) === 'lost') return reply;
    }
    try {
      if (disturbance?.kind === 'error') throw forcedError(disturbance);
      const answer = await this.#answers.answer(request, headers, verbs);
      return this.#send(request, reply, headers, answer);
    } catch (error) {
      if (!(error instanceof PanelError)) this.deps.log(`The panel failed: ${String(error)}`);
      return this.#send(request, reply, headers, error instanceof PanelError ? error : crashed(error));
    }
  }

  #send(
    request: FastifyRequest,
    reply: FastifyReply,
    headers: Headers,
    answer: Reply | PanelError,
  ): FastifyReply {
    const { state, dialect } = this.deps;
    return sendAnswer(request, reply, headers, answer, {
      url: this.#url,
      loginPath: dialect.loginPath,
      pageType: dialect.pageType,
      debug: state.debug,
    });
  }
}
