import type { utils } from 'ssh2';

/**
 * New ed25519 key pair: the private key in OpenSSH's format, the public key as a line. `ssh2` strips zero bytes from one
 * public key in 256, and no program can read the keys of such a pair (ssh2 1.17, its issue 1513).
 */
export function ed25519Pair({ generateKeyPairSync, parseKey }: Pick<typeof utils, Used>) {
  for (;;) {
    const pair = generateKeyPairSync('ed25519');
    const isSound = [pair.private, pair.public].every((key) => !(parseKey(key) instanceof Error));
    if (isSound) return pair;
  }
}

type Used = 'generateKeyPairSync' | 'parseKey';
