import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLog } from './log.js';
import { redactFields, redactText } from './redact.js';

describe('redactText', () => {
  it.each([
    ['ptlc_aBcDeFgH1234567890', 'ptlc'],
    ['ptla_aBcDeFgH1234567890', 'ptla'],
    ['pacc_aBcDeFgH1234567890', 'pacc'],
    ['plcn_aBcDeFgH1234567890', 'plcn'],
    ['papp_aBcDeFgH1234567890', 'papp'],
    ['peli_aBcDeFgH1234567890', 'peli'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl', 'a token'],
    ['Authorization: Bearer abc.DEF-123', 'a header'],
    ['{"token":"abcdef123"}', 'JSON'],
    ['https://olive:hunter2@panel.example.com/', 'an address'],
    ['key=hunter2 and so on', 'a pair'],
  ])('removes %s (%s)', (text) => {
    const result = redactText(`before ${text} after`);
    expect(result).toContain('[removed]');
    expect(result).toMatch(/^before .*after$/);
    expect(result).not.toMatch(/aBcDeFgH|eyJzdWIi|c2lnbm|DEF-123|abcdef123|hunter2/);
  });

  it.each([
    'Survival went from starting to running',
    'https://panel.example.com/server/1a2b3c4d',
    'the key of the house',
  ])('leaves %j alone', (text) => {
    expect(redactText(text)).toBe(text);
  });
});

describe('redactFields', () => {
  it('never writes fields that are named like secrets', () => {
    expect(
      redactFields({ apiKey: 'plain', token: 'plain', authorization: 'plain', server: 'plain', ms: 3 }),
    ).toEqual({
      apiKey: '[removed]',
      token: '[removed]',
      authorization: '[removed]',
      server: 'plain',
      ms: 3,
    });
  });
});

describe('openLog', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'perch-log-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

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
