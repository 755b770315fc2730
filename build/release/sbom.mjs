/**
 * A bill of materials as CycloneDX has it, as far as this module reads it.
 *
 * @typedef {object} Bill
 * @property {{ component: { 'bom-ref': string, name: string, type: string } }} metadata
 * @property {Component[]} components
 * @property {{ ref: string, dependsOn: string[] }[]} dependencies
 *
 * @typedef {{ 'bom-ref': string, name: string, version: string, scope?: string, properties?: { name: string }[] }} Component
 */

/**
 * What `npm sbom` knows of the checkout, cut down to what people get: the packages whose code is in the bundles, those
 * that lie beside them, and Electron. npm can't tell: all of them but three are development dependencies, because they
 * are bundled.
 *
 * @param {Bill} whole
 * @param {readonly { name: string, version: string }[]} shipped
 * @returns {Bill}
 */
export function shippedBill(whole, shipped) {
  const wanted = new Set(shipped.map(({ name, version }) => `${name}@${version}`));
  const known = new Set(whole.components.map(refOf));
  const unknown = [...wanted].filter((name) => !known.has(name));
  if (unknown.length > 0) throw new Error(`The lockfile does not know ${unknown.join(', ')}.`);
  const kept = whole.components.filter((component) => wanted.has(refOf(component)));
  const refs = new Set(kept.map(refOf));
  const own = whole.metadata.component['bom-ref'];
  return {
    ...whole,
    metadata: {
      ...whole.metadata,
      // npm lists it as a library with the name of the folder.
      component: { ...whole.metadata.component, name: 'perch', type: 'application' },
    },
    components: kept.map(asShipped),
    dependencies: whole.dependencies
      .filter(({ ref }) => refs.has(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => refs.has(other)) }))
      // The application depends on everything in its bundles.
      .concat({ ref: own, dependsOn: [...refs] }),
  };
}

/**
 * npm makes it of the name in the registry and the version; `name` is what the checkout calls the package.
 *
 * @param {Component} component
 */
function refOf(component) {
  return component['bom-ref'];
}

/**
 * @param {Component} component
 * @returns {Component}
 */
function asShipped({ properties = [], ...component }) {
  const kept = properties.filter(({ name }) => name !== 'cdx:npm:package:development');
  return { ...component, scope: 'required', properties: kept };
}
