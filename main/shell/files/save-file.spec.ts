import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileName } from './save-file.js';

describe('fileName', () => {
  const log = { ending: 'log', other: 'Console' };
  const now = new Date(2026, 10, 24, 18, 5).getTime();

  it('names server and time', () => {
    expect(fileName('Survival', now, log)).toBe('Survival 2026-11-24 18-05.log');
  });

  it.each(['../../etc/passwd', 'C:\\x', 'a\nb', '...', '', 'a/b:c*?"<>|', '\u202egpj.exe'])(
    'stays one file name in one folder: %j',
    (name) => {
      const made = fileName(name, now, log);
      expect(basename(made)).toBe(made);
      // eslint-disable-next-line no-control-regex -- the name must have no control characters
      expect(made).not.toMatch(/[\\/:*?"<>|\u0000-\u001f\u202e]|^\./);
      expect(made).toMatch(/2026-11-24 18-05\.log$/);
    },
  );
});
