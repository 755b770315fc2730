import { describe, expect, it } from 'vitest';
import { minute, hour, rulesOf, rigOf, game, orders, runEnds } from '../../../tests/support/blueprint-rig.js';

describe('nightly backup', () => {
  it('backs up quietly and waits for the end', () => {
    const rig = rigOf(rulesOf('quiet-backup', { time: 14 * 60 })[0]);
    rig.advance(2 * hour);
    expect([orders(rig), runEnds(rig)]).toEqual([['backup home/1'], ['done']]);
    expect(rig.sent[0]?.act).toMatchObject({ kind: 'backup', quietly: true });
  });
});

describe('crash guard', () => {
  it('stops the server after the third crash, tells the user, and keeps the console', () => {
    const rig = rigOf(rulesOf('crash-guard')[0]);
    for (let count = 0; count < 3; count++) {
      rig.cause(['home/1']);
      rig.advance(5 * minute);
    }
    expect(orders(rig)).toEqual(['stop home/1', 'notify home/1', 'keep-log home/1']);
    expect(game(rig).power).toBe('offline');
    expect(runEnds(rig)).toEqual(['too-few', 'too-few', 'done']);
  });

  it('does not act on three crashes on three days', () => {
    const rig = rigOf(rulesOf('crash-guard')[0]);
    for (let count = 0; count < 3; count++) {
      rig.cause(['home/1']);
      rig.advance(24 * hour, 2 * minute);
    }
    expect(rig.sent).toEqual([]);
  });

  it('tells the user too if the node had given up and the server is offline', () => {
    const rig = rigOf(rulesOf('crash-guard')[0]);
    game(rig).power = 'offline';
    for (let count = 0; count < 3; count++) rig.cause(['home/1']);
    rig.advance(hour);
    expect(orders(rig)).toEqual(['notify home/1', 'keep-log home/1']);
  });
});

describe('low disk', () => {
  it('notifies at 90 %, and switches the plan off at 95 %', () => {
    const rules = rulesOf('low-disk');
    const rigs = rules.map((rule) => rigOf(rule));
    const fill = (disk: number) => {
      for (const rig of rigs) {
        game(rig).disk = disk;
        rig.advance(10 * minute);
      }
      return rigs.map(orders);
    };
    expect(fill(89)).toEqual([[], []]);
    expect(fill(91)).toEqual([['notify home/1'], []]);
    expect(fill(95)).toEqual([['notify home/1'], ['pause-plan home/1', 'notify home/1']]);
    expect(fill(99)).toEqual([['notify home/1'], ['pause-plan home/1', 'notify home/1']]);
  });
});
