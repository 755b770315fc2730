import * as z from 'zod';
import type { Allocation, Condition } from '../../../bridge/schema/domain.js';
import type { Limits, Naming } from '../../../bridge/schema/server-limits.js';
import { oneLine } from '../../../bridge/console/plain-line.js';
import { gameOf } from '../game-of.js';
import { queryPortIn } from '../query-port.js';
import {
  amount,
  enveloped,
  flag,
  validItems,
  identifier,
  line,
  listed,
  optionalAmount,
  optionalFlag,
  optionalLine,
  relation,
  text,
  uniqueBy,
} from './fields.js';

const allocationItem = enveloped({
  ip: line(200),
  ip_alias: optionalLine(300),
  port: amount(0),
  notes: optionalLine(300),
  is_default: flag,
}).transform(({ ip, ip_alias: alias, port, notes, is_default: isDefault }): Allocation => ({
  ip,
  alias,
  port,
  notes,
  isDefault,
}));

const grants = listed.nullish().transform((value) => value?.filter((id) => typeof id === 'string') ?? null);

/** The egg, sent on request (PROTOCOL 2.1). An invalid egg becomes null, so that the server stays in the list. */
const eggItem = enveloped({ name: line(200) })
  .nullish()
  .catch(null);

const value = z.union([z.string(), z.number()]).transform(String).nullish();
const portVariable = enveloped({
  env_variable: z.string(),
  default_value: value,
  server_value: value,
}).transform(({ env_variable: name, default_value, server_value }) => ({
  name,
  value: server_value ?? default_value ?? '',
}));

/** An egg has a handful of features. */
const mostFeatures = 50;

const attributesSchema = z.looseObject({
  uuid: identifier,
  identifier,
  internal_id: optionalAmount,
  name: z.string().nullish(),
  /** Missing if a Pelican host locked the description (PROTOCOL 8.2.2). */
  description: z.string().nullish(),
  node: line(500),
  server_owner: optionalFlag,
  status: z.string().nullish(),
  is_suspended: flag,
  is_installing: flag,
  is_transferring: flag,
  is_node_under_maintenance: flag,
  sftp_details: z.looseObject({ ip: line(300), alias: line(300), port: amount(0) }).nullish(),
  limits: z
    .looseObject({
      memory: amount(0),
      disk: amount(0),
      cpu: amount(0),
      swap: optionalAmount,
      io: optionalAmount,
      threads: optionalLine(200).catch(null),
      oom_disabled: optionalFlag,
      oom_killer: optionalFlag,
    })
    .nullish(),
  feature_limits: z
    .looseObject({
      backups: amount(0),
      allocations: amount(0),
      databases: z.union([z.null(), amount(0)]).optional(),
    })
    .nullish()
    .catch(null),
  docker_image: text(1000),
  invocation: text(20_000),
  egg_features: listed
    .nullish()
    .catch(null)
    .transform((features) => validItems((features ?? []).slice(0, mostFeatures), line(100)).filter(Boolean)),
  user_permissions: grants,
  relationships: z
    .looseObject({ allocations: relation, variables: relation, egg: eggItem })
    .nullish()
    .catch(null),
});
type Attributes = z.output<typeof attributesSchema>;

/** Schema of a server, from the list or alone with `meta` (PROTOCOL 2.1, 2.2). */
export const serverItem = z
  .looseObject({
    attributes: attributesSchema,
    meta: z.looseObject({ is_server_owner: optionalFlag, user_permissions: grants }).nullish(),
  })
  .transform(({ attributes, meta }) => ({
    uuid: attributes.uuid,
    identifier: attributes.identifier,
    internalId: attributes.internal_id,
    ...namesOf(attributes),
    description: (attributes.description ?? '').slice(0, 65_535),
    node: attributes.node,
    isOwner: attributes.server_owner ?? meta?.is_server_owner ?? false,
    condition: conditionOf(attributes),
    limits: limitsOf(attributes),
    /** null if the answer has none, as that for a single server in the reference (PROTOCOL D15). */
    allocations: allocationsOf(attributes),
    sftp: sftpOf(attributes.sftp_details),
    dockerImage: attributes.docker_image,
    ...gameFacts(attributes),
    naming: namingOf(attributes),
    /** null in the list of a real panel (PROTOCOL D13). */
    permissions: meta?.user_permissions ?? attributes.user_permissions,
  }));
/** A server as described by the panel, without live state (PROTOCOL D14). */
export type PanelServer = z.output<typeof serverItem>;

/**
 * The game; null = unknown. `isEggNamed` is true if the panel named the egg, so that the game is no guess. `queryPort`
 * is missing if the panel names no such port.
 */
