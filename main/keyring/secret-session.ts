/**
 * Encryption of secrets on the bus, as in libsecret: a key agreed by Diffie-Hellman keeps other listeners on the bus
 * from reading them (Secret Service API, "Transfer of Secrets").
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

export const algorithm = 'dh-ietf1024-sha256-aes128-cbc-pkcs7';

/** The second Oakley group of RFC 2409. Node's own Diffie-Hellman takes 100 ms to verify that it is a prime. */
const prime = BigInt(
  '0xffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404dd' +
    'ef9519b3cd3a431b302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7ed' +
    'ee386bfb5a899fa5ae9f24117c4b1fe649286651ece65381ffffffffffffffff',
);
const primeBytes = 128;
/** More than twice the strength of a group of this size. */
const secretBytes = 32;

/** `parameters` and `value` of a secret in the Secret Service's format. */
interface SealedSecret {
  readonly parameters: Uint8Array;
  readonly value: Uint8Array;
}

export interface SecretCipher {
  seal(secret: string): SealedSecret;
  open(sealed: SealedSecret): string;
}

/** Our half of the key agreement: `publicKey` is sent, and `agree` takes the answer. */
export function offerKey(): { publicKey: Uint8Array; agree(theirs: Uint8Array): SecretCipher } {
  const secret = numberOf(randomBytes(secretBytes));
  return {
    publicKey: bytesOf(power(2n, secret)),
    agree: (theirs) => {
      const base = numberOf(theirs);
      if (base <= 1n || base >= prime - 1n) throw new Error('not a key to agree with');
      return cipherOf(Buffer.from(hkdfSync('sha256', bytesOf(power(base, secret)), '', '', 16)));
    },
  };
}

/** `base` to the power of `exponent`, modulo the prime. */
function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let rest = exponent, square = base; rest > 0n; rest >>= 1n, square = (square * square) % prime) {
    if (rest & 1n) result = (result * square) % prime;
  }
  return result;
}

function numberOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`);
}

function bytesOf(number: bigint): Buffer {
  return Buffer.from(number.toString(16).padStart(primeBytes * 2, '0'), 'hex');
}

function cipherOf(key: Buffer): SecretCipher {
  return {
    seal: (secret) => {
      const parameters = randomBytes(16);
      const cipher = createCipheriv('aes-128-cbc', key, parameters);
      return { parameters, value: Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]) };
    },
    open: ({ parameters, value }) => {
      const decipher = createDecipheriv('aes-128-cbc', key, parameters);
      return Buffer.concat([decipher.update(value), decipher.final()]).toString('utf8');
    },
  };
}

/** Cipher for a Secret Service without encryption. The session bus never leaves this computer. */
export const plainCipher: SecretCipher = {
  seal: (secret) => ({ parameters: new Uint8Array(), value: Buffer.from(secret, 'utf8') }),
  open: ({ value }) => Buffer.from(value).toString('utf8'),
};
