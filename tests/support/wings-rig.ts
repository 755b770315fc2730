import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import type {
  BackupReports,
  MadeBackup,
  PanelLink,
  SocketActivity,
  ServerSpec,
  State,
  WingsDialect,
  WingsLimits,
  WingsNode,
} from '../../sandbox/wings/api.js';
import { PELICAN_WINGS, WINGS_111, WINGS_112 } from '../../sandbox/wings/limits.js';
import { createWingsNode } from '../../sandbox/wings/node.js';
import type { WingsTuning } from '../../sandbox/wings/tuning.js';
import { gameBundle } from './game-bundle.js';
import { removeFolder } from './remove-folder.js';

export const SURVIVAL = 'aaaaaaaa-0000-4000-8000-000000000001';
export const SECOND = 'aaaaaaaa-0000-4000-8000-000000000002';
export const RIG_KEY = 'the key of the rig';

export { WINGS_112 };

/** All kinds of node. */
export const NODE_KINDS: readonly [string, WingsDialect][] = [
  ['Wings 1.11', WINGS_111],
  ['Wings 1.12', WINGS_112],
  ['Pelican', PELICAN_WINGS],
];

/** Node with changed limits, where the usual limits would make a test too slow. */
export function limited(dialect: WingsDialect, other: Partial<WingsLimits>): WingsDialect {
  return dialect.limits === null ? dialect : { ...dialect, limits: { ...dialect.limits, ...other } };
}

/** Node with real processes, and a minimal panel for it. */
export class WingsRig {
  readonly node: WingsNode;
  readonly panel: RigPanel;
  readonly folder: string;
  /** Process ids of all started games, in order. */
  readonly pids: number[];
  readonly #sockets: TestSocket[] = [];

  private constructor(node: WingsNode, panel: RigPanel, folder: string, pids: number[]) {
    this.pids = pids;
    this.node = node;
    this.panel = panel;
    this.folder = folder;
  }

  static async start(
    options: { lifetimeSeconds?: number; tuning?: Partial<WingsTuning>; dialect?: WingsDialect } = {},
  ) {
    const folder = mkdtempSync(join(tmpdir(), 'perch-wings-'));
    const panel = new RigPanel();
    panel.add({ uuid: SURVIVAL, name: 'Survival' });
    panel.add({ uuid: SECOND, name: 'Second' });
    const pids: number[] = [];
    const node = createWingsNode(
      {
        name: 'Rig',
        port: 0,
        panel,
        dialect: options.dialect ?? WINGS_111,
        tokenKey: RIG_KEY,
        tokenLifetimeSeconds: options.lifetimeSeconds ?? 600,
        folder,
        log: (line) => {
          const pid = /process (\d+) started/.exec(line)?.[1];
          if (pid !== undefined) pids.push(Number(pid));
        },
        gameFile: await gameBundle(),
      },
      { tuning: options.tuning ?? {} },
    );
    for (const uuid of panel.specs.keys()) node.adopt(uuid);
    await node.start();
    return new WingsRig(node, panel, folder, pids);
  }

  /** Ends all processes and sockets of the rig. */
  async end(): Promise<void> {
    for (const socket of this.#sockets) socket.close();
    await this.node.stop();
    await removeFolder(this.folder);
  }

  token(who: { permissions?: string[]; userId?: number; server?: string } = {}): Promise<string> {
    const userId = who.userId ?? 2;
    return this.node.issueToken({
      serverUuid: who.server ?? SURVIVAL,
      userUuid: `bbbbbbbb-0000-4000-8000-00000000000${userId}`,
      userId,
      permissions: who.permissions ?? ['*'],
    });
  }

  /** Opens a socket and waits for the handshake. */
  async open(server = SURVIVAL): Promise<TestSocket> {
    const url = `${this.node.socketBase}/api/servers/${server}/ws`;
    const socket = new TestSocket(new WebSocket(url, { origin: this.panel.url }));
    this.#sockets.push(socket);
    await socket.opened;
    return socket;
  }

  /** Opens and authenticates a socket; frames after the authentication are still unread. */
  async enter(who: { permissions?: string[]; userId?: number; server?: string } = {}): Promise<TestSocket> {
    const socket = await this.open(who.server);
    socket.send('auth', await this.token(who));
    await socket.next((frame) => frame.event === 'auth success', 'auth success');
    return socket;
  }

  /** Starts the server through the node and waits for `running` on the socket. */
  async run(socket: TestSocket, server = SURVIVAL): Promise<void> {
    this.node.power(server, 'start');
    await socket.status('running');
  }
}

/** In-memory panel: server configurations, and the node's reports. */
export class RigPanel implements PanelLink {
  readonly url = 'http://127.0.0.1:4';
  isAway = false;
  readonly specs = new Map<string, ServerSpec>();
  readonly states = new Map<string, State>();
  readonly activity: SocketActivity[] = [];
  readonly installed: { uuid: string; ok: boolean }[] = [];
  /** Reported ends of backups and restorations; a backup is unknown if it is in `unknownBackups`. */
  readonly backupEnds: { uuid: string; made: MadeBackup | null }[] = [];
  readonly restorationEnds: { uuid: string; succeeded: boolean }[] = [];
  readonly unknownBackups = new Set<string>();
  readonly backups: BackupReports = {
    backupEnded: (uuid, made) => {
      this.backupEnds.push({ uuid, made });
      return !this.unknownBackups.has(uuid);
    },
    restorationEnded: (uuid, succeeded) => void this.restorationEnds.push({ uuid, succeeded }),
  };

