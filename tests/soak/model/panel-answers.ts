/** Records of a model panel in their JSON form (PROTOCOL 2.1 to 2.4), with the fields that Perch reads. */
import type { Condition } from '../../../bridge/schema/domain.js';
import type { HttpResponse } from '../../../main/base/network-ports.js';
import type { Conflict } from '../../../sandbox/panel/dialect.js';
import { envelope, errorPage, type PanelError } from '../../../sandbox/panel/errors.js';
import { diskLimitMib, type ModelServer } from './model-server.js';

export function jsonAnswer(
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: value === null ? '' : JSON.stringify(value),
  };
}

export function errorAnswer(error: PanelError, headers: Record<string, string> = {}): HttpResponse {
  return jsonAnswer(error.status, envelope(error, false), { ...error.headers, ...headers });
}

export function pageAnswer(status: number): HttpResponse {
  return { status, headers: { 'content-type': 'text/html; charset=UTF-8' }, body: errorPage(status) };
}

export function listAnswer(servers: readonly ModelServer[], page: number): unknown {
  const perPage = 100;
  const data = servers.slice((page - 1) * perPage, page * perPage).map((server) => serverItem(server, false));
  const pagination = {
    total: servers.length,
    count: data.length,
    per_page: perPage,
    current_page: page,
    total_pages: Math.max(1, Math.ceil(servers.length / perPage)),
    links: {},
  };
  return { object: 'list', data, meta: { pagination } };
}

/** A single server includes the caller's permissions; the list never does (PROTOCOL D13). */
export function serverItem(server: ModelServer, isAlone: boolean): unknown {
  const { condition, isOwner } = server;
  const meta = { is_server_owner: isOwner, user_permissions: isOwner ? ['*'] : subuserPermissions };
  return {
    object: 'server',
    attributes: {
      server_owner: isOwner,
      identifier: server.identifier,
      uuid: server.uuid,
      name: server.names.now,
      node: server.node.host,
      description: '',
      status: statusOf[condition] ?? null,
      is_suspended: condition === 'suspended',
      is_installing: condition === 'installing',
      is_transferring: condition === 'transferring',
      is_node_under_maintenance: condition === 'maintenance',
      ...gameFields(server),
      limits: { memory: 1000, disk: diskLimitMib, cpu: 100 },
    },
    ...(isAlone ? { meta } : {}),
  };
}

/** The fields by which Perch recognises the game and finds its address (PROTOCOL 2.1). */
function gameFields({ game, node }: ModelServer): object {
  const allocation = {
    ip: game.address,
    ip_alias: game.alias,
    port: game.port,
    notes: null,
    is_default: true,
  };
  return {
    invocation: game.isBedrock ? './bedrock_server' : './srcds_run -game cstrike',
    sftp_details: { ip: node.host, port: 2022 },
    relationships: {
      allocations: {
        object: 'list',
        data: [{ object: 'allocation', attributes: { id: game.port, ...allocation } }],
      },
    },
  };
}

export const subuserPermissions = [
  'websocket.connect',
  'control.console',
  'control.start',
  'control.stop',
  'control.restart',
];

const statusOf: Partial<Record<Condition, string>> = {
  suspended: 'suspended',
  installing: 'installing',
  restoring: 'restoring_backup',
};

/** Conflict that blocks all calls except viewing the server (PROTOCOL 2.0). */
export function conflictOf({ condition }: ModelServer): Conflict | null {
  return condition === 'suspended' || condition === 'installing' ? condition : null;
}

export function resourcesItem({ process, condition, diskBytes }: ModelServer): unknown {
  const uptime = process.state === 'offline' ? 0 : process.uptimeMs;
  return stateItem(process.state, condition === 'suspended', { uptime, diskBytes });
}

/** Pelican's answer when the node is silent (PROTOCOL 8.2.6). */
export const missingItem = stateItem('missing', false, { uptime: 0, diskBytes: 0 });

function stateItem(
  state: string,
  isSuspended: boolean,
  { uptime, diskBytes }: { uptime: number; diskBytes: number },
): unknown {
  return {
    object: 'stats',
    attributes: {
      current_state: state,
      is_suspended: isSuspended,
      resources: {
        memory_bytes: 1,
        cpu_absolute: 1,
        disk_bytes: diskBytes,
        network_rx_bytes: 1,
        network_tx_bytes: 1,
        uptime,
      },
    },
  };
}