function gameFacts({ relationships, egg_features, invocation, docker_image }: Attributes) {
  const egg = relationships?.egg?.name ?? '';
  const game = gameOf({ egg, features: egg_features, invocation, image: docker_image });
  const variables = validItems(relationships?.variables ?? [], portVariable);
  const queryPort = queryPortIn(invocation, variables);
  return {
    game,
    isEggNamed: egg !== '',
    features: egg_features,
    ...(egg === '' ? {} : { egg }),
    ...(queryPort === null ? {} : { queryPort }),
  };
}

/**
 * The display name: cleaned, or the identifier instead of an empty name. `rawName` is the panel's own name if the two
 * differ.
 */
function namesOf(attributes: Attributes): { name: string; rawName?: string } {
  const rawName = attributes.name ?? '';
  const name = oneLine(rawName, 500) || attributes.identifier;
  return name === rawName ? { name } : { name, rawName };
}

/**
 * The server's condition, in the panel's own order of checks (PROTOCOL 1.6, 2.0).
 * `status` is never a power state; the power words of the reference are ignored (D14). `is_installing` is also true
 * after a failed installation; after a failed reinstallation only if the failure blocks the server (PROTOCOL 8.2.4).
 */
function conditionOf(attributes: Attributes): Condition {
  const { status } = attributes;
  if (attributes.is_suspended || status === 'suspended') return 'suspended';
  if (attributes.is_node_under_maintenance) return 'maintenance';
  if (status === 'install_failed') return 'install-failed';
  if (status === 'reinstall_failed') {
    if (attributes.is_installing) return 'reinstall-blocked';
    return attributes.is_transferring ? 'transferring' : 'reinstall-failed';
  }
  if (status === 'installing' || attributes.is_installing) return 'installing';
  if (status === 'restoring_backup') return 'restoring';
  return attributes.is_transferring ? 'transferring' : 'normal';
}

/**
 * Converts limits from MiB to bytes, as the panel shows them; 0 = unlimited (PROTOCOL 2.1).
 * Wings counts a megabyte of memory as 1,000,000 bytes and adds head-room, so a healthy server can use more than the
 * shown limit (PROTOCOL 4.5).
 */
function limitsOf({ limits, feature_limits: features }: Attributes): Limits {
  const limit = (value: number, factor: number) => (value > 0 ? value * factor : null);
  return {
    memoryBytes: limit(limits?.memory ?? 0, bytesOfMega),
    diskBytes: limit(limits?.disk ?? 0, bytesOfMega),
    cpuPercent: limit(limits?.cpu ?? 0, 1),
    ...finerLimits(limits),
    ...(features ? { backups: features.backups, allocations: features.allocations } : {}),
    ...(features?.databases === undefined ? {} : { databases: features.databases }),
  };
}

const bytesOfMega = 1_048_576;

/** Limits that Perch only shows. The two fields of the OOM killer are opposites; Pelican sends both (PROTOCOL 8.2.2). */
function finerLimits(limits: Attributes['limits']) {
  if (!limits) return {};
  const { swap, io, threads, oom_disabled, oom_killer } = limits;
  const oomKiller = oom_killer ?? (oom_disabled === null ? null : !oom_disabled);
  return {
    threads,
    ...(swap === null ? {} : { swapBytes: swap < 0 ? null : swap * bytesOfMega }),
    ...(io === null ? {} : { ioWeight: io }),
    ...(oomKiller === null ? {} : { oomKiller }),
  };
}

/**
 * Name and description rules of the panel. Pelican sends `oom_killer` and its opposite, a fork of Pterodactyl only the
 * first; the reference sends permissions among the attributes (PROTOCOL D13, D18, 8.2.2).
 */
function namingOf({ limits, description, user_permissions }: Attributes): Naming {
  const isPelican = (limits?.oom_killer ?? null) !== null && (limits?.oom_disabled ?? null) !== null;
  if (isPelican) {
    return {
      nameMax: 255,
      descriptionMax: null,
      description: description === undefined ? 'locked' : 'apart',
    };
  }
  if (user_permissions !== null) return { nameMax: 255, descriptionMax: 500, description: 'with-name' };
  return { nameMax: 191, descriptionMax: null, description: 'with-name' };
}

function allocationsOf({ relationships }: Attributes): Allocation[] | null {
  const listed = relationships?.allocations ?? null;
  if (listed === null) return null;
  const items = validItems(listed, allocationItem);
  const sorted = [...items.filter((item) => item.isDefault), ...items.filter((item) => !item.isDefault)];
  return uniqueBy(sorted, ({ ip, port }) => `${ip}:${port}`);
}

function sftpOf(details: Attributes['sftp_details']) {
  // Pelican's alias is the display host that the administrator chose (PROTOCOL 8.2.2).
  const host = details?.alias || details?.ip;
  return host && details ? { host, port: details.port } : null;
}
