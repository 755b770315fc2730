import { describe, expect, it } from 'vitest';
import { inEnglish } from '../../messages/messages.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { aRecord } from '../../tests/support/fleet-fakes.js';
import { toProblem } from '../../bridge/errors.js';
import { AccountBook } from '../actions/account-book.js';
import type { AccountRecord } from '../base/ports.js';
import { HostKeys } from './host-keys.js';

const host = 'node.example.com:2022';
const first = { type: 'ssh-ed25519', fingerprint: `SHA256:${'A'.repeat(43)}` };
const second = { type: 'ssh-ed25519', fingerprint: `SHA256:${'B'.repeat(43)}` };

async function setUp(records: AccountRecord[] = [aRecord()]) {
  const failures = { save: false };
  const book = new AccountBook({
    load: async () => records,
    save: async () => {
      if (failures.save) throw new Error('The disk is full.');
    },
  });
  await book.load();
  const clock = new FakeClock();
  const hosts = new HostKeys({ book, clock, log: new FakeLog() });
  return { book, clock, failures, hosts, pins: (id = 'home') => book.find(id)?.sftpHosts };
}

describe('keys of nodes', () => {
  it('are pinned at the first connection, and believed afterwards', async () => {
    const { clock, hosts, pins } = await setUp();
    await hosts.judge('home', host, first);
    expect(pins()).toEqual([{ host, ...first, pinnedAt: clock.wall() }]);
    await hosts.judge('home', host, first);
    expect(pins()).toHaveLength(1);
  });

  it('of another port or account are their own', async () => {
    const { hosts, pins } = await setUp([aRecord(), aRecord({ id: 'work' })]);
    await hosts.judge('home', host, first);
    await hosts.judge('home', 'node.example.com:2023', second);
    await hosts.judge('work', host, second);
    expect(pins()).toHaveLength(2);
    expect(pins('work')).toHaveLength(1);
  });

  it('that changed are refused, with both fingerprints', async () => {
    const { hosts, pins } = await setUp();
    await hosts.judge('home', host, first);
    const problem = toProblem(await hosts.judge('home', host, second).catch((error: unknown) => error));
    expect(problem).toMatchObject({
      code: 'host-key-changed',
      hostKey: { host, pinned: first.fingerprint, shown: second.fingerprint },
    });
    expect(inEnglish(problem.message)).toContain(first.fingerprint);
    expect(inEnglish(problem.message)).toContain(second.fingerprint);
    expect(pins()?.[0]?.fingerprint).toBe(first.fingerprint);
  });

  it('of another type with the same fingerprint are refused', async () => {
    const { hosts } = await setUp();
    await hosts.judge('home', host, first);
    await expect(hosts.judge('home', host, { ...first, type: 'ssh-rsa' })).rejects.toMatchObject({
      problem: { code: 'host-key-changed' },
    });
  });

  it('are trusted again only if the person saw them', async () => {
    const { hosts, pins } = await setUp();
    await hosts.judge('home', host, first);
    await expect(hosts.trust('home', host, second.fingerprint)).rejects.toMatchObject({
      problem: { code: 'conflict' },
    });
    await hosts.judge('home', host, second).catch(() => undefined);
    await expect(hosts.trust('home', host, first.fingerprint)).rejects.toMatchObject({
      problem: { code: 'conflict' },
    });
    await hosts.trust('home', host, second.fingerprint);
    expect(pins()).toMatchObject([{ host, ...second }]);
    await hosts.judge('home', host, second);
    await expect(hosts.judge('home', host, first)).rejects.toMatchObject({
      problem: { code: 'host-key-changed' },
    });
  });

  it('end the connection if they can’t be kept', async () => {
    const { failures, hosts } = await setUp();
    failures.save = true;
    await expect(hosts.judge('home', host, first)).rejects.toThrow('The disk is full.');
  });
});
