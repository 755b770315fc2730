/** Reports of a client whose key is refused. */
import { expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { answer, FakeHttp, type Answer } from '../../tests/support/fake-http.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { errorBody, page, serverItem } from '../../tests/support/panel-answers.js';
import { saying } from '../../tests/support/spoken-problem.js';
import { createPanelClient } from './client.js';

function connect(answers: Answer[]) {
  return createPanelClient({
    panelUrl: 'https://panel.example.com',
    http: new FakeHttp(answers),
    clock: new FakeClock(),
    log: new FakeLog(),
    authorize: (use) => use('ptlc_QQQQQQQQQQQwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww'),
  });
}

const refusal = () => answer(401, errorBody('AuthenticationException', 401, 'Unauthenticated.'));

it("a panel whose servers showed Pelican is described with Pelican's words, even if its address does not show the kind", async () => {
  const pelican = serverItem({
    limits: { memory: 1, disk: 1, cpu: 1, oom_killer: false, oom_disabled: true },
  });
  const client = connect([refusal(), answer(200, page([pelican])), refusal()]);
  await expect(client.account()).rejects.toMatchObject({ problem: { next: saying(/in Pelican/) } });
  await client.servers();
  await expect(client.account()).rejects.toMatchObject({
    problem: { next: saying(/: Profile, API Keys\.$/) },
  });
});

it('a refused key is reported, whichever call met the refusal', async () => {
  const client = connect([
    refusal(),
    answer(403, errorBody('HttpException', 403, 'This action is unauthorized.')),
  ]);
  let refused = 0;
  client.onRefused(() => (refused += 1));
  await expect(client.power('aaaaaaaa', 'start')).rejects.toThrow();
  await expect(client.power('aaaaaaaa', 'start')).rejects.toThrow();
  expect(refused).toBe(1);
});
