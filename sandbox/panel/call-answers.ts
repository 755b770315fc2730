import type { FastifyRequest } from 'fastify';
import type { Server } from '../data/world.js';
import type { Chronicle } from './chronicle.js';
import type { Headers } from './dress.js';
import {
  applicationKey,
  csrfMismatch,
  noAccess,
  noRoute,
  PanelError,
  twoFactorRequired,
  unexpected,
  unknownServer,
} from './errors.js';
import { authenticate, checkAddress, conflictOf, isStateful, readInput, validate } from './gates.js';
import { cleaned, isRecord } from './input.js';
import { has, permissionsOf, reachesAll } from './permissions.js';
import { rateHeaders, type CallLimits, type Count } from './rate-limit.js';
import type { Call, Reply, RouteContext, Routes, ServerRoute } from './route.js';
import { findRoute, paramsOf, pathOf, preflight } from './routing.js';

interface CallAnswersDeps {
  readonly context: RouteContext;
  readonly limits: CallLimits;
  /** Notes refusals. */
  readonly chronicle: Chronicle | undefined;
}

/** Passes a request through the gates in the order of PROTOCOL 1.6 to its route. A gate that refuses throws `PanelError`. */
export class CallAnswers {
  readonly #context: RouteContext;
  readonly #limits: CallLimits;

  constructor(private readonly deps: CallAnswersDeps) {
    this.#context = deps.context;
    this.#limits = deps.limits;
  }

  /** Fills `headers` step by step, so that an error answer has them as well. */
  async answer(request: FastifyRequest, headers: Headers, verbs: Routes[string] | null): Promise<Reply> {
    const { state, now, dialect, world } = this.#context;
    const path = pathOf(request);
    if (state.cacheDown) throw unexpected('ConnectionException');
    if (path.startsWith('/api/client') || path.startsWith('/api/application')) {
      headers['access-control-allow-origin'] = '';
      headers['access-control-allow-credentials'] = 'true';
    }
    if (request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined) {
      return preflight(request, headers);
    }
    this.#checkMaintenance();
    const route = findRoute(request, headers, path, verbs);
    if (route !== 'options' && route.isPlayerCounter && !state.playerCounter) throw noRoute(path);
    if (route === 'options') {
      headers['content-type'] = dialect.pageType;
      return { status: 200, body: '' };
    }
    this.#checkOrigin(request, headers);
    if (state.databaseDown) throw unexpected('QueryException');
    const params = paramsOf(request);
    if (route.server && dialect.findsServerFirst) this.#checkTarget(route, params);
    const who = authenticate(world, request.headers.authorization, now());
    if (!who) {
      if (request.headers.authorization !== undefined) this.deps.chronicle?.note({ kind: 'unknown-key' });
      throw dialect.badKey();
    }
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const input = readInput(request.headers['content-type'], body.toString());
    if (state.twoFactorRequired && dialect.enforcesTwoFactor && !route.withoutTwoFactor)
      throw twoFactorRequired();
    checkAddress(who.key, request.ip);
    const cleanedQuery = cleaned(request.query);
    const query = isRecord(cleanedQuery) ? cleanedQuery : {};
    const call = { ...who, input: { ...query, ...input }, query, body, params };
    const server = route.server ? this.#findServer(params) : null;
    if (who.key.kind === 'application') throw applicationKey();
    // Kept in memory only; a write at every call is not worth it.
    who.key.lastUsedAt = new Date(now()).toISOString();
    this.#count(this.#limits.call(who.user.id), headers, { by: who.user.username, server: null });
    if (route.server && server) {
      route.checkTarget?.(world, server, params);
      return this.#answerFor(route, { ...call, server }, headers);
    }
    if (route.server) throw unknownServer();
    const own = route.isEmailChange ? this.#limits.emailChange(who.user.id) : null;
    if (own) this.#count(own, headers, { by: who.user.username, server: null });
    return run(route, this.#context, { ...call, server: null });
  }

  async #answerFor(route: ServerRoute, call: Call<Server>, headers: Headers): Promise<Reply> {
    const { dialect, world } = this.#context;
    const rights = permissionsOf(call.user, call.server);
    if (!rights) throw noAccess();
    const conflict = route.inEveryState ? null : conflictOf(call.server, world, dialect);
    const follows =
      reachesAll(call.user) && (route.isWebsocket || (route.isFileRoute && dialect.opensFilesToAdmins));
    if (conflict && !(follows && dialect.adminConnects(conflict))) throw dialect.conflict(conflict);
    const own = this.#countOwn(route, call);
    if (own) this.#count(own, headers, { by: call.user.username, server: call.server.uuid });
    if (route.permission) {
      const permission = route.permission(call.input, dialect);
      const allowed = dialect.permissions.shown(rights);
      if (!rights.includes('*') && (permission === null || !has(allowed, permission))) {
        const name = permission ?? 'control.*';
        throw route.isWebsocket ? dialect.websocketForbidden(name) : dialect.forbidden(name);
      }
    }
    route.authorize?.(this.#context, call);
    return run(route, this.#context, call);
  }

  /** Counts a call of a route that has a limit of its own. */
  #countOwn(route: ServerRoute, { server: { uuid }, user }: Call<Server>): Count | null {
    const { dialect } = this.#context;
    if (route.isWebsocket) return this.#limits.socket(uuid);
    if (route.isPull) return this.#limits.pull(dialect.pulls.perServer ? uuid : String(user.id));
    if (route.isPlayerCounter) return this.#limits.playerCount(uuid);
    if (route.isDatabaseCreation) return this.#limits.databaseCreation(uuid);
    if (route.isAllocationCreation) return this.#limits.allocationCreation(uuid);
    if (route.isScheduleCreation) return this.#limits.scheduleCreation(uuid);
    if (route.isSubuserCreation) return this.#limits.subuserCreation(uuid);
    return route.isRestoration ? this.#limits.restoration(uuid) : null;
  }

  #findServer({ server: id = '' }: Readonly<Record<string, string>>): Server {
    const { world, dialect } = this.#context;
    const server = dialect.findServer(world, id);
    if (!server) throw unknownServer();
    return server;
  }

