/** Finds addresses in a line: IPv4, IPv6, email and hosts. Pure. */
import type { Range } from './secret-texts.js';

/** The last group of each match of a pattern, or the whole match without groups, if the text passes a test. */
function found(line: string, pattern: RegExp, isOne: (text: string) => boolean = () => true): Range[] {
  return [...line.matchAll(pattern)].flatMap((match) => {
    const text = match.at(-1) ?? '';
    if (text === '' || !isOne(text)) return [];
    const from = match.index + match[0].lastIndexOf(text);
    return [{ from, to: from + text.length }];
  });
}

const fourNumbers = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?!\.?\d)/g;
/** Words that stand before a version. */
const beforeVersion =
  /(?<![a-z])(?:(?:version|ver|java|jdk|jre|vm|openjdk)[-"':=\s]{0,3}|(?:release|build)["']?\s?[:=]["'\s]{0,2}|v)$/i;
/** Words that stand before a version, and before players as well. */
const perhapsVersion = /(?<![a-z])(?:release|build)[-"':=\s]{0,3}$/i;
/** Text that follows a version and no address: the rest of a version, or the end of a file name. */
const afterVersion =
  /^(?:\+\d{1,3}(?:\.\d|-[a-z])|[+_-](?:v?\d{1,3}\.\d|(?:mc|b|r|build|rc|pre|beta|alpha|snapshot|release|final|stable|dev|nightly|hotfix|lts|ga|git|forge|neoforge|fabric|quilt|paper|spigot|bukkit|bungee|velocity|universal|all|api|sources|linux|windows|win|mac|amd64|arm64|x64|x86)(?![a-z]))|(?:[+_-][\w.+-]{0,40})?\.(?:jar|zip|dll|so|exe|gz)\b)/i;
/** A number that follows a version behind one of the words of `perhapsVersion`. */
const afterBuild = /^\+\d/;
/** Versions begin with a small number. Private networks begin with 10. */
const largestMajor = 30;

/** IPv4 addresses, without those of this computer and without versions of four parts. */
export function ipv4In(line: string): Range[] {
  return [...line.matchAll(fourNumbers)].flatMap(({ index, 0: text }) => {
    const numbers = text.split('.').map(Number);
    const [first = 0] = numbers;
    const isOwn = first === 127 || first === 0 || text === '255.255.255.255';
    if (isOwn || numbers.some((number) => number > 255)) return [];
    const before = line.slice(Math.max(0, index - 20), index);
    const after = line.slice(index + text.length, index + text.length + 50);
    const isSmall = first <= largestMajor && first !== 10;
    const isBuild = perhapsVersion.test(before) && afterBuild.test(after);
    const isVersion = beforeVersion.test(before) || afterVersion.test(after) || isBuild;
    if (isSmall && (isVersion || /\.0\d/.test(text))) return [];
    return [{ from: index, to: index + text.length }];
  });
}

const groupRun = /(?<![\w.])[\da-f]{0,4}:[\da-f:.]+/gi;

/** IPv6 addresses, without those of this computer. A port that stands behind an address without brackets stays. */
export function ipv6In(line: string): Range[] {
  return [...line.matchAll(groupRun)].flatMap(({ index, 0: run }) => {
    const lead = /^:(?!:)/.test(run) ? 1 : 0;
    const text = run.slice(lead).replace(/(?<!:):$|\.+$/, '');
    const short = text.slice(0, text.lastIndexOf(':'));
    const address = [text, text.replace(/\.\d{1,5}$/, ''), short].find(isIpv6);
    return address === undefined ? [] : [{ from: index + lead, to: index + lead + address.length }];
  });
}

function isIpv6(text: string): boolean {
  if (text.length > 45 || text === '::1' || text === '::') return false;
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1) ?? '';
  const endsInIpv4 = /^\d{1,3}(?:\.\d{1,3}){3}$/.test(last);
  const plain = endsInIpv4 ? groups.slice(0, -1) : groups;
  if (!plain.every((group) => /^[\da-f]{1,4}$/i.test(group))) return false;
  const count = plain.length + (endsInIpv4 ? 2 : 0);
  // `Face::Add` of C++ has no digit, and no address of real networks has two groups of letters.
  return halves.length === 2 ? count < 8 && (/\d/.test(text) || count > 2) : count === 8;
}

const email =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}])/gu;
const fileEnding = /\.(?:jar|class|java|dll|so|json|js|zip)$/i;

export function emailsIn(line: string): Range[] {
  return found(line, email, (text) => !fileEnding.test(text));
}

/** Services that everybody knows: their names help and reveal no person. */
const publicHosts = new RegExp(
  `(?:^|\\.)(?:${[
    ...['mojang', 'minecraft', 'minecraftservices', 'minecraftforge', 'neoforged', 'fabricmc', 'quiltmc'],
    ...['papermc', 'spigotmc', 'bukkit', 'geysermc', 'velocitypowered', 'modrinth', 'curseforge', 'forgecdn'],
    ...[
      'bstats',
      'github',
      'githubusercontent',
      'gitlab',
      'maven',
      'apache',
      'sonatype',
      'jitpack',
      'oracle',
    ],
    ...['java', 'adoptium', 'microsoft', 'xboxlive', 'live', 'aka', 'steampowered', 'steamcommunity'],
    ...[
      'steamstatic',
      'steamcontent',
      'valvesoftware',
      'epicgames',
      'unity3d',
      'unrealengine',
      'pterodactyl',
    ],
    ...['pelican', 'docker', 'ghcr', 'discord', 'google', 'googleapis', 'w3', 'mclo', 'npmjs', 'mozilla'],
  ].join('|')})\\.[a-z]{2,4}$`,
  'i',
);
const hostPatterns = [
  /:\/\/(?:[^\s/@]{1,200}@)?((?:[\p{L}\p{N}_-]{1,63}\.){1,10}\p{L}{2,24})(?![\p{L}\p{N}_-])/gu,
  /UnknownHostException: ((?:[\p{L}\p{N}_-]{1,63}\.){1,10}\p{L}{2,24})(?![\p{L}\p{N}_-])/gu,
  /(?<![\p{L}\p{N}._@-])((?:[a-z\d-]{1,63}\.){1,10}(?!java|kt|groovy|scala|cpp|lua|log|txt|json|yml)[a-z]{2,10})(?=:\d{4,5}(?!\d))/gu,
];

/** Hosts in web addresses, in failed look-ups, and before a port; without those of well-known services. */
export function hostsIn(line: string): Range[] {
  return hostPatterns.flatMap((pattern) => found(line, pattern, (host) => !publicHosts.test(host)));
}
