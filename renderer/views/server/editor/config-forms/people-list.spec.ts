import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { peopleFiles } from '../../../../../tests/support/config-files.js';
import type { TextChange } from './formats/place.js';
import { peopleOf, withLevel, withoutPerson, withPerson, writtenUuid } from './people-list.js';

const seed = Number(process.env['PERCH_FUZZ_SEED'] ?? 20_261_129);
const uuid = '069a79f4-44e9-4726-a5be-fca90e38aaf5';

function changed(text: string, change: TextChange | null): string {
  if (change === null) throw new Error('no change');
  return text.slice(0, change.from) + change.insert + text.slice(change.to);
}

const names = (text: string): string[] => (peopleOf(text)?.people ?? []).map(({ name }) => name);

describe('a list of people', () => {
  it('has names, UUIDs and levels, and counts entries without a name', () => {
    expect(peopleOf(peopleFiles.ops)?.people).toMatchObject([
      { at: 0, name: 'Notch', uuid, level: 4 },
      { at: 1, name: 'jeb_', level: 2 },
    ]);
    const list = peopleOf('[{"name": "a"}, 5, {"uuid": "b"}, {"name": 3}]');
    expect([list?.people.map(({ uuid: id, level }) => [id, level]), list?.unreadable]).toEqual([
      [['', null]],
      3,
    ]);
  });

  it.each(['{}', '[{"name": "a"},]', '[', 'x', '// no\n[]'])('is none: %s', (text) => {
    expect(peopleOf(text)).toBeNull();
    expect(withPerson(text, { name: 'b', uuid, level: null })).toBeNull();
  });

  it('gets another person as the game writes one', () => {
    const whole =
      '[\n  {\n    "uuid": "U",\n    "name": "N",\n    "level": 3,\n    "bypassesPlayerLimit": false\n  }\n]';
    const person = { name: 'N', uuid: 'U', level: 3 };
    expect(changed('[]', withPerson('[]', person))).toBe(whole);
    expect(changed(' ', withPerson(' ', person))).toBe(`${whole}\n`);
    const { whitelist } = peopleFiles;
    expect(changed(whitelist, withPerson(whitelist, { ...person, level: null }))).toBe(
      whitelist.replace('  }\n]', '  },\n  {\n    "uuid": "U",\n    "name": "N"\n  }\n]'),
    );
  });

  it('loses a person, at the beginning, at the end, and the last one', () => {
    const text = '[{"name": "a"}, {"name": "b"},\n\t{"name": "c"}]\n';
    expect(changed(text, withoutPerson(text, { at: 0 }))).toBe('[{"name": "b"},\n\t{"name": "c"}]\n');
    expect(changed(text, withoutPerson(text, { at: 2 }))).toBe('[{"name": "a"}, {"name": "b"}]\n');
    expect(changed('[ {"name": "a"} ]', withoutPerson('[ {"name": "a"} ]', { at: 0 }))).toBe('[]');
    expect(withoutPerson(text, { at: 3 })).toBeNull();
  });

  it('gets another level in its place, or after the other fields', () => {
    const { ops } = peopleFiles;
    expect(changed(ops, withLevel(ops, { at: 1 }, 3))).toBe(ops.replace('"level": 2', '"level": 3'));
    const bare = '[{"uuid": "U", "name": "a"}]';
    expect(changed(bare, withLevel(bare, { at: 0 }, 1))).toBe('[{"uuid": "U", "name": "a", "level": 1}]');
  });

  it('keeps the bytes of all other entries, whatever stands in them', () => {
    const entry = fc.oneof(
      fc.record({ name: fc.string(), uuid: fc.string(), level: fc.integer(), other: fc.json() }),
      fc.jsonValue(),
    );
    const list = fc.tuple(fc.array(entry, { maxLength: 5 }), fc.constantFrom('', ' ', '  ', '\t', '\n'));
    let people = 0;
    fc.assert(
      fc.property(list, fc.nat(4), fc.constantFrom(null, 2), ([entries, indent], chosen, level) => {
        const text = `\n${JSON.stringify(entries, null, indent)}\n`;
        const more = changed(text, withPerson(text, { name: 'new', uuid, level }));
        const added = names(more).length - 1;
        expect(names(more)).toEqual([...names(text), 'new']);
        expect(JSON.parse(more)).toHaveLength(entries.length + 1);
        const at = peopleOf(more)?.people[added]?.at ?? -1;
        // The line ends inside of an empty list are part of no entry.
        if (entries.length > 0) expect(changed(more, withoutPerson(more, { at }))).toBe(text);
        const person = peopleOf(text)?.people[chosen];
        if (person === undefined) return;
        people += 1;
        const raised = changed(text, withLevel(text, person, 1));
        expect(peopleOf(raised)?.people[chosen]?.level).toBe(1);
        expect(names(raised)).toEqual(names(text));
        const { from, to } = person;
        expect([raised.slice(0, from), raised.endsWith(text.slice(to))]).toEqual([text.slice(0, from), true]);
        const fewer = changed(text, withoutPerson(text, person));
        expect(JSON.parse(fewer)).toEqual(JSON.parse(text).toSpliced(person.at, 1));
      }),
      { seed, numRuns: 500 },
    );
    expect(people).toBeGreaterThan(50);
  });
});

it.each([
  [uuid, uuid],
  [' 069A79F444E94726A5BEFCA90E38AAF5 ', uuid],
  ['069a79f4-44e9-4726-a5be-fca90e38aaf', null],
  ['', null],
  ['g69a79f4-44e9-4726-a5be-fca90e38aaf5', null],
])('the UUID %j is written %j', (typed, written) => {
  expect(writtenUuid(typed)).toBe(written);
});
