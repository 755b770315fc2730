import { expect, it } from 'vitest';
import { PerchError } from '../../bridge/errors.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { sftpCalls } from './calls.js';

it('a key that was shown before a start of Perch is trusted by one press', async () => {
  const did: string[] = [];
  const calls = sftpCalls({
    keys: { setUp: () => Promise.resolve(), withdraw: () => Promise.resolve() },
    hosts: {
      hasChanged: () => did.includes('connects'),
      trust: (_account, host, fingerprint) => {
        did.push(`trusts ${host} ${fingerprint}`);
        return Promise.resolve();
      },
    },
    connections: {
      use: () => {
        did.push('connects');
        return Promise.reject(new PerchError(aProblem('host-key-changed')));
      },
      hostOf: () => 'node:2022',
    },
    accountOf: () => 'home',
  });
  await calls['sftp.trustHost']({ serverId: 'home/u0', fingerprint: 'SHA256:a' });
  await calls['sftp.trustHost']({ serverId: 'home/u0', fingerprint: 'SHA256:b' });
  expect(did).toEqual(['connects', 'trusts node:2022 SHA256:a', 'trusts node:2022 SHA256:b']);
});
