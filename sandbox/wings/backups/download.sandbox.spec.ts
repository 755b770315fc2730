/** Signed links to archives (PROTOCOL 2.16.13). */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { decodeJwt, SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BackupStage, eventually } from '../../../tests/support/backup-stage.js';
import { dialects } from '../../panel/dialects.js';

let stage: BackupStage;
beforeEach(() => {
  stage = new BackupStage();
});
afterEach(() => stage.stop());

const order = (fields: Record<string, unknown>) =>
  stage.control.order({ do: 'backups', server: 'Survival', ...fields });

async function made(): Promise<string> {
  stage.write('world/level.dat', randomBytes(300_000));
  return (await stage.made()).uuid;
}

interface Fetched {
  status: number;
  headers: IncomingMessage['headers'];
  bytes: Buffer;
  /** false = the connection broke. */
  whole: boolean;
}

function fetched(url: string, headers: Record<string, string> = {}): Promise<Fetched> {
  return new Promise((resolve, reject) => {
    get(url, { headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      // A broken connection is also an error; `close` comes in any case.
      response.on('error', () => undefined);
      response.on('close', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          bytes: Buffer.concat(chunks),
          whole: response.complete,
        }),
      );
    }).on('error', reject);
  });
}

const errorOf = ({ status, bytes }: Fetched) =>
  `${status} ${(JSON.parse(bytes.toString()) as { error: string }).error}`;

describe.each(Object.keys(dialects))('a link of %s', (dialect) => {
  beforeEach(() => stage.start(dialect));

  test('gives the whole archive once, whatever range is wanted', async () => {
    const uuid = await made();
    const url = await stage.link(uuid);
    const first = await fetched(url, { range: 'bytes=10-20' });
    const archive = readFileSync(stage.archiveOf(uuid));
    expect(first).toMatchObject({ status: 200, whole: true });
    expect(first.bytes.equals(archive)).toBe(true);
    expect(first.headers).toMatchObject({
      'content-disposition': `attachment; filename="${uuid}.tar.gz"`,
      'content-length': String(archive.length),
      'content-type': 'application/octet-stream',
    });
    expect(first.headers['accept-ranges']).toBeUndefined();
    expect(errorOf(await fetched(url))).toBe('404 The requested resource was not found on this server.');
  });

  test('lives for 15 minutes, and names backup, server and user', async () => {
    const uuid = await made();
    const claims = decodeJwt(new URL(await stage.link(uuid)).searchParams.get('token') ?? '');
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(900);
    expect(claims).toMatchObject({
      backup_uuid: uuid,
      server_uuid: stage.control.uuidOf('Survival'),
      aud: [expect.stringMatching(/^http:/) as string],
    });
  });
});

describe('on any node', () => {
  beforeEach(() => stage.start('panel-1.11'));

  test('a wrong token, and one of another key, are errors of the node', async () => {
    const url = new URL(await stage.link(await made()));
    for (const token of ['nonsense', await foreign(url.searchParams.get('token') ?? '')]) {
      url.searchParams.set('token', token);
      const answer = await fetched(url.href);
      expect(errorOf(answer)).toBe('500 An unexpected error was encountered while processing this request');
    }
  });

  test('every link is good once, also two of one backup; a restart of the node ends all', async () => {
    const uuid = await made();
    const [first, second, third] = await Promise.all([stage.link(uuid), stage.link(uuid), stage.link(uuid)]);
    expect((await fetched(first)).status).toBe(200);
    expect((await fetched(second)).status).toBe(200);
    // The boot second must be later than the token's.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await stage.control.order({ do: 'node-down', node: 'Harbor' });
    expect(await stage.link(uuid)).toMatch(/^http:/);
    await expect(fetched(third)).rejects.toThrow(/ECONNREFUSED/);
    await stage.control.order({ do: 'node-up', node: 'Harbor' });
    expect((await fetched(third)).status).toBe(404);
    expect((await fetched(await stage.link(uuid))).status).toBe(200);
  });

  test('a deleted backup is not found', async () => {
    const uuid = await made();
    const url = await stage.link(uuid);
    await stage.ask('DELETE', `/${uuid}`);
    expect(errorOf(await fetched(url))).toBe('404 The requested backup was not found on this server.');
  });

  test('an order breaks a download at a byte; the link is used up by that', async () => {
    const uuid = await made();
    await order({ cutAt: 100_001 });
    const url = await stage.link(uuid);
    const cut = await fetched(url);
    expect(cut).toMatchObject({ status: 200, whole: false });
    expect(cut.bytes.length).toBe(100_001);
    await order({ cutAt: null });
    expect((await fetched(url)).status).toBe(404);
    expect((await fetched(await stage.link(uuid))).whole).toBe(true);
  });

  test('an order lets links expire sooner', async () => {
    const uuid = await made();
    await stage.control.order({ do: 'panel', backupLinkSeconds: 0 });
    const url = await stage.link(uuid);
    await eventually(
      () => Date.now(),
      (now) => now / 1000 > (decodeJwt(new URL(url).searchParams.get('token') ?? '').exp ?? 0) + 1,
    );
    expect(errorOf(await fetched(url))).toMatch(/^500 /);
  });

  test('an order garbles a download', async () => {
    const uuid = await made();
    await order({ garbled: true });
    const { bytes, whole } = await fetched(await stage.link(uuid));
    const archive = readFileSync(stage.archiveOf(uuid));
    expect(whole).toBe(true);
    expect(bytes.length).toBe(archive.length);
    expect(bytes[0]).not.toBe(archive[0]);
    expect(bytes.subarray(1).equals(archive.subarray(1))).toBe(true);
  });

  test('an order lets a proxy answer; the link stays good', async () => {
    const url = await stage.link(await made());
    await order({ downloadStatus: 502 });
    const { status, headers } = await fetched(url);
    expect({ status, server: headers.server }).toEqual({ status: 502, server: 'nginx' });
    await order({ downloadStatus: null });
    expect((await fetched(url)).status).toBe(200);
  });

  test('an order slows a download down', async () => {
    const uuid = await made();
    await order({ downloadRate: 400_000 });
    const begun = performance.now();
    expect((await fetched(await stage.link(uuid))).whole).toBe(true);
    expect(performance.now() - begun).toBeGreaterThan(500);
  });

  test('other addresses of the node are answered as before', async () => {
    const { origin } = new URL(await stage.link(await made()));
    expect((await fetched(`${origin}/download/other`)).status).toBe(404);
    expect((await fetched(`${origin}/api/servers/${stage.control.uuidOf('Survival')}/ws`)).status).toBe(400);
  });
});

/** The same claims, signed with another key. */
async function foreign(token: string): Promise<string> {
  const key = new TextEncoder().encode('the key of another node, long enough for it');
  return new SignJWT(decodeJwt(token)).setProtectedHeader({ alg: 'HS256' }).sign(key);
}
