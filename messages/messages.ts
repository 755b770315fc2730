/**
 * All sentences that users read, by id.
 * Each language has a folder with one file per area in ICU MessageFormat. `build/messages.mjs` compiles them, so an
 * unknown id or a missing value is a type error.
 * The language is global state of a process, like its time zone. The entry point of each process sets its source
 * once (`speak`); after a change, new calls of `say` use the new language.
 */
import en from './compiled/en.js';
import type { Messages } from './compiled/messages.js';
import { pseudo, unchanged } from './pseudo.js';

/** Languages with message files; the user can choose them. */
export const writtenLanguages = ['en', 'de', 'fr', 'es', 'pl'] as const;
type WrittenLanguage = (typeof writtenLanguages)[number];

/**
 * `pseudo` = lengthened, accented English.
 * Tests use it to find truncated text and text outside of the message files.
 */
export const languages = [...writtenLanguages, 'pseudo'] as const;
export type Language = (typeof languages)[number];

type Table = typeof en;
type TableFile = () => Promise<{ default: Table }>;
/** English is built in; other languages load on demand (`learn`). */
const tables = new Map<Language, readonly Table[]>([['en', [en]]]);
const tableFiles: Record<Exclude<WrittenLanguage, 'en'>, TableFile> = {
  de: () => import('./compiled/de.js'),
  fr: () => import('./compiled/fr.js'),
  es: () => import('./compiled/es.js'),
  pl: () => import('./compiled/pl.js'),
};
/** Areas that load on demand in every language (`learnArea`), because only one view or one program uses them. */
const areaFiles = {
  allocations: {
    en: () => import('./compiled/en.allocations.js'),
    de: () => import('./compiled/de.allocations.js'),
    fr: () => import('./compiled/fr.allocations.js'),
    es: () => import('./compiled/es.allocations.js'),
    pl: () => import('./compiled/pl.allocations.js'),
  },
  account: {
    en: () => import('./compiled/en.account.js'),
    de: () => import('./compiled/de.account.js'),
    fr: () => import('./compiled/fr.account.js'),
    es: () => import('./compiled/es.account.js'),
    pl: () => import('./compiled/pl.account.js'),
  },
  activity: {
    en: () => import('./compiled/en.activity.js'),
    de: () => import('./compiled/de.activity.js'),
    fr: () => import('./compiled/fr.activity.js'),
    es: () => import('./compiled/es.activity.js'),
    pl: () => import('./compiled/pl.activity.js'),
  },
  automation: {
    en: () => import('./compiled/en.automation.js'),
    de: () => import('./compiled/de.automation.js'),
    fr: () => import('./compiled/fr.automation.js'),
    es: () => import('./compiled/es.automation.js'),
    pl: () => import('./compiled/pl.automation.js'),
  },
  'command-line': {
    en: () => import('./compiled/en.command-line.js'),
    de: () => import('./compiled/de.command-line.js'),
    fr: () => import('./compiled/fr.command-line.js'),
    es: () => import('./compiled/es.command-line.js'),
    pl: () => import('./compiled/pl.command-line.js'),
  },
  'config-forms': {
    en: () => import('./compiled/en.config-forms.js'),
    de: () => import('./compiled/de.config-forms.js'),
    fr: () => import('./compiled/fr.config-forms.js'),
    es: () => import('./compiled/es.config-forms.js'),
    pl: () => import('./compiled/pl.config-forms.js'),
  },
  databases: {
    en: () => import('./compiled/en.databases.js'),
    de: () => import('./compiled/de.databases.js'),
    fr: () => import('./compiled/fr.databases.js'),
    es: () => import('./compiled/es.databases.js'),
    pl: () => import('./compiled/pl.databases.js'),
  },
  people: {
    en: () => import('./compiled/en.people.js'),
    de: () => import('./compiled/de.people.js'),
    fr: () => import('./compiled/fr.people.js'),
    es: () => import('./compiled/es.people.js'),
    pl: () => import('./compiled/pl.people.js'),
  },
  'players-tab': {
    en: () => import('./compiled/en.players-tab.js'),
    de: () => import('./compiled/de.players-tab.js'),
    fr: () => import('./compiled/fr.players-tab.js'),
    es: () => import('./compiled/es.players-tab.js'),
    pl: () => import('./compiled/pl.players-tab.js'),
  },
  schedules: {
    en: () => import('./compiled/en.schedules.js'),
    de: () => import('./compiled/de.schedules.js'),
    fr: () => import('./compiled/fr.schedules.js'),
    es: () => import('./compiled/es.schedules.js'),
    pl: () => import('./compiled/pl.schedules.js'),
  },
  week: {
    en: () => import('./compiled/en.week.js'),
    de: () => import('./compiled/de.week.js'),
    fr: () => import('./compiled/fr.week.js'),
    es: () => import('./compiled/es.week.js'),
    pl: () => import('./compiled/pl.week.js'),
  },
} satisfies Record<string, Record<WrittenLanguage, TableFile>>;
type LateArea = keyof typeof areaFiles;
const learned = new Set<LateArea>();
const loaded = new Set<TableFile>();

