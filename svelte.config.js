/** Read by the Vite plugin, svelte-check and ESLint. TypeScript in components is types only, so nothing has to be preprocessed. */
export default { compilerOptions: { runes: true } };
