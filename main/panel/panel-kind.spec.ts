import { expect, it } from 'vitest';
import { answer, FakeHttp } from '../../tests/support/fake-http.js';
import { HttpFailure } from '../base/network-ports.js';
import { panelKind } from './panel-kind.js';

const to = (location: string, status = 302) => answer(status, 'Redirecting', { location });

it.each([
  ['Pterodactyl', to('https://panel.example.com/auth/login'), 'pterodactyl'],
  ['Pelican', to('https://panel.example.com/login'), 'pelican'],
  ['a panel that has another name for itself', to('http://10.0.0.5/auth/login'), 'pterodactyl'],
  ['a relative redirect', to('/login'), 'pelican'],
  ['a redirect to https', to('https://panel.example.com/login', 301), null],
  ['a redirect to somewhere else', to('https://example.com/welcome'), null],
  ['a redirect to nowhere', to('https://['), null],
  ['a site', answer(200, '<h1>Welcome</h1>'), null],
  ['maintenance', answer(503, 'Be right back.'), null],
  ['no answer', new HttpFailure('timeout', 'late'), null],
  ['an untrusted certificate', new HttpFailure('tls-untrusted', 'whose?'), null],
])('%s', async (_what, answered, kind) => {
  const http = new FakeHttp([answered]);
  expect(await panelKind(http, 'https://panel.example.com')).toBe(kind);
  expect(http.isClosed).toBe(true);
  expect(http.requests).toMatchObject([
    { method: 'GET', url: 'https://panel.example.com/api/client/account', headers: { accept: 'text/html' } },
  ]);
  expect(Object.keys(http.requests[0]?.headers ?? {})).toEqual(['accept']);
});
