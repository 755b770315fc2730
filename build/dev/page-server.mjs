import { realpathSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { join } from 'node:path';
import { createServer, mergeConfig } from 'vite';
import { bundleOf } from '../bundles.mjs';
import { localCache, root } from '../setup/paths.mjs';

const host = '127.0.0.1';

/**
 * Removes the pages' own policy, which forbids the dev server; `main/shell/pages/dev-pages.ts` sends one that allows
 * it.
 */
const withoutPolicy = {
  name: 'perch-without-policy',
  /** @param {string} html */
  transformIndexHtml: (html) => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
};

/**
 * Starts Vite's dev server for the windows on a free port of the loopback interface.
 *
 * @returns {Promise<{ address: string, close: () => Promise<void> }>}
 */
export async function startPageServer() {
  // Not Vite's own HTTP server, which would end this process on a signal before the other parts have ended.
  const http = createHttpServer((request, response) => vite.middlewares(request, response));
  const port = await listen(http);
  const vite = await createServer(
    mergeConfig(bundleOf('renderer'), {
      mode: 'development',
      base: '/',
      cacheDir: join(localCache, 'vite'),
      plugins: [withoutPolicy],
      server: {
        middlewareMode: true,
        // The page address app://perch/ does not name the server.
        hmr: { server: http, protocol: 'ws', host, clientPort: port },
        // The node_modules of a checkout may be a link.
        fs: { allow: [root, realpathSync(join(root, 'node_modules'))] },
        warmup: { clientFiles: ['./main.ts', './popover.ts'] },
      },
    }),
  );
  return {
    address: `http://${host}:${port}`,
    close: async () => {
      await vite.close();
      http.closeAllConnections();
      http.close();
    },
  };
}

/**
 * @param {import('node:http').Server} http
 * @returns {Promise<number>} the port
 */
function listen(http) {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(0, host, () => {
      const address = http.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
}
