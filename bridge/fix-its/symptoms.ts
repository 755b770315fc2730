/**
 * The texts by which games, runtimes and nodes name what keeps a server from running, and what each of them means. One
 * table: a further text is one more line of it.
 */
import { oneLine } from '../console/plain-line.js';
import type { FixKind } from '../schema/fix-its.js';

/** In lower case; a text is looked for anywhere in a line. */
const texts: Readonly<Record<Exclude<FixKind, 'never-up'>, readonly string[]>> = {
  eula: ['you need to agree to the eula in order to run the server'],
  java: [
    'unsupported major.minor version',
    'unsupportedclassversionerror',
    'has been compiled by a more recent version of the java runtime',
    'requires running the server with java',
  ],
  memory: ['java.lang.outofmemoryerror: java heap space', 'java.lang.outofmemoryerror: gc overhead limit'],
  disk: [
    'server is exceeding the assigned disk space limit',
    'filesystem: not enough disk space',
    'no space left on device',
  ],
  port: ['address already in use', 'failed to bind to port', 'port is already allocated'],
  processes: [
    'pthread_create failed',
    'failed to create thread',
    'unable to create thread',
    'unable to create native thread',
    'unable to create new native thread',
    'exception in thread "craft async scheduler management thread"',
  ],
  'steam-account': ['(gsl token expired)', '(account not found)'],
  'steam-disk': ['steamcmd needs 250mb of free disk space to update', '0x202 after update job'],
  image: [
    'image for server: error response from daemon',
    'no such image:',
    'manifest unknown',
    'pull access denied for',
  ],
};

/** Pelican's names for the features of an egg (PROTOCOL 8.4.5). */
const features: Readonly<Record<string, FixKind>> = {
  eula: 'eula',
  java_version: 'java',
  pid_limit: 'processes',
  gsl_token: 'steam-account',
  steam_disk_space: 'steam-disk',
};

const kinds = Object.keys(texts) as (keyof typeof texts)[];
/** One pass over a line tells whether any of the texts is in it: a starting server may print thousands a second. */
const any = new RegExp(
  kinds
    .flatMap((kind) => texts[kind])
    .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('|'),
  'i',
);
/** No text stands further back in a line. */
const looksThrough = 2000;

export interface Symptom {
  readonly kind: FixKind;
  /** The Java that it asks for. */
  readonly java?: number;
}

/** What a line of the console, or a node's refusal, says is wrong; null where it says nothing of that. */
export function symptomOf(line: string): Symptom | null {
  const bounded = line.length > looksThrough ? line.slice(0, looksThrough) : line;
  if (!any.test(bounded)) return null;
  const text = bounded.toLowerCase();
  // "java.lang.OutOfMemoryError: unable to create native thread" is about processes, not memory.
  const kind = kinds.find((each) => texts[each].some((part) => text.includes(part)));
  if (kind === undefined) return null;
  const java = kind === 'java' ? javaOf(text) : null;
  return java === null ? { kind } : { kind, java };
}

/** The same, of a line that Pelican's node has found by itself. */
export function featureSymptom(feature: string, line: string): Symptom | null {
  const said = symptomOf(line);
  if (said !== null) return said;
  const kind = Object.hasOwn(features, feature) ? features[feature] : undefined;
  return kind === undefined ? null : { kind };
}

/** The number that a class file has for Java 1; it counts on with each Java since. */
const classOfJava = 44;

function javaOf(text: string): number | null {
  const file = /(?:class file version|major\.minor version) (\d{2})/.exec(text)?.[1];
  if (file !== undefined) return Number(file) > classOfJava ? Number(file) - classOfJava : null;
  const named = /with java (\d{1,2})/.exec(text)?.[1];
  return named === undefined ? null : Number(named);
}

/** A line as it is kept: without what a terminal makes of it. */
export function plainLine(line: string): string {
  return oneLine(line, 300);
}
