/** SSH keys of an account (PROTOCOL 2.18): recorded answers of both panels, and cases without a recording. */
import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ControlStage, errorLine } from '../../tests/support/control-stage.js';
import { recordedFixtures } from '../../tests/support/fixtures.js';
import {
  backupExchanges,
  exchangeOf,
  RecordedBackupStage,
} from '../../tests/support/recorded-backup-stage.js';
import { countRecorded } from '../../tests/support/recorded-cases.js';
import { sshKeyPair } from '../../tests/support/ssh-key-pair.js';
import { dialectNames } from '../sandbox.js';

describe.each([
  ['pterodactyl', 'panel-1.11', [20, 21, 282, 283, 284, 371, 372, 373]],
  ['pelican', 'pelican', [27, 28, 29, 31]],
])('%s, recorded in November 2026', (recorder, dialect, numbers) => {
  const folder = recordedFixtures(`client-api-2026-11/${recorder}`);
  let stage: RecordedBackupStage;
  beforeEach(async () => {
    stage = new RecordedBackupStage();
    if (folder !== null) await stage.start(dialect);
  });
  afterEach(() => stage.stop());

  test.runIf(folder !== null).each(numbers)('%i, after those before', async (number) => {
    const exchanges = backupExchanges(folder ?? '');
    let differences: string[] = [];
    for (const each of numbers.slice(0, numbers.indexOf(number) + 1))
      differences = await stage.play(exchangeOf(exchanges, each));
    expect(differences).toEqual([]);
  });

  test.runIf(folder !== null)('all were compared', (context) => {
    countRecorded(context, { answers: numbers.length });
    expect(numbers.length).toBeGreaterThan(3);
  });
});

const ed25519 = () => sshKeyPair().public;
const notValid = '422 ValidationException: The public key provided is not valid.';

describe.each(dialectNames)('account/ssh-keys of %s', (dialect) => {
  let stage: ControlStage;
  beforeEach(async () => {
    stage = new ControlStage();
    await stage.start(dialect);
  });
  afterEach(() => stage.stop());

  const add = (publicKey: unknown, name: unknown = 'laptop') =>
    stage.ask('owner', 'POST', '/account/ssh-keys', { name, public_key: publicKey });
  const fingerprints = async (): Promise<string[]> => {
    const { text } = await stage.ask('owner', 'GET', '/account/ssh-keys');
    const { data } = JSON.parse(text) as { data: { attributes: { fingerprint: string } }[] };
    return data.map(({ attributes }) => attributes.fingerprint);
  };
  const remove = (fingerprint: string) =>
    dialect === 'pelican'
      ? stage.ask('owner', 'DELETE', `/account/ssh-keys/${encodeURIComponent(fingerprint)}`)
      : stage.ask('owner', 'POST', '/account/ssh-keys/remove', { fingerprint });

  test('takes RSA from 2048 bits on and curves, and gives the fingerprint of OpenSSH', async () => {
    const rsa = sshKeyPair('rsa', 2048).public;
    const curve = sshKeyPair('ecdsa').public;
    for (const line of [rsa, curve]) {
      const answer = await add(line);
      expect(answer.status).toBe(200);
      const { attributes } = JSON.parse(answer.text) as { attributes: Record<string, string> };
      expect(attributes['public_key']).toMatch(
        /^-----BEGIN PUBLIC KEY-----\r\n[^]+-----END PUBLIC KEY-----$/,
      );
      // The PEM that the panel shows is the same key.
      expect(errorLine(await add(attributes['public_key']))).toBe(
        '422 ValidationException: The public key provided already exists on your account.',
      );
    }
  });

  test('refuses text that is no public key, and short RSA keys', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
    expect(errorLine(await add(pem))).toBe(notValid);
    expect(errorLine(await add('ssh-ed25519 AAAA'))).toBe(notValid);
    expect(errorLine(await add(`ssh-rsa ${ed25519().split(' ')[1] ?? ''}`))).toBe(notValid);
    const short = sshKeyPair('rsa', 1024).public;
    expect(errorLine(await add(short))).toBe(
      '422 ValidationException: RSA keys must be at least 2048 bytes in length.',
    );
    expect(errorLine(await add(ed25519(), ''))).toMatch(
      /^422 ValidationException: The name field is required/,
    );
  });

  test('removes a key of the account by its fingerprint', async () => {
    // Half of all fingerprints have a slash, which Pelican's address cannot hold.
    let line = ed25519();
    await add(line);
    while ((await fingerprints()).at(-1)?.includes('/') === true) {
      line = ed25519();
      await add(line);
    }
    const own = (await fingerprints()).at(-1) ?? '';
    const others = (await fingerprints()).filter((each) => each !== own);
    expect((await remove(own)).status).toBe(204);
    expect(await fingerprints()).toEqual(others);
    expect((await remove(own)).status).toBe(dialect === 'pelican' ? 404 : 204);
    expect((await add(line)).status).toBe(200);
  });
});

test("Pelican's address holds no fingerprint with a slash", async () => {
  const stage = new ControlStage();
  await stage.start('pelican');
  const answer = await stage.ask('owner', 'DELETE', '/account/ssh-keys/a%2Fb');
  await stage.stop();
  expect(errorLine(answer)).toBe(
    '404 NotFoundHttpException: The route api/client/account/ssh-keys/a/b could not be found.',
  );
});
