/** Languages of configuration files. Each is loaded when a file needs it. */
import { LanguageSupport, StreamLanguage, type StreamParser } from '@codemirror/language';
import type { Extension } from '@codemirror/state';

export type LanguageName =
  | 'ini'
  | 'javascript'
  | 'json'
  | 'json5'
  | 'log'
  | 'lua'
  | 'properties'
  | 'shell'
  | 'text'
  | 'toml'
  | 'xml'
  | 'yaml';

const byEnding: Readonly<Record<string, LanguageName>> = {
  cfg: 'ini',
  cjs: 'javascript',
  conf: 'properties',
  config: 'xml',
  env: 'properties',
  html: 'xml',
  ini: 'ini',
  js: 'javascript',
  json: 'json',
  json5: 'json5',
  jsonc: 'json5',
  lang: 'properties',
  log: 'log',
  lua: 'lua',
  mcmeta: 'json',
  mjs: 'javascript',
  properties: 'properties',
  sh: 'shell',
  toml: 'toml',
  ts: 'javascript',
  xml: 'xml',
  yaml: 'yaml',
  yml: 'yaml',
};

/** The name as people write it. */
export const languageTitles: Readonly<Record<LanguageName, string | null>> = {
  ini: 'INI',
  javascript: 'JavaScript',
  json: 'JSON',
  json5: 'JSON5',
  log: null,
  lua: 'Lua',
  properties: 'Properties',
  shell: 'Shell',
  text: null,
  toml: 'TOML',
  xml: 'XML',
  yaml: 'YAML',
};

export function languageOfFile(path: string): LanguageName {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (name === 'eula.txt') return 'properties';
  if (name.startsWith('hs_err_pid') || name.startsWith('crash-')) return 'log';
  const ending = name.slice(name.lastIndexOf('.') + 1);
  return Object.hasOwn(byEnding, ending) ? (byEnding[ending] ?? 'text') : 'text';
}

const stream = (parser: StreamParser<unknown>): Extension =>
  new LanguageSupport(StreamLanguage.define(parser));

const loaders: Readonly<Record<LanguageName, () => Promise<Extension>>> = {
  ini: async () => stream((await import('@codemirror/legacy-modes/mode/properties')).properties),
  javascript: async () => (await import('@codemirror/lang-javascript')).javascript(),
  json: async () => (await import('@codemirror/lang-json')).json(),
  json5: async () => (await import('@codemirror/lang-javascript')).javascript(),
  log: async () => stream(log),
  lua: async () => stream((await import('@codemirror/legacy-modes/mode/lua')).lua),
  properties: async () => stream((await import('@codemirror/legacy-modes/mode/properties')).properties),
  shell: async () => stream((await import('@codemirror/legacy-modes/mode/shell')).shell),
  text: async () => [],
  toml: async () => stream((await import('@codemirror/legacy-modes/mode/toml')).toml),
  xml: async () => (await import('@codemirror/lang-xml')).xml(),
  yaml: async () => (await import('@codemirror/lang-yaml')).yaml(),
};

export function loadLanguage(name: LanguageName): Promise<Extension> {
  return loaders[name]();
}

const logTokens: readonly (readonly [RegExp, string])[] = [
  [/^(?:ERROR|SEVERE|FATAL|CRITICAL)\b/, 'invalid'],
  [/^(?:WARN|WARNING)\b/, 'atom'],
  [/^(?:INFO|DEBUG|TRACE|NOTICE)\b/, 'keyword'],
  [/^(?:\d{4}-\d\d-\d\d|\d\d:\d\d:\d\d(?:[.,]\d+)?)/, 'number'],
  [/^"[^"]*"/, 'string'],
];

/** Levels, times and quoted texts of a log. */
const log: StreamParser<unknown> = {
  token(line) {
    const token = logTokens.find(([pattern]) => line.match(pattern) !== null)?.[1] ?? null;
    if (token === null && line.match(/^\w+/) === null) line.next();
    return token;
  },
};
