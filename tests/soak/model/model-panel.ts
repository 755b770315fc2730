import type { PowerSignal } from '../../../bridge/schema/domain.js';
import type { HttpRequest, HttpResponse } from '../../../main/base/network-ports.js';
import type { PanelDialect } from '../../../sandbox/panel/dialect.js';
import { unknownServer } from '../../../sandbox/panel/errors.js';
import { CallLimits, rateHeaders, type Count } from '../../../sandbox/panel/rate-limit.js';
import type { SoakTime } from '../soak-time.js';
import type { ModelNode } from './model-node.js';
import type { ModelServer } from './model-server.js';
import type { NodeOrders } from './node-connection.js';
import {
  conflictOf,
  errorAnswer,
  jsonAnswer,
  listAnswer,
  missingItem,
  resourcesItem,
  serverItem,
} from './panel-answers.js';
import { issueToken } from './token.js';

export interface ModelPanelDeps {
  time: SoakTime;
  id: string;
  dialect: PanelDialect;
  nodes: readonly ModelNode[];
  orders: NodeOrders;
  tokenSeconds: number;
  /** Offset of the panel's clock, in ms. */
  skewMs: number;
  /**
   * The panel refused Perch although no other client used up the limit. `server` = the server whose token limit it was.
   */
  ownRefusal(server: ModelServer | null): void;
}

/** The only user; other clients of the same user share the limit. */
const userId = 1;
/** Minimum time between two usage requests of the panel to the node (PROTOCOL 2.3). */
const cacheMs = 20_000;

/** Panel as its client API shows it: permissions, limits and answers. `HttpPort` has the faults. */
export class ModelPanel {
  readonly id: string;
  readonly origin: string;
  readonly key: string;
  readonly nodes: readonly ModelNode[];
  readonly servers: ModelServer[] = [];
  /** Node that the panel names with a wrong address. */
  wrongAddressOf: ModelNode | null = null;
  readonly #deps: ModelPanelDeps;
  readonly #limits: CallLimits;
  readonly #usage = new Map<string, { at: number; item: unknown }>();
  #othersUntil = -Infinity;

  constructor(deps: ModelPanelDeps) {
    this.#deps = deps;
    this.id = deps.id;
    this.origin = `https://${deps.id}.example`;
    this.key = `${deps.dialect.keyPrefixes.client}${deps.id.padEnd(43, 'k')}`;
    this.nodes = deps.nodes;
    const { clientPerMinute: clients, websocketPerMinute: sockets } = deps.dialect;
    this.#limits = new CallLimits({ clients, sockets }, () => deps.time.now);
  }

  get dialect(): PanelDialect {
    return this.#deps.dialect;
  }

  get listed(): ModelServer[] {
    return this.servers.filter(({ isListed }) => isListed);
  }

  /** Another client of the same user uses up the limit, apart from `left` calls. */
  othersUseUp(left: number): void {
    this.#othersUntil = this.#deps.time.now + 60_000;
    this.#limits.useUpCalls(userId, left);
  }

  /** Other people open this server's console. */
  othersOpen(server: ModelServer): void {
    this.#othersUntil = this.#deps.time.now + 60_000;
    this.#limits.useUpSockets(server.uuid, 0);
  }

  /** Another person views this server in the panel's own pages, which fills the cache. */
  othersLook(server: ModelServer): void {
    if (server.node.isUp) this.#usage.set(server.uuid, this.#fresh(server));
  }

  answer(request: HttpRequest): HttpResponse {
    const url = new URL(request.url);
    const path = url.pathname.replace(/^\/api\/client\/?/, '');
    const count = this.#limits.call(userId);
    if (count.refused) return this.#refuse(count, null);
    if (request.headers['authorization'] !== `Bearer ${this.key}`) {
      return errorAnswer(this.dialect.badKey(), rateHeaders(count));
    }
    const answer = this.#route(request, path, Number(url.searchParams.get('page') ?? '1'));
    return { ...answer, headers: { ...rateHeaders(count), ...answer.headers } };
  }

  #route(request: HttpRequest, path: string, page: number): HttpResponse {
    if (path === '') return jsonAnswer(200, listAnswer(this.listed, page));
    if (path === 'account') {
      return jsonAnswer(200, {
        attributes: { username: 'olive', email: 'olive@panel.example', admin: false, root_admin: false },
      });
    }
    const [, identifier = '', verb = ''] = /^servers\/([\w-]+)\/?(.*)$/.exec(path) ?? [];
    const server = this.listed.find((one) => one.identifier === identifier || one.uuid === identifier);
    if (server === undefined) return errorAnswer(unknownServer());
    if (verb === 'websocket') return this.#ticket(server);
    if (verb === '') return jsonAnswer(200, serverItem(server, true));
    const conflict = conflictOf(server);
    if (conflict !== null) return errorAnswer(this.dialect.conflict(conflict));
    if (verb === 'resources') return this.#resources(server);
    const body = JSON.parse(String(request.body ?? '{}')) as Record<string, string>;
    return this.#verb(server, verb, body);
  }

  /**
   * Token limit with its own count and headers (PROTOCOL 3.4). The panel issues a token even while the node is down.
   */
  #ticket(server: ModelServer): HttpResponse {
    const count = this.#limits.socket(server.uuid);
    if (count?.refused) return this.#refuse(count, server);
    const headers = count === null ? {} : rateHeaders(count);
    const conflict = conflictOf(server);
    if (conflict !== null) return errorAnswer(this.dialect.conflict(conflict), headers);
    const { time, tokenSeconds, skewMs } = this.#deps;
    const token = issueToken(server.uuid, time.trueWall + skewMs, tokenSeconds);
    const host = this.wrongAddressOf === server.node ? `not-${server.node.host}` : server.node.host;
    const socket = `wss://${host}:8080/api/servers/${server.uuid}/ws`;
    return jsonAnswer(200, { data: { token, socket } }, headers);
  }

  #resources(server: ModelServer): HttpResponse {
    const known = this.#usage.get(server.uuid);
    if (known !== undefined && this.#deps.time.now - known.at < cacheMs) return jsonAnswer(200, known.item);
    const isSilent = !server.node.isUp;
    if (isSilent && this.dialect.usageMissingAfterMs === null) {
      return errorAnswer(this.dialect.nodeErrors.unreachable());
    }
    const fresh = isSilent ? { at: this.#deps.time.now, item: missingItem } : this.#fresh(server);
    this.#usage.set(server.uuid, fresh);
    return jsonAnswer(200, fresh.item);
  }

  #verb(server: ModelServer, verb: string, body: Record<string, string>): HttpResponse {
    if (verb === 'settings/rename') {
      server.rename(body['name'] ?? '');
      return jsonAnswer(204, null);
    }
    if (!server.node.isUp) return errorAnswer(this.dialect.nodeErrors.unreachable());
    const { orders } = this.#deps;
    if (verb === 'power') orders.signal(server, body['signal'] as PowerSignal);
    else if (verb === 'command' && !orders.command(server, body['command'] ?? '')) {
      return this.dialect.losesRefusedCommands
        ? jsonAnswer(204, null)
        : errorAnswer(this.dialect.commandWhileOffline());
    }
    return jsonAnswer(204, null);
  }

  #refuse(count: Count, server: ModelServer | null): HttpResponse {
    if (this.#deps.time.now >= this.#othersUntil) this.#deps.ownRefusal(server);
    return errorAnswer(this.dialect.tooMany(rateHeaders(count)));
  }

  #fresh(server: ModelServer): { at: number; item: unknown } {
    return { at: this.#deps.time.now, item: resourcesItem(server) };
  }
}
