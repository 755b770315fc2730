/** Languages of configuration files and programs. Each is loaded when a file needs it. */
import { LanguageSupport, StreamLanguage, type StreamParser } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { say } from '../../../../../messages/messages.js';

export type LanguageName =
  | 'csharp'
  | 'css'
  | 'go'
  | 'ini'
  | 'java'
  | 'javascript'
  | 'json'
  | 'json5'
  | 'log'
  | 'lua'
  | 'properties'
  | 'python'
  | 'ruby'
  | 'shell'
  | 'sql'
  | 'text'
  | 'toml'
  | 'xml'
  | 'yaml';

const byEnding: Readonly<Record<string, LanguageName>> = {
  cfg: 'ini',
  cjs: 'javascript',
  conf: 'properties',
  config: 'xml',
  cs: 'csharp',
  css: 'css',
  env: 'properties',
  go: 'go',
  html: 'xml',
  ini: 'ini',
  java: 'java',
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
  py: 'python',
  rb: 'ruby',
  sh: 'shell',
  sql: 'sql',
  toml: 'toml',
  ts: 'javascript',
  xml: 'xml',
  yaml: 'yaml',
  yml: 'yaml',
};

/** The name as people write it. */
export const languageTitles: Readonly<Record<LanguageName, string | null>> = {
  csharp: 'C#',
  css: 'CSS',
  go: 'Go',
  ini: 'INI',
  java: 'Java',
  javascript: 'JavaScript',
  json: 'JSON',
  json5: 'JSON5',
  log: null,
  lua: 'Lua',
  properties: 'Properties',
  python: 'Python',
  ruby: 'Ruby',
  shell: 'Shell',
  sql: 'SQL',
  text: null,
  toml: 'TOML',
  xml: 'XML',
  yaml: 'YAML',
};

/** All languages by name; those without a name of their own first. */
export const languages = (Object.keys(languageTitles) as LanguageName[]).toSorted((one, other) =>
  (languageTitles[one] ?? '').localeCompare(languageTitles[other] ?? '', 'en'),
);

export function languageTitle(name: LanguageName): string {
  return languageTitles[name] ?? say(name === 'log' ? 'texts.log' : 'texts.plain');
}

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
  csharp: async () => stream((await import('@codemirror/legacy-modes/mode/clike')).csharp),
  css: async () => stream((await import('@codemirror/legacy-modes/mode/css')).css),
  go: async () => stream((await import('@codemirror/legacy-modes/mode/go')).go),
  ini: async () => stream((await import('@codemirror/legacy-modes/mode/properties')).properties),
  java: async () => stream((await import('@codemirror/legacy-modes/mode/clike')).java),
  javascript: async () => (await import('@codemirror/lang-javascript')).javascript(),
  json: async () => (await import('@codemirror/lang-json')).json(),
  json5: async () => (await import('@codemirror/lang-javascript')).javascript(),
  log: async () => stream(log),
  lua: async () => stream((await import('@codemirror/legacy-modes/mode/lua')).lua),
  properties: async () => stream((await import('@codemirror/legacy-modes/mode/properties')).properties),
  python: async () => stream((await import('@codemirror/legacy-modes/mode/python')).python),
  ruby: async () => stream((await import('@codemirror/legacy-modes/mode/ruby')).ruby),
  shell: async () => stream((await import('@codemirror/legacy-modes/mode/shell')).shell),
  sql: async () => stream((await import('@codemirror/legacy-modes/mode/sql')).standardSQL),
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
