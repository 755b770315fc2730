import { createInterface } from 'node:readline';

/** Client of `agent.py`, over its stdin and stdout. */
export class Agent {
  /** @param {import('node:child_process').ChildProcess} child */
  constructor(child) {
    this.child = child;
    this.lastId = 0;
    /** @type {Map<number, { resolve: (result: unknown) => void, reject: (error: Error) => void }>} */
    this.waiting = new Map();
    this.ready = new Promise((resolve, reject) => this.waiting.set(0, { resolve, reject }));
    if (!child.stdout) throw new Error('the agent has no output');
    createInterface({ input: child.stdout }).on('line', (line) => this.take(line));
    child.on('exit', () => this.fail());
    child.on('error', () => this.fail());
  }

  /**
   * @param {string} method
   * @param {Record<string, unknown>} [params]
   * @returns {Promise<unknown>} rejects with the error that the desktop returned
   */
  ask(method, params = {}) {
    return new Promise((resolve, reject) => {
      if (this.child.exitCode !== null) return reject(new Error('the desktop session has ended'));
      const id = (this.lastId += 1);
      this.waiting.set(id, { resolve, reject });
      this.child.stdin?.write(`${JSON.stringify({ id, method, params })}\n`);
    });
  }

  /** @param {string} line */
  take(line) {
    /** @type {{ id: number, result?: unknown, error?: string }} */
    const reply = JSON.parse(line);
    const asked = this.waiting.get(reply.id);
    this.waiting.delete(reply.id);
    if (reply.error !== undefined) asked?.reject(new Error(reply.error));
    else asked?.resolve(reply.result);
  }

  fail() {
    for (const { reject } of this.waiting.values()) reject(new Error('the desktop session has ended'));
    this.waiting.clear();
  }
}
