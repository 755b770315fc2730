import { describe, expect, it } from 'vitest';
import type { AlertKind } from '../../../bridge/alerts/alert-kinds.js';
import type { PowerState } from '../../../bridge/schema/domain.js';
import type { ShownAlert, Transcript } from '../transcript.js';
import { broken, notice, second, shown, trouble, type PlantedHistory } from './planted.js';

interface Told {
  at: number;
  fields?: Partial<ShownAlert>;
}

describe.each<{ what: string; says: string; kind: AlertKind; node: string | null; heldFor: number }>([
  { what: 'panel is away', says: 'events.panel-unreachable', kind: 'outage', node: null, heldFor: 180 },
  { what: 'key is refused', says: 'events.key-refused', kind: 'access', node: null, heldFor: 15 },
  { what: 'certificate is another', says: 'events.certificate', kind: 'access', node: null, heldFor: 120 },
  { what: 'node is away', says: 'events.node-unreachable', kind: 'outage', node: 'node', heldFor: 60 },
])('an outage: $what', ({ what, says, kind, node, heldFor }) => {
  const rule = ['outages are told as they are'];
  const where = node ?? 'panel';
  const away = trouble(200, 480, what, where);
  const one = ({ at, fields = {} }: Told): ShownAlert =>
    notice(at, kind, { says, node, serverIds: [], ...fields });
  const over = (at: number, id = `${kind}-1`): ShownAlert => one({ at, fields: { id, phase: 'over' } });
  const on = (shownAlerts: ShownAlert[], rest: Partial<Transcript> = {}): string[] =>
    broken({ rest: { troubles: [away], shownAlerts, ...rest } });
  const toldAt = 200 + heldFor + 5;

  it('is reported, and so is its end', () => {
    expect(on([one({ at: toldAt }), over(490)])).toEqual([]);
    expect(on([one({ at: toldAt })])).toEqual(['an outage is told to be over']);
  });

  it('is a finding if its alert is missing', () => {
    expect(on([])).toEqual(rule);
    expect(on([one({ at: toldAt + 80 }), over(490)])).toEqual(rule);
  });

  it('is reported once', () => {
    const again = one({ at: toldAt + 5, fields: { id: 'again' } });
    expect(on([one({ at: toldAt }), again, over(490), over(490, 'again')])).toEqual(rule);
  });

  it('is a finding if its alert has no outage, or one that was too short', () => {
    const told = [one({ at: toldAt }), over(490)];
    expect(on(told, { troubles: [] })).toEqual(rule);
    expect(on(told, { troubles: [trouble(toldAt - Math.min(20, heldFor / 3), 480, what, where)] })).toEqual(
      rule,
    );
    expect(on(told, { troubles: [trouble(200, 480, what, 'elsewhere')] })).toEqual(rule);
    expect(on(told, { troubles: [trouble(200, 480, 'clock set', where)] })).toEqual(rule);
  });

  it('needs no alert during another trouble or a sleep', () => {
    expect(on([], { troubles: [away, trouble(190, 210, 'mute', where)] })).toEqual([]);
    expect(on([], { sleeps: [{ from: 210 * second, to: 220 * second }] })).toEqual([]);
  });
});

describe.each<{ what: AlertKind; course: PlantedHistory; toldAt: number }>([
  {
    what: 'slow-start',
    course: {
      truth: [
        [200, 'starting'],
        [400, 'running'],
      ],
      shown: [shown(1, 'running'), shown(200, 'starting'), shown(400, 'running')],
    },
    toldAt: 321,
  },
  { what: 'disk', course: { full: [200, 300] }, toldAt: 231 },
])('what lasts: $what', ({ what, course, toldAt }) => {
  const rule = ['slow starts and full disks are told as they are'];
  const told = notice(toldAt, what);
  const on = (...shownAlerts: ShownAlert[]): string[] => broken({ ...course, rest: { shownAlerts } });

  it('is reported once', () => {
    expect(on(told)).toEqual([]);
    expect(on(told, { ...told, id: 'again', at: told.at + 10 * second })).toEqual(rule);
  });

  it('is a finding if its alert is missing', () => {
    expect(on()).toEqual(rule);
  });

  it('is a finding if its alert has no state, or one that was too short', () => {
    expect(broken({ rest: { shownAlerts: [told] } })).toEqual(rule);
    expect(on({ ...told, at: 210 * second })).toEqual(rule);
    expect(on(told, { ...told, id: 'later', at: 500 * second })).toEqual(rule);
  });

  it('needs no alert if Perch could not see it', () => {
    const rows = [shown(1, 'running'), shown(210, 'running' satisfies PowerState, { link: 'reconnecting' })];
    const { truth = [], full } = course;
    const unseen: PlantedHistory = { ...(full === undefined ? {} : { full }), truth, shown: rows };
    expect(broken(unseen)).not.toContain(rule[0]);
  });
});

it('an end notice follows its alert, once', () => {
  const rule = ['only what was told is over'];
  const over = notice(300, 'disk', { phase: 'over' });
  const on = (...shownAlerts: ShownAlert[]): string[] => broken({ full: [200, 280], rest: { shownAlerts } });
  expect(on(notice(235, 'disk'), over)).toEqual([]);
  expect(on(notice(235, 'disk'), over, over)).toEqual(rule);
  expect(broken({ rest: { shownAlerts: [over] } })).toEqual(rule);
});
