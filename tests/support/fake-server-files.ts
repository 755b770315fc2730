import { gunzipSync, gzipSync } from 'node:zlib';
import { PerchError, newProblem } from '../../bridge/errors.js';
import { folderOf, joined, lastPart } from '../../bridge/files/file-paths.js';
import type { ServerFile } from '../../bridge/schema/files.js';
import { sentence } from '../../messages/messages.js';
import { HttpFailure, type UploadAnswer } from '../../main/base/network-ports.js';
import type { Clock } from '../../main/base/ports.js';
import type { UploadForm } from '../../main/transfers/node-links.js';
import { FakeSftp } from './fake-sftp.js';
import { nodePause } from './node-pause.js';
import type { TransferPanelOf } from '../../main/transfers/transfer-panel.js';

/** What the node does to the next upload. `at` = number of bytes of the form that arrive first. */
export type UploadFault =
  | { readonly kind: 'cut'; readonly at: number }
  | { readonly kind: 'lost' | 'partly' | 'spent' | 'bad-gateway' | 'full' | 'too-large' | 'panel-away' };

export type RenameFault = 'refused' | 'lost' | 'none';

const answers: Readonly<Partial<Record<UploadFault['kind'], UploadAnswer>>> = {
  spent: { status: 404, text: '{"error":"The requested resource was not found on this server."}' },
  'bad-gateway': { status: 502, text: '<title>502</title>' },
  full: { status: 400, text: '{"error":"Cannot perform that action: not enough disk space available."}' },
  'too-large': {
    status: 400,
    text: '{"error":"File x is larger than the maximum file upload size of 100 MB."}',
  },
};

/** Files of a server on a node, with a fault for each of the next uploads. */
export class FakeServerFiles {
  readonly files = new Map<string, Uint8Array>();
  /** Times of files that an archive brought, in ms since the epoch; others have 0. */
  readonly #times = new Map<string, number>();
  readonly folders = new Set(['/']);
  readonly sftp = new FakeSftp(this);
  readonly faults: UploadFault[] = [];
  /** Permissions that the account lacks. */
  readonly lacking = new Set<string>();
  /** Paths of files that were removed, without those of temporary names. */
  readonly removed: string[] = [];
  /** Paths that the egg forbids to change. */
  readonly denied = new Set<string>();
  /** What happens to the next renames: an answer that gets lost, or a refusal. */
  readonly renameFaults: RenameFault[] = [];
  /** What happens to the next archives of folders: the node refuses, the answer gets lost, or only somebody else packs. */
  readonly packFaults: ('full' | 'lost' | 'other')[] = [];
  /** True = the node names archives by the time (that of the fake clock), as nodes of Pterodactyl do. */
  namesByTime = false;
  /**
   * What happens to the next archives that are unpacked: the answer gets lost after or before the work, or the disk is
   * full.
   */
  readonly unpackFaults: ('denied' | 'full' | 'full-later' | 'lost' | 'undone')[] = [];
  /** Requests to the panel fail. */
  isAway = false;
  /** Requests to the panel. */
  asked = 0;
  uploads = 0;
  /** Archives that the node made of folders. */
  packs = 0;
  /** Archives that the node unpacked, or was asked to. */
  unpacks = 0;
  /** Called when the node refuses an upload. */
  refused = (): void => undefined;
  /** Called when the node has written a file. */
  written = (): void => undefined;
  /** Names under which files were sent. */
  readonly names: string[] = [];

  /** `turn` comes before and after each change. */
  panelOf(turn: () => Promise<void>): TransferPanelOf {
    const ask = async <T>(run: () => T): Promise<T> => {
      this.asked += 1;
      await turn();
      if (this.isAway) throw away();
      const result = run();
      await turn();
      return result;
    };
    return () => ({
      demand: (permission) => {
        if (this.lacking.has(permission)) throw new PerchError(newProblem('forbidden', spentWords));
      },
      clockAhead: () => 0,
      restUntil: () => null,
      list: (folder) => ask(() => this.#list(folder)),
      pack: (folder, names, name) =>
        ask(() => {
          const fault = this.packFaults.shift();
          if (fault === 'full') throw refused();
          const byTime = `archive-2023-11-14T22132${this.packs}Z`;
          this.packs += 1;
          const packed = fault === 'other' ? ['other'] : names;
          const archive = this.#pack(folder, packed, `${this.namesByTime ? byTime : name}.tar.gz`);
          if (fault !== undefined) throw unsure();
          return archive;
        }),
      unpack: (folder, name) =>
        ask(() => {
          this.unpacks += 1;
          const fault = this.unpackFaults.shift();
          if (fault === 'denied') throw denied();
          if (fault === 'full') throw full();
          if (fault !== 'undone') this.#unpack(folder, name, fault === 'full-later' ? 1 : Infinity);
          if (fault === 'full-later') throw full();
          if (fault !== undefined) throw unsure();
        }),
      rename: (moves) =>
        ask(() => {
          const fault = this.renameFaults.shift();
          if (fault === 'refused') throw refused();
          for (const { from, to } of moves) {
            if (this.denied.has(from) || this.denied.has(to)) throw denied();
            const content = this.files.get(from);
            if (content === undefined) continue;
            if (this.files.has(to)) throw refused();
            this.files.delete(from);
            this.files.set(to, content);
          }
          if (fault === 'lost') throw away();
        }),
      remove: (folder, names) =>
        ask(() => {
          for (const path of names.map((name) => joined(folder, name))) {
            if (this.files.delete(path) && !lastPart(path).startsWith('.')) this.removed.push(path);
          }
        }),
    });
  }

  async upload(
    { folder, content, bytes }: UploadForm & { readonly folder: string },
    signal: AbortSignal,
    clock: Clock,
  ): Promise<UploadAnswer> {
    this.uploads += 1;
    const fault = this.faults.shift();
    await nodePause(clock, 5, signal);
    if (fault?.kind === 'panel-away') throw away();
    const parts: Uint8Array[] = [];
    let got = 0;
    for await (const part of content) {
      await nodePause(clock, 10, signal);
      parts.push(Uint8Array.from(part));
      got += part.length;
      if (fault?.kind === 'cut' && got > fault.at) throw new HttpFailure('reset', 'UND_ERR_SOCKET');
    }
    if (got !== bytes) throw new HttpFailure('reset', 'length');
    const refusal = fault === undefined ? undefined : answers[fault.kind];
    if (refusal !== undefined) {
      this.refused();
      return refusal;
    }
    const { name, file } = formIn(Buffer.concat(parts));
    this.#write(joined(folder, name), fault?.kind === 'partly' ? file.subarray(0, file.length / 2) : file);
    this.written();
    if (fault?.kind === 'lost') throw new HttpFailure('timeout', 'UND_ERR_HEADERS_TIMEOUT');
    return { status: 200, text: '' };
  }

  /** An archive that `MemoryDisk` understands: names and contents as JSON, in gzip as a real one. */
  #pack(folder: string, names: readonly string[], name: string): ServerFile {
    const below = names.map((each) => `${joined(folder, each)}/`);
    const files = [...this.files].filter(([path]) => below.some((start) => path.startsWith(start)));
    const archive = gzipSync(JSON.stringify(files.map(([path, content]) => [path, [...content]])));
    this.files.set(joined(folder, name), archive);
    return entry(name, 'file', archive.length);
  }

