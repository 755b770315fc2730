import { describe, expect, it } from 'vitest';
import { announcementOf } from './announcement.js';
import { UpdateFailure } from './source.js';

const feed = 'https://perch.example/releases/';
const sha512 = `${'A'.repeat(86)}==`;
const good = { version: '0.2.0', files: [{ url: 'perch-0.2.0-x86_64.AppImage', sha512 }] };

describe('announcementOf', () => {
  it('accepts feeds of electron-builder', () => {
    const info = {
      ...good,
      releaseNotes: 'New',
      releaseDate: '2026-01-01',
      path: 'x',
      stagingPercentage: 10,
    };
    expect(announcementOf(info, feed)).toEqual({ ...good, releaseNotes: 'New' });
    expect(announcementOf(good, feed).releaseNotes).toBe('');
  });

  it('accepts a version of the beta channel', () => {
    expect(announcementOf({ ...good, version: '0.2.0-beta.1' }, feed).version).toBe('0.2.0-beta.1');
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['a page', '<!DOCTYPE html><html></html>'],
    ['no version', { files: good.files }],
    ['a version that is a command', { ...good, version: '0.2.0; rm -rf /' }],
    ['a version without end', { ...good, version: `0.2.0-${'a'.repeat(99)}` }],
    ['no file', { ...good, files: [] }],
    ['a file without a checksum', { ...good, files: [{ url: 'a.AppImage' }] }],
    ['a checksum that is another', { ...good, files: [{ url: 'a.AppImage', sha512: 'abc' }] }],
    ['a weaker checksum', { ...good, files: [{ url: 'a.AppImage', sha2: 'a'.repeat(64) }] }],
    ['a file without TLS', { ...good, files: [{ url: 'http://perch.example/a.AppImage', sha512 }] }],
    ['a file on this computer', { ...good, files: [{ url: 'file:///etc/passwd', sha512 }] }],
    ['a file without an address', { ...good, files: [{ url: 'https://', sha512 }] }],
  ])('refuses %s', (_what, info) => {
    expect(() => announcementOf(info, feed)).toThrow(UpdateFailure);
  });

  it('accepts a file without TLS from a feed without TLS, as in a checkout', () => {
    expect(announcementOf(good, 'http://127.0.0.1:8080/').version).toBe('0.2.0');
  });
});
