import { dialects } from '../../sandbox/panel/dialects.js';
import { NodeGateway } from '../../sandbox/panel/node-gateway.js';
import { Panel } from '../../sandbox/panel/panel.js';
import { calmState } from '../../sandbox/panel/state.js';
import { World } from '../../sandbox/records.js';
import { contractSeed, keyOf } from './contract-world.js';
import { FakeWingsNode } from './fake-wings-node.js';
import type { OwnAnswer } from './own-answers.js';
import { rawRequest, type RawAnswer } from './raw-http.js';

/** Fields of a backup that is being made. */
const unfinished = (serverUuid: string) => ({
  serverUuid,
  ignored: [],
  locked: false,
  successful: false,
  checksum: null,
  bytes: 0,
  completedAt: null,
  deletedAt: null,
});

/** Panel of the sandbox with the world of the contract set, in the state of one case. */
export class ContractPanel {
  readonly #world: World;
  readonly #nodes: ReadonlyMap<number, FakeWingsNode>;
  readonly #panel: Panel;
  readonly #prefix: string;
  readonly #case: OwnAnswer;

  constructor(dialectName: string, one: OwnAnswer) {
    const dialect = dialects[dialectName];
    if (dialect === undefined) throw new Error(`There is no dialect ${dialectName}.`);
    this.#case = one;
    this.#prefix = dialect.keyPrefixes.client;
    this.#world = new World(contractSeed(this.#prefix));
    this.#nodes = new Map(
      [1, 2].map((id) => [
        id,
        new FakeWingsNode(`wss://node${id}.orchard.example:8080`, undefined, dialect.wings.tokens),
      ]),
    );
    const now = () => Date.parse('2031-05-04T10:00:00Z');
    const gateway = new NodeGateway({ nodes: this.#nodes, dialect, now, patienceMs: 30 });
    const { given } = one;
    const server = this.#server();
    if (given.fault && server) gateway.setFault(server, given.fault);
    this.#panel = new Panel({
      world: this.#world,
      dialect,
      gateway,
      state: Object.assign(calmState(), given.panel),
      now,
      clientLimit: given.limit,
      log: () => undefined,
    });
    this.#prepare();
  }

  /** Answer of the panel to the case's request. */
  async answer(): Promise<{ answer: RawAnswer; url: string }> {
    await this.#panel.start(0);
    try {
      const send = () => this.#send();
      for (let before = 1; before < (this.#case.given.times ?? 1); before++) await send();
      return { answer: await send(), url: this.#panel.url };
    } finally {
      await this.#panel.stop();
    }
  }

  #send(): Promise<RawAnswer> {
    const { method, path, headers, body } = this.#case.request;
    const key = keyOf(this.#case.actor, this.#prefix);
    const text = body === null ? null : typeof body === 'string' ? body : JSON.stringify(body);
    const sent = { ...headers, ...(key === null ? {} : { authorization: `Bearer ${key}` }) };
    return rawRequest(this.#panel.url, method, path, sent, text);
  }

  /** Server that the request addresses; the first server where the request addresses none. */
  #server() {
    const named = /\/servers\/([\w-]+)/.exec(this.#case.request.path)?.[1];
    return this.#world.findServer(named ?? '8d3f5b10');
  }

  #prepare(): void {
    const { given } = this.#case;
    for (const egg of this.#world.eggs.values()) {
      if (given.images) egg.dockerImages = given.images;
      for (const variable of egg.variables) Object.assign(variable, given.variables?.[variable.env]);
    }
    for (const key of this.#world.keys.values()) key.allowedIps = given.allowedIps ?? null;
    const server = this.#server();
    if (server === null) return;
    Object.assign(server, given.server);
    for (const backup of given.backups ?? [])
      this.#world.saveBackup({ ...unfinished(server.uuid), ...backup });
    const node = this.#nodes.get(server.nodeId);
    if (given.usage) node?.usages.set(server.uuid, given.usage);
    if (given.nodeDown === true) void node?.stop();
    if (given.maintenance === true) this.#world.nodeOf(server).maintenance = true;
  }
}
