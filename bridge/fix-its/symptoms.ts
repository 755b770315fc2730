/** Finds the known cause that a line of a console, a node or a crash report names. The texts are in `causes.ts`. */
import { oneLine } from '../console/plain-line.js';
import type { FixKind } from '../schema/fix-its.js';
import { causeText, longestLiteral, matchCause } from './cause-text.js';
import { causes } from './causes.js';

/** Pelican's names for the features of an egg (PROTOCOL 8.4.5). */
const features: Readonly<Record<string, FixKind>> = {
  eula: 'eula',
  java_version: 'java',
  pid_limit: 'processes',
  gsl_token: 'steam-account',
  steam_disk_space: 'steam-disk',
};

const known = causes.map(({ texts, ...cause }) => ({ ...cause, texts: texts.map(causeText) }));

/** Tests a line for all texts in one pass: a starting server may print thousands of lines per second. */
const any = new RegExp(
  causes
    .flatMap(({ texts }) => texts)
    .map((text) => longestLiteral(text).replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('|'),
  'i',
);
/** Only the first 2,000 characters of a line are searched. */
const looksThrough = 2000;
/** Longest name of an object, in characters. */
const longestAbout = 60;

export interface Symptom {
  readonly kind: FixKind;
  /** Java version that the line asks for. */
  readonly java?: number;
  /** The object that the line names; plain text of at most 60 characters. */
  readonly about?: string;
  /** True if servers also run in spite of the line. */
  readonly isSurvivable?: true;
}

/** Cause named by a console line or by a node's error; null if the line names none. */
export function symptomOf(line: string): Symptom | null {
  const bounded = line.length > looksThrough ? line.slice(0, looksThrough) : line;
  if (!any.test(bounded)) return null;
  const text = bounded.toLowerCase();
  // A few capital letters are two characters in lower case; then the position of the thing in the line is lost.
  const said = text.length === bounded.length ? bounded : text;
  // The whole text decides, not the exception: "OutOfMemoryError: unable to create native thread" means processes,
  // not memory.
  for (const { kind, isSurvivable, texts } of known) {
    for (const each of texts) {
      const about = matchCause(each, said, text);
      if (about === null) continue;
      const java = kind === 'java' ? javaOf(text) : null;
      const thing = oneLine(about, longestAbout);
      // An object without a visible character can't be named.
      if (about !== '' && thing === '') continue;
      return {
        kind,
        ...(isSurvivable ? { isSurvivable } : {}),
        ...(java === null ? {} : { java }),
        ...(thing === '' ? {} : { about: thing }),
      };
    }
  }
  return null;
}

/** Cause named by a line that Pelican's node marked with a feature of the egg. */
export function featureSymptom(feature: string, line: string): Symptom | null {
  const said = symptomOf(line);
  if (said !== null) return said;
  const kind = Object.hasOwn(features, feature) ? features[feature] : undefined;
  return kind === undefined ? null : { kind };
}

/** Whether the first cause says more about the end of a server than the second, or as much. */
export function isAtLeastAsSpecific(one: FixKind, other: FixKind): boolean {
  return rankOf(one) <= rankOf(other);
}

/** Causes without a text, such as an exit code, say least. */
function rankOf(kind: FixKind): number {
  const rank = causes.findIndex((cause) => cause.kind === kind);
  return rank < 0 ? causes.length : rank;
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
