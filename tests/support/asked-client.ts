import * as z from 'zod';
import { powerSignalSchema } from '../../bridge/schema/domain.js';
import type { PanelApi } from '../../main/panel/api.js';
import { createPanelClient } from '../../main/panel/client.js';
import { methodOfAccount } from './asked-account.js';
import { methodOfBackups, methodOfFiles } from './asked-files.js';
import { methodOfPart } from './asked-parts.js';
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

/** Asks a client a question. */
export type Ask = (client: PanelApi) => Promise<unknown>;

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
  return methodOfPart(identifier, rest ?? '', request) ?? methodOfServer(identifier, rest, request.body);
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

/**
 * As `methodFor`; for a request that Perch never sends (another path or HTTP method), the nearest request that Perch
 * sends.
 */
export function nearestMethod(one: Exchange): Ask {
  const isOfServer = one.request.path.includes('/servers/');
  return methodFor(one) ?? (isOfServer ? (client) => client.server('a') : (client) => client.account());
}
