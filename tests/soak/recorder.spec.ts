import { expect, it } from 'vitest';
import { newProblem, PerchError } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import { Recorder } from './recorder.js';

function recorderAt() {
  const time = { now: 0 };
  const recorder = new Recorder(time);
  const kill = (at: number) => {
    time.now = at;
    return recorder.clicked('panel/server', 'kill');
  };
  const refuse = (click: ReturnType<typeof kill>, at: number) => {
    time.now = at;
    const said = sentence('blocks.is-offline');
    recorder.refused(click, new PerchError(newProblem('conflict', said, said)));
  };
  return { recorder, kill, refuse };
}

it('gives a signal to the first of two presses if the second was refused', () => {
  const { recorder, kill, refuse } = recorderAt();
  const first = kill(78_000);
  const second = kill(79_000);
  refuse(second, 81_390);
  recorder.carriedOut('panel/server', 'kill', 81_370);
  expect([first.doneAt, second.doneAt]).toEqual([[81_370], []]);
});

it('gives a signal to the refused press if no other press is open', () => {
  const { recorder, kill, refuse } = recorderAt();
  const first = kill(78_000);
  recorder.carriedOut('panel/server', 'kill', 78_100);
  const second = kill(79_000);
  refuse(second, 79_500);
  recorder.carriedOut('panel/server', 'kill', 81_370);
  expect([first.doneAt, second.doneAt]).toEqual([[78_100], [81_370]]);
});

it('gives a signal to the refused press if the open one is long past', () => {
  const { recorder, kill, refuse } = recorderAt();
  kill(10_000);
  const second = kill(79_000);
  refuse(second, 79_500);
  recorder.carriedOut('panel/server', 'kill', 81_370);
  expect(second.doneAt).toEqual([81_370]);
});

it('gives two signals to two presses that both waited', () => {
  const { recorder, kill } = recorderAt();
  const presses = [kill(119_630), kill(122_570)];
  for (const at of [127_610, 132_530, 140_000]) recorder.carriedOut('panel/server', 'kill', at);
  // The third signal has no press: one press was carried out twice.
  expect(presses.map(({ doneAt }) => doneAt.length).sort()).toEqual([1, 2]);
});
