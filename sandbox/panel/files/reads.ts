import type { Server } from '../../data/world.js';
import type { LinkTarget } from '../../wings/api.js';
import { panelError } from '../errors.js';
import { list } from '../items.js';
import { ok, type Call, type Reply, type RouteContext } from '../route.js';
import { fileItem } from './items.js';

/** Largest file that the panel shows. */
const largestContents = 4 * 1024 * 1024;

export async function listFiles({ gateway }: RouteContext, { server, input }: Call<Server>): Promise<Reply> {
  const directory = String(input['directory'] ?? '/');
  const entries = await gateway.ask(server, `list ${directory}`, (node) =>
    node.files.list(server.uuid, directory),
  );
  return ok(list(entries.map(fileItem)));
}

export async function readContents(
  { gateway, activity }: RouteContext,
  { server, user, input }: Call<Server>,
): Promise<Reply> {
  const file = String(input['file']);
  const body = await gateway.ask(
    server,
    `contents ${file}`,
    (node) => node.files.contents(server.uuid, file),
    { 400: 'FileNotEditableException', 404: 'FileNotFoundException' },
  );
  if (body.length > largestContents) {
    throw panelError(
      400,
      'FileSizeTooLargeException',
      'The file you are attempting to open is too large to view in the file editor.',
      'back',
    );
  }
  activity.record(server.uuid, { event: 'server:file.read', userUuid: user.uuid, properties: { file } });
  return { status: 200, body, type: 'text/plain; charset=UTF-8' };
}

/** A link is also given for a missing file and for a folder, and while the node is down. */
export async function linkFile(context: RouteContext, call: Call<Server>): Promise<Reply> {
  const path = String(call.input['file']);
  const reply = await link(context, call, { kind: 'file', path }, 'download/file');
  context.activity.record(call.server.uuid, {
    event: 'server:file.download',
    userUuid: call.user.uuid,
    properties: { file: path },
  });
  return reply;
}

export function linkUpload(context: RouteContext, call: Call<Server>): Promise<Reply> {
  return link(context, call, { kind: 'upload' }, 'upload/file');
}

async function link(
  { gateway, state }: RouteContext,
  { server, user }: Call<Server>,
  target: LinkTarget,
  path: string,
): Promise<Reply> {
  const token = await gateway.nodeOf(server).issueLink({
    target,
    serverUuid: server.uuid,
    userUuid: user.uuid,
    userId: user.id,
    lifetimeSeconds: state.backupLinkSeconds,
  });
  return ok({ object: 'signed_url', attributes: { url: gateway.linkUrl(server, path, token) } });
}
