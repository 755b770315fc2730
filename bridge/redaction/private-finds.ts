/**
 * Finds the private parts of a log by kind. Pure.
 *
 * A log is hostile: its lines may be long and made to slow patterns down. Patterns see at most `longestPart` characters
 * at a time, so the work grows with the length of the text and no faster.
 */
import { emailsIn, hostsIn, ipv4In, ipv6In } from './address-finds.js';
import { hostsFinder, textsFinder, wordsFinder } from './known-finds.js';
import { logSecretsIn } from './log-secrets.js';
import { Players, userFoldersIn } from './people-finds.js';
import type { KnownPrivate, PrivateFind, PrivateKind } from './private-kinds.js';
import type { Range } from './secret-texts.js';

const longestPart = 16_384;
/** Characters that two parts of a long line share, so that one of the parts holds each private text completely. */
const shared = 4096;
/** Longest private key in lines; the following lines are log lines again. */
const longestKey = 200;
/** Longest line of such a key with the time of a log, in characters. */
const longestKeyLine = 300;

type Finders = readonly (readonly [PrivateKind, (part: string) => Range[]])[];

/** All private parts of a text, in its order. Parts of different kinds may overlap. */
export function privateFinds(text: string, known: KnownPrivate): PrivateFind[] {
  const lines = linesOf(text);
  const players = new Players();
  for (const line of lines) for (const { part } of partsOf(line.text)) players.read(part);
  const finders = findersFor(known, [...players.names]);
  const finds = lines.flatMap((line) =>
    partsOf(line.text).flatMap(({ part, at }) => findsIn(finders, part, line.at + at)),
  );
  return [...finds, ...keyBlocks(lines)].sort((one, other) => one.from - other.from);
}

function findersFor(known: KnownPrivate, players: readonly string[]): Finders {
  return [
    ['secret', logSecretsIn],
    ['secret', textsFinder(known.secrets)],
    ['email', emailsIn],
    ['ipv4', ipv4In],
    ['ipv6', ipv6In],
    ['user', userFoldersIn],
    ['user', wordsFinder(known.users)],
    ['panel', wordsFinder(known.names)],
    ['panel', hostsFinder(known.hosts)],
    ['host', hostsIn],
    ['player', wordsFinder(players)],
  ];
}

function findsIn(finders: Finders, part: string, at: number): PrivateFind[] {
  return finders.flatMap(([kind, find]) =>
    find(part)
      .filter(({ from, to }) => to > from)
      .map(({ from, to }) => ({ kind, from: at + from, to: at + to })),
  );
}

interface Line {
  readonly text: string;
  /** Where the line begins in the text. */
  readonly at: number;
}

function linesOf(text: string): Line[] {
  let at = 0;
  return text.split('\n').map((line) => {
    const start = at;
    at += line.length + 1;
    return { text: line, at: start };
  });
}

function partsOf(line: string): { readonly part: string; readonly at: number }[] {
  if (line.length <= longestPart) return line === '' ? [] : [{ part: line, at: 0 }];
  const step = longestPart - shared;
  const count = Math.ceil((line.length - shared) / step);
  return Array.from({ length: count }, (_, index) => ({
    part: line.slice(index * step, index * step + longestPart),
    at: index * step,
  }));
}

/** The lines of private keys that are written over several lines. The text may begin inside of a key. */
function keyBlocks(lines: readonly Line[]): PrivateFind[] {
  const finds: PrivateFind[] = [];
  let left = 0;
  for (const [index, { text, at }] of lines.entries()) {
    const isBegin = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/.test(text);
    if (isBegin && !text.includes('-----END')) left = longestKey;
    else if (left > 0 && text !== '') finds.push({ kind: 'secret', from: at, to: at + text.length });
    else if (!isBegin && keyEnd.test(text)) finds.push(...keyBefore(lines, index));
    left = text.includes('-----END') ? 0 : left - 1;
  }
  return finds;
}

const keyEnd = /-----END [A-Z ]{0,30}PRIVATE KEY-----/;
/** A line of Base64, or one that a log has put a time before. */
const keyLine = /^\s*[A-Za-z\d+/=]+\s*$|\s[A-Za-z\d+/=]{40,100}\s*$/;

/** The lines of a key above the end of which the beginning is not in the text. */
function keyBefore(lines: readonly Line[], end: number): PrivateFind[] {
  const lineAt = (index: number): string => lines[index]?.text ?? '';
  // The last line of a key is short. Behind the time of a log only the line above tells that it belongs to a key.
  let first = isKeyLine(lineAt(end - 2)) && isKeyRest(lineAt(end - 1)) ? end - 1 : end;
  while (first > Math.max(0, end - longestKey) && isKeyLine(lineAt(first - 1))) first -= 1;
  return lines
    .slice(first, end)
    .map(({ text, at }) => ({ kind: 'secret', from: at, to: at + text.length }) as const);
}

const isKeyRest = (text: string): boolean =>
  text.length <= longestKeyLine && /\s[A-Za-z\d+/=]{1,100}\s*$/.test(text);

const isKeyLine = (text: string): boolean => text.length <= longestKeyLine && keyLine.test(text);
