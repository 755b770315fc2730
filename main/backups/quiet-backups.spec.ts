import { describe, expect, it } from 'vitest';
import type { QuietMeans } from '../../bridge/schema/quiet-backups.js';
import { toProblem, type Problem, type ProblemCode } from '../../bridge/errors.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { QuietRig, quietNames as names, quietServer, quietWish } from '../../tests/support/quiet-rig.js';

const minute = 60_000;
const hour = 60 * minute;

/** A server with a quiet backup that has begun. */
async function begun(means: QuietMeans, fields: ConstructorParameters<typeof QuietRig>[1] = {}) {
  const rig = new QuietRig(means, fields);
  await rig.perch.start();
  await rig.begin();
  return rig;
}

describe('quiet backups', () => {
  it('switch saving off, write the world, and switch saving on after the end', async () => {
    const rig = await begun('saving');
    await rig.clock.advance(10_000);
    expect(rig.isSaving).toBe(false);
    expect(rig.kept).toMatchObject([{ serverId: quietServer, owed: 'save-on', backup: 'b1' }]);
    await rig.clock.advance(minute);
    expect(rig.sent).toEqual([
      '0 say A backup begins. The game may stutter for a moment.',
      '4 save-off',
      '4.1 save-all flush',
      '6.2 create',
      '66.2 save-on',
    ]);
    expect([rig.isSaving, rig.kept, rig.perch.current, rig.troubles]).toEqual([true, [], [], []]);
  });

  it('warn players, stop the server, and start it after the end', async () => {
    const rig = await begun('stop');
    await rig.clock.advance(5 * minute + 10_000);
    expect(rig.power).toBe('offline');
    await rig.clock.advance(2 * minute);
    expect(rig.sent).toEqual([
      '0 say The server stops in 5 minutes for a backup, and comes back afterwards.',
      '240 say The server stops in 1 minute for a backup, and comes back afterwards.',
      '290 say The server stops in 10 seconds for a backup, and comes back afterwards.',
      '300 stop',
      '305 create',
      '365 start',
    ]);
    expect([rig.power, rig.kept, rig.troubles]).toEqual(['running', [], []]);
  });

  it('are called off while players are only warned, and not once the server has changed', async () => {
    const [warned, saving] = [await begun('stop'), await begun('saving')];
    await Promise.all([warned.clock.advance(4 * minute), saving.clock.advance(10_000)]);
    for (const { perch } of [warned, saving]) perch.callOff(quietServer);
    await Promise.all([warned.clock.advance(hour), saving.clock.advance(hour)]);
    expect([warned.power, names(warned).includes('stop'), warned.troubles]).toEqual(['running', false, []]);
    expect(names(saving).slice(1)).toEqual(['save-off', 'save-all flush', 'create', 'save-on']);
  });

  it.each(['saving', 'stop', 'as-is'] as const)(
    'never start a server that was found stopped: %s',
    async (means) => {
      const rig = await begun(means, { power: 'offline' });
      await rig.clock.advance(hour);
      expect([rig.power, names(rig)]).toEqual(['offline', ['create']]);
    },
  );

  it('do not bring back a server whose state should stay', async () => {
    const rig = await begun('as-is');
    await rig.clock.advance(hour);
    expect([rig.power, names(rig)]).toEqual(['running', ['create']]);
  });

  it('leave saving off that was off before', async () => {
    const rig = new QuietRig('saving');
    rig.isSaving = false;
    await rig.perch.start();
    await rig.begin();
    await rig.clock.advance(hour);
    expect([rig.isSaving, names(rig).includes('save-on')]).toEqual([false, false]);
  });

  it('are on disk with their backup before anybody hears of that backup', async () => {
    const rig = await begun('saving');
    rig.diskMs = 500;
    const made = rig.perch.made(quietServer).then(() => rig.kept);
    await rig.clock.advance(10_000);
    expect(await made).toMatchObject([{ owed: 'save-on', backup: 'b1' }]);
  });

  it('refuse a second one of the same server, and a server that is starting', async () => {
    const rig = await begun('saving');
    await expect(rig.begin()).rejects.toMatchObject({ problem: { code: 'conflict' } });
    await rig.clock.advance(hour);
    rig.set('starting');
    await expect(rig.begin()).rejects.toMatchObject({ problem: { code: 'conflict' } });
  });

  it('say before a deletion what would prevent a backup, except the host’s limit', async () => {
    const rig = new QuietRig('saving');
    await rig.perch.start();
    rig.isFull = true;
    await rig.perch.ready(quietServer);
    await expect(rig.begin()).rejects.toMatchObject({ problem: { code: 'conflict' } });
    rig.set('starting');
    await expect(rig.perch.ready(quietServer)).rejects.toMatchObject({
      problem: { message: { id: 'quiet.unsettled' } },
    });
    rig.isFull = false;
    rig.set('running');
    await rig.begin();
    await expect(rig.perch.ready(quietServer)).rejects.toMatchObject({
      problem: { message: { id: 'quiet.busy' } },
    });
    expect(rig.sent).toEqual(['0 say A backup begins. The game may stutter for a moment.']);
  });

  it('ask for the backup as the rule or the person who wanted it', async () => {
    const rig = new QuietRig('as-is');
    await rig.perch.start();
    await rig.perch.begin({ ...quietWish, isByRule: true });
    await rig.clock.advance(hour);
    expect(rig.wanted).toEqual({ ...quietWish, isByRule: true });
    await rig.begin();
    await rig.clock.advance(hour);
    expect(rig.wanted).toEqual(quietWish);
  });

  it('do not believe players who forge lines', async () => {
    const rig = await begun('saving');
    rig.lost.add('save-off');
    await rig.clock.advance(4050);
    for (const text of [
      'Saving is already turned off',
      'Saved the game',
      'Automatic saving is now disabled',
    ]) {
      for (const who of ['<Olive> ', '[Server] ', '[Olive] ', '* Olive ', '[Olive: '])
        rig.say(`${who}${text}`);
    }
    await rig.clock.advance(15_000);
    expect(names(rig)).not.toContain('create');
  });

  it('switch saving on although a plugin let a player claim that it was off before', async () => {
    const rig = await begun('saving');
    await rig.clock.advance(4050);
    rig.say('Saving is already turned off');
    await rig.clock.advance(hour);
    expect([rig.isSaving, rig.kept]).toEqual([true, []]);
  });
});

