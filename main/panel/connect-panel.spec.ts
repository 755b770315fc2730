import { expect, it } from 'vitest';
import { PerchError } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { aRecord } from '../../tests/support/fleet-fakes.js';
import { answer, FakeHttp } from '../../tests/support/fake-http.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { errorBody } from '../../tests/support/panel-answers.js';
import { saying } from '../../tests/support/spoken-problem.js';
import { keyPage } from '../base/key-page.js';
import type { HttpRequest } from '../base/network-ports.js';
import type { AccountRecord, Vault } from '../base/ports.js';
import { connectPanel } from './connect-panel.js';

const key = 'pacc_QQQQQQQQQQQwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww';
const noKey = new PerchError({
  code: 'unauthorized',
  message: sentence('disk.no-key'),
  next: sentence('disk.no-key-next', { page: keyPage }),
});

function connect(use: Vault['use'], record: AccountRecord = aRecord()) {
  const requests: HttpRequest[] = [];
  const pelican = (request: HttpRequest) => {
    requests.push(request);
    return request.headers['accept'] === 'text/html'
      ? answer(302, 'Redirecting', { location: '/login' })
      : answer(401, errorBody('AuthenticationException', 401, 'Unauthenticated.'));
  };
  const panel = connectPanel(record, {
    label: () => 'Home',
    trust: { agreed: () => null, outgrown: () => undefined },
    network: { http: () => new FakeHttp(pelican) },
    vault: { use },
    isTime: Promise.resolve(),
    clock: new FakeClock(),
    log: new FakeLog(),
  });
  return { panel, requests };
}

it('for a refused key the next step names the page of that kind of panel, learned without the key', async () => {
  const { panel, requests } = connect((_account, run) => run(key));
  await expect(panel.account()).rejects.toMatchObject({
    problem: { code: 'unauthorized', next: saying(/ in the panel: Profile, API Keys\.$/) },
  });
  expect(requests.map(({ headers }) => Object.keys(headers).sort())).toEqual([
    ['accept', 'authorization'],
    ['accept'],
  ]);
});

it('for a lost key the next step names the page of that kind of panel too', async () => {
  const { panel, requests } = connect(() => Promise.reject(noKey));
  await expect(panel.account()).rejects.toMatchObject({
    problem: { code: 'unauthorized', next: saying(/ in the panel: Profile, API Keys\.$/) },
  });
  expect(requests).toHaveLength(1);
});

it('an imported panel gets no request before it has a key', async () => {
  const { panel, requests } = connect(() => Promise.reject(noKey), aRecord({ awaitsKey: true }));
  await expect(panel.account()).rejects.toMatchObject({
    problem: { next: saying(/Account, API Credentials \(in Pelican: Profile, API Keys\)\.$/) },
  });
  expect(requests).toEqual([]);
});