  /** Checks the server of the address, and further objects of the address. */
  #checkTarget(route: ServerRoute, params: Readonly<Record<string, string>>): void {
    const server = this.#findServer(params);
    route.checkTarget?.(this.#context.world, server, params);
  }

  /** The headers show the counter with fewer calls left (PROTOCOL 3.4). */
  #count(count: Count, headers: Headers, whose: { by: string; server: string | null }): void {
    const shown = Number(headers['x-ratelimit-remaining'] ?? Number.POSITIVE_INFINITY);
    if (count.refused) {
      this.deps.chronicle?.note({ kind: 'refused', ...whose });
      throw this.#context.dialect.tooMany(rateHeaders(count));
    }
    if (count.remaining < shown) Object.assign(headers, rateHeaders(count));
  }

  #checkMaintenance(): void {
    const { maintenance } = this.#context.state;
    if (!maintenance) return;
    const headers: Record<string, string> = {};
    if (maintenance.retryAfter !== undefined) headers['retry-after'] = String(maintenance.retryAfter);
    if (maintenance.refresh !== undefined) headers['refresh'] = String(maintenance.refresh);
    const entry = { code: 'HttpException', detail: 'Service Unavailable' };
    throw new PanelError(503, [entry], 'page', headers);
  }

  #checkOrigin(request: FastifyRequest, headers: Headers): void {
    const { url, dialect } = this.#context;
    const { sessionCookie } = dialect;
    if (!isStateful(request.headers, new URL(url()).host, sessionCookie)) return;
    const writes = !['GET', 'HEAD'].includes(request.method);
    const cookies = [`${sessionCookie}=sandbox; Max-Age=43200; path=/; httponly; samesite=lax`];
    if (!writes) cookies.unshift('XSRF-TOKEN=sandbox; Max-Age=43200; path=/; samesite=lax');
    headers['set-cookie'] = cookies;
    if (writes) throw csrfMismatch();
  }
}

async function run<S extends Server | null>(
  route: {
    rules?: (context: RouteContext, call: Call<S>) => Record<string, string | readonly string[]>;
    run(context: RouteContext, call: Call<S>): Reply | Promise<Reply>;
  },
  context: RouteContext,
  call: Call<S>,
): Promise<Reply> {
  if (route.rules) validate(call.input, route.rules(context, call), context.dialect);
  return route.run(context, call);
}
