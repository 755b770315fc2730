import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ed25519Pair } from './ed25519-pair.js';
import { ssh } from './ssh.js';

/** Host key of a node: ed25519, made when it is first needed, and kept in a file (PROTOCOL 2.19.2). */
export class HostKey {
  #pem: Promise<string> | null = null;

  constructor(private readonly file: string) {}

  /** The private key, in OpenSSH's format. */
  pem(): Promise<string> {
    this.#pem ??= readFile(this.file, 'utf8').catch(() => this.#make());
    return this.#pem;
  }

  /** Replaces the key. */
  change(): Promise<string> {
    this.#pem = this.#make();
    return this.#pem;
  }

  async #make(): Promise<string> {
    const { utils } = await ssh();
    const { private: pem } = ed25519Pair(utils);
    await mkdir(dirname(this.file), { recursive: true });
    await writeFile(this.file, pem, { mode: 0o600 });
    return pem;
  }
}

/** Fingerprint of a public key in SSH's own form: base64 of its SHA-256, without `=`. */
export function fingerprintOf(blob: Buffer): string {
  return createHash('sha256').update(blob).digest('base64').replace(/=+$/, '');
}
