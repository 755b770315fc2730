/** Public keys as the panel reads them: a line of OpenSSH, or PEM (PROTOCOL 2.18). */
import { createHash, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';

export interface PublicKey {
  kind: 'rsa' | 'ec' | 'ed25519' | 'dsa';
  /** Length of the modulus of an RSA key. */
  bits: number;
  /** base64 of the SHA-256 of the key in SSH's form, without `=`. */
  fingerprint: string;
  /** As the panel keeps and shows the key: PEM with CRLF, without a line end at the end. */
  pem: string;
}

const curves: Readonly<Record<string, string>> = { nistp256: 'P-256', nistp384: 'P-384', nistp521: 'P-521' };

/** null = no public key, or an unreadable one. */
export function readPublicKey(text: string): PublicKey | null {
  const trimmed = text.trim();
  try {
    if (trimmed.startsWith('-----BEGIN')) return fromPem(trimmed);
    const [type = '', encoded = ''] = trimmed.split(/\s+/);
    const blob = Buffer.from(encoded, 'base64');
    return fieldsOf(blob)[0]?.toString() === type ? fromBlob(type, blob) : null;
  } catch {
    // Node refuses a key that does not hold together.
    return null;
  }
}

function fromPem(text: string): PublicKey | null {
  if (text.includes('PRIVATE KEY')) return null;
  const key = createPublicKey(text);
  const blob = blobOf(key.export({ format: 'jwk' }));
  return blob === null ? null : described(key, blob);
}

function fromBlob(type: string, blob: Buffer): PublicKey | null {
  if (type === 'ssh-dss') return { kind: 'dsa', bits: 0, fingerprint: fingerprintOf(blob), pem: '' };
  const jwk = jwkOf(type, fieldsOf(blob));
  return jwk === null ? null : described(createPublicKey({ key: jwk, format: 'jwk' }), blob);
}

function jwkOf(type: string, [, one, two]: readonly Buffer[]): JsonWebKey | null {
  if (one === undefined) return null;
  if (type === 'ssh-ed25519') return { kty: 'OKP', crv: 'Ed25519', x: one.toString('base64url') };
  if (two === undefined) return null;
  if (type === 'ssh-rsa') return { kty: 'RSA', e: one.toString('base64url'), n: two.toString('base64url') };
  const crv = curves[type.replace(/^ecdsa-sha2-/, '')];
  if (crv === undefined) return null;
  // An uncompressed point: 4, then both coordinates.
  const half = (two.length - 1) / 2;
  const [x, y] = [two.subarray(1, 1 + half), two.subarray(1 + half)];
  return { kty: 'EC', crv, x: x.toString('base64url'), y: y.toString('base64url') };
}

/** The key in SSH's form; null for a kind that SSH does not have. */
function blobOf({ kty, crv, x, y, n, e }: JsonWebKey): Buffer | null {
  const number = (text = ''): Buffer => {
    const bytes = Buffer.from(text, 'base64url');
    return (bytes[0] ?? 0) > 127 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
  };
  if (kty === 'RSA') return joined([Buffer.from('ssh-rsa'), number(e), number(n)]);
  if (crv === 'Ed25519') return joined([Buffer.from('ssh-ed25519'), Buffer.from(x ?? '', 'base64url')]);
  const curve = Object.keys(curves).find((name) => curves[name] === crv);
  if (curve === undefined) return null;
  const point = [Buffer.of(4), ...[x, y].map((text) => Buffer.from(text ?? '', 'base64url'))];
  return joined([Buffer.from(`ecdsa-sha2-${curve}`), Buffer.from(curve), Buffer.concat(point)]);
}

function described(key: KeyObject, blob: Buffer): PublicKey {
  const kind = key.asymmetricKeyType;
  return {
    kind: kind === 'rsa' || kind === 'ed25519' ? kind : 'ec',
    bits: key.asymmetricKeyDetails?.modulusLength ?? 0,
    fingerprint: fingerprintOf(blob),
    pem: key.export({ type: 'spki', format: 'pem' }).toString().trim().replaceAll('\n', '\r\n'),
  };
}

function fingerprintOf(blob: Buffer): string {
  return createHash('sha256').update(blob).digest('base64').replace(/=+$/, '');
}

/** Parts of a key in SSH's form, each behind its length. */
function fieldsOf(blob: Buffer): Buffer[] {
  const fields: Buffer[] = [];
  for (let at = 0; at + 4 <= blob.length;) {
    const end = at + 4 + blob.readUInt32BE(at);
    if (end > blob.length) return [];
    fields.push(blob.subarray(at + 4, end));
    at = end;
  }
  return fields;
}

function joined(fields: readonly Buffer[]): Buffer {
  return Buffer.concat(
    fields.flatMap((field) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(field.length);
      return [length, field];
    }),
  );
}
