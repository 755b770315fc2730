import { describe, expect, it } from 'vitest';
import type { Runtime } from '../setup/runtime.mjs';
import { packagingOf } from './electron.mjs';

const substitute: Runtime = {
  path: '/cache/electron-33.2.1',
  executable: '/cache/electron-33.2.1/electron',
  version: '33.2.1',
  source: 'substitute',
};
const own: Runtime = { ...substitute, version: '45.4.1', source: 'electron' };

describe('the Electron of a package', () => {
  it('refuses a substitute, with the reason and the next step', () => {
    const refusal = () => packagingOf(substitute, { declared: '45.4.1', flagged: false });
    expect(refusal).toThrow(
      /a substitute, Electron 33\.2\.1 .* because Electron 45\.4\.1 could not be downloaded/,
    );
    expect(refusal).toThrow(/Connect to GitHub .*; or, .* add `-- --substitute-electron`\.$/);
  });

  it('accepts a substitute on request, and names folder and packages after it', () => {
    const { output, args } = packagingOf(substitute, { declared: '45.4.1', flagged: true });
    expect(output).toBe('dist/electron-33.2.1-substitute');
    expect(args).toEqual([
      '-c.electronDist=/cache/electron-33.2.1',
      '-c.electronVersion=33.2.1',
      '-c.directories.output=dist/electron-33.2.1-substitute',
      '-c.linux.artifactName=perch-${version}-${arch}-electron-33.2.1-substitute.${ext}',
    ]);
  });

  it.each(['electron', 'override'] as const)('leaves the names alone for an Electron from %s', (source) => {
    for (const flagged of [false, true]) {
      expect(packagingOf({ ...own, source }, { declared: '45.4.1', flagged })).toEqual({
        output: 'dist',
        args: ['-c.electronDist=/cache/electron-33.2.1', '-c.electronVersion=45.4.1'],
      });
    }
  });
});