export type MessageId = keyof Messages;

/** Messages without values. */
export type PlainId = { [Id in MessageId]: Messages[Id] extends null ? Id : never }[MessageId];

/** A sentence as plain data, without a language; translated later or in another process. */
export interface Sentence<Id extends string = string> {
  id: Id;
  values?: Record<string, Value> | undefined;
}

/** Value in a sentence; a nested sentence is translated into the same language. */
export type Value = string | number | Sentence;

/** Ids with a second message without values, `ID-next`: the next step of the user. */
export type IdWithNext = {
  [Id in MessageId]: `${Id}-next` extends MessageId
    ? Messages[`${Id}-next`] extends null
      ? Id
      : never
    : never;
}[MessageId];

type ValuesOf<Id extends MessageId> = Messages[Id] extends null ? [] : [values: Messages[Id]];

let language: () => Language = () => 'en';

/** Sets the source of the current language; each sentence reads it again. */
export function speak(source: () => Language): void {
  language = source;
}

/** Loads the messages of a language. Until then, that language falls back to English. */
export async function learn(now: Language): Promise<void> {
  if (now === 'pseudo' || now === 'en') return;
  await Promise.all([
    load(now, tableFiles[now]),
    ...Array.from(learned, (area) => load(now, areaFiles[area][now])),
  ]);
}

/** Loads an area in English and in the current language, and with each language that is learned later. */
export async function learnArea(area: LateArea): Promise<void> {
  learned.add(area);
  const now = locale();
  await Promise.all([load('en', areaFiles[area].en), load(now, areaFiles[area][now])]);
}

async function load(language: WrittenLanguage, file: TableFile): Promise<void> {
  if (loaded.has(file)) return;
  const { default: table } = await file();
  loaded.add(file);
  tables.set(language, [...(tables.get(language) ?? []), table]);
}

/** Locale for `Intl`. */
export function locale(): WrittenLanguage {
  const now = language();
  return now === 'pseudo' ? 'en' : now;
}

/** Makes one object per language, such as a formatter, because making one is slow. Returns that of the current one. */
export function perLanguage<T>(make: (language: WrittenLanguage) => T): () => T {
  const made = new Map<WrittenLanguage, T>();
  return () => {
    const language = locale();
    const known = made.get(language) ?? make(language);
    made.set(language, known);
    return known;
  };
}

export function say<Id extends MessageId>(id: Id, ...[values]: ValuesOf<Id>): string {
  return textOf(id, values ?? {});
}

export function sentence<Id extends MessageId>(id: Id, ...[values]: ValuesOf<Id>): Sentence<Id> {
  return values === undefined || values === null ? { id } : { id, values };
}

/** Wraps text from elsewhere (a panel, a node, the user) as a sentence. */
export function verbatim(text: string): Sentence {
  return sentence('common.verbatim', { text });
}

/** Whether a message with this id exists, for ids from outside. */
export function isMessage(id: string): id is MessageId {
  return messageOf('en', id) !== undefined;
}

/** Translates a `Sentence`. */
export function spoken({ id, values }: Sentence): string {
  return textOf(id, values ?? {});
}

/** The sentence in English, for the log. */
export function inEnglish({ id, values }: Sentence): string {
  return textOf(id, values ?? {}, 'en');
}

function textOf(id: string, values: Record<string, Value>, now = language()): string {
  const message = messageOf(now, id) ?? messageOf('en', id);
  // Only data from outside can contain an unknown id; showing the id helps more than an empty text.
  if (message === undefined) return id;
  const texts = Object.entries(values).map(([name, value]) => [name, plain(value, now)]);
  const text = message(Object.fromEntries(texts) as Record<string, string | number>);
  return now === 'pseudo' ? pseudo(text) : text;
}

/** Own properties only: an id from outside may be a name such as `constructor`. */
function messageOf(now: Language, id: string): Table[string] | undefined {
  return tables.get(now)?.find((table) => Object.hasOwn(table, id))?.[id];
}

function plain(value: Value, now: Language): string | number {
  if (typeof value === 'number') return value;
  const text = typeof value === 'string' ? value : textOf(value.id, value.values ?? {}, now);
  return now === 'pseudo' ? unchanged(text) : text;
}
