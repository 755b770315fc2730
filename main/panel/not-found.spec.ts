import { expect, it } from 'vitest';
import { aMissingRoute } from '../../tests/support/missing-route.js';
import type { PanelApi } from './api.js';
import { lacksRoute } from './not-found.js';

it.each([
  ['the activity of a server', '', (client: PanelApi) => client.activityPage('a1', { page: 1 }), true],
  ['the activity of the account', '', (client: PanelApi) => client.accountActivity({ page: 1 }), true],
  [
    'a route that the panel names',
    'The route api/client/servers/a1/users could not be found.',
    (client: PanelApi) => client.people('a1'),
    true,
  ],
  [
    'a server that is gone',
    'The requested resource could not be found on the server.',
    (client: PanelApi) => client.activityPage('a1', { page: 1 }),
    false,
  ],
])('a 404 of %s says whether the panel lacks the route', async (_what, detail, ask, isMissing) => {
  expect(lacksRoute(await aMissingRoute(ask, detail))).toBe(isMissing);
});