  /** Unpacks at most so many files. */
  #unpack(folder: string, name: string, most: number): void {
    const archive = this.files.get(joined(folder, name));
    if (archive === undefined) throw refused();
    for (const { path, content, modifiedAt } of [...filesIn(archive)].slice(0, most)) {
      this.#write(joined(folder, path), content);
      this.#times.set(joined(folder, path), modifiedAt);
    }
  }

  #write(path: string, content: Uint8Array): void {
    for (let folder = folderOf(path); folder !== '/'; folder = folderOf(folder)) this.folders.add(folder);
    this.names.push(lastPart(path));
    this.files.set(path, content);
    this.#times.delete(path);
  }

  #list(folder: string): ServerFile[] {
    if (!this.folders.has(folder)) throw refused();
    const below = [...this.folders].filter((path) => path !== '/' && folderOf(path) === folder);
    const files = [...this.files].filter(([path]) => folderOf(path) === folder);
    return [
      ...below.map((path) => entry(lastPart(path), 'folder', 0)),
      ...files.map(([path, content]) => ({
        ...entry(lastPart(path), 'file', content.length),
        modifiedAt: this.#times.get(path) ?? 0,
      })),
    ];
  }
}

function entry(name: string, kind: ServerFile['kind'], bytes: number): ServerFile {
  return { name, kind, bytes, mode: '644', mime: 'text/plain', createdAt: 0, modifiedAt: 0 };
}

/** The files of a tar.gz with short names, by their paths in it. */
function* filesIn(archive: Uint8Array): Generator<{ path: string; content: Uint8Array; modifiedAt: number }> {
  const tar = gunzipSync(archive);
  for (let at = 0; tar[at] !== 0;) {
    const field = (from: number, bytes: number): string =>
      tar.toString('utf8', at + from, at + from + bytes).replace(/\0[^]*$/, '');
    const size = parseInt(field(124, 12), 8);
    const content = Uint8Array.from(tar.subarray(at + 512, at + 512 + size));
    yield { path: field(0, 100), content, modifiedAt: parseInt(field(136, 12), 8) * 1000 };
    at += 512 + Math.ceil(size / 512) * 512;
  }
}

/** Name and content of the only file of a form. */
function formIn(form: Buffer): { name: string; file: Buffer } {
  const end = form.indexOf('\r\n\r\n');
  const head = form.subarray(0, end).toString('utf8');
  const boundary = head.slice(0, head.indexOf('\r\n'));
  const [, name = ''] = /filename="([^"]*)"/.exec(head) ?? [];
  return { name, file: form.subarray(end + 4, form.lastIndexOf(`\r\n${boundary}--`)) };
}

const spentWords = sentence('transfers.spent-upload');
const refused = (): PerchError =>
  new PerchError(
    newProblem('conflict', sentence('panel.node-refused-file', { what: sentence('panel.what.files') })),
  );
/** The process of a panel gave no answer in time. */
const unsure = (): PerchError =>
  new PerchError({
    ...newProblem('timeout', sentence('panel.unreachable', { place: 'home' })),
    maybeDone: true,
  });
const full = (): PerchError =>
  new PerchError(
    newProblem('conflict', sentence('panel.file-disk-full', { what: sentence('panel.what.files') })),
  );
const denied = (): PerchError =>
  new PerchError(
    newProblem('conflict', sentence('panel.file-denied', { what: sentence('panel.what.files') })),
  );
const away = (): PerchError =>
  new PerchError(newProblem('panel-unreachable', sentence('panel.unreachable', { place: 'home' })));
