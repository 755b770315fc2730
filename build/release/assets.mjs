import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parse } from 'yaml';

/** Required files of a release. `count` = one for each architecture that is built separately. */
const wanted = [
  { what: 'deb', file: /\.deb$/, count: 2 },
  { what: 'rpm', file: /\.rpm$/, count: 2 },
  { what: 'AppImage', file: /\.AppImage$/, count: 2 },
  { what: 'tar.gz', file: /\.tar\.gz$/, count: 2 },
  { what: 'exe', file: /\.exe$/, count: 1 },
  { what: 'dmg', file: /\.dmg$/, count: 1 },
  { what: 'zip', file: /\.zip$/, count: 1 },
  { what: 'bill of materials', file: /\.cdx\.json$/, count: 1 },
];

/** Files that announce a version, for each system and processor. */
const feeds = [
  { what: 'update feed for Linux', end: '-linux.yml' },
  { what: 'update feed for Linux on arm64', end: '-linux-arm64.yml' },
  { what: 'update feed for macOS', end: '-mac.yml' },
  { what: 'update feed for Windows', end: '.yml' },
];

const feed = /^(?:latest|beta|alpha)(?:-.+)?\.yml$/;
const sums = 'SHA256SUMS';

/**
 * @typedef {{ version?: unknown, files?: { url: string, sha512: string, size?: number }[] }} Feed
 */

/**
 * Problems with the files of a release: missing files, and feeds that do not match the files they name, which every
 * installed Perch would refuse.
 *
 * @param {string} folder
 * @param {string} version
 * @returns {Promise<string[]>} a sentence for each problem
 */
export async function amissIn(folder, version) {
  const names = filesOf(folder);
  const lacking = wanted.flatMap(({ what, file, count }) => {
    const found = names.filter((name) => file.test(name)).length;
    return found >= count ? [] : [`${what}: ${found} of ${count}.`];
  });
  // Users of the beta channel hear of stable versions as well.
  const channels = version.includes('-') ? ['beta'] : ['latest', 'beta'];
  const unannounced = channels.flatMap((channel) =>
    feeds
      .filter(({ end }) => !names.includes(`${channel}${end}`))
      .map(({ what }) => `${what}, ${channel}: 0 of 1.`),
  );
  const there = names.filter((name) => feed.test(name));
  const about = await Promise.all(there.map((name) => amissInFeed(folder, name, version)));
  return [...lacking, ...unannounced, ...about.flat()];
}

/**
 * @param {string} folder
 * @param {string} name of the feed
 * @param {string} version
 */
async function amissInFeed(folder, name, version) {
  const told = /** @type {Feed} */ (parse(readFileSync(join(folder, name), 'utf8')) ?? {});
  const files = told.files ?? [];
  const about = await Promise.all(
    files.map(async ({ url, sha512, size }) => {
      const file = join(folder, url);
      if (!filesOf(folder).includes(url)) return [`${name} names ${url}, which is not there.`];
      const fits = sha512 === (await digestOf(file, 'sha512', 'base64'));
      return [
        ...(fits ? [] : [`${name} has another SHA-512 than ${url}.`]),
        ...(size === undefined || size === statSync(file).size
          ? []
          : [`${name} has another size than ${url}.`]),
      ];
    }),
  );
  return [
    ...(told.version === version
      ? []
      : [`${name} is of version ${String(told.version)}, not of ${version}.`]),
    ...(files.length > 0 ? [] : [`${name} names no file.`]),
    ...about.flat(),
  ];
}

/**
 * Text of SHA256SUMS for `sha256sum --check`.
 *
 * @param {string} folder
 * @returns {Promise<{ name: string, text: string }>}
 */
export async function checksumsOf(folder) {
  const names = filesOf(folder).filter((name) => name !== sums);
  const lines = await Promise.all(
    names.map(async (name) => `${await digestOf(join(folder, name), 'sha256', 'hex')}  ${name}\n`),
  );
  return { name: sums, text: lines.join('') };
}

/** @param {string} folder */
function filesOf(folder) {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();
}

/**
 * @param {string} file
 * @param {'sha256' | 'sha512'} algorithm
 * @param {'hex' | 'base64'} encoding
 */
async function digestOf(file, algorithm, encoding) {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(file), hash);
  return hash.digest(encoding);
}
