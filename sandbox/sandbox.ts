import { join } from 'node:path';
import { newWorld, type NewWorld } from './data/new-world.js';
import { keyHolders, type KeyHolder } from './data/seed.js';
import { summaryOf, type Node, type WorldSeed } from './data/world.js';
import { Chronicle } from './panel/chronicle.js';
import { addControl } from './panel/control.js';
import type { PanelDialect } from './panel/dialect.js';
import { dialects } from './panel/dialects.js';
import { NodeGateway } from './panel/node-gateway.js';
import { SftpDoor } from './panel/sftp-door.js';
import { Panel } from './panel/panel.js';
import { GameNetwork, networkOf } from './game-network.js';
import { forgetInterrupted, linkOf } from './panel-link.js';
import { onFreePorts, placeNode } from './ports.js';
import { calmState, type PanelState } from './panel/state.js';
import { WorldChanges } from './panel/world-changes.js';
import type { World } from './records.js';
import { Store } from './store.js';
import type { PanelLink, WingsNode, WingsNodeDeps } from './wings/api.js';
import { createWingsNode } from './wings/node.js';
import { PaperHost } from './wings/paper-host.js';

export interface SandboxDeps {
  /** Port of the panel; 0 = any free port. Nodes choose their own and keep them in the data folder. */
  port: number;
  dialect: PanelDialect;
  /** Holds the store and a folder for each server. One sandbox at a time. */
  dataFolder: string;
  /** 600 in a real panel. */
  tokenLifetimeSeconds?: number;
  /** Calls per minute and user; undefined = the dialect's. */
  clientLimit?: number;
  /** Websocket tokens per minute and server; undefined = the dialect's, null = no limit. */
  websocketLimit?: number | null;
  /** True = deletes the contents of the data folder; its keys change too. */
  fresh?: boolean;
  /** True = adds `POST /sandbox/control` (`panel/control.ts`). */
  control?: boolean;
  /** Content of a new data folder. */
  world?: NewWorld;
  /** Initial data of a new data folder; the demo by default. */
  seed?: () => WorldSeed;
  /** Makes a node with processes; a Wings by default. Simulated nodes do not use this function. */
  makeNode?: (deps: WingsNodeDeps) => WingsNode;
  /** The bundled game, if it does not lie beside the running bundle. */
  gameFile?: string;
  /** Time limit of the panel for a node; 15 s as in the real panel. */
  nodePatienceMs?: number;
  /** Interval at which nodes send the activity of their sockets; a minute by default. */
  activityBatchMs?: number;
  now?: () => number;
  log?: (line: string) => void;
}

/** Data for using the sandbox, printed as one JSON line by the command. */
export interface SandboxInfo {
  panel: string;
  keys: Record<KeyHolder, string>;
  /** Passwords of the same users, for SFTP. */
  passwords: Record<KeyHolder, string>;
  servers: { identifier: string; uuid: string; name: string }[];
}

interface Running {
  store: Store;
  panel: Panel;
  state: PanelState;
  nodes: Map<number, WingsNode>;
  chronicle: Chronicle;
  changes: WorldChanges;
  door: SftpDoor;
  /** null = the servers keep the addresses of a given seed. */
  network: GameNetwork | null;
}

/** A panel and its nodes on loopback, with real processes. Start and stop once. */
export class Sandbox {
  #running: Running | null = null;

  constructor(private readonly deps: SandboxDeps) {}

