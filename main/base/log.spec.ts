import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLog } from './log.js';
import { removeFolder } from '../../tests/support/remove-folder.js';

describe('openLog', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'perch-log-'));
  });
  afterEach(() => removeFolder(folder));

  const read = (): string => readFileSync(join(folder, 'perch.log'), 'utf8');

  it('writes one line per event, without secrets', () => {
    const log = openLog({ folder, echo: false });
    log.info('panel.answered', {
      status: 200,
      path: '/api\nforged line',
      note: '100%d of ptlc_aBcDeFgH12345',
    });
    log.debug('plain');
    const lines = read().trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(
      / info panel\.answered status=200 path="\/api\\nforged line" note="100%d of \[removed\]"$/,
    );
  });

  it.runIf(process.platform !== 'win32')('is readable by its owner only', () => {
    openLog({ folder, echo: false }).info('plain');
    expect(statSync(join(folder, 'perch.log')).mode & 0o077).toBe(0);
  });

  it('keeps one older file and stays below its limit', () => {
    const log = openLog({ folder, echo: false, maxBytes: 2000 });
    for (let index = 0; index < 200; index++) log.info('event', { index });
    expect(readdirSync(folder).sort()).toEqual(['perch.log', 'perch.old.log']);
    expect(read()).toContain('index=199');
    expect(statSync(join(folder, 'perch.log')).size).toBeLessThan(2200);
  });
});
