'use strict';

/*
 * Electron application that converts SVG to PNG with Chromium. It reads [{ svg, size }] as JSON from the file
 * RASTER_JOBS and writes [base64 of a PNG] to the file RASTER_RESULT.
 */
const { app, BrowserWindow } = require('electron');
const { readFileSync, writeFileSync } = require('node:fs');

/* Runs in the page. */
/* global document, Image */
async function draw(jobs) {
  const results = [];
  for (const { svg, size } of jobs) {
    const image = new Image(size, size);
    image.src = `data:image/svg+xml,${encodeURIComponent(svg.replace('<svg ', `<svg width="${size}" height="${size}" `))}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = size;
    canvas.height = size;
    canvas.getContext('2d').drawImage(image, 0, 0, size, size);
    results.push(canvas.toDataURL('image/png').replace(/^.*,/, ''));
  }
  return results;
}

void app.whenReady().then(async () => {
  const jobs = readFileSync(process.env.RASTER_JOBS, 'utf8');
  const window = new BrowserWindow({ show: false });
  await window.loadURL('data:text/html,<!doctype html>');
  const results = await window.webContents.executeJavaScript(`(${draw.toString()})(${jobs})`);
  writeFileSync(process.env.RASTER_RESULT, JSON.stringify(results));
  app.quit();
});