  /** Changes of the world, for tests. */
  get changes(): WorldChanges {
    if (!this.#running) throw new Error('The sandbox does not run.');
    return this.#running.changes;
  }

  /** Resolves when everything listens and the servers that ran before are being started. */
  async start(): Promise<SandboxInfo> {
    const { dataFolder, fresh = false, seed, world = {}, dialect } = this.deps;
    const now = this.deps.now ?? Date.now;
    const begin = seed ?? (() => newWorld(new Date(now()).toISOString(), dialect, world));
    const store = await Store.open(dataFolder, fresh, begin);
    const network = seed === undefined ? await GameNetwork.take(networkOf(store.world)) : null;
    const running = this.#assemble(store, network, now);
    this.#running = running;
    try {
      await running.panel.start(this.deps.port);
      for (const node of store.world.nodes.values()) await this.#raise(running, node);
    } catch (error) {
      await this.stop();
      throw error;
    }
    return infoOf(store.world, running.panel.url);
  }

  /** Ends the processes without changing the stored states, and flushes the store. */
  async stop(): Promise<void> {
    const running = this.#running;
    if (!running) return;
    this.#running = null;
    await running.panel.stop();
    await Promise.all([...running.nodes.values()].map((node) => node.stop()));
    running.network?.release();
    await running.store.close();
  }

  #assemble(store: Store, network: GameNetwork | null, now: () => number): Running {
    const { dialect, clientLimit, websocketLimit, control = false, nodePatienceMs = 15_000 } = this.deps;
    const { world } = store;
    const log = this.deps.log ?? (() => undefined);
    const state = calmState();
    const nodes = new Map<number, WingsNode>();
    const gateway = new NodeGateway({ nodes, dialect, now, patienceMs: nodePatienceMs });
    const chronicle = new Chronicle(now);
    const { activityBatchMs } = this.deps;
    const parts = { world, dialect, gateway, state, now, log, chronicle };
    const panel = new Panel({ ...parts, clientLimit, websocketLimit, activityBatchMs });
    const running: Running = {
      store,
      panel,
      state,
      nodes,
      chronicle,
      network,
      door: new SftpDoor({ world, dialect, activity: panel.activity, now }),
      changes: new WorldChanges({
        world,
        dialect,
        limits: panel.limits,
        scheduler: panel.scheduler,
        nodes,
        gateway,
        state,
        chronicle,
        now,
        raise: (node) => this.#raise(running, node),
      }),
    };
    if (control) addControl(panel.app, running.changes);
    return running;
  }

  /** Makes the node if needed, and starts it unless it is down. */
  async #raise(running: Running, record: Node): Promise<void> {
    const { world } = running.store;
    const own = [...world.servers.values()].filter((server) => server.nodeId === record.id);
    for (const server of own) forgetInterrupted(world, server);
    const start = async (node: WingsNode): Promise<void> => {
      for (const { uuid } of own) node.adopt(uuid);
      if (!record.down) await node.start();
    };
    const known = running.nodes.get(record.id);
    await (known ? start(known) : onFreePorts(() => this.#addNode(running, record).then(start)));
  }

  /** Makes the node and chooses its ports. */
  async #addNode(running: Running, record: Node): Promise<WingsNode> {
    const { world } = running.store;
    await placeNode(record);
    running.network?.place(world, record);
    world.saveNode(record);
    const node = this.#makeNode(record, linkOf({ ...running, world }, this.deps.now ?? Date.now));
    running.nodes.set(record.id, node);
    return node;
  }

  #makeNode(record: Node, link: PanelLink): WingsNode {
    const make = record.onPaper === true ? makePaperNode : (this.deps.makeNode ?? createWingsNode);
    const { gameFile } = this.deps;
    return make({
      name: record.name,
      port: record.port,
      ...(record.onPaper === true ? {} : { sftpPort: record.sftpPort }),
      panel: link,
      dialect: this.deps.dialect.wings,
      tokenKey: record.tokenKey,
      tokenLifetimeSeconds: this.deps.tokenLifetimeSeconds ?? 600,
      folder: join(this.deps.dataFolder, 'nodes', String(record.id)),
      log: this.deps.log ?? (() => undefined),
      ...(gameFile === undefined ? {} : { gameFile }),
    });
  }
}

function makePaperNode(deps: WingsNodeDeps): WingsNode {
  return createWingsNode(deps, { host: new PaperHost() });
}

/** Dialect by name; null = unknown. */
export function dialectNamed(name: string): PanelDialect | null {
  return Object.hasOwn(dialects, name) ? (dialects[name] ?? null) : null;
}

export const dialectNames: readonly string[] = Object.keys(dialects);

function infoOf(world: World, panel: string): SandboxInfo {
  const keyOf = (holder: KeyHolder): string => {
    const keys = [...world.keys.values()].filter((key) => key.userId === keyHolders[holder]);
    return keys.at(-1)?.token ?? '';
  };
  const passwordOf = (holder: KeyHolder): string => world.user(keyHolders[holder]).password ?? '';
  return {
    panel,
    keys: { owner: keyOf('owner'), subuser: keyOf('subuser'), admin: keyOf('admin') },
    passwords: {
      owner: passwordOf('owner'),
      subuser: passwordOf('subuser'),
      admin: passwordOf('admin'),
    },
    servers: [...world.servers.values()].map(summaryOf),
  };
}