type Inject = (rig: QuietRig) => void;

interface Fault {
  readonly name: string;
  readonly means: QuietMeans;
  readonly inject: Inject;
  /** Entries of the event log. */
  readonly troubles: readonly string[];
}

const refuse =
  (order: string, code: ProblemCode, fields: Partial<Problem> = {}): Inject =>
  ({ refused }) =>
    void refused.set(order, aProblem(code, fields));
const lose =
  (command: string): Inject =>
  ({ lost }) =>
    void lost.add(command);
const unsure = { maybeDone: true } as const;

/** Faults of one way of making a server quiet: name, fault, trouble. */
const ofMeans: Readonly<Record<'saving' | 'stop', readonly (readonly [string, Inject, string])[]>> = {
  saving: [
    ['the console is silent', (rig) => rig.link(false), 'unseen -'],
    ['save-off is refused', refuse('save-off', 'conflict'), 'refused -'],
    ['the answer to save-off is lost', refuse('save-off', 'timeout', unsure), 'refused -'],
    ['save-off is lost', lose('save-off'), 'unseen -'],
    ['the world is not written', lose('save-all flush'), 'unseen -'],
  ],
  stop: [
    ['the stop is refused', refuse('stop', 'forbidden'), 'refused -'],
    ['the answer to the stop is lost', refuse('stop', 'timeout', unsure), 'refused -'],
  ],
};
const refusals: readonly ProblemCode[] = [
  'conflict',
  'rate-limited',
  'forbidden',
  'node-unreachable',
  'panel-unreachable',
  'not-found',
];

