/**
 * Every sentence that a person reads, by its id. The texts are in a folder per language, one file per area, in ICU
 * MessageFormat; `build/messages.mjs` compiles them, so an unknown id or a missing value does not compile.
 *
 * The language is the one thing that a whole process shares, as its time zone is: whoever composes a process (main,
 * a window) says once where the language is to be read, and a sentence that is said again is said in the new one.
 */
import en from './compiled/en.js';
import type { Messages } from './compiled/messages.js';
import { pseudo, unchanged } from './pseudo.js';

/** Those with files of their own, which a person can choose. */
export const writtenLanguages = ['en', 'de', 'fr', 'es', 'pl'] as const;
type WrittenLanguage = (typeof writtenLanguages)[number];

/** `pseudo` is longer and accented English: with it the tests see what is cut off, and what is not in these files. */
export const languages = [...writtenLanguages, 'pseudo'] as const;
export type Language = (typeof languages)[number];

type Table = typeof en;
/** English is always there; a process reads another language once it is to speak it. */
const tables = new Map<Language, Table>([['en', en]]);
const tableFiles: Record<Exclude<WrittenLanguage, 'en'>, () => Promise<{ default: Table }>> = {
  de: () => import('./compiled/de.js'),
  fr: () => import('./compiled/fr.js'),
  es: () => import('./compiled/es.js'),
  pl: () => import('./compiled/pl.js'),
};

export type MessageId = keyof Messages;

/** A sentence that is said later, or in another process: it is plain data and knows no language. */
export interface Sentence {
  id: string;
  values?: Record<string, Value> | undefined;
}

/** What stands in a sentence; one that is a sentence itself is said in the same language. */
export type Value = string | number | Sentence;

type ValuesOf<Id extends MessageId> = Messages[Id] extends null ? [] : [values: Messages[Id]];

let language: () => Language = () => 'en';

/** From now on sentences are said in the language that this answers; it is asked anew for each. */
export function speak(source: () => Language): void {
  language = source;
}

/** Reads the sentences of a language. Before that it is spoken in English. */
export async function learn(now: Language): Promise<void> {
  if (now === 'pseudo' || now === 'en' || tables.has(now)) return;
  tables.set(now, (await tableFiles[now]()).default);
}

/** For `Intl`. */
export function locale(): WrittenLanguage {
  const now = language();
  return now === 'pseudo' ? 'en' : now;
}

export function say<Id extends MessageId>(id: Id, ...[values]: ValuesOf<Id>): string {
  return textOf(id, values ?? {});
}

export function sentence<Id extends MessageId>(id: Id, ...[values]: ValuesOf<Id>): Sentence {
  return values === undefined || values === null ? { id } : { id, values };
}

/** What somebody else has written (a panel, a node, the person), where a sentence is wanted. */
export function verbatim(text: string): Sentence {
  return sentence('common.verbatim', { text });
}

/** Whether there is a message of this name, where names come from elsewhere. */
export function isMessage(id: string): id is MessageId {
  return Object.hasOwn(en, id);
}

/** Says what was made with `sentence`, here or in the other process. */
export function spoken({ id, values }: Sentence): string {
  return textOf(id, values ?? {});
}

/** For the log, which speaks English. */
export function inEnglish({ id, values }: Sentence): string {
  return textOf(id, values ?? {}, 'en');
}

function textOf(id: string, values: Record<string, Value>, now = language()): string {
  const table = tables.get(now);
  const message = (table === undefined ? undefined : own(table, id)) ?? own(en, id);
  // Only data from elsewhere can name a message that is not there; its name still tells more than nothing.
  if (message === undefined) return id;
  const texts = Object.entries(values).map(([name, value]) => [name, plain(value, now)]);
  const text = message(Object.fromEntries(texts) as Record<string, string | number>);
  return now === 'pseudo' ? pseudo(text) : text;
}

/** An id can come from elsewhere, and an object has names that nobody gave it. */
function own<T>(messages: Record<string, T>, id: string): T | undefined {
  return Object.hasOwn(messages, id) ? messages[id] : undefined;
}

function plain(value: Value, now: Language): string | number {
  if (typeof value === 'number') return value;
  const text = typeof value === 'string' ? value : textOf(value.id, value.values ?? {}, now);
  return now === 'pseudo' ? unchanged(text) : text;
}
