import { describe, expect, it } from 'vitest';
import { updateFailureOf } from './failure-of.js';
import { UpdateFailure } from './source.js';

const coded = (code: string, message = 'x'): Error => Object.assign(new Error(message), { code });

describe('failureOf', () => {
  it.each<[Error, string, string]>([
    [coded('ERR_CHECKSUM_MISMATCH'), 'checksum', 'checksum'],
    [coded('ERR_UPDATER_INVALID_VERSION'), 'not-a-feed', 'not-a-feed'],
    [coded('ERR_UPDATER_CHANNEL_FILE_NOT_FOUND'), 'missing', 'missing'],
    [coded('ERR_UPDATER_INVALID_SIGNATURE'), 'signature', 'signature'],
    [coded('ENOSPC'), 'no-space', 'no-space'],
    [coded('EACCES'), 'not-written', 'not-written'],
    [coded('HTTP_ERROR_503'), 'refused', 'refused'],
    [new Error('Cannot download "https://a/b", status 404: Not Found'), 'refused', 'refused'],
    [new Error('net::ERR_CERT_AUTHORITY_INVALID'), 'untrusted', 'untrusted'],
    [new Error('net::ERR_INTERNET_DISCONNECTED'), 'unreachable', 'broken-off'],
    [new Error('net::ERR_CONNECTION_TIMED_OUT'), 'silent', 'broken-off'],
    [new TypeError('info is undefined'), 'not-a-feed', 'broken-off'],
  ])('recognises %s', (error, looking, fetching) => {
    expect(updateFailureOf(error, 'check').why).toBe(looking);
    expect(updateFailureOf(error, 'fetch').why).toBe(fetching);
  });

  it("keeps the first line of a message, and Perch's own failures", () => {
    const long = updateFailureOf(
      coded('HTTP_ERROR_500', `500\nHeaders: set-cookie ${'x'.repeat(900)}`),
      'check',
    );
    expect(long.message).toBe('500');
    const own = new UpdateFailure('checksum');
    expect(updateFailureOf(own, 'fetch')).toBe(own);
  });
});
