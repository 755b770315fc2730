/** Panel client over a fake of HTTP that gives these answers, one for each request. */
import type { PanelKind } from '../../bridge/panel/panel-kind.js';
import { createPanelClient } from '../../main/panel/client.js';
import { FakeClock } from './fake-clock.js';
import { FakeHttp, type Answer } from './fake-http.js';
import { FakeLog } from './fake-log.js';

export function fakePanelClient(answers: Answer[], kind?: PanelKind) {
  const http = new FakeHttp(answers);
  const log = new FakeLog();
  const client = createPanelClient({
    panelUrl: 'https://panel.example.com',
    http,
    clock: new FakeClock(),
    log,
    authorize: (use) => use('ptlc_QQQQQQQQQQQwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww'),
    ...(kind === undefined ? {} : { kindOf: () => Promise.resolve(kind) }),
  });
  return { http, client, log };
}
