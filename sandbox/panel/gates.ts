/** Checks before a route runs. Each returns or throws (PROTOCOL 1.6). */
import { BlockList, isIP } from 'node:net';
import type { ApiKey, Server, User } from '../data/world.js';
import type { World } from '../records.js';
import type { Conflict, PanelDialect } from './dialect.js';
import { addressRefused, malformedJson, PanelError, unexpected, type ErrorEntry } from './errors.js';
import { cleaned, isRecord, parseForm, type Input } from './input.js';
import { absent, judge, RuleError } from './rules.js';

/** Key and user of a request. */
export function authenticate(
  world: World,
  authorization: string | undefined,
  now: number,
): { key: ApiKey; user: User } | null {
  const token = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  const key = token === undefined ? undefined : world.keys.get(token);
  if (!key || (key.expiresAt !== null && Date.parse(key.expiresAt) <= now)) return null;
  return { key, user: world.user(key.userId) };
}

export function checkAddress(key: ApiKey, ip: string): void {
  if (!key.allowedIps || key.allowedIps.length === 0) return;
  const allowed = new BlockList();
  for (const entry of key.allowedIps) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (isIP(address) === 0) continue;
    if (bits === undefined) allowed.addAddress(address, family);
    else allowed.addSubnet(address, Number(bits), family);
  }
  if (!allowed.check(ip, isIP(ip) === 6 ? 'ipv6' : 'ipv4')) throw addressRefused(ip);
}

function isJson(contentType: string | undefined): boolean {
  return /[/+]json/i.test(contentType ?? '');
}

/** Whether the first media type of `Accept` asks for JSON (PROTOCOL 1.3). */
export function wantsJson(accept: string | undefined): boolean {
  return /[/+]json/i.test((accept ?? '').split(',')[0] ?? '');
}

/** Trimmed fields of the body. Invalid JSON is refused on every route. */
export function readInput(contentType: string | undefined, body: string): Input {
  if (isJson(contentType)) {
    if (body === '' || body === '0') return {};
    try {
      const parsed = cleaned(JSON.parse(body));
      return isRecord(parsed) ? parsed : Array.isArray(parsed) ? { ...parsed } : {};
    } catch {
      throw malformedJson();
    }
  }
  if (!/^application\/x-www-form-urlencoded\b/i.test(contentType ?? '')) return {};
  const form = cleaned(parseForm(body));
  return isRecord(form) ? form : {};
}

/**
 * Whether the request counts as one of the panel's own front end, whose writes need a CSRF token that no API client has
 * (PROTOCOL 1.4).
 */
export function isStateful(
  headers: { cookie?: string | undefined; referer?: string | undefined; origin?: string | undefined },
  ownHost: string,
  sessionCookie: string,
): boolean {
  const cookies = (headers.cookie ?? '').split(';').map((each) => each.trim());
  if (cookies.some((each) => each.startsWith(`${sessionCookie}=`))) return true;
  const from = headers.referer ?? headers.origin;
  if (from === undefined) return false;
  const host = from.replace(/^https?:\/\//, '').split('/')[0] ?? '';
  return ['localhost', 'localhost:3000', '127.0.0.1', '127.0.0.1:8000', '::1', ownHost].includes(host);
}

/** Conflict that the server's state causes; null = none. */
export function conflictOf(server: Server, world: World, dialect: PanelDialect): Conflict | null {
  if (server.status === 'suspended') return 'suspended';
  if (world.nodeOf(server).maintenance) return 'maintenance';
  if (isInstalling(server, dialect)) return 'installing';
  if (server.status === 'restoring_backup') return 'restoring';
  return server.transferring ? 'transferring' : null;
}

/** As the panel decides: true also after a failed installation. */
export function isInstalling({ status }: Server, { reinstallFailedBlocks }: PanelDialect): boolean {
  if (status === 'reinstall_failed') return reinstallFailedBlocks;
  return status === 'installing' || status === 'install_failed';
}

/** Validates the fields and throws one 422 with every failed rule. */
export function validate(
  input: Input,
  rules: Readonly<Record<string, string | readonly string[]>>,
  dialect: PanelDialect,
): void {
  const entries = failures(input, rules, dialect);
  if (entries.length > 0) throw new PanelError(422, entries, 'back');
}

/** Every failed rule of the fields, as an entry of the panel's error. */
export function failures(
  input: Input,
  rules: Readonly<Record<string, string | readonly string[]>>,
  dialect: PanelDialect,
): ErrorEntry[] {
  return Object.entries(rules).flatMap(([field, own]) => {
    const value = valueAt(input, field);
    return failuresOf(own, value, dialect.strictIn).map(({ rule, parameters, kind }) => ({
      code: 'ValidationException',
      detail: dialect.texts(rule, field, parameters, kind),
      meta: dialect.failureMeta(field, rule),
    }));
  });
}

/** Value of a field; dots lead into lists and records. */
function valueAt(input: unknown, field: string): unknown {
  return field.split('.').reduce<unknown>((at, key) => {
    const found = Array.isArray(at) ? Object.fromEntries(Object.entries(at)) : at;
    return isRecord(found) && Object.hasOwn(found, key) ? found[key] : absent;
  }, input);
}

function failuresOf(
  rules: string | readonly string[],
  value: unknown,
  strictIn: boolean,
): ReturnType<typeof judge> {
  try {
    return judge(rules, value, strictIn);
  } catch (error) {
    if (error instanceof RuleError) throw unexpected(error.code);
    throw error;
  }
}
