import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PerchError } from '../../bridge/errors.js';
import { createPanelClient } from '../../main/panel/client.js';
import type { PanelApi } from '../../main/panel/api.js';
import { FakeClock } from '../support/fake-clock.js';
import { FakeHttp } from '../support/fake-http.js';
import { FakeLog } from '../support/fake-log.js';
import { ownAnswers } from '../support/own-answers.js';
import { hammer } from './hammer.js';
import { nearly, nearlyText } from './mutations.js';

const key = 'ptlc_QQQQQQQQQQQwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww';
const known = ['panel-1.11', 'panel-1.12', 'pelican', 'in-front']
  .flatMap(ownAnswers)
  .map(({ response }) => response);
const bodies = known.map(({ body }) => body);
const texts = bodies.map((body) => (typeof body === 'string' ? body : JSON.stringify(body)));

const asks: readonly ((panel: PanelApi) => Promise<unknown>)[] = [
  (panel) => panel.servers(),
  (panel) => panel.servers(),
  (panel) => panel.account(),
  (panel) => panel.server('8d3f5b10'),
  (panel) => panel.resources('8d3f5b10'),
  (panel) => panel.socketTicket('8d3f5b10'),
  (panel) => panel.startup('8d3f5b10'),
  (panel) => panel.permissions(),
  (panel) => panel.power('8d3f5b10', 'start'),
  (panel) => panel.command('8d3f5b10', 'say hello'),
  (panel) => panel.setVariable('8d3f5b10', 'KEY', 'value'),
  (panel) => panel.rename('8d3f5b10', { name: 'Other' }),
];

const input = fc.record({
  ask: fc.constantFrom(...asks),
  status: fc.oneof(
    fc.constantFrom(200, 200, 200, 204, 302, 401, 403, 404, 409, 422, 429, 500, 502, 504),
    fc.integer(),
  ),
  headers: fc.oneof(
    fc.constantFrom(...known.map(({ headers }) => headers)),
    fc.dictionary(
      fc.constantFrom(
        'content-type',
        'retry-after',
        'location',
        'x-ratelimit-limit',
        'x-ratelimit-remaining',
        'x-ratelimit-reset',
      ),
      fc.oneof(
        fc.string(),
        fc.constantFrom('application/json', '0', '-1', '99999999999', 'https://a.example', '//'),
      ),
    ),
  ),
  body: fc.oneof(
    nearly(bodies).map((body) => JSON.stringify(body) ?? ''),
    nearlyText(texts),
  ),
});

it('every answer of a panel gives a result or a problem', async () => {
  const count = await hammer(input, async ({ ask, status, headers, body }) => {
    const http = new FakeHttp(() => ({ status, headers, body }));
    const panel = createPanelClient({
      panelUrl: 'https://panel.example.com',
      http,
      clock: new FakeClock(),
      log: new FakeLog(),
      authorize: (use) => use(key),
    });
    try {
      await ask(panel);
    } catch (error) {
      if (!(error instanceof PerchError)) throw error;
    }
  });
  expect(count).toBeGreaterThan(100);
});
