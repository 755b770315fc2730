import type { Server } from '../../data/world.js';
import type { WingsNode } from '../../wings/api.js';
import { isTrue } from '../backups/changes.js';
import { noContent, ok, type Call, type Reply, type RouteContext } from '../route.js';
import { fileItem } from './items.js';

/** Pelican takes every 400 of a write and of a new folder for a name that is taken. */
const exists = { 400: 'FileExistsException' };

/** Passes a change to the node, then notes it in the server's activity. */
async function change(
  { gateway, activity }: RouteContext,
  { server, user }: Call<Server>,
  what: {
    event: string | null;
    note: string;
    properties: Record<string, unknown>;
    names?: Readonly<Record<number, string>>;
  },
  verb: (node: WingsNode) => Promise<void>,
): Promise<Reply> {
  await gateway.pass(server, what.note, verb, { names: what.names ?? {} });
  if (what.event !== null) {
    const { event, properties } = what;
    const hasMore = 'count' in properties;
    activity.record(server.uuid, { event: `server:file.${event}`, userUuid: user.uuid, properties, hasMore });
  }
  return noContent;
}

/** Writes the body to a file of the server (PROTOCOL 2.15). The panel checks neither its name nor its content. */
export function writeFile(context: RouteContext, call: Call<Server>): Promise<Reply> {
  const { server, body } = call;
  const file = String(call.input['file']);
  const note = `write ${file} ${body.toString()}`;
  const what = { event: 'write', note, properties: { file }, names: exists };
  return change(context, call, what, (node) => node.files.write(server.uuid, file, body));
}

export function renameFiles(context: RouteContext, call: Call<Server>): Promise<Reply> {
  const { root, records } = many(call);
  const files = records.map(({ from, to }) => ({ from: String(from), to: String(to) }));
  const properties = { directory: root, files, count: files.length };
  return change(context, call, { event: 'rename', note: `rename in ${root}`, properties }, (node) =>
    node.files.rename(call.server.uuid, root, files),
  );
}

export function copyFile(context: RouteContext, call: Call<Server>): Promise<Reply> {
  const file = String(call.input['location']);
  return change(context, call, { event: 'copy', note: `copy ${file}`, properties: { file } }, (node) =>
    node.files.copy(call.server.uuid, file),
  );
}

export function deleteFiles(context: RouteContext, call: Call<Server>): Promise<Reply> {
  const { root, names } = many(call);
  const properties = { directory: root, files: names, count: names.length };
  const what = { event: 'delete', note: `delete ${names.join(', ')} in ${root}`, properties };
  return change(context, call, what, (node) => node.files.remove(call.server.uuid, root, names));
}

export async function compressFiles(context: RouteContext, call: Call<Server>): Promise<Reply> {
  const { gateway, activity } = context;
  const { server, user, input } = call;
  const { root, names } = many(call);
  const wish = { name: textOr(input['name'], null), extension: textOr(input['extension'], null) };
  const entry = await gateway.ask(server, `compress ${names.join(', ')} in ${root}`, (node) =>
    node.files.compress(server.uuid, root, names, wish),
  );
  activity.record(server.uuid, {
    event: 'server:file.compress',
    userUuid: user.uuid,
    properties: { directory: root, files: names, count: names.length },
    hasMore: true,
  });
  return ok(fileItem(entry));
}

export function decompressFile(context: RouteContext, call: Call<Server>): Promise<Reply> {
  const root = rootOf(call);
  const file = String(call.input['file']);
  const properties = { directory: root, ...(context.dialect.pelicanAttributes ? { file } : { files: file }) };
  return change(context, call, { event: 'decompress', note: `decompress ${file}`, properties }, (node) =>
    node.files.decompress(call.server.uuid, root, file),
  );
}

export function createFolder(context: RouteContext, call: Call<Server>): Promise<Reply> {
  const root = rootOf(call);
  const name = String(call.input['name']);
  const properties = { name, directory: root };
  const what = { event: 'create-directory', note: `folder ${name}`, properties, names: exists };
  return change(context, call, what, (node) => node.files.createFolder(call.server.uuid, root, name));
}

/** The only change of files without an activity entry. */
export function changeModes(context: RouteContext, call: Call<Server>): Promise<Reply> {
  const { root, records } = many(call);
  const files = records.map(({ file, mode }) => ({ file: String(file), mode }));
  return change(context, call, { event: null, note: `chmod in ${root}`, properties: {} }, (node) =>
    node.files.chmod(call.server.uuid, root, files),
  );
}

export function pullFile(context: RouteContext, call: Call<Server>): Promise<Reply> {
  const { input } = call;
  const properties = { directory: input['directory'] ?? null, url: input['url'] };
  return change(context, call, { event: 'pull', note: `pull ${String(input['url'])}`, properties }, (node) =>
    node.files.pull(call.server.uuid, {
      url: String(input['url']),
      directory: textOr(input['directory'], '/') ?? '/',
      fileName: textOr(input['filename'], null),
      isForeground: isTrue(input['foreground']),
    }),
  );
}

function rootOf({ input }: Call<Server>): string {
  return textOr(input['root'], '/') ?? '/';
}

/** Folder and files of a call, which the rules have checked. */
function many(call: Call<Server>): { root: string; names: string[]; records: Record<string, unknown>[] } {
  const files: unknown = call.input['files'];
  const all: unknown[] = Array.isArray(files) ? files : [];
  return {
    root: rootOf(call),
    names: all.flatMap((each) => (typeof each === 'string' ? [each] : [])),
    records: all.map((each) => ({ ...(each as object) })),
  };
}

function textOr<T>(value: unknown, otherwise: T): string | T {
  return typeof value === 'string' && value !== '' ? value : otherwise;
}
