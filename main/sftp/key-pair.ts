/**
 * Key pairs for SFTP: ed25519, with the public part as panels take it.
 *
 * The private part is 48 bytes of PKCS #8 in Base64. It stays in this form from here to the keychain and is read only
 * for a signature.
 */
import { createHash, createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';

export const keyType = 'ssh-ed25519';

export interface MadeKey {
  /** Line of an `authorized_keys` file, without a comment. */
  readonly publicKey: string;
  readonly fingerprint: string;
  readonly secret: string;
}

/**
 * Makes a key whose fingerprint has no "/". Pelican names a key by its fingerprint in a path, so a "/" would make the key
 * impossible to remove (PROTOCOL 2.18).
 */
export function makeKey(): MadeKey {
  for (;;) {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const blob = publicBlob(publicKey.export({ format: 'der', type: 'spki' }));
    const fingerprint = fingerprintOf(blob);
    if (fingerprint.includes('/')) continue;
    const secret = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
    return { publicKey: `${keyType} ${blob.toString('base64')}`, fingerprint, secret };
  }
}

/** SHA-256 of a public key in the encoding of SSH, as OpenSSH prints it. */
export function fingerprintOf(blob: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
}

/** The bytes of a line such as `ssh-ed25519 AAAA…`. */
export function blobOf(publicKey: string): Buffer {
  return Buffer.from(publicKey.split(' ')[1] ?? '', 'base64');
}

/** Type of a public key in the encoding of SSH: its first string. */
export function typeOf(blob: Buffer): string {
  if (blob.length < 4) return '';
  return blob.subarray(4, 4 + blob.readUInt32BE(0)).toString('latin1');
}

/** Throws if the secret is damaged. */
export function signed(secret: string, data: Uint8Array): Buffer {
  const key = createPrivateKey({ key: Buffer.from(secret, 'base64'), format: 'der', type: 'pkcs8' });
  return sign(null, data, key);
}

/** The last 32 bytes of the SPKI form are the key itself (RFC 8410, RFC 8709). */
function publicBlob(spki: Buffer): Buffer {
  return Buffer.concat([sshString(Buffer.from(keyType)), sshString(spki.subarray(-32))]);
}

function sshString(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
