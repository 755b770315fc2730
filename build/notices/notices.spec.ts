import { describe, expect, it } from 'vitest';
import { lackingIn, noticesFor } from './notices.mjs';

const text = (owner: string) =>
  `MIT License\r\n\r\nCopyright (c) ${owner}\r\n\r\n${'Permission is granted. '.repeat(20)}`;
const found = (name: string, version: string, licenseText = text(name)) => ({
  name,
  version,
  license: 'MIT',
  licenseText,
});

describe('third-party notices', () => {
  it('names each package with its version, licence and whole text, in order', () => {
    const notices = noticesFor([found('zod', '4.0.0'), found('@xterm/xterm', '6.0.0')]);
    expect(notices.indexOf('@xterm/xterm 6.0.0 (MIT)\n')).toBeGreaterThan(0);
    expect(notices.indexOf('zod 4.0.0 (MIT)\n')).toBeGreaterThan(notices.indexOf('@xterm/xterm 6.0.0'));
    expect(notices).toContain(text('zod').replaceAll('\r\n', '\n').trim());
    expect(lackingIn(notices, ['zod', '@xterm/xterm'])).toEqual([]);
  });

  it('names a package of several bundles once, and two versions of one package twice', () => {
    const notices = noticesFor([found('ws', '8.0.0'), found('ws', '8.0.0'), found('ws', '7.0.0')]);
    expect(notices.match(/^ws 8\.0\.0 /gm)).toHaveLength(1);
    expect(notices.match(/^ws 7\.0\.0 /gm)).toHaveLength(1);
  });

  it.each([
    ['no text', ''],
    ['a reference instead of a text', 'Licensed under the MIT License, see https://example.org/mit'],
  ])('refuses a package with %s, and names the package', (_, licenseText) => {
    const write = () => noticesFor([found('zod', '4.0.0'), found('imurmurhash', '0.1.4', licenseText)]);
    expect(write).toThrow(/^There is no licence text for imurmurhash 0\.1\.4, /);
    expect(write).toThrow(/build\/notices\/more-texts\.mjs/);
  });

  it('names the packages that a text leaves out', () => {
    const notices = noticesFor([found('zod', '4.0.0')]);
    expect(lackingIn(notices, ['keytar', 'zod', 'zo'])).toEqual(['keytar', 'zo']);
    expect(lackingIn(notices.slice(0, notices.indexOf('Permission')), ['zod'])).toEqual(['zod']);
  });
});
