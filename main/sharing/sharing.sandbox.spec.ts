/** Shares logs with a server that plays mclo.gs, over the real network port. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { aSharing } from '../../tests/support/sharing-rig.js';
import { aNetwork } from '../../tests/support/direct-network.js';
import { startLogService, type LogService } from '../../tests/support/log-service.js';

let service: LogService;
beforeEach(async () => {
  service = await startLogService();
});
afterEach(() => service.stop());

const text = `Grüße ${'x'.repeat(80)}\n`.repeat(20_000);

it('shares a text as it is, and deletes it with the token of the keychain', async () => {
  const { sharing, memory, vaultFor, keychain } = aSharing({ network: aNetwork(), service: service.url });
  const shared = await sharing.send({ serverId: 'home/1', title: 'Console', text, service: service.url });
  const kept = service.logs.get(shared.logId);
  expect(kept?.content).toBe(text);
  expect(shared.url).toBe(`${service.url}/${shared.logId}`);
  expect(memory.current.sharedLogs).toEqual([shared]);
  expect(JSON.stringify([...memory.current.sharedLogs, shared])).not.toContain(kept?.token);
  expect([...keychain.entries.values()].join()).toContain(kept?.token);

  // Another run of Perch deletes it.
  await aSharing({ network: aNetwork(), service: service.url, memory, vault: vaultFor() }).sharing.delete(
    shared.id,
  );
  expect(service.logs.size).toBe(0);
  expect(memory.current.sharedLogs).toEqual([]);
  expect(keychain.entries.size).toBe(0);
});

it('keeps a log on the list while its service does not answer', async () => {
  const { sharing, memory } = aSharing({ network: aNetwork(), service: service.url });
  const one = await sharing.send({ serverId: 'home/1', title: 'Console', text: 'a', service: service.url });
  await service.stop();
  await expect(sharing.delete(one.id)).rejects.toMatchObject({ problem: { code: 'offline' } });
  expect(memory.current.sharedLogs).toEqual([one]);
});
