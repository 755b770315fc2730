import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** The TypeScript file as a script that Node runs, for threads of their own. It may import Node's modules alone. */
export function asScript(path: string): string {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  return ts.transpileModule(readFileSync(path, 'utf8'), { compilerOptions }).outputText;
}
