/*
 * Compiles the message files of `messages/` (ICU MessageFormat, a folder per language, a file per area) to modules: a
 * table of functions per language, and the type of every message with its values. `node build/messages.mjs`.
 */
import MessageFormat from '@messageformat/core';
import compileModule from '@messageformat/core/lib/compile-module.js';
import { parse } from '@messageformat/parser';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isCommand, runCommand, SetupFailure } from './setup/failure.mjs';
import { root } from './setup/paths.mjs';
import { fingerprint } from './sources.mjs';

const folder = join(root, 'messages');
const compiled = join(folder, 'compiled');
/** The first language defines the messages and their values, and replaces missing messages of the others. */
const languages = ['en', 'de', 'fr', 'es', 'pl'];
/** Areas with a module of their own in each language, which `messages.ts` loads on demand. */
const lateAreas = [
  'allocations',
  'account',
  'activity',
  'automation',
  'command-line',
  'config-forms',
  'databases',
  'people',
  'players-tab',
  'schedules',
  'week',
];

/** @typedef {Record<string, string>} Messages id -> text in ICU MessageFormat */
/** @typedef {'number' | 'text' | 'any'} ValueType */

/** Fingerprint of the sources of the compiled messages. A program compiles them again only after a change. */
const stamp = join(compiled, '.stamp');

/** Writes only changed files, so that watchers of these files do not run needlessly. */
export function compileMessages() {
  const sources = fingerprint([
    ...languages.map((language) => `messages/${language}`),
    'build/messages.mjs',
    'package-lock.json',
  ]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return;
  mkdirSync(compiled, { recursive: true });
  for (const language of languages) {
    const messages = readMessages(language);
    const parts = Object.entries(messages);
    /** @param {string} area @param {(id: string) => boolean} isIn */
    const writePart = (area, isIn) => {
      const part = Object.fromEntries(parts.filter(([id]) => isIn(id)));
      write(`${language}${area}.js`, moduleOf(language, part));
      write(`${language}${area}.d.ts`, tableType);
    };
    for (const area of lateAreas) writePart(`.${area}`, (id) => areaOf(id) === area);
    writePart('', (id) => !lateAreas.includes(areaOf(id)));
    if (language === languages[0]) write('messages.ts', typesOf(messages));
  }
  writeFileSync(stamp, sources);
}

/** @param {string} id */
function areaOf(id) {
  return id.slice(0, id.indexOf('.'));
}

/**
 * @param {string} language
 * @returns {Messages} `<area>.<key>` -> text
 */
export function readMessages(language) {
  /** @type {Messages} */
  const messages = {};
  for (const file of readdirSync(join(folder, language)).sort()) {
    if (!file.endsWith('.json')) continue;
    const path = join(folder, language, file);
    for (const [key, text] of Object.entries(entriesOf(path))) {
      messages[`${basename(file, '.json')}.${key}`] = text;
    }
  }
  return messages;
}

/**
 * Messages without a translation, which Perch shows in English, by language.
 *
 * @returns {Map<string, string[]>} language -> ids
 */
export function missingMessages() {
  const [first, ...others] = languages.map((language) => ({ language, messages: readMessages(language) }));
  const ids = Object.keys(first?.messages ?? {});
  return new Map(others.map(({ language, messages }) => [language, ids.filter((id) => !(id in messages))]));
}

/**
 * @param {string} path
 * @returns {Messages}
 */
function entriesOf(path) {
  try {
    return /** @type {Messages} */ (JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new SetupFailure(
      `${path} is not JSON: ${String(error)}`,
      'Correct it, then run the command again.',
    );
  }
}

/**
 * @param {string} language
 * @param {Messages} messages
 */
function moduleOf(language, messages) {
  try {
    return compileModule(new MessageFormat(language), messages);
  } catch (error) {
    const wrong = Object.entries(messages).find(([, text]) => !isMessage(text));
    throw new SetupFailure(
      `messages/${language}: ${wrong ? `"${wrong[0]}" is no message: ` : ''}${String(error)}`,
      'Correct it, then run the command again.',
    );
  }
}

/** @param {string} text */
function isMessage(text) {
  try {
    parse(text);
    return true;
  } catch {
    return false;
  }
}

/** @param {Messages} messages */
function typesOf(messages) {
  const lines = Object.entries(messages).map(([id, text]) => {
    const values = [...valuesOf(text)].map(([name, type]) => `${name}: ${typeNames[type]}`);
    return `  ${JSON.stringify(id)}: ${values.length === 0 ? 'null' : `{ ${values.join('; ')} }`};`;
  });
  return `import type { Value } from '../messages.js';\n\nexport interface Messages {\n${lines.join('\n')}\n}\n`;
}

const typeNames = { number: 'number', text: 'string', any: 'Value' };

const tableType = `declare const messages: Record<string, (values: Record<string, unknown>) => string>;
export default messages;
`;

/**
 * Names and types of a message's values.
 *
 * @param {string} text
 * @returns {Map<string, ValueType>}
 */
export function valuesOf(text) {
  /** @type {Map<string, ValueType>} */
  const found = new Map();
  collect(parse(text), found);
  return found;
}

/**
 * @param {readonly (ReturnType<typeof parse>[number] | { type: 'octothorpe' })[]} tokens
 * @param {Map<string, ValueType>} found
 */
function collect(tokens, found) {
  for (const token of tokens) {
    if (token.type === 'argument' && !found.has(token.arg)) found.set(token.arg, 'any');
    if (token.type === 'function') found.set(token.arg, 'number');
    if (token.type === 'plural' || token.type === 'selectordinal') found.set(token.arg, 'number');
    if (token.type === 'select') found.set(token.arg, 'text');
    if ('cases' in token) for (const { tokens: inner } of token.cases) collect(inner, found);
  }
}

/**
 * @param {string} file
 * @param {string} content
 */
function write(file, content) {
  const path = join(compiled, file);
  if (existsSync(path) && readFileSync(path, 'utf8') === content) return;
  writeFileSync(path, content);
}

if (isCommand(import.meta.url)) await runCommand(async () => compileMessages());
