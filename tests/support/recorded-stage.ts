import { World } from '../../sandbox/store.js';
import { dialects } from '../../sandbox/panel/dialects.js';
import { NodeGateway, type Fault } from '../../sandbox/panel/node-gateway.js';
import { Panel } from '../../sandbox/panel/panel.js';
import { calmState, type PanelState } from '../../sandbox/panel/state.js';
import { FakeWingsNode } from './fake-wings-node.js';
import type { Recording } from './panel-recordings.js';
import { rawRequest, type RawAnswer } from './raw-http.js';
import { recordedWorld } from './recorded-world.js';

const recordedAt = 'https://panel.example.com';

/** The daemon stubs of the README, by server. */
const faults: Readonly<Record<string, Fault>> = {
  wings500: { kind: 'refuse', status: 500, message: '' },
  wings404: {
    kind: 'refuse',
    status: 404,
    message: 'The requested resource does not exist on this instance.',
  },
  wings409: {
    kind: 'refuse',
    status: 409,
    message: 'Cannot execute server reinstall event while another power action is running.',
  },
  badtoken: { kind: 'refuse', status: 403, message: 'You are not authorized to access this endpoint.' },
  wingshang: { kind: 'hang' },
  wingsreset: { kind: 'reset' },
  wingsgarbage: { kind: 'garbage' },
  proxy502: { kind: 'refuse', status: 502, message: '', fromProxy: true },
  proxy521: { kind: 'refuse', status: 521, message: '', fromProxy: true },
};

const states: Readonly<Record<string, Partial<PanelState>>> = {
  'redis unreachable': { cacheDown: true },
  'database unreachable': { databaseDown: true },
  'APP_DEBUG=true': { debug: true },
  'maintenance mode': { maintenance: {} },
  'maintenance mode with retry': { maintenance: { retryAfter: 60, refresh: 15 } },
  'two-factor required for all': { twoFactorRequired: true },
};

/** The recorded panel played by the sandbox: its world from the recordings, its daemons by fakes. */
export class RecordedStage {
  readonly #recorded: ReturnType<typeof recordedWorld>;
  readonly #state = calmState();
  readonly #usual: Panel;
  /** The second process of the README, with a limit of three. */
  readonly #limited: Panel;
  readonly #nodes: ReadonlyMap<number, FakeWingsNode>;
  #now = Date.parse('2026-11-24T12:00:00Z');

  constructor(recordings: readonly Recording[], named: ReadonlyMap<string, string>) {
    this.#recorded = recordedWorld(recordings, named);
    const world = new World(this.#recorded.seed);
    this.#nodes = new Map([1, 2, 3, 4, 5, 6].map((id) => [id, new FakeWingsNode(socketBaseOf(id))]));
    const dialect = dialects['panel-1.11'];
    if (!dialect) throw new Error('There is no dialect panel-1.11.');
    const gateway = new NodeGateway({ nodes: this.#nodes, dialect, now: () => this.#now, patienceMs: 30 });
    for (const [word, fault] of Object.entries(faults)) {
      const server = world.findServer(named.get(word) ?? '');
      if (server) gateway.setFault(server, fault);
    }
    for (const [uuid, usage] of this.#recorded.usages) this.#nodes.get(1)?.usages.set(uuid, usage);
    const suspendedThere = world.findServer(named.get('wingssuspended') ?? '');
    this.#nodes.get(1)?.refuses.set(suspendedThere?.uuid ?? '', {
      status: 400,
      message: 'Cannot start or restart a server that is suspended.',
    });
    for (const word of ['main', 'rust']) {
      const server = world.findServer(named.get(word) ?? '');
      const running = [...this.#recorded.usages.values()].find((usage) => usage.state === 'running');
      if (server && running) this.#nodes.get(1)?.usages.set(server.uuid, running);
    }
    for (const id of [2, 4]) void this.#nodes.get(id)?.stop();
    const parts = {
      world,
      dialect,
      gateway,
      state: this.#state,
      now: () => this.#now,
      log: () => undefined,
    };
    this.#usual = new Panel(parts);
    this.#limited = new Panel({ ...parts, clientLimit: 3 });
  }

  async start(): Promise<void> {
    await Promise.all([this.#usual.start(0), this.#limited.start(0)]);
  }

  async stop(): Promise<void> {
    await Promise.all([this.#usual.stop(), this.#limited.stop()]);
  }

  /** Puts the panel into the recording's state and sends its request. */
  async play(recording: Recording): Promise<{ answer: RawAnswer; url: string }> {
    Object.assign(this.#state, calmState(), states[recording.state ?? '']);
    const limited = recording.case.startsWith('rate-limit-');
    this.#prepare(recording, limited);
    const panel = limited ? this.#limited : this.#usual;
    const { method, path, body } = recording.request;
    const text = body === null ? null : typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await rawRequest(panel.url, method, path, this.#headersOf(recording, panel.url), text);
    return { answer, url: panel.url };
  }

  /** The caches were emptied before each case but these; here a minute passes. */
  #prepare(recording: Recording, limited: boolean): void {
    if (recording.case.startsWith('resources-cached-2')) {
      const uuid = /servers\/([^/]+)/.exec(recording.request.path)?.[1] ?? '';
      this.#nodes.get(1)?.usages.delete(uuid);
    } else if (!limited) {
      this.#now += 61_000;
    }
    const restricted = this.#recorded.keys.get('ownerIpRestricted');
    if (restricted && recording.state?.startsWith('the allowed addresses')) {
      restricted.allowedIps = ['127.0.0.0/8'];
    }
  }

  #headersOf(recording: Recording, url: string): Record<string, string> {
    const headers = Object.fromEntries(
      Object.entries(recording.request.headers).filter(
        ([name]) => name !== 'host' && name !== 'content-length',
      ),
    );
    const key = this.#recorded.keys.get(recording.actor)?.token;
    if (key !== undefined && 'authorization' in headers) headers['authorization'] = `Bearer ${key}`;
    if (recording.case === 'auth-right-identifier-wrong-secret') {
      const owner = this.#recorded.keys.get('owner')?.token ?? '';
      headers['authorization'] = `Bearer ${owner.slice(0, 16)}${'X'.repeat(32)}`;
    }
    for (const name of ['origin', 'referer']) {
      const value = headers[name];
      if (value !== undefined) headers[name] = value.replace(recordedAt, url);
    }
    return headers;
  }
}

function socketBaseOf(node: number): string {
  return node === 2 ? 'wss://node2.example.com:8080' : `ws://127.0.0.1:${8090 + node}`;
}
