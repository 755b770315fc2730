import { SetupFailure } from '../setup/failure.mjs';

/**
 * A tag has to say the version that package.json has, and the changelog has to know it: what is built from the tag calls
 * itself by the one and is published with the words of the other.
 *
 * @param {string} tag
 * @param {string} version of package.json
 * @param {string} changelog
 */
export function checkTag(tag, version, changelog) {
  if (tag !== `v${version}`) {
    throw new SetupFailure(
      `The tag is ${tag}, and package.json has the version ${version}.`,
      `Set the version by \`npm version --no-git-tag-version\`, or tag v${version}.`,
    );
  }
  notesOf(version, changelog);
}

/**
 * What the changelog says of a version, without its heading.
 *
 * @param {string} version
 * @param {string} changelog
 * @returns {string}
 */
export function notesOf(version, changelog) {
  const parts = changelog.split(/^## /m).slice(1);
  const part = parts.find((text) => text.startsWith(`[${version}]`));
  const notes = part?.slice(part.indexOf('\n') + 1).trim() ?? '';
  if (notes !== '') return `${notes}\n`;
  throw new SetupFailure(
    `CHANGELOG.md has nothing under "## [${version}]".`,
    'Give what is under "Unreleased" that number and the date.',
  );
}
