import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { manualPage } from './man.js';

it.each(['groff'].filter((name) => spawnSync(name, ['--version']).status === 0))(
  'the manual page is valid for %s',
  (groff) => {
    const { stderr, status } = spawnSync(groff, ['-man', '-Tutf8', '-ww', '-z'], {
      input: manualPage({ version: '1.2.3', date: '2026-03-07' }),
      encoding: 'utf8',
    });
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  },
);
