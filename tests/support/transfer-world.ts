import { createHash } from 'node:crypto';
import type { TransferRecord, TransferSource, WantedTransfer } from '../../bridge/schema/transfers.js';
import { PerchError, newProblem } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import { HttpFailure, type Download } from '../../main/base/network-ports.js';
import type { Clock } from '../../main/base/ports.js';
import { localTree } from '../../main/transfers/local-tree.js';
import { Transfers } from '../../main/transfers/transfers.js';
import { FakeClock, settle } from './fake-clock.js';
import { FakeLog } from './fake-log.js';
import { FakeServerFiles } from './fake-server-files.js';
import { MemoryDisk } from './memory-disk.js';
import { nodePause } from './node-pause.js';

/** What the node does to the next download. `at` = number of bytes that arrive first. */
export type DownloadFault =
  | { readonly kind: 'cut' | 'silent'; readonly at: number }
  | {
      readonly kind: 'spent' | 'no-archive' | 'bad-gateway' | 'redirect' | 'garbled' | 'long' | 'panel-away';
    };

const token = 'eyJhbGciOiJIUzI1NiJ9.one-time-secret.signature';

/** Backups of a node, with a fault for each of the next downloads. */
export class FakeBackups {
  readonly faults: DownloadFault[] = [];
  readonly #contents = new Map<string, Uint8Array>();
  downloads = 0;
  /** Downloads that nobody closed. */
  open = 0;

  add(backup: string, content: Uint8Array): void {
    this.#contents.set(backup, content);
  }

  content(backup: string): Uint8Array {
    return this.#contents.get(backup) ?? new Uint8Array();
  }

  async download(source: TransferSource, signal: AbortSignal, clock: Clock): Promise<Download> {
    this.downloads += 1;
    const backup = 'backup' in source ? source.backup : source.path;
    const fault = this.faults.shift();
    await nodePause(clock, 5, signal);
    switch (fault?.kind) {
      case 'panel-away':
        throw new PerchError(
          newProblem('panel-unreachable', sentence('panel.unreachable', { place: 'home' })),
        );
      case 'spent':
        return this.#answer(404, textOf('{"error":"The requested resource was not found on this server."}'));
      case 'no-archive':
        return this.#answer(404, textOf('{"error":"The requested backup was not found on this server."}'));
      case 'bad-gateway':
        return this.#answer(502, textOf(`<title>502</title>${token}`));
      case 'redirect':
        return this.#answer(302, textOf(''));
      default: {
        const content = sent(this.content(backup), fault);
        const announced = fault?.kind === 'long' ? null : content.length;
        return this.#answer(200, partsOf(content, { fault, clock, signal }), announced);
      }
    }
  }

  #answer(status: number, body: AsyncIterable<Uint8Array>, bytes: number | null = null): Download {
    this.open += 1;
    let isClosed = false;
    return {
      status,
      bytes,
      body,
      close: () => {
        if (!isClosed) this.open -= 1;
        isClosed = true;
      },
    };
  }
}

function sent(content: Uint8Array, fault: DownloadFault | undefined): Uint8Array {
  if (fault?.kind === 'garbled') return content.map((byte, at) => (at === 0 ? 255 - byte : byte));
  return fault?.kind === 'long' ? new Uint8Array([...content, 1]) : content;
}

async function* textOf(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(new TextEncoder().encode(text));
}

async function* partsOf(
  content: Uint8Array,
  { fault, clock, signal }: { fault: DownloadFault | undefined; clock: Clock; signal: AbortSignal },
): AsyncGenerator<Uint8Array> {
  const step = Math.max(1, Math.ceil(content.length / 4));
  const isCut = fault?.kind === 'cut' || fault?.kind === 'silent';
  const end = isCut ? Math.min(fault.at, content.length) : content.length;
  for (let at = 0; at < end; at += step) {
    await nodePause(clock, 20, signal);
    yield content.subarray(at, Math.min(at + step, end));
  }
  if (fault?.kind === 'cut') throw new HttpFailure('reset', 'UND_ERR_SOCKET');
  if (fault?.kind !== 'silent') return;
  await nodePause(clock, 60_000, signal);
  throw new HttpFailure('timeout', 'UND_ERR_BODY_TIMEOUT');
}

const never = new Promise<never>(() => undefined);
export const home = '/home/olive/Downloads';
const mods = '/home/olive/mods';
/** The content of a backup, other for each. */
export const contentOf = (at: number): Uint8Array =>
  new Uint8Array(Array.from({ length: 40 + at * 7 }, (_, index) => (index * 31 + at * 97) % 251));
export const backupId = (at: number): string => `33333333-3333-4333-8333-33333333333${at}`;
const sha1Of = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex');