  add(spec: Partial<ServerSpec> & { uuid: string }): void {
    this.specs.set(spec.uuid, {
      name: 'A server',
      game: 'survival',
      environment: { BOOT_SECONDS: '0.4', INSTALL_SECONDS: '0.4' },
      invocation: 'bash server.sh',
      image: 'games/survival:1',
      stopValue: 'stop',
      donePattern: ')! For help, type ',
      memoryMb: 512,
      diskMb: 1024,
      deniedFiles: [],
      cpuPercent: 100,
      suspended: false,
      ...spec,
    });
  }

  change(uuid: string, fields: Partial<ServerSpec>): void {
    const spec = this.specs.get(uuid);
    if (spec !== undefined) this.specs.set(uuid, { ...spec, ...fields });
  }

  spec(uuid: string): ServerSpec | null {
    return this.specs.get(uuid) ?? null;
  }

  installationFinished(uuid: string, ok: boolean): void {
    this.installed.push({ uuid, ok });
  }

  stateChanged(uuid: string, state: State): void {
    this.states.set(uuid, state);
  }

  acted(entry: SocketActivity): void {
    this.activity.push(entry);
  }

  /** Lets nobody in over SFTP. */
  signIn(): null {
    return null;
  }

  rememberedState(uuid: string): State {
    return this.states.get(uuid) ?? 'offline';
  }
}

export interface Frame {
  event: string;
  args?: string[];
}

/** Client without behaviour: sends the frames of the test, and keeps received frames. */
export class TestSocket {
  readonly opened: Promise<void>;
  readonly closed: Promise<{ code: number; reason: string }>;
  /** All received frames, in order. */
  readonly frames: Frame[];
  readonly raw: WebSocket;
  #read = 0;
  #wake: () => void = () => undefined;

  /** Received frames are added to `frames`. */
  constructor(raw: WebSocket, frames: Frame[] = []) {
    this.raw = raw;
    this.frames = frames;
    this.opened = new Promise((resolve, reject) => {
      this.raw.once('open', resolve);
      this.raw.once('error', reject);
    });
    // A failed handshake rejects `opened` for those who await it; the rejection is ignored otherwise.
    this.opened.catch(() => undefined);
    this.closed = new Promise((resolve) => {
      this.raw.once('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    });
    this.raw.on('error', () => undefined);
    this.raw.on('message', (data) => {
      this.frames.push(JSON.parse(String(data)) as Frame);
      this.#wake();
    });
  }

  send(event: string, ...args: string[]): void {
    this.raw.send(JSON.stringify(args.length === 0 ? { event } : { event, args }));
  }

  close(): void {
    this.raw.terminate();
  }

  /** Text of all console lines so far. */
  get lines(): string[] {
    return this.frames.filter(({ event }) => event === 'console output').map(({ args }) => args?.[0] ?? '');
  }

  get statuses(): string[] {
    return this.frames.filter(({ event }) => event === 'status').map(({ args }) => args?.[0] ?? '');
  }

  /** Excludes all frames so far from the next wait. */
  skip(): void {
    this.#read = this.frames.length;
  }

  /** Next matching frame after the frames of earlier waits. */
  async next(fits: (frame: Frame) => boolean, what: string, withinMs = 15_000): Promise<Frame> {
    const end = Date.now() + withinMs;
    for (;;) {
      while (this.#read < this.frames.length) {
        const frame = this.frames[this.#read++];
        if (frame !== undefined && fits(frame)) return frame;
      }
      const left = end - Date.now();
      if (left <= 0) throw new Error(`${what} did not come within ${withinMs} ms`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  status(state: string): Promise<Frame> {
    return this.next(({ event, args }) => event === 'status' && args?.[0] === state, `status ${state}`);
  }

  line(part: string): Promise<Frame> {
    return this.next(
      ({ event, args }) => event === 'console output' && (args?.[0] ?? '').includes(part),
      `the line "${part}"`,
    );
  }

  event(name: string): Promise<Frame> {
    return this.next(({ event }) => event === name, name);
  }

  /** Frames that arrive in a fixed time; for tests that expect none. */
  async during(ms: number): Promise<Frame[]> {
    const from = this.frames.length;
    await new Promise((resolve) => setTimeout(resolve, ms));
    return this.frames.slice(from);
  }
}
