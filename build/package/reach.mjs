/** Time limit in ms, because electron-builder itself would try for minutes without a network. */
const PATIENCE_MS = 6_000;
const releases = 'https://github.com/electron-userland/electron-builder-binaries';

/**
 * Whether electron-builder can download its tools. Any answer of a mirror counts, because mirrors may have other paths.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export async function downloadsWork(env) {
  const mirror = env.ELECTRON_BUILDER_BINARIES_MIRROR ?? env.npm_config_electron_builder_binaries_mirror;
  try {
    const response = await fetch(mirror ?? releases, {
      method: 'HEAD',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return mirror !== undefined || response.ok;
  } catch {
    return false;
  }
}
