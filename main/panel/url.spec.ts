import { describe, expect, it } from 'vitest';
import { PerchError } from '../../bridge/errors.js';
import { normalizePanelUrl } from './url.js';
import { inWords } from '../../tests/support/spoken-problem.js';

describe('normalizePanelUrl', () => {
  it.each([
    ['https://panel.example.com', 'https://panel.example.com'],
    ['  https://Panel.Example.com///  ', 'https://panel.example.com'],
    ['panel.example.com', 'https://panel.example.com'],
    ['panel.example.com:8443/', 'https://panel.example.com:8443'],
    ['https://panel.example.com:443', 'https://panel.example.com'],
    ['https://panel.example.com/api', 'https://panel.example.com'],
    ['https://panel.example.com/api/client/', 'https://panel.example.com'],
    ['https://example.com/games/panel/api/client', 'https://example.com/games/panel'],
    ['https://example.com/games/panel/', 'https://example.com/games/panel'],
    ['https://panel.example.com/auth/login', 'https://panel.example.com'],
    ['https://panel.example.com/account/api?x=1#y', 'https://panel.example.com'],
    ['https://panel.example.com/server/1a2b3c4d', 'https://panel.example.com'],
    ['panel.example.com/server/1a2b3c4d/files/edit/server/latest.log', 'https://panel.example.com'],
    ['https://panel.example.com/server/1a2b3c4d/files#/plugins', 'https://panel.example.com'],
    ['https://panel.example.com/account', 'https://panel.example.com'],
    ['https://panel.example.com/account/ssh/', 'https://panel.example.com'],
    ['https://panel.example.com/admin', 'https://panel.example.com'],
    ['https://panel.example.com/admin/servers/view/3', 'https://panel.example.com'],
    ['https://panel.example.com/auth/password/reset/abc', 'https://panel.example.com'],
    ['https://panel.example.com/login', 'https://panel.example.com'],
    ['https://panel.example.com/profile?tab=api-keys::data::tab', 'https://panel.example.com'],
    ['https://panel.example.com/api/client/servers/1a2b3c4d', 'https://panel.example.com'],
    ['https://panel.example.com/api/application', 'https://panel.example.com'],
    ['https://example.com/games//account', 'https://example.com/games'],
    ['https://example.com/games/server/1a2b3c4d', 'https://example.com/games'],
    // No panel has a page at this path, so the path is the panel's own prefix.
    ['https://example.com/server', 'https://example.com/server'],
    ['https://example.com/accounts', 'https://example.com/accounts'],
    ['https://example.com/api/panel', 'https://example.com/api/panel'],
    ['https://panel.exa\nmple.com', 'https://panel.example.com'],
    ['http://127.0.0.1:8800', 'http://127.0.0.1:8800'],
    ['https://[::1]:8800/', 'https://[::1]:8800'],
  ])('reads %j as %s', (typed, expected) => {
    expect(normalizePanelUrl(typed).panelUrl).toBe(expected);
  });

  it('gives the origin without the path prefix', () => {
    expect(normalizePanelUrl('https://example.com:8443/games/panel').origin).toBe('https://example.com:8443');
  });

  it.each([
    '',
    '   ',
    'ftp://panel.example.com',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://olive:secret@panel.example.com',
    'olive@panel.example.com',
    'https://',
    'not an address',
    'https://panel.example.com:99999',
  ])('refuses %j and names the field', (typed) => {
    let caught: unknown;
    try {
      normalizePanelUrl(typed);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(PerchError);
    const problem = inWords((caught as PerchError).problem);
    expect(problem.code).toBe('invalid');
    expect(problem.fields?.['url']).toBe(`${problem.message} ${problem.next}`);
    expect(problem.message).not.toContain('secret');
  });
});
