import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { rooms, specs } from '../walls.mjs';

/** @typedef {import('../walls.mjs').Room} Room */

const ending = /\.[cm]?[jt]s$/;
const names = Object.keys(rooms).sort((a, b) => b.length - a.length);

/**
 * @param {string} path in the checkout, with slashes; the ending `.js` means `.ts` as well, as it does in imports
 * @returns {string | undefined} the name of the room that it lies in
 */
export function roomOf(path) {
  const isAtRoot = !path.includes('/') && !rooms[path];
  return isAtRoot ? '.' : names.find((name) => isIn(path, name));
}

/** @param {string} path */
export function isSpec(path) {
  return path.replace(ending, '').endsWith('.spec');
}

/**
 * Why a file may not import something.
 *
 * @param {string} from path in the checkout
 * @param {string} source as it is written in the import
 * @param {{ typeOnly: boolean }} kind
 * @returns {string | undefined} nothing where it may
 */
export function refusal(from, source, { typeOnly }) {
  const name = roomOf(from);
  if (name === undefined) return `${from} lies in no room`;
  const room = isSpec(from) ? withSpecs(rooms[name]) : rooms[name];
  const isRelative = /^\.{1,2}(?:\/|$)/.test(source);
  const target = isRelative ? posix.join(posix.dirname(from), source.replace(/\?.*$/, '')) : source;
  const isAllowed = isRelative ? allowsFile(name, room, target, typeOnly) : allowsModule(room, source);
  return isAllowed ? undefined : `${isSpec(from) ? `a spec of ${name}` : name} may not import ${target}`;
}

/**
 * @param {Room | undefined} room
 * @returns {Room}
 */
function withSpecs(room) {
  return { ...specs, packages: [...(room?.packages ?? []), ...(specs.packages ?? [])] };
}

/**
 * @param {Room | undefined} room
 * @param {string} source
 */
function allowsModule(room, source) {
  const module = source.replace(/^node:/, '');
  if (module !== source || builtinModules.includes(module)) {
    return room?.node === '*' || (room?.node?.includes(module) ?? false);
  }
  const name = /^(?:@[^/]+\/)?[^/]*/.exec(source)?.[0] ?? source;
  return room?.packages?.includes(name) ?? false;
}

/**
 * @param {string} own
 * @param {Room | undefined} room
 * @param {string} path
 * @param {boolean} typeOnly
 */
function allowsFile(own, room, path, typeOnly) {
  const target = roomOf(path);
  // What was built is in no room, and nobody stands on a spec.
  if (!room || target === undefined || isSpec(path)) return false;
  if (room.rooms === '*' || target === own) return true;
  const entries = [...room.rooms, ...(typeOnly ? (room.types ?? []) : [])];
  return entries.some((entry) => entry === target || (!rooms[entry] && isIn(path, entry)));
}

/**
 * @param {string} path
 * @param {string} place a folder, or a file with its ending
 */
function isIn(path, place) {
  if (ending.test(place)) return path.replace(ending, '') === place.replace(ending, '');
  return path === place || path.startsWith(`${place}/`);
}
