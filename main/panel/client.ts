import * as z from 'zod';
import { PerchError } from '../../bridge/errors.js';
import { oneLine } from '../../bridge/plain-line.js';
import type { PermissionGroup, PowerSignal, Startup } from '../../bridge/domain.js';
import type { Clock, Http, Log } from '../base/ports.js';
import type {
  CallOptions,
  ChangedVariable,
  PanelApi,
  PanelResources,
  PanelServer,
  PanelUser,
  SocketTicket,
} from './api.js';
import * as calls from './calls.js';
import { nodeProblem } from './node-problems.js';
import { RateBudget } from './rate-budget.js';
import { Transport, type Authorize } from './transport.js';
import { accountAnswer, permissionsAnswer, ticketAnswer } from './wire/account.js';
import { listAnswer, type ServerPage } from './wire/list.js';
import { resourcesAnswer } from './wire/resources.js';
import { serverItem } from './wire/server.js';
import { changedVariableAnswer, startupAnswer } from './wire/startup.js';

export interface PanelClientDeps {
  /** As `normalizePanelUrl` gives it. */
  panelUrl: string;
  /** What the person calls this panel now; its host where they gave no name. */
  label?: () => string;
  http: Http;
  authorize: Authorize;
  clock: Clock;
  log: Log;
}

/** More than any panel has: a list that never ends is cut here. */
const maxPages = 100;
const maxServers = 10_000;

/** One account of one panel over the client API (PROTOCOL 2). */
export class PanelClient implements PanelApi {
  readonly origin: string;
  readonly #http: Http;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #host: string;
  readonly #label: () => string;
  readonly #budget: RateBudget;
  readonly #transport: Transport;

  constructor(deps: PanelClientDeps) {
    const { panelUrl, http, authorize, clock, log } = deps;
    const url = new URL(panelUrl);
    this.origin = url.origin;
    this.#http = http;
    this.#clock = clock;
    this.#log = log;
    this.#host = url.host;
    this.#label = deps.label ?? (() => '');
    this.#budget = new RateBudget(clock);
    this.#transport = new Transport({
      panelUrl,
      place: () => this.#place,
      http,
      authorize,
      budget: this.#budget,
      log,
    });
  }

  get #place(): string {
    return oneLine(this.#label(), 100) || this.#host;
  }

  rateLimit(): number | null {
    return this.#budget.limit;
  }

  async account(options: CallOptions = {}): Promise<PanelUser> {
    return this.#read(calls.readAccount(), accountAnswer, options.timeoutMs);
  }

  async permissions(): Promise<PermissionGroup[]> {
    return this.#read(calls.readPermissions(), permissionsAnswer);
  }

  async servers(options: { scope?: 'mine' | 'admin-all' } = {}): Promise<PanelServer[]> {
    const type = options.scope === 'admin-all' ? 'admin-all' : null;
    const found = new Map<string, PanelServer>();
    for (let number = 1; number <= maxPages; number++) {
      const page = await this.#page(number, type);
      const before = found.size;
      for (const server of page.servers) {
        if (!found.has(server.uuid)) found.set(server.uuid, server);
      }
      if (found.size > maxServers) break;
      if (page.count === 0 || number >= page.totalPages) return [...found.values()];
      if (found.size === before) {
        this.#log.warn('panel.list-repeats', { page: number, servers: found.size });
        return [...found.values()];
      }
    }
    this.#log.warn('panel.list-too-long', { maxPages, maxServers });
    return [...found.values()].slice(0, maxServers);
  }

  async #page(number: number, type: 'admin-all' | null): Promise<ServerPage> {
    const call = calls.listServers(number, type);
    const page = await this.#read(call, listAnswer);
    for (const { index, path } of page.malformed) {
      this.#log.warn('panel.malformed-server', { page: number, index, path });
    }
    // A list of nothing but garbage is none; taken for one, it would empty the fleet.
    if (page.count > 0 && page.servers.length === 0) throw this.#transport.malformed(call, 'data');
    return page;
  }

  async server(identifier: string): Promise<PanelServer> {
    return this.#read(calls.readServer(identifier), serverItem);
  }

  async resources(identifier: string): Promise<PanelResources> {
    const call = calls.readResources(identifier);
    const { power, isSuspended, usage } = await this.#read(call, resourcesAnswer);
    // Pelican answers 200 with `missing` and zeros where Pterodactyl has an error (PROTOCOL 8.2.6).
    if (power === null) throw new PerchError(nodeProblem(504, '', call, this.#place));
    return { power, isSuspended, usage: { at: this.#clock.now(), ...usage } };
  }

  async socketTicket(identifier: string): Promise<SocketTicket> {
    return this.#read(calls.readTicket(identifier), ticketAnswer);
  }

  async power(identifier: string, signal: PowerSignal): Promise<void> {
    return this.#transport.carryOut(calls.sendPower(identifier, signal));
  }

  async command(identifier: string, command: string): Promise<void> {
    return this.#transport.carryOut(calls.sendCommand(identifier, command));
  }

  async rename(identifier: string, input: { name: string; description?: string }): Promise<void> {
    return this.#transport.carryOut(calls.renameServer(identifier, input.name, input.description));
  }

  async describe(identifier: string, description: string): Promise<void> {
    return this.#transport.carryOut(calls.describeServer(identifier, description));
  }

  async reinstall(identifier: string): Promise<void> {
    return this.#transport.carryOut(calls.reinstallServer(identifier));
  }

  async setDockerImage(identifier: string, image: string): Promise<void> {
    return this.#transport.carryOut(calls.setDockerImage(identifier, image));
  }

  async startup(identifier: string, currentImage?: string): Promise<Startup> {
    const { malformed, ...startup } = await this.#read(
      calls.readStartup(identifier),
      startupAnswer(currentImage),
    );
    if (malformed > 0) this.#log.warn('panel.malformed-variables', { count: malformed });
    return startup;
  }

  async setVariable(identifier: string, key: string, value: string): Promise<ChangedVariable> {
    return this.#read(calls.setVariable(identifier, key, value), changedVariableAnswer);
  }

  close(): Promise<void> {
    return this.#http.close();
  }

  async #read<T>(call: calls.PanelCall, schema: z.ZodType<T>, timeoutMs?: number): Promise<T> {
    const answer = await this.#transport.read(call, timeoutMs);
    const parsed = schema.safeParse(answer);
    if (parsed.success) return parsed.data;
    throw this.#transport.malformed(call, parsed.error.issues[0]?.path.join('.') ?? '');
  }
}
