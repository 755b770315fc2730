import { describe, expect, it } from 'vitest';
import { readParts, writeParts } from './file-parts.js';

/** A file on a node that sends and takes at most so many bytes in one request, in any order of answers. */
class NodeFile {
  content: Buffer = Buffer.alloc(0);
  most = 32_768;
  atOnce = 0;
  mostAtOnce = 0;
  failAt = Infinity;
  largest = 0;

  async write(_path: string, _file: Buffer, part: Buffer, at: number): Promise<void> {
    // The caller may overwrite its memory afterwards.
    const own = Buffer.from(part);
    this.largest = Math.max(this.largest, own.length);
    await this.#turn(at);
    const grown = Buffer.alloc(Math.max(this.content.length, at + own.length));
    this.content.copy(grown);
    own.copy(grown, at);
    this.content = grown;
  }

  async read(_path: string, _file: Buffer, into: Buffer, at: number): Promise<number> {
    await this.#turn(at);
    return this.content.copy(into, 0, at, Math.min(at + into.length, at + this.most));
  }

  async #turn(at: number): Promise<void> {
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.atOnce);
    await new Promise((resolve) => setTimeout(resolve, (at / 7) % 3));
    this.atOnce -= 1;
    if (at >= this.failAt) throw new Error('cut');
  }
}

const target = { path: '/a', file: Buffer.from('a') };
const some = (bytes: number): Buffer =>
  Buffer.from(Array.from({ length: bytes }, (_, at) => (at * 31) % 251));

async function* parts(content: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}

describe('writeParts', () => {
  it.each([0, 1, 32_768, 32_769, 500_000, 5_000_000])('writes %i bytes in order', async (bytes) => {
    const node = new NodeFile();
    const content = some(bytes);
    expect(await writeParts(node, target, parts(content, 262_144))).toBe(bytes);
    expect(node.content.equals(content)).toBe(true);
    expect(node.mostAtOnce).toBeLessThanOrEqual(64);
  });

  it('sends pieces that fit into one packet of SSH, whatever name the node gave the open file', async () => {
    const node = new NodeFile();
    const file = Buffer.alloc(256);
    await writeParts(node, { path: '/a', file }, parts(some(500_000), 262_144));
    // Length, type, id, length of the name, name, offset, length of the content (draft-ietf-secsh-filexfer-02, section 6.4).
    expect(4 + 1 + 4 + 4 + file.length + 8 + 4 + node.largest).toBeLessThanOrEqual(32_768);
    expect(node.largest).toBeGreaterThan(32_000);
  });

  it('ends with the first failure, after all requests have ended', async () => {
    const node = new NodeFile();
    node.failAt = 1_000_000;
    await expect(writeParts(node, target, parts(some(5_000_000), 262_144))).rejects.toThrow('cut');
    expect(node.atOnce).toBe(0);
    expect(node.content.length).toBeLessThan(4_000_000);
  });
});

describe('readParts', () => {
  async function read(node: NodeFile, bytes: number): Promise<Buffer> {
    const got: Buffer[] = [];
    for await (const part of readParts(node, { ...target, bytes })) got.push(Buffer.from(part));
    return Buffer.concat(got);
  }

  it.each([0, 1, 32_768, 32_769, 3_000_000])('reads %i bytes in order', async (bytes) => {
    const node = new NodeFile();
    node.content = some(bytes);
    expect((await read(node, bytes)).equals(node.content)).toBe(true);
    expect(node.mostAtOnce).toBeLessThanOrEqual(64);
  });

  it('continues after short answers, and reads the growth of a file', async () => {
    const node = new NodeFile();
    node.content = some(400_000);
    node.most = 10_000;
    expect((await read(node, 100_000)).equals(node.content)).toBe(true);
  });

  it('ends with a failure, or when nobody wants more', async () => {
    const node = new NodeFile();
    node.content = some(3_000_000);
    node.failAt = 200_000;
    await expect(read(node, 3_000_000)).rejects.toThrow('cut');
    node.failAt = Infinity;
    for await (const part of readParts(node, { ...target, bytes: 3_000_000 })) {
      expect(part.length).toBeGreaterThan(0);
      break;
    }
    expect(node.atOnce).toBe(0);
  });
});
