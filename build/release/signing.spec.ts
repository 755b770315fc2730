import { describe, expect, it } from 'vitest';
import { signingOf } from './signing.mjs';

const certificate = { CSC_LINK: 'data', CSC_KEY_PASSWORD: 'secret' };
const apple = { APPLE_ID: 'a', APPLE_APP_SPECIFIC_PASSWORD: 'b', APPLE_TEAM_ID: 'c' };

describe('signed packages', () => {
  it('is signed and notarised on macOS if all secrets are set', () => {
    const env = { PATH: '/bin', ...certificate, ...apple };
    expect(signingOf('darwin', env)).toEqual({ env, line: 'macOS: signed, notarised' });
  });

  it('is not notarised if a secret of Apple is missing, and no such secret is passed on', () => {
    const { env, line } = signingOf('darwin', { ...certificate, ...apple, APPLE_TEAM_ID: '' });
    expect(line).toBe('macOS: signed, NOT NOTARISED (no APPLE_TEAM_ID)');
    expect(env).toEqual(certificate);
  });

  it('is not signed without a certificate, not even with a certificate of the machine', () => {
    const { env, line } = signingOf('darwin', { PATH: '/bin', CSC_LINK: '', CSC_KEY_PASSWORD: '', ...apple });
    expect(line).toBe(
      'macOS: NOT SIGNED (no CSC_LINK, CSC_KEY_PASSWORD), NOT NOTARISED (only what is signed can be)',
    );
    expect(env).toEqual({ PATH: '/bin', CSC_IDENTITY_AUTO_DISCOVERY: 'false' });
  });

  it('needs both halves on Windows', () => {
    expect(signingOf('win32', { WIN_CSC_LINK: 'data', WIN_CSC_KEY_PASSWORD: 'p' }).line).toBe(
      'Windows: signed',
    );
    const half = signingOf('win32', { WIN_CSC_LINK: 'data', WIN_CSC_KEY_PASSWORD: '' });
    expect(half.line).toBe('Windows: NOT SIGNED (no WIN_CSC_KEY_PASSWORD)');
    expect(half.env).toEqual({ CSC_IDENTITY_AUTO_DISCOVERY: 'false' });
  });

  it('names the substitute for a signature on Linux', () => {
    expect(signingOf('linux', certificate)).toEqual({
      env: certificate,
      line: 'Linux: packages carry no signature of their own; SHA256SUMS is attested',
    });
  });
});
