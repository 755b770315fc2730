/** Texts of games, runtimes and nodes that name why a server does not run. To add a text, add a line to the table. */
import { oneLine } from '../console/plain-line.js';
import type { FixKind } from '../schema/fix-its.js';

/** Texts in lower case; a line matches if it contains the text anywhere. */
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
/** Tests a line for all texts in one pass: a starting server may print thousands of lines per second. */
const any = new RegExp(
  kinds
    .flatMap((kind) => texts[kind])
    .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('|'),
  'i',
);
/** Only the first 2,000 characters of a line are searched. */
const looksThrough = 2000;

export interface Symptom {
  readonly kind: FixKind;
  /** Java version that the line asks for. */
  readonly java?: number;
}

/** Cause named by a console line or by a node's error; null if the line names none. */
export function symptomOf(line: string): Symptom | null {
  const bounded = line.length > looksThrough ? line.slice(0, looksThrough) : line;
  if (!any.test(bounded)) return null;
  const text = bounded.toLowerCase();
  // The whole text decides, not the exception: "OutOfMemoryError: unable to create native thread" means processes,
  // not memory.
  const kind = kinds.find((each) => texts[each].some((part) => text.includes(part)));
  if (kind === undefined) return null;
  const java = kind === 'java' ? javaOf(text) : null;
  return java === null ? { kind } : { kind, java };
}

/** Cause named by a line that Pelican's node marked with a feature of the egg. */
export function featureSymptom(feature: string, line: string): Symptom | null {
  const said = symptomOf(line);
  if (said !== null) return said;
  const kind = Object.hasOwn(features, feature) ? features[feature] : undefined;
  return kind === undefined ? null : { kind };
}

/** Class file version 45 is Java 1, and each Java version adds one; Java = version - 44. */
const classOfJava = 44;

function javaOf(text: string): number | null {
  const file = /(?:class file version|major\.minor version) (\d{2})/.exec(text)?.[1];
  if (file !== undefined) return Number(file) > classOfJava ? Number(file) - classOfJava : null;
  const named = /with java (\d{1,2})/.exec(text)?.[1];
  return named === undefined ? null : Number(named);
}

/** A line for storage, as plain text without terminal sequences, at most 300 characters. */
export function plainLine(line: string): string {
  return oneLine(line, 300);
}