const faults = (['saving', 'stop'] as const).flatMap((means): Fault[] => [
  ...ofMeans[means].map(([name, inject, trouble]) => ({ name, means, inject, troubles: [trouble] })),
  { name: 'the warning is refused', means, inject: refuse('command', 'forbidden'), troubles: ['unwarned -'] },
  {
    name: 'the disk of Perch is full',
    means,
    inject: (rig) => void (rig.diskProblem = aProblem('internal')),
    troubles: ['refused -'],
  },
  ...refusals.map((code) => ({
    name: `the panel refuses the backup with ${code}`,
    means,
    inject: refuse('create', code),
    troubles: ['refused -'],
  })),
  // The failed backup is an event of its own.
  { name: 'the backup fails', means, inject: (rig) => void (rig.result = 'failed'), troubles: [] },
  { name: 'the backup never ends', means, inject: (rig) => void (rig.result = null), troubles: ['late -'] },
]);

describe('a server after a quiet backup is as before', () => {
  it.each(faults)('$name ($means)', async ({ means, inject, troubles }) => {
    const rig = new QuietRig(means);
    await rig.perch.start();
    inject(rig);
    await rig.begin();
    await rig.clock.advance(8 * hour);
    expect([rig.power, rig.isSaving, rig.perch.current]).toEqual(['running', true, []]);
    expect(rig.troubles).toEqual(troubles);
  });

  it('saving continues once the node answers again, and Perch tells a person meanwhile', async () => {
    const rig = await begun('saving');
    await rig.clock.advance(10_000);
    rig.refused.set('save-on', aProblem('node-unreachable'));
    await rig.clock.advance(20 * minute);
    expect(rig.isSaving).toBe(false);
    expect(rig.troubles).toEqual(['unseen save-on']);
    rig.refused.clear();
    await rig.clock.advance(5 * minute);
    expect([rig.isSaving, rig.kept]).toEqual([true, []]);
  });

  it('a waiting client hears that the server is not back once Perch has told a person', async () => {
    const rig = await begun('saving');
    await rig.clock.advance(10_000);
    rig.refused.set('save-on', aProblem('node-unreachable'));
    const end = rig.perch.over(quietServer);
    await rig.clock.advance(20 * minute);
    expect(await end).toEqual({ owed: 'save-on', trouble: null });
    rig.refused.clear();
    const back = rig.perch.over(quietServer);
    await rig.clock.advance(5 * minute);
    expect(await back).toMatchObject({ owed: 'save-on' });
    expect(await rig.perch.over(quietServer)).toBeNull();
  });

  it('somebody who waits for the beginning hears that saving is still off', async () => {
    const rig = await begun('saving');
    rig.lost.add('save-all flush');
    rig.refused.set('save-on', aProblem('node-unreachable'));
    const made = rig.perch.made(quietServer).catch((error: unknown) => toProblem(error));
    await rig.clock.advance(20 * minute);
    expect(await made).toMatchObject({ message: { id: 'quiet.still-save-on' } });
  });

  it('a person decides after twelve hours without success', async () => {
    const rig = await begun('saving');
    await rig.clock.advance(10_000);
    rig.refused.set('save-on', aProblem('node-unreachable'));
    await rig.clock.advance(14 * hour);
    expect(rig.perch.current).toMatchObject([{ step: 'stuck', owed: 'save-on' }]);
    rig.refused.clear();
    rig.perch.bringBack(quietServer);
    await rig.clock.advance(minute);
    expect([rig.isSaving, rig.perch.current]).toEqual([true, []]);
  });

  it.each([
    ['during the warnings', minute, ['running', true]],
    ['while the server stops', 5 * minute + 1000, ['running', true]],
    ['while the backup is made', 5 * minute + 20_000, ['running', true]],
  ] as const)('the user ends it %s', async (_, at, after) => {
    const rig = await begun('stop');
    await rig.clock.advance(at);
    rig.perch.bringBack(quietServer);
    await rig.clock.advance(5 * minute);
    expect([rig.power, rig.isSaving]).toEqual(after);
    expect([rig.troubles, rig.kept]).toEqual([[], []]);
  });

  it('does not stop a server whose players were warned before the computer slept', async () => {
    const rig = await begun('stop');
    await rig.clock.advance(minute);
    rig.clock.sleep(hour);
    await rig.clock.advance(hour);
    expect(names(rig)).not.toContain('stop');
    expect(rig.troubles).toEqual(['interrupted -']);
  });

  it('is brought back when Perch quits', async () => {
    const rig = await begun('saving');
    await rig.clock.advance(10_000);
    const stopped = rig.perch.stop();
    await rig.clock.advance(2000);
    await stopped;
    expect([rig.isSaving, rig.kept]).toEqual([true, []]);
  });
});

