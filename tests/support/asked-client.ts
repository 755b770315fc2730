import * as z from 'zod';
import { powerSignalSchema } from '../../bridge/schema/domain.js';
import type { PanelApi } from '../../main/panel/api.js';
import { createPanelClient } from '../../main/panel/client.js';
import { FakeClock } from './fake-clock.js';
import { answer, FakeHttp } from './fake-http.js';
import { FakeLog } from './fake-log.js';
import { page } from './panel-answers.js';

/** Request and answer, recorded or from the contract set, in the form that Perch's client needs. */
export interface Exchange {
  request: { method: string; path: string; body: unknown };
  response: { status: number; headers: Record<string, string>; body: unknown };
}

export const clientKey = 'ptlc_QQQQQQQQQQQwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww';

/**
 * Client that gets the answer first and an empty page for each further page; an error is repeated for every request.
 */
export function clientOf(
  { response }: Exchange,
  panelUrl = 'https://panel.example.com',
): { client: PanelApi; http: FakeHttp; clock: FakeClock } {
  const clock = new FakeClock();
  let isFirst = true;
  const http = new FakeHttp(() => {
    const now =
      isFirst || response.status >= 400
        ? answer(response.status, response.body, response.headers)
        : answer(200, page([]));
    isFirst = false;
    return now;
  });
  const client = createPanelClient({
    panelUrl,
    label: () => 'Home',
    http,
    clock,
    log: new FakeLog(),
    authorize: (use) => use(clientKey),
  });
  return { client, http, clock };
}

type Ask = (client: PanelApi) => Promise<unknown>;

const bodySchema = z.looseObject({
  command: z.string().catch('x'),
  name: z.string().catch('x'),
  description: z.string().optional().catch('x'),
  docker_image: z.string().catch('x'),
  key: z.string().catch('K'),
  value: z.string().catch('x'),
  signal: powerSignalSchema.catch('start'),
});

/** Client method that sends this request; null = Perch has no such method. */
export function methodFor({ request }: Exchange): Ask | null {
  const [whole = '', query = ''] = request.path.split('?');
  const path = whole.replace(/\/$/, '');
  const scope = query.includes('type=admin-all') ? 'admin-all' : 'mine';
  if (path === '/api/client') return (client) => client.servers({ scope });
  if (path === '/api/client/account') return (client) => client.account();
  if (path === '/api/client/permissions') return (client) => client.permissions();
  if (path.startsWith('/api/client/account/')) return methodOfAccount(path.slice(20), request);
  const [, identifier, rest] = /^\/api\/client\/servers\/([\w-]+)(\/.*)?$/.exec(path) ?? [];
  if (identifier === undefined) return null;
  const backups = /^\/backups(?:\/([\w-]+)(\/\w+)?)?$/.exec(rest ?? '');
  if (backups !== null)
    return methodOfBackups(identifier, `${request.method} ${backups[2] ?? ''}`, backups[1], request.body);
  const files = /^\/files\/([\w-]+)$/.exec(rest ?? '');
  if (files !== null) return methodOfFiles(identifier, files[1] ?? '', request, query);
  return methodOfServer(identifier, rest, request.body);
}

const accountSchema = z.looseObject({
  description: z.string().catch('x'),
  allowed_ips: z.array(z.string()).catch([]),
  email: z.string().catch('x'),
  username: z.string().catch('x'),
  password: z.string().catch('x'),
  current_password: z.string().catch('x'),
  name: z.string().catch('x'),
  public_key: z.string().catch('x'),
  fingerprint: z.string().catch('x'),
});

/** `rest` = path below `/account/`. */
function methodOfAccount(rest: string, { method, body }: Exchange['request']): Ask | null {
  const input = accountSchema.parse(body ?? {});
  const { password } = input;
  const [part = '', id = ''] = rest.split('/');
  switch (`${method} ${part}${id === '' ? '' : '/'}`) {
    case 'GET activity':
      return (client) => client.accountActivity({ page: 1 });
    case 'GET api-keys':
      return (client) => client.apiKeys();
    case 'POST api-keys':
      return (client) => client.createApiKey(input.description, input.allowed_ips);
    case 'DELETE api-keys/':
      return (client) => client.deleteApiKey(id);
    case 'PUT email':
      return (client) => client.changeEmail(input.email, password);
    case 'PUT username':
      return (client) => client.changeUsername(input.username, password);
    case 'PUT password':
      return (client) => client.changePassword(input.current_password, password);
    case 'GET ssh-keys':
      return (client) => client.sshKeys();
    case 'POST ssh-keys':
      return (client) => client.addSshKey(input.name, input.public_key);
    case 'POST ssh-keys/':
      return (client) => client.removeSshKey(input.fingerprint);
    default:
      return null;
  }
}

