/** Records of the panel in the format of the API (PROTOCOL 2.1 to 2.12). */
import { shortId, type EggVariable, type Server, type User } from '../data/world.js';
import type { World } from '../records.js';
import type { State, Usage } from '../wings/api.js';
import type { PanelDialect } from './dialect.js';
import { unexpected } from './errors.js';
import { isInstalling } from './gates.js';
import { longIdentifier } from './identifiers.js';
import { allocationItem } from './network/items.js';
import { has, permissionsOf } from './permissions.js';
import { renderStart, valueOf } from './startup.js';
import type { PanelState } from './state.js';
import { subuserItem } from './subusers/items.js';

/** Placeholder for an absent or invisible resource. */
export const nullResource = { object: 'null_resource', attributes: null };

export interface ServerItemOptions {
  world: World;
  dialect: PanelDialect;
  state: PanelState;
  user: User;
  /** Additional relationships to include. */
  include: ReadonlySet<string>;
  inList: boolean;
  /** Current power state. */
  stateOf: (server: Server) => State;
}

export function serverItem(server: Server, options: ServerItemOptions): Record<string, unknown> {
  const { world, dialect, state, user } = options;
  const rights = permissionsOf(user, server) ?? [];
  const egg = world.eggOf(server);
  const node = world.nodeOf(server);
  const relationships = relationshipsOf(server, rights, options);
  return {
    object: 'server',
    attributes: {
      server_owner: server.ownerId === user.id,
      ...identifiersOf(server, dialect, state.longIdentifiers),
      internal_id: server.id,
      uuid: server.uuid,
      name: server.name,
      node: node.name,
      ...(dialect.extraAttributes ? { is_node_under_maintenance: node.maintenance } : {}),
      sftp_details: {
        ip: node.host,
        ...(dialect.pelicanAttributes ? { alias: node.sftpAlias ?? null } : {}),
        port: node.sftpPort,
      },
      ...(isDescribed(dialect, state) ? { description: server.description } : {}),
      limits: limitsOf(server, dialect),
      invocation: renderStart(server, egg, !has(rights, 'startup.read')),
      docker_image: server.image,
      egg_features: egg.features,
      feature_limits: server.featureLimits,
      ...(dialect.permissionsIn === 'attributes'
        ? { user_permissions: dialect.permissions.shown(rights) }
        : {}),
      status: dialect.status(server, options.stateOf(server)),
      is_suspended: server.status === 'suspended',
      is_installing: isInstalling(server, dialect),
      is_transferring: server.transferring,
      ...(Object.keys(relationships).length > 0 ? { relationships } : {}),
    },
  };
}

/** Newer panels name a server three times, with the long identifier first if the host chose so (PROTOCOL 2.1). */
function identifiersOf(server: Server, dialect: PanelDialect, long: boolean): Record<string, string> {
  if (!dialect.longIdentifiers) return { identifier: shortId(server) };
  return {
    identifier: long ? longIdentifier(server) : shortId(server),
    __deprecated_uuid_short: shortId(server),
    server_identifier: longIdentifier(server),
  };
}

function isDescribed(dialect: PanelDialect, state: PanelState): boolean {
  return dialect.rename.description !== null || !state.descriptionsLocked;
}

function limitsOf({ limits: { oomDisabled, ...limits } }: Server, dialect: PanelDialect): unknown {
  return {
    ...limits,
    ...(dialect.extraAttributes ? { oom_disabled: oomDisabled } : {}),
    ...(dialect.pelicanAttributes ? { oom_killer: !oomDisabled } : {}),
  };
}

function relationshipsOf(
  server: Server,
  rights: readonly string[],
  { world, dialect, include, inList }: ServerItemOptions,
): Record<string, unknown> {
  const relationships: Record<string, unknown> = {};
  const egg = world.eggOf(server);
  if (inList || dialect.relationshipsInSingle) {
    const seesAll = has(rights, 'allocation.read');
    if (dialect.failsWithoutAddress && !seesAll && server.allocations.length === 0) throw unexpected('Error');
    relationships['allocations'] = list(allocationsOf(server, seesAll));
    relationships['variables'] = has(rights, 'startup.read')
      ? list(egg.variables.filter((each) => each.viewable).map((each) => variableItem(server, each)))
      : nullResource;
  }
  if (include.has('egg')) {
    relationships['egg'] = { object: 'egg', attributes: { uuid: egg.uuid, name: egg.name } };
  }
  if (include.has('subusers')) {
    relationships['subusers'] = has(rights, 'user.read')
      ? list(server.subusers.map((each) => subuserItem(each, world, dialect)))
      : nullResource;
  }
  return relationships;
}

/** Users without permission to see all allocations get the primary one, without its notes. */
function allocationsOf(server: Server, all: boolean): unknown[] {
  return server.allocations
    .filter((each) => all || each.id === server.primaryAllocationId)
    .map((each) => allocationItem(server, all ? each : { ...each, notes: null }));
}

/** `value` replaces the stored value, as in the answer to a change. */
export function variableItem(
  server: Server,
  variable: EggVariable,
  value: unknown = valueOf(server, variable),
): { object: string; attributes: Record<string, unknown> } {
  return {
    object: 'egg_variable',
    attributes: {
      name: variable.name,
      description: variable.description,
      env_variable: variable.env,
      default_value: variable.defaultValue,
      server_value: value,
      is_editable: variable.editable,
      rules: typeof variable.rules === 'string' ? variable.rules : variable.rules.join('|'),
    },
  };
}

/** null = the node gave no usage, which the dialect shows as a state (PROTOCOL 8.2.6). */
export function usageItem(usage: Usage | null, suspended: boolean, dialect: PanelDialect): unknown {
  return {
    object: 'stats',
    attributes: {
      current_state: usage?.state ?? 'missing',
      is_suspended: suspended,
      resources: {
        memory_bytes: usage?.memory_bytes ?? 0,
        ...(dialect.memoryLimitInResources ? { memory_limit_bytes: usage?.memory_limit_bytes ?? 0 } : {}),
        cpu_absolute: usage?.cpu_absolute ?? 0,
        disk_bytes: usage?.disk_bytes ?? 0,
        network_rx_bytes: usage?.network.rx_bytes ?? 0,
        network_tx_bytes: usage?.network.tx_bytes ?? 0,
        uptime: usage?.uptime ?? 0,
      },
    },
  };
}

export function list(data: unknown[]): { object: string; data: unknown[] } {
  return { object: 'list', data };
}
