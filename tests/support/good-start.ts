import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DiskFolder } from '../../main/disk/disk-folder.js';
import { ServerRevisionsFiles } from '../../main/files/server-revisions.js';
import { FakeLog } from './fake-log.js';

/**
 * Gives a running Perch a last good start of a server of its only account, with this plugin, Java 17 and this value of
 * the variable SERVER_JARFILE.
 */
export async function haveGoodStart(
  dataFolder: string,
  uuid: string,
  { plugin, jar }: { readonly plugin: string; readonly jar: string },
): Promise<void> {
  const { accounts } = JSON.parse(readFileSync(join(dataFolder, 'accounts.json'), 'utf8')) as {
    accounts: { id: string }[];
  };
  const serverId = `${accounts[0]?.id ?? ''}/${uuid}`;
  const folder = new DiskFolder(join(dataFolder, 'revisions'));
  const files = new ServerRevisionsFiles({ folder, log: new FakeLog(), setAside: () => undefined });
  const at = Date.now() - 3_600_000;
  const goodStart = {
    startedAt: at,
    readAt: at,
    image: 'ghcr.io/pterodactyl/yolks:java_17',
    variables: { SERVER_JARFILE: 'another hash' },
    values: { SERVER_JARFILE: jar },
    command: null,
    folders: ['/plugins'],
    texts: null,
    files: [{ path: `/plugins/${plugin}`, bytes: 1024, modifiedAt: at, version: null, meaning: null }],
  };
  await files.save({ serverId, revisions: [], goodStart, readAt: at });
}
