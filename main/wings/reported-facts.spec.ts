import { expect, it } from 'vitest';
import { aLiveSession } from '../../tests/support/wings-session.js';

const sha1 = 'da39a3ee5e6b4b0d3255bfef95601890afd80709';
const failed = { kind: 'backup', isSuccessful: false, sha1: null, bytes: 0 };

it('backups and restorations are reported, whatever name the node uses', async () => {
  const { socket, listener } = await aLiveSession();
  socket().receive(
    'backup completed',
    `{"uuid":"35ee9172","is_successful":true,"checksum":"${sha1}","file_size":7}`,
  );
  socket().receive('backup completed:35ee9172-5a0e-4506-a1d2-2450827d97e8', '{"is_successful":false}');
  socket().receive('backup completely new', '{"is_successful":true}');
  socket().receive('backup restore completed', '');
  expect(listener.facts).toEqual([
    { kind: 'backup', isSuccessful: true, backupId: '35ee9172', sha1, bytes: 7 },
    { ...failed, backupId: '35ee9172-5a0e-4506-a1d2-2450827d97e8' },
    { kind: 'restored' },
  ]);
});
