/** Inputs of the calls about rules: one that main takes, and some that it refuses. */
import { aRule } from './rule-examples.js';

const rule = aRule();
const condition = { kind: 'state', on: null, is: ['running'] };
const wanted = { rule, replaces: null, isAgreed: true };
const query = { ruleId: null, serverId: 'home/1', before: { at: 5, id: 'r1/time:5/home/1' }, count: 50 };

export const ruleCallExamples = {
  'rules.save': {
    takes: { ...wanted, replaces: rule },
    refuses: [{ rule }, { ...wanted, rule: { ...rule, steps: [] } }, { ...wanted, isAgreed: 1 }],
  },
  'rules.export': { takes: { ids: ['r1'] }, refuses: [{}, { ids: [] }, { ids: [5] }] },
  'rules.chooseImport': { takes: undefined, refuses: [null, {}] },
  'rules.setOn': { takes: { id: 'r1', isOn: true }, refuses: [{ id: 'r1' }, { id: '', isOn: true }] },
  'rules.remove': { takes: { id: 'r1' }, refuses: [{}, { id: 'x'.repeat(401) }] },
  'rules.run': {
    takes: { id: 'r1', serverIds: ['home/1'], isDry: true },
    refuses: [
      { id: 'r1', serverIds: [], isDry: true },
      { id: 'r1', serverIds: null },
    ],
  },
  'rules.judge': {
    takes: { condition, serverId: null },
    refuses: [{ condition: { kind: 'state' }, serverId: null }, { condition }],
  },
  'rules.records': {
    takes: query,
    refuses: [
      { ...query, count: 201 },
      { ...query, before: 'r1' },
    ],
  },
  'rules.stopRun': {
    takes: { id: 'r1', serverIds: ['home/1'] },
    refuses: [{ id: 'r1' }, { id: 'r1', serverIds: [] }],
  },
  'rules.forgetMissed': { takes: { id: 'r1' }, refuses: [{}, { id: 5 }] },
};
