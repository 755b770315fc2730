import { World } from '../../sandbox/records.js';
import { dialects } from '../../sandbox/panel/dialects.js';
import { NodeGateway } from '../../sandbox/panel/node-gateway.js';
import { Panel } from '../../sandbox/panel/panel.js';
import { calmState } from '../../sandbox/panel/state.js';
import { FakeWingsNode } from './fake-wings-node.js';
import type { Recording } from './panel-recordings.js';
import { rawRequest, type RawAnswer } from './raw-http.js';
import type { RecordedSetup } from './recorded-setups.js';
import { recordedWorld } from './recorded-world.js';

const recordedAt = 'https://panel.example.com';

/** Recorded panel played by the sandbox: world rebuilt from the recordings, nodes replaced by fakes. */
export class RecordedStage {
  readonly #recorded: ReturnType<typeof recordedWorld>;
  readonly #setup: RecordedSetup;
  readonly #byCase: ReadonlyMap<string, Recording>;
  readonly #state = calmState();
  readonly #usual: Panel;
  /** Second panel process of the README, with a limit of three calls. */
  readonly #limited: Panel;
  readonly #nodes: ReadonlyMap<number, FakeWingsNode>;
  #now = Date.parse('2026-11-24T12:00:00Z');

  constructor(recordings: readonly Recording[], named: ReadonlyMap<string, string>, setup: RecordedSetup) {
    const dialect = dialects[setup.dialect];
    if (!dialect) throw new Error(`There is no dialect ${setup.dialect}.`);
    this.#setup = setup;
    this.#byCase = new Map(recordings.map((recording) => [recording.case, recording]));
    this.#recorded = recordedWorld(recordings, named, {
      prefixes: dialect.keyPrefixes,
      keepsRulesApart: setup.keepsRulesApart,
    });
    const world = new World(this.#recorded.seed);
    this.#nodes = new Map(
      [...world.nodes.keys()].map((id) => [
        id,
        new FakeWingsNode(setup.socketBase(id), undefined, dialect.wings.tokens),
      ]),
    );
    const gateway = new NodeGateway({ nodes: this.#nodes, dialect, now: () => this.#now, patienceMs: 30 });
    for (const [word, fault] of Object.entries(setup.faults)) {
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
    Object.assign(this.#state, calmState(), this.#setup.states[recording.state ?? '']);
    const limited = recording.case.startsWith('rate-limit-');
    await this.#prepare(recording, limited);
    const panel = limited ? this.#limited : this.#usual;
    const { again, times } = this.#setup.before[recording.case] ?? { again: '', times: 0 };
    const earlier = this.#byCase.get(again);
    for (let time = 0; earlier && time < times; time++) await this.#send(earlier, panel);
    return { answer: await this.#send(recording, panel), url: panel.url };
  }

  async #send(recording: Recording, panel: Panel): Promise<RawAnswer> {
    const { method, path, body } = recording.request;
    const text = body === null ? null : typeof body === 'string' ? body : JSON.stringify(body);
    return rawRequest(panel.url, method, path, this.#headersOf(recording, panel.url), text);
  }

  /** The recorder emptied the caches before each case except for these; here a minute passes instead. */
  async #prepare(recording: Recording, limited: boolean): Promise<void> {
    if (recording.case.startsWith('resources-cached-2')) {
      const uuid = /servers\/([^/]+)/.exec(recording.request.path)?.[1] ?? '';
      this.#nodes.get(1)?.usages.delete(uuid);
    } else if (!limited && !isOneOfMany(recording.case)) {
      this.#now += 61_000;
    }
    if (recording.case === 'resources-missing-cached-2') {
      const node = this.#nodes.get(1);
      await node?.stop();
      await this.#send(recording, this.#usual);
      await node?.start();
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

/** Sent within a minute of the previous case. */
function isOneOfMany(name: string): boolean {
  return /^websocket-limit-(?!1-|no-)/.test(name);
}
