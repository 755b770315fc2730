import { demoSeed, keyHolders, type KeyHolder } from '../../sandbox/data/seed.js';
import type { Server } from '../../sandbox/data/world.js';
import { dialects } from '../../sandbox/panel/dialects.js';
import { NodeGateway } from '../../sandbox/panel/node-gateway.js';
import { Panel } from '../../sandbox/panel/panel.js';
import { calmState } from '../../sandbox/panel/state.js';
import { World } from '../../sandbox/records.js';
import type { Usage } from '../../sandbox/wings/api.js';
import { FakeWingsNode } from './fake-wings-node.js';
import { rawRequest, type RawAnswer } from './raw-http.js';

export interface PanelRigOptions {
  dialect?: string;
  clientLimit?: number;
  websocketLimit?: number | null;
  /** Takes the panel's log; by default a line fails the test. */
  log?: (line: string) => void;
}

export interface Answer extends RawAnswer {
  /** Parsed JSON; null = the panel sent another content type. */
  body: unknown;
}

/** Panel of the sandbox with the demo's world, in-memory nodes and a fake clock. */
export class PanelRig {
  readonly world = new World(demoSeed('2026-01-01T00:00:00.000Z'));
  readonly state = calmState();
  readonly nodes: ReadonlyMap<number, FakeWingsNode>;
  readonly gateway: NodeGateway;
  readonly panel: Panel;
  now = Date.parse('2026-01-01T12:00:00Z');

  private constructor(options: PanelRigOptions) {
    this.nodes = new Map([...this.world.nodes.keys()].map((id) => [id, new FakeWingsNode()]));
    const dialect = dialects[options.dialect ?? 'panel-1.11'];
    if (!dialect) throw new Error(`There is no dialect ${options.dialect ?? ''}.`);
    this.gateway = new NodeGateway({ nodes: this.nodes, dialect, now: () => this.now, patienceMs: 20 });
    this.panel = new Panel({
      world: this.world,
      dialect,
      gateway: this.gateway,
      state: this.state,
      now: () => this.now,
      clientLimit: options.clientLimit,
      websocketLimit: options.websocketLimit,
      log:
        options.log ??
        ((line) => {
          throw new Error(line);
        }),
    });
  }

  static async start(options: PanelRigOptions = {}): Promise<PanelRig> {
    const rig = new PanelRig(options);
    await rig.panel.start(0);
    return rig;
  }

  end(): Promise<void> {
    return this.panel.stop();
  }

  /** Server by its name in the demo. */
  server(name: string): Server {
    const server = [...this.world.servers.values()].find((each) => each.name === name);
    if (!server) throw new Error(`There is no ${name}.`);
    return server;
  }

  keyOf(holder: KeyHolder): string {
    return [...this.world.keys.values()].find((key) => key.userId === keyHolders[holder])?.token ?? '';
  }

  /** Sets the usage that the server's node reports. */
  uses(name: string, usage: Partial<Usage>): void {
    const server = this.server(name);
    this.nodes.get(server.nodeId)?.usages.set(server.uuid, {
      memory_bytes: 1000,
      memory_limit_bytes: 2000,
      cpu_absolute: 1.5,
      network: { rx_bytes: 1, tx_bytes: 2 },
      uptime: 3000,
      state: 'running',
      disk_bytes: 4000,
      ...usage,
    });
  }

  /** Sends a request; `path` is relative to /api/client. A body that is not a string is sent as JSON. */
  async ask(
    who: KeyHolder | null,
    method: string,
    path: string,
    body: unknown = null,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const text = body === null ? null : typeof body === 'string' ? body : JSON.stringify(body);
    const sent = {
      accept: 'application/json',
      ...(who === null ? {} : { authorization: `Bearer ${this.keyOf(who)}` }),
      ...(text === null ? {} : { 'content-type': 'application/json' }),
      ...headers,
    };
    const answer = await rawRequest(this.panel.url, method, `/api/client${path}`, sent, text);
    const isJson = answer.headers['content-type'] === 'application/json' && answer.text !== '';
    return { ...answer, body: isJson ? (JSON.parse(answer.text) as unknown) : null };
  }

  /** Sends a request about a server; `path` is relative to the server's address. */
  on(who: KeyHolder, name: string, method: string, path = '', body: unknown = null): Promise<Answer> {
    return this.ask(who, method, `/servers/${this.server(name).uuid}${path}`, body);
  }
}

/** Status and code of an error, such as `409 ServerStateConflictException`. */
export function errorOf(answer: Answer): string {
  const body = answer.body as { errors?: { code: string; status: string }[] } | null;
  return [answer.status, ...(body?.errors ?? []).map((entry) => entry.code)].join(' ');
}