function methodOfServer(identifier: string, rest: string | undefined, body: unknown): Ask | null {
  const input = bodySchema.safeParse(body).data ?? bodySchema.parse({});
  const { name, description } = input;
  switch (rest) {
    case undefined:
      return (client) => client.server(identifier);
    case '/resources':
      return (client) => client.resources(identifier);
    case '/websocket':
      return (client) => client.socketTicket(identifier);
    case '/activity':
      return (client) => client.activity(identifier);
    case '/startup':
      return (client) => client.startup(identifier);
    case '/power':
      return (client) => client.power(identifier, input.signal);
    case '/command':
      return (client) => client.command(identifier, input.command);
    case '/settings/rename':
      return (client) =>
        client.rename(identifier, description === undefined ? { name } : { name, description });
    case '/settings/description':
      return (client) => client.describe(identifier, description ?? '');
    case '/settings/reinstall':
      return (client) => client.reinstall(identifier);
    case '/settings/docker-image':
      return (client) => client.setDockerImage(identifier, input.docker_image);
    case '/startup/variable':
      return (client) => client.setVariable(identifier, input.key, input.value);
    default:
      return null;
  }
}

const filesSchema = z.looseObject({
  root: z.string().catch('/'),
  directory: z.string().catch('/'),
  files: z.array(z.unknown()).catch([]),
  name: z.string().optional().catch(undefined),
  location: z.string().catch('/x'),
  file: z.string().catch('x'),
  url: z.string().catch('x'),
});
const renamingSchema = z.object({ from: z.string(), to: z.string() });
const modeSchema = z.object({ file: z.string(), mode: z.coerce.string() });

function methodOfFiles(
  identifier: string,
  route: string,
  { method, body }: Exchange['request'],
  query: string,
): Ask | null {
  const input = filesSchema.safeParse(body).data ?? filesSchema.parse({});
  const { root, files, name, url } = input;
  const path = new URLSearchParams(query).get('file') ?? '/x';
  const names = files.filter((file) => typeof file === 'string');
  switch (`${method} ${route}`) {
    case 'GET list':
      return (client) => client.files(identifier, '/');
    case 'GET contents':
      return (client) => client.fileContents(identifier, path);
    case 'GET download':
      return (client) => client.fileLink(identifier, path);
    case 'GET upload':
      return (client) => client.uploadLink(identifier);
    case 'POST write':
      return (client) => client.writeFile(identifier, path, 'x');
    case 'PUT rename':
      return (client) =>
        client.renameFiles(
          identifier,
          root,
          files.map((file) => renamingSchema.parse(file)),
        );
    case 'POST copy':
      return (client) => client.copyFile(identifier, input.location);
    case 'POST delete':
      return (client) => client.deleteFiles(identifier, root, names);
    case 'POST compress':
      return (client) =>
        client.compressFiles(identifier, root, { files: names, ...(name === undefined ? {} : { name }) });
    case 'POST decompress':
      return (client) => client.decompressFile(identifier, root, input.file);
    case 'POST create-folder':
      return (client) => client.createFolder(identifier, root, name ?? '');
    case 'POST chmod': {
      const modes = files.map((file) => modeSchema.parse(file));
      return (client) =>
        client.chmodFiles(
          identifier,
          root,
          modes.map(({ file }) => file),
          modes[0]?.mode ?? '644',
        );
    }
    case 'POST pull':
      return (client) => client.pullFile(identifier, input.directory, { url, name: null });
    default:
      return null;
  }
}

const backupSchema = z.looseObject({
  name: z.string().catch(''),
  ignored: z.string().catch(''),
  is_locked: z.boolean().catch(false),
  truncate: z.boolean().catch(false),
});

/** `id` = undefined for the list of a server. */
function methodOfBackups(
  identifier: string,
  call: string,
  id: string | undefined,
  body: unknown,
): Ask | null {
  const { name, ignored, is_locked: locked, truncate } = backupSchema.parse(body ?? {});
  if (id === undefined) {
    const wanted = { name, ignored: ignored.split('\n'), locked };
    return call === 'POST '
      ? (client) => client.createBackup(identifier, wanted)
      : (client) => client.backups(identifier);
  }
  switch (call) {
    case 'GET ':
      return (client) => client.backup(identifier, id);
    case 'DELETE ':
      return (client) => client.deleteBackup(identifier, id);
    case 'GET /download':
      return (client) => client.backupLink(identifier, id);
    case 'POST /lock':
      return (client) => client.toggleBackupLock(identifier, id);
    case 'POST /restore':
      return (client) => client.restoreBackup(identifier, id, truncate);
    case 'PUT /rename':
      return (client) => client.renameBackup(identifier, id, name);
    default:
      return null;
  }
}

/**
 * As `methodFor`; for a request that Perch never sends (another path or HTTP method), the nearest request that Perch
 * sends.
 */
export function nearestMethod(one: Exchange): Ask {
  const isOfServer = one.request.path.includes('/servers/');
  return methodFor(one) ?? (isOfServer ? (client) => client.server('a') : (client) => client.account());
}
