/**
 * Replaces the SDK's validator in the bundle (build/bundles.mjs). The validator checks answers to forms, which `perch
 * mcp` never shows, and would add 240 KiB of ajv.
 */
export class AjvJsonSchemaValidator {
  getValidator(): never {
    throw new Error('Perch shows no forms.');
  }
}
