import { expect, test } from 'vitest';
import { encodeFrame, parseFrame } from './frames.js';

test.each([
  ['{"event":"a"}', { event: 'a', text: '' }],
  ['{"event":"a","args":null}', { event: 'a', text: '' }],
  ['{"event":"a","args":["x",null,"y"]}', { event: 'a', text: 'xy' }],
  ['{"Event":"a","ARGS":["x"]}', { event: 'a', text: 'x' }],
  ['{"event":"a","EVENT":"b"}', { event: 'b', text: '' }],
  ['{"event":"a","event":"b"}', { event: 'b', text: '' }],
  ['{"event":null}', { event: '', text: '' }],
  ['{}', { event: '', text: '' }],
  ['  {"event":"a","more":{"args":1}}\n', { event: 'a', text: '' }],
])('%s is read', (text, expected) => {
  expect(parseFrame(text)).toEqual(expected);
});

test.each([
  'hello',
  '',
  'null',
  '[]',
  '7',
  '"a"',
  '{"event":7}',
  '{"event":"a","args":"x"}',
  '{"event":"a","args":{}}',
  '{"event":"a","args":[1]}',
  '{"event":"a","args":[["x"]]}',
  '{"event":"a","args":[true]}',
  '{"event":"a"}{"event":"a"}',
  '{"event":"a",}',
])('%s is ignored', (text) => {
  expect(parseFrame(text)).toBeNull();
});

test('frames end with a newline, leave out missing args and escape as Go does', () => {
  expect(encodeFrame({ event: 'auth success' })).toBe('{"event":"auth success"}\n');
  expect(encodeFrame({ event: 'console output', args: ['<a> & \u001b[0m'] })).toBe(
    '{"event":"console output","args":["\\u003ca\\u003e \\u0026 \\u001b[0m"]}\n',
  );
});
