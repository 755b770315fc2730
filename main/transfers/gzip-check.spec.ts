import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { GzipCheck } from './gzip-check.js';

const content = Buffer.from(Array.from({ length: 200_000 }, (_, at) => (at * at) % 251));
const whole = gzipSync(content);

async function* inParts(bytes: Buffer, size = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function passed(bytes: Buffer): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of new GzipCheck().passing(inParts(bytes))) parts.push(part);
  return Buffer.concat(parts);
}

test('a whole content passes unchanged', async () => {
  expect((await passed(whole)).equals(whole)).toBe(true);
});

test.each([
  ['a part', whole.subarray(0, -1)],
  ['the half', whole.subarray(0, whole.length / 2)],
  ['nothing', Buffer.alloc(0)],
  ['a page', Buffer.from('<html>504 Gateway Time-out</html>')],
  ['a wrong checksum', changed(whole.length - 6)],
  ['a wrong byte', changed(whole.length / 2)],
  ['a wrong beginning', changed(0)],
])('%s is refused', async (_, bytes) => {
  await expect(passed(bytes)).rejects.toMatchObject({
    failure: { retry: 'mismatch', problem: { message: { id: 'transfers.wrong-checksum' } } },
  });
});

test.each([
  ['zip', '504b03041400'],
  ['a zip of nothing', '504b0506000000'],
  ['bzip2', '425a68393141'],
  ['xz', 'fd377a585a000004'],
])('an archive in the format of %s waits for a person', async (_, beginning) => {
  const bytes = Buffer.concat([Buffer.from(beginning, 'hex'), content]);
  await expect(passed(bytes)).rejects.toMatchObject({
    failure: { retry: 'person', problem: { message: { id: 'transfers.other-format' } } },
  });
});

function changed(at: number): Buffer {
  const bytes = Buffer.from(whole);
  const place = Math.floor(at);
  bytes[place] = 255 - (bytes[place] ?? 0);
  return bytes;
}
