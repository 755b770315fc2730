/**
 * Takes the place of the SDK's validator in the bundle (build/bundles.mjs): it judges the answers to forms that a server
 * shows, `perch mcp` shows none, and with it come 240 KiB of ajv.
 */
export class AjvJsonSchemaValidator {
  getValidator(): never {
    throw new Error('Perch shows no forms.');
  }
}
