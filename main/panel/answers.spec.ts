import { describe, expect, it } from 'vitest';
import { hasEnvelope, readBody, readErrors, type AnswerBody } from './answers.js';

function kindOf(body: string, contentType?: string): AnswerBody['kind'] {
  const headers: Record<string, string> = contentType === undefined ? {} : { 'content-type': contentType };
  return readBody({ status: 200, headers, body }).kind;
}

describe('readBody', () => {
  it.each<[string, string | undefined, AnswerBody['kind']]>([
    ['', 'application/json', 'empty'],
    [' \r\n ', 'text/html', 'empty'],
    ['<!doctype html>', undefined, 'html'],
    ['\n <html>', 'application/json', 'html'],
    ['Not allowed', 'TEXT/HTML; charset=UTF-8', 'html'],
    ['{"a":1}', 'text/html', 'html'],
    ['{"a":1}', 'Application/JSON', 'json'],
    ['{"a":1}', undefined, 'json'],
    ['\n [1]', 'text/plain', 'json'],
    ['null', 'application/json', 'json'],
    ['null', 'text/plain', 'other'],
    ['see {this}', undefined, 'other'],
    ['{"a":', undefined, 'broken-json'],
    ['oops', 'application/vnd.api+json', 'broken-json'],
  ])('reads %j as %s for %s', (body, contentType, kind) => {
    expect(kindOf(body, contentType)).toBe(kind);
  });

  it('returns the parsed JSON', () => {
    expect(readBody({ status: 200, headers: {}, body: ' {"a":[1]} ' })).toEqual({
      kind: 'json',
      value: { a: [1] },
    });
  });
});

describe('readErrors', () => {
  const json = (value: unknown): AnswerBody => ({ kind: 'json', value });

  it('reads every entry, and fills in missing fields', () => {
    const full = { code: 'ValidationException', detail: 'Too long.', meta: { source_field: 'name' } };
    expect(readErrors(json({ errors: [full, { meta: null }, { code: 7, detail: null }] }))).toEqual([
      { code: 'ValidationException', detail: 'Too long.', field: 'name' },
      { code: '', detail: '', field: null },
      { code: '', detail: '', field: null },
    ]);
  });

  it('reads the texts of fields that a fork sends in the format of its framework', () => {
    const errors = { name: ['Too long.', 'No spaces.'], email: ['Taken.'] };
    expect(readErrors(json({ message: 'The given data was invalid.', errors }))).toEqual([
      { code: 'ValidationException', detail: 'Too long. No spaces.', field: 'name' },
      { code: 'ValidationException', detail: 'Taken.', field: 'email' },
    ]);
  });

  it('reads one text of a field, and the entries beside an entry of another form', () => {
    expect(readErrors(json({ errors: { name: 'Too long.' } }))).toEqual([
      { code: 'ValidationException', detail: 'Too long.', field: 'name' },
    ]);
    expect(readErrors(json({ errors: [null, 'x', { code: 'A', detail: 'B' }] }))).toEqual([
      { code: 'A', detail: 'B', field: null },
    ]);
  });

  it.each<[string, AnswerBody]>([
    ['no JSON', { kind: 'html' }],
    ['a success', json({ attributes: {} })],
    ['an empty list', json({ errors: [] })],
    ['texts without a field', json({ errors: ['Too long.'] })],
    ['fields without texts', json({ errors: { name: [] } })],
    ['nothing', json(null)],
  ])('finds none in %s', (_name, body) => {
    expect(readErrors(body)).toBeNull();
  });
});

describe('hasEnvelope', () => {
  it.each([{ attributes: {} }, { data: [] }, { errors: [] }])('is true of %j', (value) => {
    expect(hasEnvelope(value)).toBe(true);
  });

  const array = Object.assign([], { data: 1 });
  it.each([null, undefined, 'data', 5, {}, { object: 'list' }, [], array])('is false of %j', (value) => {
    expect(hasEnvelope(value)).toBe(false);
  });
});
