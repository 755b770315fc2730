import { SetupFailure } from '../setup/failure.mjs';

/**
 * Checks that the tag has the version of package.json, which the build carries, and that the changelog has a section
 * for it, which is published with the build.
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
 * Section of a version in the changelog, without its heading.
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
