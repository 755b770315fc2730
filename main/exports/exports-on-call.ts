import type { Exports, ExportsDeps } from './exports.js';

/** Export and import, loaded at first use, because few people need them. */
export function exportsOnCall(deps: ExportsDeps) {
  let loaded: Promise<Exports> | null = null;
  const exports = (): Promise<Exports> =>
    (loaded ??= import('./exports.js').then(({ Exports }) => new Exports(deps)));
  return {
    text: async () => (await exports()).text(),
    look: async (text: string) => (await exports()).look(text),
    apply: async () => (await exports()).apply(),
  };
}
