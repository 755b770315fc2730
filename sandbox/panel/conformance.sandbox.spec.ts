import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FakeWingsNode } from '../../tests/support/fake-wings-node.js';
import { recordedFixtures } from '../../tests/support/fixtures.js';
import { namedServers, panelRecordings, type Recording } from '../../tests/support/panel-recordings.js';
import { rawRequest, type RawAnswer } from '../../tests/support/raw-http.js';
import { recordedWorld } from '../../tests/support/recorded-world.js';
import { shapeDifferences } from '../../tests/support/shape.js';
import { World } from '../store.js';
import { dialects } from './dialects.js';
import { NodeGateway, type Fault } from './node-gateway.js';
import { Panel } from './panel.js';
import { calmState, type PanelState } from './state.js';

const folder = recordedFixtures('panel-1.11.7');
const recordedAt = 'https://panel.example.com';

/** What the sandbox does not play, by the reason. */
const leftOut: Readonly<Record<string, string>> = {
  'auth-client-key-on-application-api': 'the application API is no part of the sandbox',
};

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
class Stage {
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

/** Headers that must be there with the same value, and those of which only the presence counts. */
const exactHeaders = [
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'retry-after',
  'refresh',
  'allow',
  'content-type',
  'cache-control',
  'vary',
  'access-control-allow-origin',
  'access-control-allow-credentials',
  'access-control-allow-methods',
  'access-control-allow-headers',
  'access-control-max-age',
];
const presentHeaders = ['x-ratelimit-reset', 'set-cookie'];

function compare(recording: Recording, answer: RawAnswer, url: string): string[] {
  const wanted = recording.response;
  if (answer.status !== wanted.status) {
    return [`status ${wanted.status} expected, ${answer.status} came: ${answer.text.slice(0, 300)}`];
  }
  const isJson = answer.headers['content-type'] === 'application/json' && answer.text !== '';
  const body: unknown = isJson ? JSON.parse(answer.text) : answer.text === '' ? null : answer.text;
  return [
    ...headerDifferences(wanted.headers, answer.headers, url),
    ...bodyDifferences(recording, here(wanted.body, url), body),
  ];
}

function headerDifferences(wanted: RawAnswer['headers'], got: RawAnswer['headers'], url: string): string[] {
  const differing = exactHeaders.filter((name) => wanted[name] !== got[name]);
  const absent = presentHeaders.filter((name) => name in wanted !== name in got);
  const location = wanted['location'];
  const moved = typeof location === 'string' && location.replace(recordedAt, url) !== got['location'];
  return [
    ...differing.map((name) => `header ${name}: ${String(wanted[name])} expected, ${String(got[name])} came`),
    ...absent.map((name) => `header ${name}: ${name in wanted ? 'is missing' : 'was not expected'}`),
    ...(moved ? [`location: ${location} expected, ${String(got['location'])} came`] : []),
  ];
}

function bodyDifferences(recording: Recording, wanted: unknown, got: unknown): string[] {
  if (recording.state === 'APP_DEBUG=true')
    return shapeDifferences(withoutTraces(wanted), withoutTraces(got));
  const differences = shapeDifferences(wanted, got);
  // In an error, and in how a list is paged, the words themselves count.
  const telling = (body: unknown): unknown => {
    if (!isObject(body)) return null;
    return 'errors' in body ? withoutIds(body) : isObject(body['meta']) ? body['meta']['pagination'] : null;
  };
  const [a, b] = [JSON.stringify(telling(wanted)), JSON.stringify(telling(got))];
  if (a !== b) differences.push(`${a} expected, ${b} came`);
  const payload = recording.decodedToken?.payload;
  if (payload && differences.length === 0) {
    const data = isObject(got) && isObject(got['data']) ? got['data'] : {};
    differences.push(...tokenDifferences(payload, decodeJwt(String(data['token']))));
  }
  return differences;
}

function tokenDifferences(wanted: Record<string, unknown>, got: Record<string, unknown>): string[] {
  const differences = shapeDifferences(wanted, got, 'token');
  const rights = [wanted, got].map((claims) => JSON.stringify(claims['permissions']));
  if (rights[0] !== rights[1]) differences.push(`permissions ${rights.join(' expected, ')} came`);
  return differences;
}

function here(body: unknown, url: string): unknown {
  return JSON.parse(JSON.stringify(body).replaceAll(recordedAt, url)) as unknown;
}

/** Ids of requests and rows are random, and the client's address is another one. */
function withoutIds(body: unknown): unknown {
  return JSON.parse(
    JSON.stringify(body)
      .replace(/\(\d+\.\d+\.\d+\.\d+\)/g, '(address)')
      .replace(/(request.id: )[0-9a-f-]*\)/g, '$1)')
      .replace(/ServerVariable\[\d+\]/g, 'ServerVariable'),
  ) as unknown;
}

/** How deep a call stack is, and what the last exception before was, says nothing about the protocol. */
function withoutTraces(body: unknown): unknown {
  return JSON.parse(
    JSON.stringify(body, (key, value: unknown) =>
      key === 'trace' && Array.isArray(value) ? value.slice(0, 1) : key === 'previous' ? [] : value,
    ),
  ) as unknown;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

if (folder === null) {
  test('the recordings of panel 1.11.7 are not on this computer', () => {
    console.log('panel-1.11.7: the folder of recordings is not there; nothing was replayed.');
  });
} else {
  const recordings = panelRecordings(folder);
  const played = recordings.filter((recording) => leftOut[recording.case] === undefined);

  describe('panel-1.11.7, replayed', () => {
    const stage = new Stage(recordings, namedServers(folder));
    beforeAll(() => stage.start());
    afterAll(async () => {
      await stage.stop();
      const reasons = recordings.flatMap(({ case: name }) => {
        const reason = leftOut[name];
        return reason === undefined ? [] : [`\n  left out: ${name} (${reason})`];
      });
      console.log(
        `panel-1.11.7: ${played.length} of ${recordings.length} recordings replayed.${reasons.join('')}`,
      );
    });

    for (const recording of played) {
      test(recording.case, async () => {
        const { answer, url } = await stage.play(recording);
        expect(compare(recording, answer, url)).toEqual([]);
      });
    }

    test('enough of them', () => {
      expect(played.length).toBeGreaterThanOrEqual(250);
    });
  });
}
