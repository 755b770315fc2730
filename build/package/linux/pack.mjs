#!/usr/bin/env node
/*
 * Replaces fpm for electron-builder and packs with the distribution's own dpkg-deb and rpmbuild.
 * `build/dist.mjs` sets it as CUSTOM_FPM_PATH. `PERCH_PACKAGE_COMPRESSION` (such as `none`) is for packages of tests,
 * which are unpacked once.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDeb } from './deb.mjs';
import { orderOf } from './fpm-arguments.mjs';
import { makeRpm } from './rpm.mjs';

/**
 * @param {string} command
 * @param {readonly string[]} args
 */
function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`${command} ended with ${String(status)}. ${error?.message ?? ''}`);
}

const asked = orderOf(process.argv.slice(2));
const order = { ...asked, compression: process.env.PERCH_PACKAGE_COMPRESSION ?? asked.compression };
const folder = mkdtempSync(join(tmpdir(), 'perch-pack-'));
try {
  if (order.kind === 'deb') makeDeb(order, folder, run);
  else makeRpm(order, folder, run);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
