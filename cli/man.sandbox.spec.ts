import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { exitCodeTable } from './exit-codes.js';
import { manualPage } from './man.js';
import { verbs } from './verbs.js';

const page = manualPage({ version: '1.2.3', date: '2026-03-07' });

describe('the manual page', () => {
  it('has every verb, option and exit code', () => {
    for (const { name, options } of verbs) {
      expect(page).toMatch(new RegExp(`^\\.B ${name}`, 'm'));
      for (const { long } of options) expect(page).toContain(long.replaceAll('-', '\\-'));
    }
    for (const [code] of exitCodeTable) expect(page).toMatch(new RegExp(`^\\.B ${code}$`, 'm'));
  });

  it('is plain ASCII, so that it reads the same wherever it is shown', () => {
    expect(page).toMatch(/^[\n -~]*$/);
    expect(page).toContain('\\[u2019]');
  });

  it('begins no line of text with a roff request', () => {
    const requests = page.split('\n').filter((line) => line.startsWith('.') || line.startsWith("'"));
    for (const line of requests) expect(line).toMatch(/^\.(?:TH|SH|PP|TP|B|RS|RE)\b/);
  });
});

it.each(['groff'].filter((name) => spawnSync(name, ['--version']).status === 0))(
  'the manual page is valid for %s',
  (groff) => {
    const { stderr, status } = spawnSync(groff, ['-man', '-Tutf8', '-ww', '-z'], {
      input: page,
      encoding: 'utf8',
    });
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  },
);
