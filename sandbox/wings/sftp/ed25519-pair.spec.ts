import ssh2 from 'ssh2';
import { expect, test } from 'vitest';
import { ed25519Pair } from './ed25519-pair.js';

const { generateKeyPairSync, parseKey } = ssh2.utils;

/** A pair of `ssh2` with a public key that begins with a zero byte: one in 256. */
function brokenPair() {
  for (let time = 0; time < 20_000; time++) {
    const pair = generateKeyPairSync('ed25519');
    if (parseKey(pair.private) instanceof Error) return pair;
  }
  throw new Error('ssh2 makes sound keys only: use it without this file');
}

test('a pair that nobody can read is not used', () => {
  const pairs = [brokenPair(), generateKeyPairSync('ed25519')];
  const made = (): (typeof pairs)[number] => pairs.shift() ?? generateKeyPairSync('ed25519');
  const { private: key, public: line } = ed25519Pair({
    generateKeyPairSync: made as typeof generateKeyPairSync,
    parseKey,
  });
  expect([parseKey(key), parseKey(line)].map((one) => one instanceof Error)).toEqual([false, false]);
  expect(pairs.length).toBeLessThan(1);
});
