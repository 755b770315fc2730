import type { Rule } from '../../bridge/schema/rules.js';
import type { SeenWhole } from '../../bridge/schema/schedules.js';
import type { Exports, ExportsDeps } from './exports.js';
import type { RulePlaces } from './rule-file.js';

export interface ExportsOnCallDeps extends ExportsDeps {
  readonly ruleOf: (id: string) => Rule;
  readonly places: () => RulePlaces;
}

/** Export and import, loaded at first use, because few people need them. */
export function exportsOnCall(deps: ExportsOnCallDeps) {
  let loaded: Promise<Exports> | null = null;
  const exports = (): Promise<Exports> =>
    (loaded ??= import('./exports.js').then(({ Exports }) => new Exports(deps)));
  return {
    text: async () => (await exports()).text(),
    look: async (text: string) => (await exports()).look(text),
    apply: async () => (await exports()).apply(),
    rulesText: async (ids: readonly string[]) => {
      const { ruleFileText } = await import('./rule-file.js');
      return ruleFileText(ids.map(deps.ruleOf), deps.places());
    },
    rulesIn: async (text: string) => (await import('./rule-file.js')).readRuleFile(text, deps.places()),
    schedulesText: async (schedules: readonly SeenWhole[]) =>
      (await import('./schedule-file.js')).scheduleFileText(schedules),
    schedulesIn: async (text: string) => (await import('./schedule-file.js')).readScheduleFile(text),
  };
}
