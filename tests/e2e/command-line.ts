/** Command line as a person calls it: a second process of the same program. */
import { spawn, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import { electronPath, type Perch } from './perch.js';

const root = resolve(import.meta.dirname, '../..');

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly process: ChildProcess;
  /** Standard output so far. */
  readonly out: () => string;
  readonly ended: Promise<Ended>;
}

export class CommandLine {
  readonly #env: NodeJS.ProcessEnv;

  constructor(env: NodeJS.ProcessEnv, dataFolder: Perch['dataFolder']) {
    this.#env = { ...env, PERCH_DATA: dataFolder };
  }

  /** Runs `perch` with these arguments until it exits. */
  async run(words: readonly string[], input?: string): Promise<Ended> {
    return this.start(words, input).ended;
  }

  start(words: readonly string[], input?: string): Running {
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const child = spawn(electronPath(), [...asRoot, root, ...words], { env: this.#env });
    let out = '';
    let err = '';
    child.stdout.on('data', (piece: Buffer) => (out += piece.toString()));
    child.stderr.on('data', (piece: Buffer) => (err += piece.toString()));
    // A command that refuses its input may end before it has read all of it.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    const ended = new Promise<Ended>((done) =>
      child.on('close', (code) => done({ code, out, err: withoutChromium(err) })),
    );
    return { process: child, out: () => out, ended };
  }

  /** Parsed output with `--json`; fails on a non-zero exit code. */
  async json(words: readonly string[]): Promise<unknown> {
    const { code, out, err } = await this.run([...words, '--json']);
    if (code !== 0) throw new Error(`perch ${words.join(' ')} ended with ${code}: ${err}`);
    return JSON.parse(out) as unknown;
  }
}

/** Removes Chromium's warnings about a missing system bus, which appear before logging can be turned off. */
function withoutChromium(text: string): string {
  return text.replaceAll(/^\[\d+:\d+\/.*\n/gm, '');
}
