import { expect, it } from 'vitest';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { FakeLog } from '../../../tests/support/fake-log.js';
import { FakePanel } from '../../../tests/support/fleet-fakes.js';
import type { PanelUser } from '../../panel/api.js';
import { AccountList } from './account-list.js';

function rig(user: PanelUser | null = null) {
  const clock = new FakeClock(0);
  const panel = new FakePanel();
  const answers: ((user: PanelUser) => void)[] = [];
  panel.account = () => new Promise((resolve) => answers.push(resolve));
  const list = new AccountList(user, {
    clock,
    random: () => 0.5,
    log: new FakeLog(),
    panel,
    accountId: 'home',
    kept: () => ({ known: 0, missing: 0 }),
    wantsAll: () => false,
    listed: () => undefined,
    failed: () => undefined,
  });
  return { clock, list, answers, named: (username: string) => ({ ...panel.user, username }) };
}

it('asks again who the user is if the name changes while an earlier question waits for its answer', async () => {
  const { clock, list, answers, named } = rig();
  void list.read();
  await clock.advance(0);
  const again = list.readWithUser();
  answers[0]?.(named('olive'));
  await clock.advance(0);
  answers[1]?.(named('oliver'));
  expect(await again).toBeNull();
  expect(answers).toHaveLength(2);
  expect(list.user?.username).toBe('oliver');
});

it('does not ask who a known user is', async () => {
  const { list, answers } = rig({ username: 'olive', email: 'olive@example.com', isAdmin: false });
  expect(await list.read()).toBeNull();
  expect(answers).toHaveLength(0);
});
