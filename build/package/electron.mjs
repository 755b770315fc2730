import { SetupFailure } from '../setup/failure.mjs';

/** Flag that requests a package with the substitute. */
export const substituteFlag = '--substitute-electron';

/**
 * electron-builder's arguments for the Electron of this checkout. A package with the substitute is for trials only, so
 * it is made on request and has a name that says so.
 *
 * @param {import('../setup/runtime.mjs').Runtime} runtime
 * @param {{ declared: string, flagged: boolean, foreign?: boolean | undefined }} wanted the version in package.json; whether the
 *   flag was given; whether the package is for another processor, whose Electron electron-builder gets itself
 * @returns {{ output: string, args: string[] }} the folder for packages, in the checkout, and arguments
 */
export function packagingOf(runtime, { declared, flagged, foreign = false }) {
  const ours = foreign ? [] : [`-c.electronDist=${runtime.path}`];
  const electron = [...ours, `-c.electronVersion=${runtime.version}`];
  if (runtime.source !== 'substitute') return { output: 'dist', args: electron };
  if (!flagged) {
    throw new SetupFailure(
      `This checkout runs on a substitute, Electron ${runtime.version} from the npm registry, because Electron ${declared} could not be downloaded; packages carry Electron ${declared}.`,
      `Connect to GitHub (or set ELECTRON_MIRROR), delete .cache/electron-runtime.json and run the command again; or, for a package to try out only, add \`-- ${substituteFlag}\`.`,
    );
  }
  const mark = `electron-${runtime.version}-substitute`;
  const output = `dist/${mark}`;
  return {
    output,
    args: [
      ...electron,
      `-c.directories.output=${output}`,
      // The substitute exists for Linux only.
      `-c.linux.artifactName=perch-\${version}-\${arch}-${mark}.\${ext}`,
    ],
  };
}