describe('others who act meanwhile', () => {
  it.each([
    ['saving', 4050],
    ['saving', 5000],
    ['saving', 10_000],
  ] as const)('a server that a person stops stays stopped (%s, after %d ms)', async (means, at) => {
    const rig = await begun(means);
    await rig.clock.advance(at);
    rig.stop();
    await rig.clock.advance(hour);
    expect(rig.power).toBe('offline');
    expect(names(rig)).not.toContain('start');
    expect(rig.troubles).toEqual(['left -']);
  });

  it('a server that a person starts during its backup is not touched', async () => {
    const rig = await begun('stop');
    await rig.clock.advance(5 * minute + 20_000);
    rig.start();
    await rig.clock.advance(10_000);
    rig.stop();
    await rig.clock.advance(hour);
    expect([rig.power, names(rig).includes('start')]).toEqual(['offline', false]);
    expect(rig.troubles).toEqual(['left -']);
  });

  it('a crashed server is left to its node', async () => {
    const rig = await begun('saving');
    await rig.clock.advance(10_000);
    rig.crash();
    rig.start();
    await rig.clock.advance(hour);
    expect([rig.power, rig.isSaving, rig.troubles]).toEqual(['running', true, ['left -']]);
  });

  it('a removed account ends it', async () => {
    const rig = await begun('saving');
    await rig.clock.advance(10_000);
    rig.store.apply([{ kind: 'server-removed', serverId: quietServer }]);
    expect([rig.perch.current, rig.troubles]).toEqual([[], ['left -']]);
  });
});

describe('after a kill of Perch', () => {
  it.each([
    ['saving', 4050],
    ['saving', 5000],
    ['saving', 10_000],
    ['stop', 5 * minute + 1000],
    ['stop', 5 * minute + 20_000],
  ] as const)('the next run brings the server back (%s, after %d ms)', async (means, at) => {
    const rig = await begun(means);
    await rig.clock.advance(at);
    await rig.kill();
    await rig.clock.advance(10 * minute);
    expect([rig.power, rig.isSaving, rig.kept]).toEqual(['running', true, []]);
    expect(rig.troubles).toEqual(['interrupted -']);
  });

  it('waits for the end of the backup first', async () => {
    const rig = await begun('stop');
    await rig.clock.advance(5 * minute + 20_000);
    await rig.kill();
    await rig.clock.advance(10_000);
    expect(rig.power).toBe('offline');
    await rig.clock.advance(minute);
    expect(rig.power).toBe('running');
  });

  it('only offers the way back after more than twelve hours', async () => {
    const rig = await begun('stop');
    await rig.clock.advance(5 * minute + 20_000);
    await rig.kill(13 * hour);
    await rig.clock.advance(hour);
    expect([rig.power, rig.troubles]).toEqual(['offline', ['interrupted start']]);
    rig.perch.bringBack(quietServer);
    await rig.clock.advance(minute);
    expect([rig.power, rig.kept]).toEqual(['running', []]);
  });
});
