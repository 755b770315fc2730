/**
 * Secrets cross the bus encrypted, as libsecret sends them: a key is agreed upon by Diffie-Hellman, so that nobody who
 * listens on the bus reads one (Secret Service API, "Transfer of Secrets").
 */
import { createCipheriv, createDecipheriv, createDiffieHellman, hkdfSync, randomBytes } from 'node:crypto';

export const algorithm = 'dh-ietf1024-sha256-aes128-cbc-pkcs7';

/** The second Oakley group of RFC 2409; BoringSSL, which Electron has, does not know it by name. */
const prime =
  'ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404dd' +
  'ef9519b3cd3a431b302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7ed' +
  'ee386bfb5a899fa5ae9f24117c4b1fe649286651ece65381ffffffffffffffff';
const primeBytes = prime.length / 2;

/** `parameters` and `value` of a secret as the Secret Service takes and gives it. */
export interface SealedSecret {
  readonly parameters: Uint8Array;
  readonly value: Uint8Array;
}

export interface SecretCipher {
  seal(secret: string): SealedSecret;
  open(sealed: SealedSecret): string;
}

/** Our half of the agreement: `publicKey` goes over the bus, and `agree` takes what comes back. */
export function offerKey(): { publicKey: Uint8Array; agree(theirs: Uint8Array): SecretCipher } {
  const exchange = createDiffieHellman(prime, 'hex', 2);
  const publicKey = exchange.generateKeys();
  return {
    publicKey,
    agree: (theirs) => {
      const shared = exchange.computeSecret(theirs);
      const whole = Buffer.concat([Buffer.alloc(primeBytes - shared.length), shared]);
      return cipherOf(Buffer.from(hkdfSync('sha256', whole, '', '', 16)));
    },
  };
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

/** For a Secret Service that knows no other way: the session bus never leaves this computer. */
export const plainCipher: SecretCipher = {
  seal: (secret) => ({ parameters: new Uint8Array(), value: Buffer.from(secret, 'utf8') }),
  open: ({ value }) => Buffer.from(value).toString('utf8'),
};
