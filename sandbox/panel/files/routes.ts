/** Routes about the files of a server (PROTOCOL 2.15, 2.17). */
import type { Server } from '../../data/world.js';
import { needs, onServer, type Call, type RouteContext, type RouteOf, type Routes } from '../route.js';
import {
  changeModes,
  compressFiles,
  copyFile,
  createFolder,
  decompressFile,
  deleteFiles,
  pullFile,
  renameFiles,
  writeFile,
} from './changes.js';
import { linkFile, linkUpload, listFiles, readContents } from './reads.js';

const base = '/api/client/servers/:server/files';

const onFiles = (
  permission: string,
  run: RouteOf<Server>['run'],
  rules: Rules | ((call: Call<Server>, context: RouteContext) => Rules),
  more: Pick<RouteOf<Server>, 'isPull'> = {},
) =>
  onServer({
    isFileRoute: true,
    permission: needs(permission),
    rules: (context: RouteContext, call: Call<Server>) =>
      typeof rules === 'function' ? rules(call, context) : rules,
    run,
    ...more,
  });

type Rules = Record<string, string>;

const root = { root: 'nullable|string' };

/** Rules of a list, and of each of its items; without keys the items are names. */
const listOf =
  (keys: Rules | null) =>
  ({ input }: Call<Server>): Rules => {
    const files: unknown = input['files'];
    const items = Array.isArray(files) ? files.map((_, at) => at) : [];
    const own = items.flatMap((at): [string, string][] =>
      keys === null
        ? [[`files.${at}`, 'string']]
        : Object.entries(keys).map(([key, rule]) => [`files.${at}.${key}`, rule]),
    );
    return { ...root, files: 'required|array', ...Object.fromEntries(own) };
  };

/** Only Pelican looks at the name and format of an archive. */
const archiveRules = (call: Call<Server>, { dialect }: RouteContext): Rules => ({
  ...listOf(null)(call),
  ...dialect.archiveRules,
});

export function fileRoutes(): Routes {
  const file = { file: 'required|string' };
  return {
    [`${base}/list`]: { GET: onFiles('file.read', listFiles, { directory: 'nullable|string' }) },
    [`${base}/contents`]: { GET: onFiles('file.read-content', readContents, file) },
    [`${base}/download`]: { GET: onFiles('file.read-content', linkFile, file) },
    [`${base}/upload`]: { GET: onFiles('file.create', linkUpload, {}) },
    [`${base}/write`]: { POST: onFiles('file.create', writeFile, file) },
    [`${base}/rename`]: {
      PUT: onFiles('file.update', renameFiles, listOf({ from: 'string', to: 'string' })),
    },
    [`${base}/copy`]: { POST: onFiles('file.create', copyFile, { location: 'required|string' }) },
    [`${base}/delete`]: { POST: onFiles('file.delete', deleteFiles, listOf(null)) },
    [`${base}/compress`]: { POST: onFiles('file.archive', compressFiles, archiveRules) },
    [`${base}/decompress`]: { POST: onFiles('file.create', decompressFile, { ...root, ...file }) },
    [`${base}/create-folder`]: {
      POST: onFiles('file.create', createFolder, { ...root, name: 'required|string' }),
    },
    [`${base}/chmod`]: {
      POST: onFiles(
        'file.update',
        changeModes,
        listOf({ file: 'required|string', mode: 'required|numeric' }),
      ),
    },
    [`${base}/pull`]: {
      POST: onFiles(
        'file.create',
        pullFile,
        {
          url: 'required|string|url',
          directory: 'nullable|string',
          filename: 'nullable|string',
          use_header: 'boolean',
          foreground: 'boolean',
        },
        { isPull: true },
      ),
    },
  };
}
