import { createDecipheriv, createDiffieHellman, hkdfSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { offerKey, plainCipher } from './secret-session.js';

const prime =
  'ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404dd' +
  'ef9519b3cd3a431b302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7ed' +
  'ee386bfb5a899fa5ae9f24117c4b1fe649286651ece65381ffffffffffffffff';

it('the key agreement matches another implementation, and its secrets can be opened', () => {
  const theirs = createDiffieHellman(prime, 'hex', 2);
  theirs.generateKeys();
  const ours = offerKey();
  const cipher = ours.agree(theirs.getPublicKey());
  const sealed = cipher.seal('ptlc_önly ours');
  expect(Buffer.from(sealed.value).toString('latin1')).not.toContain('ptlc');
  expect(cipher.open(sealed)).toBe('ptlc_önly ours');

  const shared = theirs.computeSecret(ours.publicKey);
  const whole = Buffer.concat([Buffer.alloc(128 - shared.length), shared]);
  const key = Buffer.from(hkdfSync('sha256', whole, '', '', 16));
  const decipher = createDecipheriv('aes-128-cbc', key, sealed.parameters);
  expect(Buffer.concat([decipher.update(sealed.value), decipher.final()]).toString()).toBe('ptlc_önly ours');
});

it.each([[[]], [[1]], [[...Buffer.from(prime, 'hex')]]])(
  'a public number without a secret is refused: %#',
  (bytes) => {
    expect(() => offerKey().agree(Uint8Array.from(bytes))).toThrow('not a key');
  },
);

it('a secret stays unencrypted if the service knows no encryption', () => {
  expect(plainCipher.open(plainCipher.seal('ptlc_ä'))).toBe('ptlc_ä');
});
