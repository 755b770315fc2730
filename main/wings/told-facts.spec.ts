import { expect, it } from 'vitest';
import { aLiveSession } from '../../tests/support/wings-session.js';

it('backups and restorations are reported, whatever name the node uses', async () => {
  const { socket, listener } = await aLiveSession();
  socket().receive('backup completed', '{"uuid":"35ee9172","is_successful":true,"file_size":7}');
  socket().receive('backup completed:35ee9172-5a0e-4506-a1d2-2450827d97e8', '{"is_successful":false}');
  socket().receive('backup completely new', '{"is_successful":true}');
  socket().receive('backup restore completed', '');
  expect(listener.facts).toEqual([
    { kind: 'backup', isSuccessful: true, backupId: '35ee9172' },
    { kind: 'backup', isSuccessful: false, backupId: '35ee9172-5a0e-4506-a1d2-2450827d97e8' },
    { kind: 'restored' },
  ]);
});
