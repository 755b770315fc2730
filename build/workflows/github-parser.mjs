import { runnerImport } from 'vite';
import { root } from '../setup/paths.mjs';

/**
 * GitHub's own parser of workflows, which knows their schema and expressions. Its JSON imports work in no Node, so Vite
 * loads it.
 *
 * @returns {Promise<(name: string, text: string) => Promise<string[]>>} returns GitHub's errors
 */
export async function workflowReader() {
  /** @type {{ module: typeof import('@actions/workflow-parser') }} */
  const { module } = await runnerImport('@actions/workflow-parser', {
    configFile: false,
    logLevel: 'silent',
    root,
    resolve: { noExternal: [/^@actions\//] },
  });
  const { parseWorkflow, convertWorkflowTemplate, NoOperationTraceWriter } = module;
  return async (name, text) => {
    const { context, value } = parseWorkflow({ name, content: text }, new NoOperationTraceWriter());
    if (value) await convertWorkflowTemplate(context, value);
    return context.errors.getErrors().map(({ message }) => message);
  };
}
