import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { createWingsNode } from '../../sandbox/wings/node.js';
import { PaperHost } from '../../sandbox/wings/paper-host.js';
import { ControlStage, type Who } from './control-stage.js';
import type { RawAnswer } from './raw-http.js';
import { TestSocket } from './wings-rig.js';

/** Attributes of a backup in an answer. */
export interface BackupAttributes {
  uuid: string;
  name: string;
  is_successful: boolean;
  is_locked: boolean;
  ignored_files: string[];
  checksum: string | null;
  bytes: number;
  created_at: string;
  completed_at: string | null;
}

/** Sandbox with real nodes, whose files and archives are real; only the games have no processes. */
export class BackupStage {
  readonly control = new ControlStage();
  readonly #sockets: TestSocket[] = [];

  start(dialect: string): Promise<void> {
    return this.control.start(dialect, (deps) => createWingsNode(deps, { host: new PaperHost() }));
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.close();
    await this.control.stop();
  }

  /** Request below `/backups` of a server. */
  ask(method: string, path = '', body?: unknown, who: Who = 'owner', name = 'Survival'): Promise<RawAnswer> {
    return this.control.on(who, name, method, `/backups${path}`, body);
  }

  async create(fields: Record<string, unknown> = {}, name = 'Survival'): Promise<BackupAttributes> {
    return attributesOf(await this.ask('POST', '', fields, 'owner', name));
  }

  async view(uuid: string, name = 'Survival'): Promise<BackupAttributes> {
    return attributesOf(await this.ask('GET', `/${uuid}`, undefined, 'owner', name));
  }

  async list(name = 'Survival'): Promise<BackupAttributes[]> {
    const { text } = await this.ask('GET', '?per_page=50', undefined, 'owner', name);
    return (JSON.parse(text) as { data: { attributes: BackupAttributes }[] }).data.map(
      ({ attributes }) => attributes,
    );
  }

  /** Creates a backup and waits for its end. */
  async made(fields: Record<string, unknown> = {}, name = 'Survival'): Promise<BackupAttributes> {
    const { uuid } = await this.create(fields, name);
    return this.ended(uuid, name);
  }

  /** Waits for the end of a backup. */
  async ended(uuid: string, name = 'Survival'): Promise<BackupAttributes> {
    return eventually(
      () => this.view(uuid, name),
      ({ completed_at }) => completed_at !== null,
    );
  }

  /** Waits for a status of the panel. */
  async status(wanted: string | null, name = 'Survival'): Promise<void> {
    await eventually(
      async () => {
        const { result } = await this.control.order({ do: 'look', server: name });
        return (result as { status: string | null }).status;
      },
      (status) => status === wanted,
    );
  }

  async link(uuid: string): Promise<string> {
    const { text } = await this.ask('GET', `/${uuid}/download`);
    return (JSON.parse(text) as { attributes: { url: string } }).attributes.url;
  }

  /** Authenticated console socket of a server. */
  async socket(who: Who = 'owner', name = 'Survival'): Promise<TestSocket> {
    const { text } = await this.control.on(who, name, 'GET', '/websocket');
    const { token, socket: address } = (JSON.parse(text) as { data: { token: string; socket: string } }).data;
    const socket = new TestSocket(new WebSocket(address, { origin: this.control.panelUrl }));
    this.#sockets.push(socket);
    await socket.opened;
    socket.send('auth', token);
    await socket.event('auth success');
    return socket;
  }

  write(file: string, text: string | Buffer, name = 'Survival'): void {
    const path = join(this.folderOf(name), file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  read(file: string, name = 'Survival'): string {
    return readFileSync(join(this.folderOf(name), file), 'utf8');
  }

  /** Names in the folder of a server, sorted. */
  files(name = 'Survival'): string[] {
    return readdirSync(this.folderOf(name)).sort();
  }

  /** Removes all files of a server; its folder stays. */
  clear(name = 'Survival'): void {
    const folder = this.folderOf(name);
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  }

  /** Folder of a server on the demo's first node. */
  folderOf(name: string): string {
    return join(this.control.folder, 'nodes', '1', this.control.uuidOf(name));
  }

  archiveOf(uuid: string): string {
    return join(this.control.folder, 'nodes', '1', 'backups', `${uuid}.tar.gz`);
  }
}

export function attributesOf({ text }: RawAnswer): BackupAttributes {
  return (JSON.parse(text) as { attributes: BackupAttributes }).attributes;
}

/** Asks again until the answer fits. */
export async function eventually<T>(
  question: () => Promise<T> | T,
  fits: (answer: T) => boolean,
  seconds = 20,
): Promise<T> {
  for (let turn = 0; ; turn++) {
    const answer = await question();
    if (fits(answer)) return answer;
    if (turn === seconds * 50) throw new Error(`It never came: ${JSON.stringify(answer)}`);
    await pause(20);
  }
}
