/**
 * The part of a CycloneDX bill of materials that this module reads.
 *
 * @typedef {object} Bill
 * @property {{ component: { 'bom-ref': string, name: string, type: string } }} metadata
 * @property {Component[]} components
 * @property {{ ref: string, dependsOn: string[] }[]} dependencies
 *
 * @typedef {{ 'bom-ref': string, name: string, version: string, scope?: string, properties?: { name: string }[] }} Component
 */

/**
 * The bill of `npm sbom`, reduced to shipped packages: those in the bundles, those beside them, and Electron. npm can't
 * tell, because bundled packages are development dependencies.
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
      // npm lists the application as a library with the name of the folder.
      component: { ...whole.metadata.component, name: 'perch', type: 'application' },
    },
    components: kept.map(asShipped),
    dependencies: whole.dependencies
      .filter(({ ref }) => refs.has(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => refs.has(other)) }))
      // The application depends on all packages in its bundles.
      .concat({ ref: own, dependsOn: [...refs] }),
  };
}

/**
 * npm's reference: the name in the registry with the version. `name` is the checkout's name for the package.
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
