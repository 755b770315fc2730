/** The updates of the running Perch. The package is examined after the start. */
import { access, constants, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app } from 'electron';
import { say } from '../../messages/messages.js';
import type { ElectronSourceDeps } from './electron-source.js';
import { packageKind, wayOf, type PackageFacts } from './package-kind.js';
import { publishedBy } from './published.js';
import type { Prepared } from './found-state.js';
import { Updates, type UpdatesDeps } from './updates.js';

export interface RealUpdatesDeps
  extends
    Pick<UpdatesDeps, 'clock' | 'random' | 'log' | 'settings' | 'memory' | 'quit' | 'openPage'>,
    Pick<PackageFacts, 'platform' | 'env' | 'execPath' | 'resources'>,
    Pick<ElectronSourceDeps, 'proxies' | 'dataFolder'> {
  readonly arch: string;
  /** Shows a desktop notification. */
  readonly notify: (title: string, body: string) => void;
}

export function realUpdates(deps: RealUpdatesDeps): Updates {
  return new Updates({
    ...deps,
    version: app.getVersion(),
    prepare: () => prepared(deps),
    tell: (what, version) =>
      deps.notify(say(`updates.told-${what}`, { version }), say(`updates.told-${what}-body`)),
  });
}

async function prepared(deps: RealUpdatesDeps): Promise<Prepared | null> {
  const { env, arch } = deps;
  const manifest = (): Promise<string | null> => read(join(app.getAppPath(), 'package.json'));
  const published = await publishedBy({ env, isPackaged: app.isPackaged, manifest });
  if (published === null) return null;
  const { feed, page, isSigned } = published;
  const kind = await packageKind({ ...deps, isSigned, read, isThere: may(constants.F_OK), isWritable });
  return {
    page,
    routeTo: (version) => wayOf(kind, version, arch),
    openSource: async () => {
      const { ElectronSource } = await import('./electron-source.js');
      return new ElectronSource({ ...deps, feed, kind });
    },
  };
}

function read(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch(() => null);
}

const isWritable = may(constants.W_OK);

function may(mode: number): (path: string) => Promise<boolean> {
  return (path) =>
    access(path, mode).then(
      () => true,
      () => false,
    );
}
