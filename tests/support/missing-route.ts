import type { Problem } from '../../bridge/errors.js';
import type { PanelApi } from '../../main/panel/api.js';
import { answer } from './fake-http.js';
import { fakePanelClient } from './fake-panel-client.js';
import { refused } from './refused.js';

/**
 * The problem of a call that a panel has no route for, as Perch's client makes it. The framework of the first panels had
 * no text for a missing route; newer ones name the route.
 */
export function aMissingRoute(ask: (client: PanelApi) => Promise<unknown>, detail = ''): Promise<Problem> {
  const body = { errors: [{ code: 'NotFoundHttpException', status: '404', detail }] };
  return refused(ask(fakePanelClient([answer(404, body)]).client));
}
