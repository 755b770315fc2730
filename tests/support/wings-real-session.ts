/** Sessions with the real socket and clock, for tests against the sandbox's nodes. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../main/base/clock.js';
import type { SocketTicket } from '../../main/panel/api.js';
import { createPanelClient } from '../../main/panel/client.js';
import { aNetwork } from './direct-network.js';
import { trusting } from './trusting.js';
import { NodeAddresses } from '../../main/wings/node-addresses.js';
import { WingsSession } from '../../main/wings/session.js';
import { dialectNamed, Sandbox, type SandboxInfo } from '../../sandbox/sandbox.js';
import { gameBundle } from './game-bundle.js';
import { SURVIVAL, type WingsRig } from './wings-rig.js';
import { RecordingListener, RecordingLog } from './wings-session.js';
import { removeFolder } from './remove-folder.js';

export interface RealSession {
  session: WingsSession;
  listener: RecordingListener;
  log: RecordingLog;
  /** Number of token requests. */
  tickets: () => number;
}

export interface RealSessionOptions {
  serverUuid?: string;
  origin?: string;
  listener?: RecordingListener;
  /** Holder of the token; undefined = the owner. */
  who?: { permissions?: string[]; userId?: number };
  /** Replaces the panel's answer; undefined = the node's token. */
  ticket?: (call: number) => Promise<SocketTicket> | undefined;
}

/** Session that is not started, with a node of the rig, which also plays the panel. */
export function aRealSession(rig: WingsRig, options: RealSessionOptions = {}): RealSession {
  const server = options.serverUuid ?? SURVIVAL;
  const url = `${rig.node.socketBase}/api/servers/${server}/ws`;
  const token = async () => ({ token: await rig.token({ server, ...options.who }), url });
  return make(
    server,
    options.origin ?? rig.panel.url,
    (call) => options.ticket?.(call) ?? token(),
    options.listener,
  );
}

function make(
  serverUuid: string,
  origin: string,
  ticket: (call: number) => Promise<SocketTicket>,
  listener = new RecordingListener(),
): RealSession {
  let calls = 0;
  const log = new RecordingLog();
  const session = new WingsSession({
    serverUuid,
    origin,
    ticket: () => ticket(calls++),
    allowsUnencrypted: () => true,
    openSocket: aNetwork().sockets(() => trusting()),
    addresses: new NodeAddresses(systemClock),
    clock: systemClock,
    random: Math.random,
    log,
    tell: listener.tell,
  });
  return { session, listener, log, tickets: () => calls };
}

/** Complete sandbox of a dialect: panel, nodes, and sessions with the panel's tokens. */
export class PanelAndNodes {
  readonly sandbox: Sandbox;
  readonly info: SandboxInfo;
  readonly #folder: string;
  readonly #http = aNetwork().http(trusting());

  private constructor(sandbox: Sandbox, info: SandboxInfo, folder: string) {
    this.sandbox = sandbox;
    this.info = info;
    this.#folder = folder;
  }

  static async start(dialectName: string): Promise<PanelAndNodes> {
    const dialect = dialectNamed(dialectName);
    if (dialect === null) throw new Error(`There is no dialect ${dialectName}.`);
    const folder = mkdtempSync(join(tmpdir(), 'perch-sandbox-'));
    const sandbox = new Sandbox({ port: 0, dialect, dataFolder: folder, gameFile: await gameBundle() });
    return new PanelAndNodes(sandbox, await sandbox.start(), folder);
  }

  async end(): Promise<void> {
    await this.#http.close();
    await this.sandbox.stop();
    await removeFolder(this.#folder);
  }

  /** Makes a session without starting it. */
  session(serverName: string, holder: keyof SandboxInfo['keys'] = 'owner'): RealSession {
    const server = this.info.servers.find(({ name }) => name === serverName);
    if (server === undefined) throw new Error(`There is no ${serverName}.`);
    const key = this.info.keys[holder];
    const client = createPanelClient({
      panelUrl: this.info.panel,
      http: this.#http,
      authorize: (run) => run(key),
      clock: systemClock,
      log: new RecordingLog(),
    });
    return make(server.uuid, client.origin, () => client.socketTicket(server.identifier));
  }
}

export async function until(what: string, test: () => boolean, limitMs = 15_000): Promise<void> {
  const end = Date.now() + limitMs;
  while (!test()) {
    if (Date.now() > end) throw new Error(`Not within ${String(limitMs)} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
