import { beforeEach, describe, expect, it } from 'vitest';
import { exitCodeTable } from './exit-codes.js';
import { speak } from '../messages/messages.js';
import { manualPage } from './man.js';
import { verbs } from './verbs.js';

let page = '';

beforeEach(() => {
  page = manualPage({ version: '1.2.3', date: '2026-03-07' });
});

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

  it('lists each verb, and below it its options with their values', () => {
    const wait = page.slice(page.indexOf('\n.B wait'), page.indexOf('\n.B events'));
    expect(wait).toMatch(/^\n\.B wait NAME\n[^\n]+\n\.RS\n\.TP\n\.B \\-s, \\-\\-state STATE\n/);
    expect(wait).toContain('(running, offline, starting, stopping, crashed)');
    expect(wait).toMatch(/\.B \\-\\-json\n[^(\n]+\n/);
    expect(wait).toMatch(/\n\.RE\n\.TP$/);
    const completion = page.slice(
      page.indexOf('\n.B completion'),
      page.indexOf('\n.SH', page.indexOf('\n.B completion')),
    );
    expect(completion).not.toContain('.RS');
  });

  it('has its date and version, the options of all verbs and the environment', () => {
    expect(page.split('\n')[0]).toBe('.TH PERCH 1 "2026-03-07" "Perch 1.2.3" "User commands"');
    for (const long of ['help', 'version']) expect(page).toContain(`\\-\\-${long}\n`);
    expect(page).toMatch(/\n\.TP\n\.B NO_COLOR\n.+\n$/);
    expect(page).toMatch(/\n\.SH [A-Z]+\nperch \\- \S/);
  });

  it('writes letters beyond ASCII as codes, and escapes text that looks like a request', () => {
    speak(() => 'pl');
    try {
      const polish = manualPage({ version: '.1"2', date: 'x' });
      expect(polish).toMatch(/^[\n -~]*$/);
      expect(polish).toContain('\\[u0142]');
      expect(polish).toContain('"Perch .12"');
    } finally {
      speak(() => 'en');
    }
  });
});