/** Computer, panel and node, and the Perch that runs on them; `kill` ends it at any moment. */
export class TransferWorld {
  readonly clock = new FakeClock();
  readonly disk = new MemoryDisk();
  readonly node = new FakeBackups();
  readonly server = new FakeServerFiles();
  readonly log = new FakeLog();
  /** Ms that each look at the monotonic clock adds. */
  aheadMs = (): number => 0;
  /** Bytes per second; null = no limit. */
  limit: number | null = null;
  /** Largest upload according to the node, in MB; null = unknown. */
  nodeLimit: number | null = null;
  #kept = '[]';
  /** Ids of all transfers that were ever stored. */
  readonly everKept = new Set<string>();
  /** Paths on the server of all uploads that were ever stored, by id. */
  readonly everKeptUploads = new Map<string, string>();
  #ids = 0;
  #process = { isAlive: false };
  #stepsToKill = Infinity;
  transfers!: Transfers;

  constructor(backups = 3) {
    this.disk.folders.add(home).add(mods);
    for (let at = 0; at < backups; at++) this.node.add(backupId(at), contentOf(at));
  }

  get isAlive(): boolean {
    return this.#process.isAlive;
  }

  /** The text of the stored queue. */
  get kept(): string {
    return this.#kept;
  }

  /** A new process of Perch. */
  async begin(accounts: readonly string[] = ['home']): Promise<void> {
    const process = { isAlive: true };
    this.#process = process;
    this.#stepsToKill = Infinity;
    const turn = async (): Promise<void> => {
      await Promise.resolve();
      if (this.#process === process && this.#stepsToKill-- <= 0) process.isAlive = false;
      if (!process.isAlive) await never;
    };
    const clock: Clock = {
      now: () => this.clock.now() + this.aheadMs(),
      wall: () => this.clock.wall(),
      after: (ms, run) => this.clock.after(ms, () => (process.isAlive ? run() : undefined)),
    };
    this.transfers = new Transfers({
      clock,
      random: () => 0.5,
      log: this.log,
      disk: this.disk.seenBy(turn),
      kept: {
        load: () => Promise.resolve(JSON.parse(this.#kept) as TransferRecord[]),
        save: async (records) => {
          const text = JSON.stringify(records);
          // A real write takes longer than a new name.
          for (let part = 0; part < 4; part++) await turn();
          this.#kept = text;
          for (const { id, source } of records) {
            if (source.kind === 'upload' || source.kind === 'packed')
              this.everKeptUploads.set(id, source.path);
            else this.everKept.add(id);
          }
          await turn();
        },
      },
      download: (source, signal) => {
        if (!process.isAlive) return never;
        const archive = source.kind === 'file' ? this.server.files.get(source.path) : undefined;
        if (source.kind === 'file' && archive !== undefined) this.node.add(source.path, archive);
        return this.node.download(source, signal, clock);
      },
      upload: (_source, form, signal) => (process.isAlive ? this.server.upload(form, signal, clock) : never),
      sftp: this.server.sftp.doorOf(clock),
      localTree: (top) => localTree(top, false),
      panelOf: this.server.panelOf(turn),
      limit: () => this.limit,
      limitOf: () => this.nodeLimit,
      unpack: (archive, wanted) => this.disk.unpack(archive, wanted.into, turn),
      holdsOnly: (archive, folder) => Promise.resolve(this.disk.holdsOnly(archive, folder)),
      newId: () => `22222222-2222-4222-8222-${String(this.#ids++).padStart(12, '0')}`,
    });
    void this.transfers.start(accounts);
    await settle();
  }

  /** Ends the process after so many more steps on the disk. */
  killAfter(steps: number): void {
    this.#stepsToKill = steps;
  }

  kill(): void {
    this.#process.isAlive = false;
  }

  wanted(at: number, fields: Partial<WantedTransfer> = {}): WantedTransfer {
    const content = this.node.content(backupId(at));
    return {
      source: { kind: 'backup', serverId: 'home/1', backup: backupId(at) },
      label: `B${at}`,
      panel: 'home',
      node: 'home/Node 1',
      size: content.length,
      sha1: sha1Of(content),
      target: { folder: home, file: `B${at}.tar.gz`, ifTaken: 'number' },
      ...fields,
    };
  }

  /** An upload of a file that this computer has by now. */
  wantedUpload(at: number, fields: Partial<WantedTransfer> = {}): WantedTransfer {
    const file = `U${at}.jar`;
    if (!this.disk.files.has(`${mods}/${file}`)) this.disk.put(`${mods}/${file}`, contentOf(at + 20));
    return {
      source: { kind: 'upload', serverId: 'home/1', path: `/plugins/${file}` },
      label: `U${at}`,
      panel: 'home',
      node: 'home/Node 1',
      size: contentOf(at + 20).length,
      sha1: null,
      target: { folder: mods, file, ifTaken: 'refuse' },
      ...fields,
    };
  }

  /** Changes a file of this computer that is uploaded. */
  changeHere(at: number, content: Uint8Array): void {
    this.disk.put(`${mods}/U${at}.jar`, content);
  }

  /** States by label, in order. */
  get states(): string[] {
    return this.transfers.current.map(({ label, state }) => `${label} ${state}`);
  }

  /** Visible files of the download folder. */
  get files(): string[] {
    return this.disk
      .names(home)
      .filter((name) => !name.startsWith('.'))
      .sort();
  }

  get leftovers(): string[] {
    return this.disk.names(home).filter((name) => name.startsWith('.'));
  }

  get secret(): string {
    return token;
  }
}
