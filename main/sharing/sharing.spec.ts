import { describe, expect, it } from 'vitest';
import { KeychainFailure } from '../base/ports.js';
import { HttpFailure } from '../base/network-ports.js';
import { mostKept } from '../../bridge/settings/settings-limits.js';
import { mostShared } from '../../bridge/sharing/share-limits.js';
import { aSharedLog, someMemory } from '../../tests/support/entities.js';
import { answer, FakeHttp, type Answer } from '../../tests/support/fake-http.js';
import { HeldFields } from '../../tests/support/held-fields.js';
import { aSharing } from '../../tests/support/sharing-rig.js';
import { inEnglish } from '../../messages/messages.js';
import { PerchError } from '../../bridge/errors.js';

const service = 'https://logs.example';
const stored = { success: true, id: 'aB3', url: 'https://logs.example/aB3', token: 'the-token-of-the-log' };
const wanted = { serverId: 'home/1', title: 'Console', text: 'a\nb', service };

function setUp(answers: Answer[], memory = new HeldFields(someMemory())) {
  const http = new FakeHttp(answers);
  return { http, ...aSharing({ network: { http: () => http }, service, memory }) };
}

async function problemOf(run: Promise<unknown>): Promise<string> {
  const caught = await run.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(caught instanceof PerchError)) throw new Error(`no problem but ${String(caught)}`);
  expect(inEnglish(caught.problem.next)).not.toBe('');
  return `${caught.problem.code}: ${inEnglish(caught.problem.message)}`;
}

describe('sharing a log', () => {
  it('sends the text only, without a word about this computer', async () => {
    const { sharing, http, memory, keychain, log } = setUp([answer(200, stored)]);
    const shared = await sharing.send(wanted);
    const [request] = http.requests;
    expect(request).toMatchObject({ method: 'POST', url: 'https://logs.example/1/log' });
    expect(JSON.parse(String(request?.body))).toEqual({ content: 'a\nb', source: 'Perch' });
    expect(shared).toMatchObject({
      server: 'Survival',
      title: 'Console',
      url: stored.url,
      token: 'keychain',
    });
    expect(memory.current.sharedLogs).toEqual([shared]);
    expect(JSON.stringify([memory.current, shared]) + log.text).not.toContain(stored.token);
    expect(keychain.entries.size).toBe(1);
    expect(http.isClosed).toBe(true);
  });

  it('sends nothing if the service of the settings has changed', async () => {
    const { sharing, http, settings } = setUp([]);
    settings.current.logService = 'https://other.example';
    expect(await problemOf(sharing.send(wanted))).toMatch(/^conflict: The log service in the settings has/);
    expect(http.requests).toEqual([]);
  });

  it('sends no text that the service would cut', async () => {
    const { sharing, http } = setUp([]);
    const text = '\n'.repeat(mostShared.lines);
    expect(await problemOf(sharing.send({ ...wanted, text }))).toMatch(/^invalid: The text is too large/);
    expect(http.requests).toEqual([]);
  });

  it.each<[string, Answer]>([
    ['offline: Perch could not reach logs.example.', new HttpFailure('unknown-host', 'x')],
    [
      'tls-untrusted: logs.example has no certificate that this computer trusts.',
      new HttpFailure('tls-untrusted', 'x'),
    ],
    ['timeout: logs.example did not answer in time.', new HttpFailure('timeout', 'x')],
    [
      'conflict: logs.example refused: no empty log',
      answer(400, { success: false, error: 'no empty\n\u001b[1mlog' }),
    ],
    ['rate-limited: logs.example takes no more logs for now.', answer(429, 'slow down')],
    ['protocol: logs.example has a problem of its own (status 502).', answer(502, '<html>')],
    ['protocol: logs.example does not answer like a log service.', answer(200, '<html>')],
    [
      'protocol: logs.example does not answer like a log service.',
      answer(200, { ...stored, url: 'javascript:alert(1)' }),
    ],
    [
      'protocol: logs.example does not answer like a log service.',
      answer(200, { ...stored, url: 'http://logs.example/a' }),
    ],
    [
      'protocol: logs.example does not answer like a log service.',
      answer(200, { ...stored, id: '../1/log/other' }),
    ],
  ])('says %s', async (said, answered) => {
    const { sharing, memory } = setUp([answered]);
    expect(await problemOf(sharing.send(wanted))).toContain(said);
    expect(memory.current.sharedLogs).toEqual([]);
  });

  it('gives the link even if neither keychain nor disk can store it', async () => {
    const { sharing, keychain, memory } = setUp([answer(200, stored)]);
    keychain.failure = new KeychainFailure('unavailable');
    memory.refuses = new Error('no space');
    expect(await sharing.send(wanted)).toMatchObject({ url: stored.url, token: 'memory' });
  });

  it('keeps the newest logs, and forgets the tokens of the others', async () => {
    const { sharing, memory, keychain } = setUp(
      Array.from({ length: mostKept.sharedLogs + 2 }, (_, at) => answer(200, { ...stored, id: `log${at}` })),
    );
    for (let at = 0; at < mostKept.sharedLogs + 2; at += 1) await sharing.send(wanted);
    expect(memory.current.sharedLogs).toHaveLength(mostKept.sharedLogs);
    expect(memory.current.sharedLogs[0]?.logId).toBe(`log${mostKept.sharedLogs + 1}`);
    expect(keychain.entries.size).toBe(mostKept.sharedLogs);
  });
});

describe('deleting a shared log', () => {
  it('asks the service of the log with its token', async () => {
    const { sharing, http, memory, keychain } = setUp([answer(200, stored), answer(200, { success: true })]);
    const { id } = await sharing.send(wanted);
    await sharing.delete(id);
    expect(http.requests[1]).toMatchObject({
      method: 'DELETE',
      url: 'https://logs.example/1/log/aB3',
      headers: { authorization: `Bearer ${stored.token}` },
    });
    expect(memory.current.sharedLogs).toEqual([]);
    expect(keychain.entries.size).toBe(0);
  });

  it.each([
    [404, { success: false, error: 'Log not found.' }, 0],
    [403, { success: false, error: 'Invalid token.' }, 1],
    [500, 'broken', 1],
  ])('after status %i', async (status, body, left) => {
    const { sharing, memory } = setUp([answer(200, stored), answer(status, body)]);
    const { id } = await sharing.send(wanted);
    await sharing.delete(id).catch(() => undefined);
    expect(memory.current.sharedLogs).toHaveLength(left);
  });

  it('never sends a token to an address that did not issue it', async () => {
    const { sharing, memory, http } = setUp([answer(200, stored)]);
    const shared = await sharing.send(wanted);
    memory.current.sharedLogs = [{ ...shared, service: 'https://attacker.example' }];
    expect(await problemOf(sharing.delete(shared.id))).toBe(
      'forbidden: Perch has no token to delete this log.',
    );
    expect(http.requests).toHaveLength(1);
  });

  it('knows after a restart that tokens in memory are gone', async () => {
    const kept = aSharedLog({ id: 'b' });
    const memory = new HeldFields(someMemory({ sharedLogs: [aSharedLog({ token: 'memory' }), kept] }));
    const { sharing } = setUp([], memory);
    await sharing.start();
    expect(memory.current.sharedLogs).toEqual([aSharedLog({ token: 'none' }), kept]);
    expect(await problemOf(sharing.delete('s1'))).toContain('Perch has no token');
    await sharing.forget('s1');
    expect(memory.current.sharedLogs).toEqual([kept]);
  });
});
