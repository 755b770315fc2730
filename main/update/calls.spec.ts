import { expect, it, vi } from 'vitest';
import { updateCalls } from './calls.js';

it('each call reaches the updates', async () => {
  const done = () => Promise.resolve();
  const updates = {
    check: vi.fn(done),
    download: vi.fn(done),
    restart: vi.fn(done),
    openPage: vi.fn(done),
    cancel: vi.fn(),
    skip: vi.fn(),
  };
  const calls = updateCalls(updates);
  await calls['updates.check']();
  await calls['updates.download']();
  calls['updates.cancel']();
  calls['updates.skip']({ version: '0.2.0', isSkipped: true });
  await calls['updates.restart']();
  await calls['updates.openPage']();
  expect(updates.skip).toHaveBeenCalledExactlyOnceWith('0.2.0', true);
  for (const carriedOut of Object.values(updates)) expect(carriedOut).toHaveBeenCalledOnce();
});
