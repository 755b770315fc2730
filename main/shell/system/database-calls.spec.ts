import { expect, it, vi } from 'vitest';
import { PerchError } from '../../../bridge/errors.js';
import type { Database } from '../../../bridge/schema/databases.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { databaseDesktopCalls } from './database-calls.js';

const database: Database = {
  id: 'R719VEq2',
  name: 's32_main',
  username: 'u32_x',
  host: { address: 'db.example.com', port: 3306 },
  connectionsFrom: '%',
  maxConnections: null,
};
const ref = { serverId: 'home/1', database: 'R719VEq2' };
const password = 'p@ss';

function setUp(kept: Partial<Database> = {}, refusal: PerchError | null = null) {
  const shown = { ...database, ...kept };
  const written: string[] = [];
  const opened: string[] = [];
  const calls = databaseDesktopCalls({
    databases: {
      withPassword: () =>
        refusal === null ? Promise.resolve({ database: shown, password }) : Promise.reject(refusal),
      alone: () => Promise.resolve(shown),
    },
    browser: {
      openDatabase: (address) => {
        opened.push(address);
        return Promise.resolve();
      },
    },
    clipboard: {
      write: (text) => {
        written.push(text);
        return Promise.resolve();
      },
    },
  });
  return { calls, written, opened };
}
const refused = (code: 'forbidden' | 'not-found') => new PerchError(aProblem(code));

it('a copied text goes into the clipboard, and nowhere else', async () => {
  const { calls, written } = setUp();
  expect(await calls['databases.copy']({ ...ref, what: 'password' })).toBeUndefined();
  expect(await calls['databases.copy']({ ...ref, what: 'connection' })).toBeUndefined();
  expect(written).toEqual([password, 'mysql://u32_x:p%40ss@db.example.com:3306/s32_main']);
});

it('another program gets the address without the password, which is in the clipboard', async () => {
  const { calls, written, opened } = setUp();
  expect(await calls['databases.open'](ref)).toEqual({ isCopied: true });
  expect(opened).toEqual(['mysql://u32_x@db.example.com:3306/s32_main']);
  expect(written).toEqual([password]);
});

it('an account without access to the password still opens the address', async () => {
  const { calls, written, opened } = setUp({}, refused('forbidden'));
  expect(await calls['databases.open'](ref)).toEqual({ isCopied: false });
  expect(opened).toHaveLength(1);
  expect(written).toEqual([]);
});

it('nothing is passed on for another failure, or for a host that is none', async () => {
  const gone = setUp({}, refused('not-found'));
  await expect(gone.calls['databases.open'](ref)).rejects.toMatchObject({ problem: { code: 'not-found' } });
  const strange = setUp({ host: { address: '-oProxyCommand=x', port: 3306 } });
  const noAddress = { problem: { code: 'conflict', message: { id: 'actions.database-address' } } };
  await expect(strange.calls['databases.open'](ref)).rejects.toMatchObject(noAddress);
  const copy = strange.calls['databases.copy']({ ...ref, what: 'connection' });
  await expect(copy).rejects.toMatchObject(noAddress);
  expect([...gone.opened, ...strange.opened, ...strange.written]).toEqual([]);
});

it('the password stays out of the clipboard if no program opened', async () => {
  const { written } = setUp();
  const calls = databaseDesktopCalls({
    databases: {
      withPassword: () => Promise.resolve({ database, password }),
      alone: () => Promise.resolve(database),
    },
    browser: { openDatabase: vi.fn(() => Promise.reject(refused('not-found'))) },
    clipboard: { write: (text) => Promise.resolve(void written.push(text)) },
  });
  await expect(calls['databases.open'](ref)).rejects.toThrow();
  expect(written).toEqual([]);
});
