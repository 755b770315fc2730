import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sentence } from '../../../messages/messages.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { anActionsRig } from '../../../tests/support/actions-rig.js';
import { aMissingRoute } from '../../../tests/support/missing-route.js';
import { refused } from '../../../tests/support/refused.js';

const pem = (type: 'pkcs1' | 'pkcs8'): string =>
  generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ format: 'pem', type }).toString();

it.each([
  ['of OpenSSL', pem('pkcs1')],
  ['in PKCS #8', pem('pkcs8')],
  [
    'of OpenSSH',
    '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----',
  ],
  ['without its first line', 'b3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----'],
  ['of PuTTY', 'PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none'],
  ['of PuTTY, without its head', 'Public-Lines: 2\r\nAAAA\r\nPrivate-Lines: 1\r\nAAAA'],
])('a private key %s never leaves for the panel', async (_what, publicKey) => {
  const { actions, add, panel } = await anActionsRig();
  const { id: accountId } = await add();
  const asked = panel.asked.length;
  const problem = await refused(actions['account.addSshKey']({ accountId, name: 'desk', publicKey }));
  expect(problem).toMatchObject({ code: 'invalid', fields: { public_key: sentence('actions.private-key') } });
  expect(JSON.stringify(problem)).not.toContain(publicKey.slice(-20));
  expect(panel.asked.slice(asked)).toEqual([]);
});

it('a public key is added', async () => {
  const { actions, add, panel } = await anActionsRig();
  const { id: accountId } = await add();
  await actions['account.addSshKey']({
    accountId,
    name: 'desk',
    publicKey: 'ssh-ed25519 AAAA private-lines',
  });
  expect(panel.asked.at(-1)).toBe('addSshKey ssh-ed25519 AAAA private-lines');
});

describe('the account on an old panel', () => {
  it('is shown without SSH keys and without the details of the activity', async () => {
    const { actions, add, panel } = await anActionsRig();
    const { id: accountId } = await add();
    panel.problems.set('sshKeys', await aMissingRoute((client) => client.sshKeys()));
    panel.problems.set(
      'accountActivity',
      await aMissingRoute((client) => client.accountActivity({ page: 1 })),
    );
    expect(await actions['account.view']({ accountId })).toMatchObject({ hasTwoFactor: null, sshKeys: [] });
  });

  it('is refused with its SSH keys for another reason', async () => {
    const { actions, add, panel } = await anActionsRig();
    const { id: accountId } = await add();
    panel.problems.set('sshKeys', aProblem('panel-error'));
    expect(await refused(actions['account.view']({ accountId }))).toMatchObject({ code: 'panel-error' });
  });
});
