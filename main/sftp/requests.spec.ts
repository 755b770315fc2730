import { beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { Requests, type Done } from './requests.js';

let clock: FakeClock;
let silences: number;
let requests: Requests;
/** Answers of the node to the requests so far. */
let answers: Done<string>[];
beforeEach(() => {
  clock = new FakeClock();
  silences = 0;
  answers = [];
  requests = new Requests(clock, () => (silences += 1));
});
const ask = (): Promise<string> => requests.ask<string>((done) => answers.push(done));

it('is patient with a node that answers slowly, and with work that asks nothing', async () => {
  const asked = [ask(), ask(), ask()];
  for (const answer of answers) {
    await clock.advance(100_000);
    answer(null, 'yes');
  }
  expect(await Promise.all(asked)).toEqual(['yes', 'yes', 'yes']);
  await clock.advance(600_000);
  expect(silences).toBe(0);
});

it('hears the silence after some answers', async () => {
  const asked = [ask(), ask()];
  await clock.advance(100_000);
  answers[0]?.(null, 'yes');
  await clock.advance(119_999);
  expect(silences).toBe(0);
  await clock.advance(1);
  expect(silences).toBe(1);
  requests.end(new Error('silent'));
  await expect(asked[1]).rejects.toThrow('silent');
});

it('is short of patience while somebody wants the end', async () => {
  const asked = [ask(), ask()];
  const calm = requests.hurry();
  await clock.advance(2000);
  answers[0]?.(null, 'yes');
  await clock.advance(2999);
  expect(silences).toBe(0);
  await clock.advance(1);
  expect(silences).toBe(1);
  answers[1]?.(null, 'late');
  await Promise.all(asked);
  calm();
  const later = ask();
  await clock.advance(119_999);
  expect(silences).toBe(1);
  answers[2]?.(null, 'yes');
  await later;
});

it('ends waiting and later requests, once, and stops its timers', async () => {
  const asked = ask();
  requests.end(new Error('cut'));
  requests.end(new Error('later'));
  answers[0]?.(null, 'yes');
  await expect(asked).rejects.toThrow('cut');
  await expect(ask()).rejects.toThrow('cut');
  expect(answers).toHaveLength(1);
  await clock.advance(600_000);
  expect(silences).toBe(0);
});

it('passes a refusal on, also one that the library throws', async () => {
  const refused = ask();
  answers[0]?.(new Error('denied'), '');
  await expect(refused).rejects.toThrow('denied');
  const thrown = requests.ask(() => {
    throw new Error('no channel');
  });
  await expect(thrown).rejects.toThrow('no channel');
  await clock.advance(600_000);
  expect(silences).toBe(0);
});
