/** Reads the start configuration of a server, in few calls. */
import { createHash } from 'node:crypto';
import { toProblem, type ProblemCode } from '../../bridge/errors.js';
import { folderOf, joined } from '../../bridge/files/file-paths.js';
import type { WatchedFiles } from '../../bridge/files/watched-files.js';
import { mostWatchedBytes } from '../../bridge/files/watched-list.js';
import { isGranted } from '../../bridge/panel/permissions.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { ServerFile } from '../../bridge/schema/files.js';
import type { ServerState, WatchedFile } from '../../bridge/schema/server-states.js';
import type { PanelApi } from '../panel/api.js';
import { openCommand, openValues, valueOf } from './open-values.js';

export interface ReadStateDeps {
  readonly server: Pick<Server, 'id' | 'identifier' | 'permissions' | 'dockerImage'>;
  /** Files that Perch reads. */
  readonly watched: WatchedFiles;
  readonly panel: Pick<PanelApi, 'files' | 'fileContents' | 'startup'>;
  /** Sends an optional read in its turn; null = dropped. */
  readonly whenSpare: <T>(send: () => Promise<T>) => Promise<T | null>;
  /** Keeps a text, and returns the hash of its content. */
  readonly keep: (path: string, bytes: Uint8Array) => Promise<string>;
  /** An earlier state: texts with the same size and time are not read again. */
  readonly known: ServerState | null;
  readonly startedAt: number | null;
  readonly readAt: number;
}

/** Most files of one folder of plugins or mods. */
const mostOfFolder = 1000;
/** Failures that concern one file or folder alone, a missing one included (PROTOCOL 2.17.4). */
const ofOneFile: ReadonlySet<ProblemCode> = new Set<ProblemCode>(['not-found', 'invalid', 'conflict']);

class Dropped extends Error {}

/** null if a call was dropped. Rejects with `PerchError` if the panel refuses more than one file or folder. */
export async function readState(deps: ReadStateDeps): Promise<ServerState | null> {
  try {
    return await new StateReading(deps).read();
  } catch (error) {
    if (error instanceof Dropped) return null;
    throw error;
  }
}

class StateReading {
  readonly #folders: string[] = [];
  readonly #files: WatchedFile[] = [];

  constructor(private readonly deps: ReadStateDeps) {}

  async read(): Promise<ServerState> {
    const { server, watched, startedAt, readAt } = this.deps;
    const root = await this.#ask(() => this.deps.panel.files(server.identifier, '/'));
    const topFolders = new Set(root.filter(({ kind }) => kind === 'folder').map(({ name }) => name));
    await this.#take('/', root, watched);
    const others = new Set([...watched.texts.map(folderOf), ...watched.folders]);
    others.delete('/');
    for (const folder of others) {
      const [, top = ''] = folder.split('/');
      const files = topFolders.has(top) ? await this.#list(folder) : [];
      if (files !== null) await this.#take(folder, files, watched);
    }
    const startup = await this.#startup();
    const [folders, files] = [this.#folders, this.#files];
    const { texts } = watched;
    return { startedAt, readAt, image: server.dockerImage, ...startup, folders, texts: [...texts], files };
  }

  async #take(folder: string, files: readonly ServerFile[], watched: WatchedFiles): Promise<void> {
    this.#folders.push(folder);
    const isWhole = watched.folders.includes(folder);
    const plain = files.filter(({ kind }) => kind === 'file').slice(0, isWhole ? mostOfFolder : undefined);
    for (const { name, bytes, modifiedAt } of plain) {
      const path = joined(folder, name);
      const facts = { path, bytes, modifiedAt };
      if (watched.texts.includes(path)) this.#files.push({ ...facts, ...(await this.#text(facts)) });
      else if (isWhole) this.#files.push({ ...facts, version: null, meaning: null });
    }
  }

  async #text(
    file: Pick<WatchedFile, 'path' | 'bytes' | 'modifiedAt'>,
  ): Promise<Pick<WatchedFile, 'version' | 'meaning'>> {
    const { server, panel, keep, known } = this.deps;
    const before = known?.files.find(({ path }) => path === file.path);
    if (before !== undefined && before.bytes === file.bytes && before.modifiedAt === file.modifiedAt)
      return { version: before.version, meaning: before.meaning };
    if (file.bytes > mostWatchedBytes) return { version: null, meaning: null };
    try {
      const bytes = await this.#ask(() => panel.fileContents(server.identifier, file.path));
      return { version: await keep(file.path, bytes), meaning: meaningOf(bytes) };
    } catch (error) {
      if (!isOfOneFile(error)) throw error;
      return { version: null, meaning: null };
    }
  }

  /** null if this folder can't be listed. */
  async #list(folder: string): Promise<readonly ServerFile[] | null> {
    try {
      return await this.#ask(() => this.deps.panel.files(this.deps.server.identifier, folder));
    } catch (error) {
      if (!isOfOneFile(error)) throw error;
      return null;
    }
  }

  async #startup(): Promise<Pick<ServerState, 'variables' | 'values' | 'command'>> {
    const { server, panel } = this.deps;
    if (!isGranted(server.permissions, 'startup.read')) return { variables: null, values: {}, command: null };
    const startup = await this.#ask(() => panel.startup(server.identifier));
    const hash = (name: string, value: string): string => hashOf(`${server.id} ${name} ${value}`);
    const hashes = startup.variables.map((variable): [string, string] => [
      variable.envVariable,
      hash(variable.envVariable, valueOf(variable)),
    ]);
    const { template } = startup;
    return {
      variables: Object.fromEntries(hashes),
      values: openValues(startup),
      command: template === '' ? null : { hash: hash('', template), text: openCommand(startup) },
    };
  }

  async #ask<T>(send: () => Promise<T>): Promise<T> {
    const answer = await this.deps.whenSpare(send);
    if (answer === null) throw new Dropped();
    return answer;
  }
}

function isOfOneFile(error: unknown): boolean {
  return ofOneFile.has(toProblem(error).code);
}

function meaningOf(bytes: Uint8Array): string {
  const lines = Buffer.from(bytes).toString('latin1').split(/\r?\n/);
  return hashOf(lines.filter((line) => !/^\s*(?:[#;]|$)/.test(line)).join('\n'));
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
