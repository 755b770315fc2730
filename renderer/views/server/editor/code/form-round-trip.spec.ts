/**
 * Files through form and editor, from bytes to bytes: what nobody changed keeps its bytes.
 *
 * `PERCH_FUZZ_SEED=7` tries other files; a failure prints its seed and path.
 */
import { history, undo } from '@codemirror/commands';
import { EditorState } from '@codemirror/state';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextFormat } from '../../../../../bridge/schema/texts.js';
import { encodedText, openedText } from '../../../../../main/files/text-format.js';
import { configFiles } from '../../../../../tests/support/config-files.js';
import { processorTime } from '../../../../../tests/support/fastest.js';
import { keepingLineEnds, textWithEnds } from './line-ends.js';
import { formOf, type FormField, type SettingsFileName } from '../config-forms/config-form.js';
import { FieldEdits } from '../config-forms/field-edits.js';
import type { Setting } from '../config-forms/setting.js';

const seed = Number(process.env['PERCH_FUZZ_SEED'] ?? 20_261_129);
const names = Object.keys(configFiles) as SettingsFileName[];

/** The editor's text without its view. */
class Edited {
  readonly #edits = new FieldEdits();
  readonly #format: TextFormat;
  state: EditorState;

  constructor(bytes: Uint8Array) {
    const opened = openedText(bytes);
    if (opened.kind !== 'text') throw new Error('no text');
    this.#format = opened.format;
    this.state = EditorState.create({
      doc: opened.text,
      extensions: [keepingLineEnds(opened.text), history()],
    });
  }

  get text(): string {
    return this.state.doc.toString();
  }

