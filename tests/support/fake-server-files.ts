import { PerchError, newProblem } from '../../bridge/errors.js';
import { folderOf, joined, lastPart } from '../../bridge/files/file-paths.js';
import type { ServerFile } from '../../bridge/schema/files.js';
import { sentence } from '../../messages/messages.js';
import { HttpFailure, type UploadAnswer } from '../../main/base/network-ports.js';
import type { Clock } from '../../main/base/ports.js';
import type { UploadForm } from '../../main/transfers/node-links.js';
import { FakeSftp } from './fake-sftp.js';
import type { UploadPanelOf } from '../../main/transfers/upload-naming.js';

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
  /** Requests to the panel fail. */
  isAway = false;
  /** Requests to the panel. */
  asked = 0;
  uploads = 0;
  /** Called when the node has written a file. */
  written = (): void => undefined;
  /** Names under which files were sent. */
  readonly names: string[] = [];

  /** `turn` comes before and after each change. */
  panelOf(turn: () => Promise<void>): UploadPanelOf {
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
      list: (folder) => ask(() => this.#list(folder)),
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
    await pause(clock, 5, signal);
    if (fault?.kind === 'panel-away') throw away();
    const parts: Uint8Array[] = [];
    let got = 0;
    for await (const part of content) {
      await pause(clock, 10, signal);
      parts.push(Uint8Array.from(part));
      got += part.length;
      if (fault?.kind === 'cut' && got > fault.at) throw new HttpFailure('reset', 'UND_ERR_SOCKET');
    }
    if (got !== bytes) throw new HttpFailure('reset', 'length');
    const refusal = fault === undefined ? undefined : answers[fault.kind];
    if (refusal !== undefined) return refusal;
    const { name, file } = formIn(Buffer.concat(parts));
    this.#write(joined(folder, name), fault?.kind === 'partly' ? file.subarray(0, file.length / 2) : file);
    this.written();
    if (fault?.kind === 'lost') throw new HttpFailure('timeout', 'UND_ERR_HEADERS_TIMEOUT');
    return { status: 200, text: '' };
  }

  #write(path: string, content: Uint8Array): void {
    for (let folder = folderOf(path); folder !== '/'; folder = folderOf(folder)) this.folders.add(folder);
    this.names.push(lastPart(path));
    this.files.set(path, content);
  }

  #list(folder: string): ServerFile[] {
    if (!this.folders.has(folder)) throw refused();
    const below = [...this.folders].filter((path) => path !== '/' && folderOf(path) === folder);
    const files = [...this.files].filter(([path]) => folderOf(path) === folder);
    return [
      ...below.map((path) => entry(lastPart(path), 'folder', 0)),
      ...files.map(([path, content]) => entry(lastPart(path), 'file', content.length)),
    ];
  }
}

function entry(name: string, kind: ServerFile['kind'], bytes: number): ServerFile {
  return { name, kind, bytes, mode: '644', mime: 'text/plain', createdAt: 0, modifiedAt: 0 };
}

/** Name and content of the only file of a form. */
function formIn(form: Buffer): { name: string; file: Buffer } {
  const end = form.indexOf('\r\n\r\n');
  const head = form.subarray(0, end).toString('utf8');
  const boundary = head.slice(0, head.indexOf('\r\n'));
  const [, name = ''] = /filename="([^"]*)"/.exec(head) ?? [];
  return { name, file: form.subarray(end + 4, form.lastIndexOf(`\r\n${boundary}--`)) };
}

function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ms, resolve);
    signal.addEventListener('abort', () => {
      cancel();
      reject(new HttpFailure('unreachable', 'unknown'));
    });
  });
}

const spentWords = sentence('transfers.spent-upload');
const refused = (): PerchError =>
  new PerchError(
    newProblem('conflict', sentence('panel.node-refused-file', { what: sentence('panel.what.files') })),
  );
const denied = (): PerchError =>
  new PerchError(
    newProblem('conflict', sentence('panel.file-denied', { what: sentence('panel.what.files') })),
  );
const away = (): PerchError =>
  new PerchError(newProblem('panel-unreachable', sentence('panel.unreachable', { place: 'home' })));
