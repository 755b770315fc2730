import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileOf, serve } from './scheme.js';

describe('fileOf', () => {
  it('finds pages and assets', () => {
    expect(fileOf('/out/renderer', 'app://perch/main.html')).toBe(join('/out/renderer', 'main.html'));
    expect(fileOf('/out/renderer', 'app://perch/assets/main-B3x_9.js?v=1#a')).toBe(
      join('/out/renderer', 'assets', 'main-B3x_9.js'),
    );
  });

  it.each([
    'app://perch/',
    'app://perch/assets',
    'app://perch/assets/',
    'app://perch//etc/passwd.html',
    'app://perch/..%2fsettings.json',
    'app://perch/assets/..%5c..%5csettings.json',
    'app://perch/.hidden.json',
    'app://perch/main.html%00.png',
    'app://perch/main.sh',
    'app://other/main.html',
    'https://perch/main.html',
  ])('refuses %s', (address) => {
    expect(fileOf('/out/renderer', address)).toBeNull();
  });

  it.each([
    'app://perch/../../settings.json',
    'app://perch/%2e%2e/settings.json',
    'app://perch/a/%2E./settings.json',
  ])('stays inside with %s, whose dots the URL parser resolves', (address) => {
    expect(fileOf('/out/renderer', address)).toBe(join('/out/renderer', 'settings.json'));
  });
});

describe('serve', () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'perch-pages-'));
    mkdirSync(join(root, 'assets'));
    writeFileSync(join(root, 'main.html'), '<p>hello</p>');
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('sends a page with a policy that blocks other sources', async () => {
    const answer = serve(root, { method: 'GET', url: 'app://perch/main.html' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(await answer.text()).toBe('<p>hello</p>');
  });

  it('answers 404 for other addresses', () => {
    for (const request of [
      { method: 'GET', url: 'app://perch/other.html' },
      { method: 'GET', url: 'app://perch/assets.html/' },
      { method: 'POST', url: 'app://perch/main.html' },
    ]) {
      expect(serve(root, request).status).toBe(404);
    }
  });
});
