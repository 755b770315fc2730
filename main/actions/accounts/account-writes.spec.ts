/** Changes of an account whose answers get lost: the state that the panel shows decides. */
import { describe, expect, it } from 'vitest';
import { PerchError } from '../../../bridge/errors.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { aKey } from '../../../tests/support/fake-account-calls.js';
import { FakePanel } from '../../../tests/support/fleet-fakes.js';
import { refused } from '../../../tests/support/refused.js';
import { addSshKey, changeEmail, changeUsername, deleteKey, removeSshKey } from './account-writes.js';

const lost = aProblem('timeout', { maybeDone: true });
const publicKey = 'ssh-ed25519 AAAA desk';
const fingerprint = 'Hjb';
const key = { name: 'desk', fingerprint, createdAt: null };
const password = 'p@ss';

/** Each change, the call whose answer gets lost, and how the panel is once it has the change. */
const changes: Record<string, [string, (panel: FakePanel) => Promise<void>, (panel: FakePanel) => void]> = {
  'a deleted key': [
    'deleteApiKey',
    (panel) => deleteKey(panel, 'ptlc_Gone0000000'),
    (panel) => void (panel.keys = [aKey()]),
  ],
  'an added SSH key': [
    'addSshKey',
    (panel) => addSshKey(panel, { name: 'desk', publicKey }),
    // Read before and after.
    (panel) => {
      const lists = [[], [key]];
      panel.sshKeys = async () => lists.shift() ?? [key];
    },
  ],
  'a removed SSH key': [
    'removeSshKey',
    (panel) => removeSshKey(panel, fingerprint),
    (panel) => void (panel.registered = []),
  ],
  'an e-mail address': [
    'changeEmail',
    (panel) => changeEmail(panel, { email: 'New@example.com', password }),
    (panel) =>
      void (panel.account = async () => ({ ...(await new FakePanel().account()), email: 'new@example.com' })),
  ],
  'a user name': [
    'changeUsername',
    (panel) => changeUsername(panel, { username: 'new', password }),
    (panel) => void (panel.account = async () => ({ ...(await new FakePanel().account()), username: 'new' })),
  ],
};

describe.each(Object.entries(changes))('the lost answer to %s', (_what, [call, change, done]) => {
  function aPanel(): FakePanel {
    const panel = new FakePanel();
    panel.keys = [aKey(), aKey({ identifier: 'ptlc_Gone0000000' })];
    if (call === 'removeSshKey') panel.registered = [key];
    panel.problems.set(call, lost);
    return panel;
  }

  it('counts as done where the panel shows the change', async () => {
    const panel = aPanel();
    done(panel);
    await change(panel);
  });

  it('stays in doubt where the panel does not, and where it does not tell', async () => {
    const panel = aPanel();
    expect(await refused(change(panel))).toMatchObject({ code: 'timeout', maybeDone: true });
    done(panel);
    const away = () => Promise.reject(new PerchError(aProblem('offline')));
    Object.assign(panel, { apiKeys: away, sshKeys: away, account: away });
    expect(await refused(change(panel))).toMatchObject({ code: 'timeout', maybeDone: true });
  });

  it('is no reason to look after a clear refusal', async () => {
    const panel = aPanel();
    done(panel);
    panel.problems.set(call, aProblem('forbidden'));
    expect(await refused(change(panel))).toMatchObject({ code: 'forbidden' });
  });
});

it.each<[string, (typeof key)[], (typeof key)[]]>([
  ['that was there before', [key], [key]],
  ['with another name', [], [{ ...key, name: 'other' }]],
])('an SSH key %s is not the added one', async (_what, before, after) => {
  const panel = new FakePanel();
  const lists = [before, after];
  panel.sshKeys = async () => lists.shift() ?? after;
  panel.problems.set('addSshKey', lost);
  expect(await refused(addSshKey(panel, { name: 'desk', publicKey }))).toMatchObject({ maybeDone: true });
});
