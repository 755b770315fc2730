/** Every request that Perch sends to a panel, once: where it goes, and what sentences about it need. */
import type { PowerSignal } from '../../bridge/domain.js';
import { PerchError } from '../../bridge/errors.js';
import { powerPermission } from '../../bridge/permissions.js';

export interface PanelCall {
  method: 'GET' | 'POST' | 'PUT';
  /** Below `/api/client`, query included. */
  path: string;
  body?: Record<string, string>;
  /** Completes "could not ...". */
  what: string;
  /** `server` = about one server: 404 means that server, not the panel. */
  subject: 'panel' | 'server';
  /** What the call needs beyond access to the server (PROTOCOL 2); the real panel does not name it (D5). */
  permission?: string;
  /** True where the panel asks the node to carry it out. */
  usesNode: boolean;
  /** Names of the input's fields, the most likely culprit last: the reference does not name them (D7). */
  fields: readonly string[];
  /** Limiter scope (PROTOCOL 3.4). */
  budget: string;
}

export function isWrite(call: PanelCall): boolean {
  return call.method !== 'GET';
}

function read(path: string, what: string, extra: Partial<PanelCall> = {}): PanelCall {
  return {
    method: 'GET',
    path,
    what,
    subject: 'panel',
    usesNode: false,
    fields: [],
    budget: 'panel',
    ...extra,
  };
}

function write(
  method: 'POST' | 'PUT',
  path: string,
  body: Record<string, string> | undefined,
  what: string,
  permission: string,
  extra: Partial<PanelCall> = {},
): PanelCall {
  return {
    method,
    path,
    ...(body === undefined ? {} : { body }),
    what,
    subject: 'server',
    permission,
    usesNode: false,
    fields: body === undefined ? [] : Object.keys(body),
    budget: 'panel',
    ...extra,
  };
}

/** Identifiers come from the panel: nothing in them may lead to another path. */
function ofServer(identifier: string, rest = ''): string {
  if (!/^[\w-]{1,100}$/.test(identifier)) {
    throw new PerchError({
      code: 'not-found',
      message: 'This is not the identifier of a server.',
      next: 'Load the list of servers again.',
    });
  }
  return `/servers/${identifier}${rest}`;
}

export const readAccount = (): PanelCall => read('/account', 'read the account');

export const readPermissions = (): PanelCall => read('/permissions', 'read the list of permissions');

export const listServers = (page: number, type: 'admin-all' | null): PanelCall =>
  read(`?per_page=100&page=${page}${type === null ? '' : `&type=${type}`}`, 'list the servers');

export const readServer = (identifier: string): PanelCall =>
  read(ofServer(identifier), 'read the server', { subject: 'server' });

export const readResources = (identifier: string): PanelCall =>
  read(ofServer(identifier, '/resources'), "read the server's usage", { subject: 'server', usesNode: true });

export const readTicket = (identifier: string): PanelCall =>
  read(ofServer(identifier, '/websocket'), 'open the console', {
    subject: 'server',
    permission: 'websocket.connect',
    budget: `websocket ${identifier}`,
  });

export const readStartup = (identifier: string): PanelCall =>
  read(ofServer(identifier, '/startup'), 'read the startup settings', {
    subject: 'server',
    permission: 'startup.read',
  });

export const sendPower = (identifier: string, signal: PowerSignal): PanelCall =>
  write('POST', ofServer(identifier, '/power'), { signal }, `${signal} the server`, powerPermission(signal), {
    usesNode: true,
  });

export const sendCommand = (identifier: string, command: string): PanelCall =>
  write('POST', ofServer(identifier, '/command'), { command }, 'send the command', 'control.console', {
    usesNode: true,
  });

export const renameServer = (identifier: string, name: string, description: string | undefined): PanelCall =>
  write(
    'POST',
    ofServer(identifier, '/settings/rename'),
    description === undefined ? { name } : { description, name },
    'rename the server',
    'settings.rename',
  );

export const describeServer = (identifier: string, description: string): PanelCall =>
  write(
    'POST',
    ofServer(identifier, '/settings/description'),
    { description },
    'change the description',
    'settings.description',
  );

export const reinstallServer = (identifier: string): PanelCall =>
  write(
    'POST',
    ofServer(identifier, '/settings/reinstall'),
    undefined,
    'reinstall the server',
    'settings.reinstall',
    { usesNode: true },
  );

export const setDockerImage = (identifier: string, image: string): PanelCall =>
  write(
    'PUT',
    ofServer(identifier, '/settings/docker-image'),
    { docker_image: image },
    'change the Docker image',
    'startup.docker-image',
  );

export const setVariable = (identifier: string, key: string, value: string): PanelCall =>
  write(
    'PUT',
    ofServer(identifier, '/startup/variable'),
    { key, value },
    'change the variable',
    'startup.update',
  );
