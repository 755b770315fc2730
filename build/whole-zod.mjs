/**
 * Refuses a bundle that holds all of zod, 480 KB with its messages in fifty languages: every start would read them. A
 * bundler leaves out unused functions, but not those of a namespace that is passed on as a value (`{ z }`).
 *
 * @returns {import('vite').Plugin}
 */
export function refuseWholeZod() {
  return {
    name: 'refuse-whole-zod',
    generateBundle(_options, bundle) {
      for (const part of Object.values(bundle)) {
        if (part.type === 'chunk' && part.moduleIds.some(isListOfLanguages))
          this.error(
            `${part.fileName} holds all of zod. Pass on the functions that are needed, not \`z\` itself.`,
          );
      }
    },
  };
}

/** @param {string} moduleId */
function isListOfLanguages(moduleId) {
  return moduleId.replaceAll('\\', '/').endsWith('/zod/v4/locales/index.js');
}
