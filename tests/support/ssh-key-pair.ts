import ssh2 from 'ssh2';
import { ed25519Pair } from '../../sandbox/wings/sftp/ed25519-pair.js';

/** New pair of SSH keys; the private key in OpenSSH's format, the public key as a line. */
export function sshKeyPair(kind: 'ed25519' | 'rsa' | 'ecdsa' = 'ed25519', bits = 0) {
  const { generateKeyPairSync } = ssh2.utils;
  if (kind === 'ed25519') return ed25519Pair(ssh2.utils);
  return kind === 'rsa' ? generateKeyPairSync('rsa', { bits }) : generateKeyPairSync('ecdsa', { bits: 256 });
}
