import { expect, it } from 'vitest';
import { refuserOf } from './refuser.js';

const text = { 'content-type': 'text/plain; charset=utf-8' };
const json = { 'content-type': 'application/json; charset=utf-8' };
const ofWings = { 'x-request-id': '5b0c8d12', 'access-control-allow-headers': 'Accept, X-Real-IP' };

it.each([
  ['Wings without the server', 404, { ...json, ...ofWings }, 'node'],
  ['Wings in text', 404, { ...text, ...ofWings }, 'node'],
  ['Wings behind a proxy that drops its headers', 404, json, 'node'],
  ['Wings that refuses the origin, behind such a proxy', 403, text, 'node'],
  ['Traefik without a rule', 404, { ...text, 'x-content-type-options': 'nosniff' }, 'other'],
  ['a proxy without a content', 404, {}, 'other'],
  ['a page', 404, { 'content-type': 'text/html' }, 'other'],
  ['JSON of another server', 404, { ...json, server: 'Caddy' }, 'other'],
  ['a handshake that Wings could not read', 400, { ...ofWings, 'sec-websocket-version': '13' }, 'handshake'],
])('a refusal by %s (%d)', (_, status, headers, refuser) => {
  expect(refuserOf(status, headers)).toBe(refuser);
});
