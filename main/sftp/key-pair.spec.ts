import { execFileSync, spawnSync } from 'node:child_process';
import { createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { blobOf, fingerprintOf, keyType, makeKey, signed, typeOf } from './key-pair.js';

/** A key of `ssh-keygen -t ed25519`, with the fingerprint that `ssh-keygen -lf` printed for it. */
const known = {
  line: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMfrOEC0B3JDTTUcOKHVLBuCK174qbmgfuEIwcIhFxp7',
  fingerprint: 'SHA256:Hjb/rz5zInXhJgpWmOQugzT5NKC07zpojofjl+8xf2k',
};

describe('makeKey', () => {
  it('makes another key each time, whose fingerprint fits into a path', () => {
    const keys = Array.from({ length: 20 }, makeKey);
    expect(new Set(keys.map(({ fingerprint }) => fingerprint)).size).toBe(20);
    for (const { publicKey, fingerprint } of keys) {
      expect(fingerprint).toMatch(/^SHA256:[A-Za-z0-9+]{43}$/);
      expect(fingerprintOf(blobOf(publicKey))).toBe(fingerprint);
      expect(typeOf(blobOf(publicKey))).toBe(keyType);
    }
  });

  it('makes a private part that signs for the public part', () => {
    const { publicKey, secret } = makeKey();
    const raw = blobOf(publicKey).subarray(-32);
    const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]);
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    const data = Buffer.from('what the node sent');
    expect(verify(null, data, key, signed(secret, data))).toBe(true);
    expect(verify(null, data, key, signed(makeKey().secret, data))).toBe(false);
  });
});

describe('fingerprintOf', () => {
  it('equals the fingerprint of ssh-keygen', () => {
    expect(fingerprintOf(blobOf(known.line))).toBe(known.fingerprint);
  });

  it.runIf(spawnSync('ssh-keygen', ['-?']).error === undefined)(
    'is the one of the installed ssh-keygen',
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'perch-key-'));
      try {
        const { publicKey, fingerprint } = makeKey();
        const file = join(folder, 'key.pub');
        writeFileSync(file, `${publicKey}\n`);
        expect(execFileSync('ssh-keygen', ['-lf', file], { encoding: 'utf8' })).toContain(
          `256 ${fingerprint} `,
        );
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  );
});

describe('typeOf', () => {
  it('is empty for bytes that are no key', () => {
    expect(typeOf(Buffer.alloc(3))).toBe('');
    expect(typeOf(Buffer.from('ffffffff41', 'hex'))).toBe('A');
  });
});
