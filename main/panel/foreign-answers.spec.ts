import { describe, expect, it } from 'vitest';
import { sentence, type Sentence } from '../../messages/messages.js';
import { answer } from '../../tests/support/fake-http.js';
import { readBody } from './answers.js';
import type { PanelCall } from './call.js';
import { panelCalls, readAccount } from './calls.js';
import { foreignError, redirectProblem, strangeSuccess } from './foreign-answers.js';

const account = readAccount();
const place = 'Home';
const html = '<html>';

describe('an error that is not from a panel', () => {
  const problem = (status: number, body: unknown, headers: Record<string, string> = {}) => {
    const response = answer(status, body, headers);
    return foreignError(response, readBody(response), account, place);
  };

  it.each<[number, unknown, Sentence]>([
    [400, html, sentence('panel.not-as-a-panel', { place, status: 400 })],
    [400, {}, sentence('panel.not-as-a-panel', { place, status: 400 })],
    [418, html, sentence('panel.not-as-a-panel', { place, status: 418 })],
    [418, {}, sentence('panel.strange-refusal', { place, what: account.what, status: 418 })],
    [403, html, sentence('panel.firewall', { place })],
    [404, {}, sentence('panel.no-panel', { place, status: 404 })],
    [405, {}, sentence('panel.no-panel', { place, status: 405 })],
    [410, {}, sentence('panel.no-panel', { place, status: 410 })],
    [413, html, sentence('panel.request-too-large', { place })],
    [500, html, sentence('panel.panel-error', { place, what: account.what })],
    [503, html, sentence('panel.gateway', { place, status: 503 })],
    [519, html, sentence('panel.panel-error', { place, what: account.what })],
    [520, html, sentence('panel.gateway', { place, status: 520 })],
    [530, html, sentence('panel.gateway', { place, status: 530 })],
    [531, html, sentence('panel.panel-error', { place, what: account.what })],
  ])('%d %j', (status, body, message) => {
    expect(problem(status, body).message).toEqual(message);
  });

  it('is of a node if its headers say so, but only for an unknown path', () => {
    const headers = { 'access-control-allow-headers': 'Accept, X-Real-IP' };
    expect(problem(404, {}, headers).message).toEqual(sentence('panel.is-node', { place }));
    expect(problem(410, {}, headers).message).toEqual(sentence('panel.no-panel', { place, status: 410 }));
  });

  it('is of a port that only answers over https if the text says so', () => {
    const text = 'Client sent an HTTP request to an HTTPS server.';
    expect(problem(400, text).message).toEqual(sentence('panel.https-only', { place }));
    expect(problem(418, text).message).toEqual(sentence('panel.not-as-a-panel', { place, status: 418 }));
  });
});

describe('a redirect', () => {
  const problem = (location: string | null, from = 'http://panel.example.com/api/client/account') =>
    redirectProblem(answer(302, '', location === null ? {} : { location }), from, place).message;
  const https = 'https://panel.example.com/api/client/account';

  it.each<[string | null, Sentence]>([
    [null, sentence('panel.redirected', { place })],
    ['http://[', sentence('panel.redirected', { place })],
    ['/elsewhere', sentence('panel.redirected', { place })],
    ['file:///etc/passwd', sentence('panel.sent-off-web', { place, scheme: 'file:' })],
    ['/auth/login/', sentence('panel.login-page', { place })],
    [https, sentence('panel.https-only', { place })],
    [
      'https://other.example.com/x',
      sentence('panel.sent-on', { place, target: 'https://other.example.com' }),
    ],
    ['/login/help', sentence('panel.redirected', { place })],
  ])('to %j', (location, message) => {
    expect(problem(location)).toEqual(message);
  });

  it('from https to another port of the host leads elsewhere', () => {
    const target = 'https://panel.example.com:8443';
    expect(problem(`${target}/x`, https)).toEqual(sentence('panel.sent-on', { place, target }));
  });
});

describe('a success that is not from a panel', () => {
  const problem = (body: unknown, call: PanelCall = account, headers = {}) =>
    strangeSuccess(readBody(answer(200, body, headers)), call, place);

  it.each<[unknown, Sentence]>([
    [html, sentence('panel.web-page', { place })],
    [{}, sentence('panel.other-service', { place })],
    ['', sentence('panel.empty', { place })],
  ])('%j', (body, message) => {
    expect(problem(body).message).toEqual(message);
  });

  it('is damaged if it breaks off, and may have carried out a signal then', () => {
    const headers = { 'content-type': 'application/json' };
    const damaged = problem('{"object":', panelCalls.power('aaaaaaaa', 'start'), headers);
    expect(damaged).toMatchObject({ message: sentence('panel.damaged', { place }), maybeDone: true });
    expect(problem('{"object":', account, headers)).not.toHaveProperty('maybeDone');
  });
});
