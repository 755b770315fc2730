import { describe, expect, it } from 'vitest';
import { aProblem } from '../../tests/support/a-problem.js';
import { QuietRig, quietNames as names, quietServer } from '../../tests/support/quiet-rig.js';

const minute = 60_000;
const hour = 60 * minute;

type Fault = (rig: QuietRig) => void;
const none: Fault = () => undefined;

/** A quiet backup of a game that saved before, or did not, at the moment at which `save-off` is sent. */
async function sent(isSaving: boolean, before: Fault = none): Promise<QuietRig> {
  const rig = new QuietRig('saving');
  rig.isSaving = isSaving;
  before(rig);
  await rig.perch.start();
  await rig.begin();
  while (!names(rig).includes('save-off')) await rig.clock.advance(10);
  return rig;
}

/** What hides the game's answer to `save-off` for five seconds: name, fault before and after the command, its end. */
const hidden: readonly (readonly [string, Fault, Fault, Fault])[] = [
  ['the command is lost', ({ lost }) => void lost.add('save-off'), none, ({ lost }) => lost.clear()],
  ['the console is cut', none, (rig) => rig.link(false), (rig) => rig.link(true)],
  [
    'the answer of the panel is lost',
    ({ refused }) => void refused.set('save-off', aProblem('timeout', { maybeDone: true })),
    none,
    ({ refused }) => refused.clear(),
  ],
  ['the user ends it', none, (rig) => rig.perch.bringBack(quietServer), none],
];

describe.each([true, false])('saving that was on before (%s) is so afterwards', (isSaving) => {
  it.each(hidden)('%s', async (_, before, after, end) => {
    const rig = await sent(isSaving, before);
    after(rig);
    await rig.clock.advance(5000);
    end(rig);
    await rig.clock.advance(hour);
    expect([rig.isSaving, rig.kept, rig.perch.current]).toEqual([isSaving, [], []]);
    expect(names(rig).includes('save-on')).toBe(isSaving);
  });

  it('the console is cut for two minutes', async () => {
    const rig = await sent(isSaving);
    rig.link(false);
    await rig.clock.advance(2 * minute);
    rig.link(true);
    await rig.clock.advance(hour);
    expect([rig.isSaving, rig.kept]).toEqual([isSaving, []]);
    expect(rig.troubles.at(-1)).toBe('unseen -');
  });
});

it('saving is switched on if the console started again before the answer', async () => {
  const rig = await sent(false);
  rig.renew();
  await rig.clock.advance(hour);
  expect([rig.isSaving, rig.kept]).toEqual([true, []]);
});

it('saving is switched on if the console stays cut, and Perch tells a person who ended the backup', async () => {
  const rig = await sent(false);
  rig.link(false);
  rig.perch.bringBack(quietServer);
  await rig.clock.advance(hour);
  expect(names(rig).at(-1)).toBe('save-on');
  rig.link(true);
  await rig.clock.advance(hour);
  expect([rig.isSaving, rig.kept]).toEqual([true, []]);
  expect(rig.troubles.at(-1)).toBe('unseen -');
});