  get bytes(): Buffer | null {
    return encodedText(textWithEnds(this.state), this.#format);
  }

  fields(name: SettingsFileName): readonly FormField[] {
    return formOf(name, this.text)?.groups.flatMap(({ fields }) => fields) ?? [];
  }

  field(name: SettingsFileName, { key }: Setting): FormField | undefined {
    return this.fields(name).find(({ setting }) => setting.key === key);
  }

  /** Sets a field; false if the form refuses the value. */
  set(name: SettingsFileName, setting: Setting, value: string): boolean {
    const form = formOf(name, this.text);
    const field = this.field(name, setting);
    if (form === null || field === undefined) return false;
    const change = this.#edits.change(this.text, form, field, value);
    if (!('insert' in change)) return false;
    this.state = this.state.update({ changes: change }).state;
    return true;
  }

  undo(): void {
    undo({ state: this.state, dispatch: ({ state }) => (this.state = state) });
  }
}

function anyValue(setting: Setting, at: number): string {
  switch (setting.kind) {
    case 'switch':
      return at % 2 === 0 ? 'true' : 'false';
    case 'number':
      return String(setting.min + (at % ((setting.max ?? setting.min + 900) - setting.min + 1)));
    case 'choice':
      return setting.choices[at % setting.choices.length]?.value ?? '';
    case 'text':
      return ['New name', 'a=b: #c! \\ d', ' spaces ', 'Ünï§', '"quoted"', "it's", '', 'yes'][at % 8] ?? '';
  }
}

/** Sets one field of a file to a value, and then back: everything else keeps its bytes all the time. */
function holds(name: SettingsFileName, bytes: Buffer, at: number): void {
  const edited = new Edited(bytes);
  expect(edited.bytes?.equals(bytes), 'opened and saved').toBe(true);
  const before = edited.fields(name);
  const open = before.filter(({ blocked }) => blocked === null);
  const field = open[at % Math.max(1, open.length)];
  if (field === undefined) return;
  const value = anyValue(field.setting, at);
  if (!edited.set(name, field.setting, value)) {
    expect(edited.bytes?.equals(bytes), 'refused').toBe(true);
    return;
  }
  const after = edited.field(name, field.setting);
  const isOn = field.setting.kind === 'switch';
  expect(isOn ? after?.value?.toLowerCase() : after?.value, `${field.setting.key} is set`).toBe(
    field.setting.kind === 'text' || isOn ? value : value.trim(),
  );
  const others = (fields: readonly FormField[]): unknown =>
    fields
      .filter(({ setting, range }) => setting !== field.setting && range !== null)
      .map(({ setting, value }) => [setting.key, value]);
  expect(others(edited.fields(name)), 'other settings').toEqual(others(before));
  sameElsewhere(bytes, edited, field);
  if (field.value !== null) {
    expect(edited.set(name, field.setting, field.value), `${field.setting.key} can be set back`).toBe(true);
    expect(edited.bytes?.equals(bytes), `${field.setting.key} is set back`).toBe(true);
    edited.undo();
  }
  edited.undo();
  expect(edited.bytes?.equals(bytes), 'undone').toBe(true);
}

/** The lines of the file that do not hold the field are the same, in bytes, and so is the beginning of its line. */
function sameElsewhere(bytes: Buffer, edited: Edited, { range }: FormField): void {
  const now = edited.bytes;
  // Characters that the encoding lacks: saving offers UTF-8.
  if (now === null || range === null) return;
  const old = new Edited(bytes).text;
  const lead = old.slice(0, range.from);
  const tail = old.slice(range.to);
  expect(edited.text.startsWith(lead) && edited.text.endsWith(tail), 'text around the value').toBe(true);
  const unit = bytes.length > 1 && (bytes[0] === 0xff || bytes[0] === 0xfe) ? 2 : 1;
  const [first, second] = [bytes, now].map((all) => all.toString(unit === 2 ? 'hex' : 'latin1'));
  const lines = (all: string): string[] => all.split(unit === 2 ? /0d000a00|0a00|0d00/ : /\r\n|\n|\r/);
  const [one, other] = [lines(first ?? ''), lines(second ?? '')];
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < one.length - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  const held = old.slice(range.from, range.to).split('\n').length;
  expect(one.length - start - end, 'changed lines').toBeLessThanOrEqual(held);
}

const line = (...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...parts).map((all) => all.join(''));
const oneOf = (...texts: string[]): fc.Arbitrary<string> => fc.constantFrom(...texts);
const noise = fc.string({ maxLength: 12, unit: fc.constantFrom(...'aZ09 \t#!;:=\\"\',()[]{}+-§ü€.') });
const space = oneOf('', '', ' ', '\t', '  ');
const keysOf = (name: SettingsFileName): string[] =>
  (formOf(name, name === 'palworld' ? 'OptionSettings=()' : '')?.groups ?? []).flatMap(({ fields }) =>
    fields.map(({ setting }) => setting.key),
  );
const value = fc.oneof(
  oneOf(
    'true',
    'false',
    'True',
    'FALSE',
    '20',
    '1.000000',
    '-1',
    'abc',
    '',
    'easy',
    '007',
    '\\u00a7a',
    'a\\:b',
  ),
  noise,
);

const properties = fc.array(
  fc.oneof(
    line(space, oneOf(...keysOf('server-properties')), space, oneOf('=', ':', ' ', '='), space, value),
    line(space, oneOf('#', '!'), noise),
    line(noise, oneOf('=', ''), noise),
    line(oneOf('motd=', 'max-players='), noise, fc.constant('\\\n   '), value),
    oneOf('', '   '),
  ),
  { maxLength: 14 },
);
const ini = fc.array(
  fc.oneof(
    oneOf('[ServerSettings]', '[SessionSettings]', '[/script/engine.gamesession]', '[Other]'),
    line(
      space,
      oneOf('ServerPVE', 'serverpve', 'XPMultiplier', 'SessionName', 'MaxPlayers', '+Mods', 'ServerPassword'),
      space,
      fc.constant('='),
      space,
      fc.oneof(
        value,
        value.map((text) => `"${text}"`),
      ),
    ),
    line(space, oneOf(';', '#', ''), noise),
  ),
  { maxLength: 16 },
);
const option = line(
  oneOf('ServerName', 'AdminPassword', 'ExpRate', 'bIsPvP', 'DeathPenalty', 'Unknown', 'expRate'),
  fc.constant('='),
  fc.oneof(
    oneOf('1.000000', 'True', 'False', 'All', '(a,b,(c))', ''),
    noise.map((text) => `"${text.replaceAll(/["\\]/g, '')}"`),
    oneOf('"a\\"b"', '"a, b)"'),
  ),
);
const palworld = fc
  .tuple(fc.array(option, { maxLength: 8 }), noise, noise)
  .map(([options, before, after]) => [
    `; ${before}`,
    '[/Script/Pal.PalGameWorldSettings]',
    `OptionSettings=(${options.join(',')})`,
    `;${after}`,
  ]);
const comment = fc.oneof(
  fc.constant(''),
  noise.map((text) => ` # ${text}`),
);
const yamlValue = fc.oneof(
  oneOf('true', 'false', '60', 'on'),
  oneOf('true', 'false', '10', 'Off'),
  oneOf('true', 'false', 'yes', '60', '1.5', "''", '"a\\n"', "'it''s'", 'plain words', '[1, 2]', '&a 5', ''),
  noise.map((text) => `'${text.replaceAll("'", "''")}'`),
);
const yaml = fc
  .tuple(
    fc.array(comment),
    ...['bungeecord', 'restart-on-crash', 'timeout-time'].map(() => fc.tuple(space, yamlValue, comment)),
  )
  .map(([comments, ...[one, two, three]]) => [
    ...comments.map((text) => text.trim()),
    'settings:',
    `  bungeecord: ${(one ?? []).join('')}`,
    '  other: &a {x: 1}',
    `  restart-on-crash:${(two ?? []).map((part, at) => (at === 1 ? ` ${part}` : part)).join('')}`,
    `  timeout-time: ${(three ?? []).join('')}`,
  ]);

const rawProperties = fc.array(
  fc.oneof(
    line(space, oneOf(...keysOf('bedrock-properties')), space, oneOf('=', '=', ':'), space, value),
    line(space, oneOf('#', ''), noise),
    oneOf('level-name=a\\', 'server-name=x=y: z', '', '   '),
  ),
  { maxLength: 14 },
);
const tomlText = noise.map((text) => text.replaceAll(/["\\\t]/g, ''));
const tomlValue = fc.oneof(
  oneOf('true', 'false', '500', '1_000', '0x1F', '+5', '1.5', '[1, 2]', '{ a = 1 }', '1979-05-27'),
  tomlText.map((text) => `"${text}"`),
  tomlText.map((text) => `'${text.replaceAll("'", '')}'`),
  oneOf('"NONE"', '"modern"', '"\\u00e4\\n"', '"""a"""', '"""a\nb"""', "'''it's'''"),
);
const tomlPair = (key: string): fc.Arbitrary<string> =>
  line(space, fc.constant(key), space, fc.constant('='), space, tomlValue, comment);
/** Each key at most once, because a repeated key is a mistake of the whole text. */
const pairsOf = (...keys: string[]): fc.Arbitrary<readonly string[]> =>
  fc.subarray(keys).chain((some) => fc.tuple(...some.map(tomlPair)));
const toml = fc
  .tuple(
    pairsOf('motd', 'show-max-players', 'online-mode', '"ping-passthrough"', 'other'),
    pairsOf('compression-threshold', 'login-ratelimit', 'haproxy-protocol', 'zz'),
    fc.constantFrom(['query.port = 5'], ['query = { enabled = false,  port=25565 }'], ['[query]', 'port=1']),
    fc.boolean(),
  )
  .map(([root, advanced, query, isLast]) => {
    const isTable = query[0] === '[query]';
    const table = ['[advanced] # x', ...advanced];
    return [...root, ...(isTable && isLast ? [...table, ...query] : [...query, ...table])];
  });

/** Lines as bytes: line ends, a mark, an encoding and the end of the file. */
const bytesOf = (lines: fc.Arbitrary<readonly string[]>): fc.Arbitrary<Buffer> =>
  fc
    .record({
      lines,
      ends: fc.array(oneOf('\n', '\n', '\r\n', '\r'), { minLength: 1, maxLength: 3 }),
      isMixed: fc.boolean(),
      isEnded: fc.boolean(),
      format: fc.constantFrom<TextFormat>(
        { encoding: 'utf-8', bom: false },
        { encoding: 'utf-8', bom: true },
        { encoding: 'latin-1', bom: false },
        { encoding: 'utf-16le', bom: true },
      ),
    })
    .map(({ lines, ends, isMixed, isEnded, format }) => {
      const end = (at: number): string => ends[isMixed ? at % ends.length : 0] ?? '\n';
      const parts = lines
        .join('\n')
        .split('\n')
        .map((text, at, all) => (at === all.length - 1 && !isEnded ? text : `${text}${end(at)}`));
      const text = parts.join('');
      return encodedText(text, format) ?? Buffer.from(text, 'utf8');
    });

describe('2,800 generated files', () => {
  it.each<[SettingsFileName, fc.Arbitrary<readonly string[]>, number]>([
    ['server-properties', properties, 700],
    ['ark-user', ini, 500],
    ['palworld', palworld, 400],
    ['spigot', yaml, 400],
    ['velocity', toml, 500],
    ['bedrock-properties', rawProperties, 300],
  ])('keep their bytes: %s', (name, lines, numRuns) => {
    let set = 0;
    fc.assert(
      fc.property(bytesOf(lines), fc.nat(10_000), (bytes, at) => {
        holds(name, bytes, at);
        if (new Edited(bytes).fields(name).some(({ blocked }) => blocked === null)) set += 1;
      }),
      { seed, numRuns },
    );
    // The files have fields that can be set, or the test would hold for nothing.
    expect(set).toBeGreaterThan(numRuns / 2);
  });
});

/** Changes that people and programs make to a file. */
const shapes: readonly ((text: string) => Buffer)[] = [
  (text) => Buffer.from(text),
  (text) => Buffer.from(text.replaceAll('\n', '\r\n')),
  (text) => Buffer.from(text.trimEnd()),
  (text) => Buffer.from(`\ufeff${text}`),
  (text) => Buffer.from(`${text}# Schönes Café\n`, 'latin1'),
  (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  (text) => Buffer.from(text.replace('\n', '\r\n')),
  (text) => Buffer.from(text.replaceAll('\n', '  \n')),
  (text) => Buffer.from(`\n\n${text}\n\n`),
  (text) => Buffer.from(text.replaceAll('\n', '\r')),
  (text) => Buffer.from(`${text}${'# padding of a long file\n'.repeat(2000)}`),
  (text) => Buffer.from(text.replaceAll('=', '=\t').replaceAll(': ', ':   ')),
];

describe('144 files as games write them', () => {
  it.each(names)('keep their bytes, whatever field is set: %s', (name) => {
    for (const shape of shapes) {
      const bytes = shape(configFiles[name]);
      const count = new Edited(bytes).fields(name).length;
      expect(count, 'fields').toBeGreaterThan(0);
      for (let at = 0; at < count * 2; at += 1) holds(name, bytes, at);
    }
  });

  it.each(names)('have no field without a value or with a complaint: %s', (name) => {
    const fields = new Edited(Buffer.from(configFiles[name])).fields(name);
    expect(fields.filter(({ blocked, complaint }) => blocked !== null || complaint !== null)).toEqual([]);
  });
});

it('a file of 1 MB is read and changed without waiting', () => {
  const text = `${configFiles['server-properties']}${'some-key=some value\n'.repeat(54_000)}`;
  expect(text.length).toBeGreaterThan(1024 * 1024);
  expect(processorTime(() => holds('server-properties', Buffer.from(text), 3))).toBeLessThan(5000);
});
