import { randomUUID } from 'node:crypto';
import {
  NodeDown,
  NodeRefusal,
  type QueryFaults,
  type Signal,
  type SocketFaults,
  type State,
  type TokenSubject,
  type Usage,
  type WingsNode,
} from '../../sandbox/wings/api.js';
import type { BackupCalls } from '../../sandbox/wings/backups/api.js';
import type { FileCalls, FileEntry } from '../../sandbox/wings/files/api.js';
import type { SftpControl } from '../../sandbox/wings/sftp/api.js';
import { WINGS_111 } from '../../sandbox/wings/limits.js';
import type { LinkSubject } from '../../sandbox/wings/link-subject.js';
import { signLink } from '../../sandbox/wings/links.js';
import { signToken, type TokenIssue } from '../../sandbox/wings/token.js';

const nothing: Usage = {
  memory_bytes: 0,
  memory_limit_bytes: 0,
  cpu_absolute: 0,
  network: { rx_bytes: 0, tx_bytes: 0 },
  uptime: 0,
  state: 'offline',
  disk_bytes: 0,
};

const emptyArchive: FileEntry = {
  name: 'archive-2026-01-01T120000Z.tar.gz',
  mode: '-rw-r--r--',
  modeBits: '644',
  size: 0,
  isFile: true,
  mimetype: 'application/tar+gzip',
  createdAt: new Date('2026-01-01T12:00:00Z'),
  modifiedAt: new Date('2026-01-01T12:00:00Z'),
};

/** In-memory node without processes: gives the answers that the test sets, and records requests. */
export class FakeWingsNode implements WingsNode {
  readonly usages = new Map<string, Usage>();
  /** Refused power signals, by server. */
  readonly refuses = new Map<string, { status: number; message: string }>();
  readonly asked: string[] = [];
  readonly #known = new Set<string>();
  /** True if every call except for tokens throws `NodeDown`. */
  down = false;
  readonly backups: BackupCalls = {
    make: (uuid, order) => this.#backup(uuid, `make ${order.ignored}`),
    remove: async (uuid) => this.#backup(uuid, 'remove'),
    restore: async (uuid, _backup, truncate) => this.#backup(uuid, truncate ? 'restore emptied' : 'restore'),
    disturb: (_uuid, faults) => this.#note(`disturb backups ${JSON.stringify(faults)}`),
  };

  /** Holds no files: lists are empty, and a new file is empty. */
  readonly files: FileCalls = {
    list: async (uuid, directory) => this.#file(uuid, `list ${directory}`, []),
    contents: async (uuid, file) => this.#file(uuid, `contents ${file}`, Buffer.alloc(0)),
    write: async (uuid, file, content) => this.#file(uuid, `write ${file} ${String(content)}`, undefined),
    rename: async (uuid, root) => this.#file(uuid, `rename ${root}`, undefined),
    copy: async (uuid, location) => this.#file(uuid, `copy ${location}`, undefined),
    remove: async (uuid, root, files) => this.#file(uuid, `remove ${root} ${files.join(' ')}`, undefined),
    compress: async (uuid, root, files) =>
      this.#file(uuid, `compress ${root} ${files.join(' ')}`, emptyArchive),
    decompress: async (uuid, root, file) => this.#file(uuid, `decompress ${root} ${file}`, undefined),
    chmod: async (uuid, root) => this.#file(uuid, `chmod ${root}`, undefined),
    createFolder: async (uuid, root, name) => this.#file(uuid, `folder ${root} ${name}`, undefined),
    pull: async (uuid) => this.#file(uuid, 'pull', undefined),
    allowLoopback: (isAllowed) => void this.asked.push(`loopback ${String(isAllowed)}`),
  };

  /** Has no SFTP server. */
  get sftp(): SftpControl {
    throw new NodeDown('a node in memory has no SFTP server');
  }

  constructor(
    readonly socketBase = 'ws://127.0.0.1:1',
    readonly panelUrl = 'http://127.0.0.1:2',
    readonly tokens = WINGS_111.tokens,
  ) {}

  start(): Promise<void> {
    this.down = false;
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.down = true;
    return Promise.resolve();
  }

  adopt(uuid: string): void {
    this.#known.add(uuid);
  }

  remove(uuid: string): void {
    this.#known.delete(uuid);
  }

  power(uuid: string, signal: Signal): void {
    this.#note(`power ${signal}`);
    const refusal = this.refuses.get(uuid);
    if (refusal) throw new NodeRefusal(refusal.status, refusal.message, randomUUID());
  }

  command(uuid: string, command: string): void {
    this.#note(`command ${command}`);
    if (this.state(uuid) === 'offline') throw new NodeRefusal(502, 'not running', randomUUID());
  }

  reinstall(_uuid: string): void {
    this.#note('reinstall');
  }

  install(_uuid: string): void {
    this.#note('install');
  }

  usage(uuid: string): Usage {
    this.#note('usage');
    return this.usages.get(uuid) ?? nothing;
  }

  state(uuid: string): State {
    return this.usages.get(uuid)?.state ?? 'offline';
  }

  sync(uuid: string): void {
    this.#note(`sync ${uuid}`);
  }

  issueToken(subject: TokenSubject): Promise<string> {
    return signToken(subject, { ...this.#issue(), lifetimeSeconds: 600 });
  }

  issueLink(subject: LinkSubject): Promise<string> {
    return signLink(subject, this.#issue());
  }

  revoke(userUuid: string, serverUuid: string): void {
    this.#note(`revoke ${userUuid} ${serverUuid}`);
  }

  disturb(faults: Partial<SocketFaults>): void {
    this.#note(`disturb ${JSON.stringify(faults)}`);
  }

  disturbQueries(uuid: string, faults: QueryFaults): void {
    this.#note(`disturb queries ${uuid} ${JSON.stringify(faults)}`);
  }

  closeSockets(uuid: string | null, code: number, reason: string): void {
    this.#note(`close ${uuid ?? 'all'} ${code} ${reason}`.trim());
  }

  #issue(): Omit<TokenIssue, 'lifetimeSeconds'> {
    return {
      key: 'the key of the fake node',
      panelUrl: this.panelUrl,
      nodeUrl: this.socketBase,
      tokens: this.tokens,
      now: Date.now(),
    };
  }

  #file<T>(uuid: string, what: string, answer: T): T {
    this.#note(what);
    this.#refuse(uuid);
    return answer;
  }

  #backup(uuid: string, what: string): void {
    this.#note(`backup ${what}`);
    this.#refuse(uuid);
  }

  #refuse(uuid: string): void {
    const refusal = this.refuses.get(uuid);
    if (refusal) throw new NodeRefusal(refusal.status, refusal.message, randomUUID());
  }

  #note(what: string): void {
    if (this.down) throw new NodeDown();
    this.asked.push(what);
  }
}
