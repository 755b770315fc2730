import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dialectNamed, Sandbox, type SandboxInfo } from '../../sandbox/sandbox.js';
import type { WingsNode, WingsNodeDeps } from '../../sandbox/wings/api.js';
import { FakeWingsNode } from './fake-wings-node.js';
import { rawRequest, type RawAnswer } from './raw-http.js';
import { removeFolder } from './remove-folder.js';

export type Order = Record<string, unknown>;
export type Who = 'owner' | 'subuser' | 'admin';

/** Sandbox, with in-memory nodes by default. Tests change its world only through `POST /sandbox/control`. */
export class ControlStage {
  readonly folder = mkdtempSync(join(tmpdir(), 'perch-control-'));
  #sandbox: Sandbox | null = null;
  #info: SandboxInfo = {
    panel: '',
    keys: { owner: '', subuser: '', admin: '' },
    passwords: { owner: '', subuser: '', admin: '' },
    servers: [],
  };

  async start(
    name: string,
    makeNode: (deps: WingsNodeDeps) => WingsNode = () => new FakeWingsNode(),
  ): Promise<void> {
    const dialect = dialectNamed(name);
    if (!dialect) throw new Error(`There is no ${name}.`);
    this.#sandbox = new Sandbox({
      port: 0,
      dialect,
      dataFolder: this.folder,
      control: true,
      nodePatienceMs: 20,
      makeNode,
    });
    this.#info = await this.#sandbox.start();
  }

  get panelUrl(): string {
    return this.#info.panel;
  }

  keyOf(who: Who): string {
    return this.#info.keys[who];
  }

  passwordOf(who: Who): string {
    return this.#info.passwords[who];
  }

  uuidOf(name: string): string {
    return this.#info.servers.find((server) => server.name === name)?.uuid ?? '';
  }

  async stop(): Promise<void> {
    await this.#sandbox?.stop();
    await removeFolder(this.folder);
  }

  async order(order: Order): Promise<{ status: number; result: unknown; error: unknown }> {
    const answer = await rawRequest(
      this.#info.panel,
      'POST',
      '/sandbox/control',
      { 'content-type': 'application/json' },
      JSON.stringify(order),
    );
    const { result, error } = JSON.parse(answer.text) as { result?: unknown; error?: unknown };
    return { status: answer.status, result, error };
  }

  /** Sends a request; a string and bytes are sent as they are, other bodies as JSON. */
  ask(who: Who | { key: string }, method: string, path: string, body?: unknown): Promise<RawAnswer> {
    const isText = typeof body === 'string' || Buffer.isBuffer(body);
    const key = typeof who === 'string' ? this.#info.keys[who] : who.key;
    const headers = {
      accept: 'application/json',
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': isText ? 'text/plain' : 'application/json' }),
    };
    const text = body === undefined ? null : isText ? body : JSON.stringify(body);
    return rawRequest(this.#info.panel, method, `/api/client${path}`, headers, text);
  }

  on(who: Who, name: string, method: string, path: string, body?: unknown): Promise<RawAnswer> {
    return this.ask(who, method, `/servers/${this.uuidOf(name)}${path}`, body);
  }
}

/** Status, error code and the beginning of the error text. */
export function errorLine(answer: RawAnswer): string {
  if (!answer.text.startsWith('{"errors"')) return `${answer.status} ${answer.text.slice(0, 9)}`.trim();
  const { errors } = JSON.parse(answer.text) as { errors: { code: string; detail: string }[] };
  return `${answer.status} ${errors[0]?.code ?? ''}: ${errors[0]?.detail ?? ''}`;
}
