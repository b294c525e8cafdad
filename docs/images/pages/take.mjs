// Takes the pictures of docs/pages.md: each page in light, in dark and as wide as a phone.
//   node docs/images/pages/take.mjs http://127.0.0.1:8080 list=/ sweep=/sweeps/ID why=/sweeps/ID/why …
// Made small afterwards: pngquant --force --skip-if-larger --quality 70-95 --ext .png docs/images/pages/*.png
// Debian's Chromium, by the Playwright that tests/Pages.Tests was built with (./test.sh Pages).
import { fileURLToPath } from 'node:url';
import { createRequire } from 'node:module';
import path from 'node:path';

const here = path.dirname(fileURLToPath(import.meta.url));
const built = path.join(here, '../../../artifacts/bin/CatGan.Pages.Tests/release/.playwright/package');
const { chromium } = createRequire(import.meta.url)(built);

const looks = {
  light: { width: 1280, height: 900, colorScheme: 'light', tallest: 2400 },
  dark: { width: 1280, height: 900, colorScheme: 'dark', tallest: 1600 },
  phone: { width: 390, height: 844, colorScheme: 'light', tallest: 2200 },
};

const [site, ...wanted] = process.argv.slice(2);
if (!site || wanted.some(w => !w.includes('='))) {
  console.error('usage: node take.mjs URL NAME=PATH …');
  process.exit(2);
}

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium-headless-shell', args: ['--no-sandbox'] });
for (const pair of wanted) {
  const name = pair.slice(0, pair.indexOf('='));
  const address = pair.slice(pair.indexOf('=') + 1);
  for (const [look, { width, height, colorScheme, tallest }] of Object.entries(looks)) {
    const context = await browser.newContext({ baseURL: site, viewport: { width, height }, colorScheme, reducedMotion: 'reduce' });
    const page = await context.newPage();
    page.on('pageerror', fault => console.error(`${address}: ${fault}`));
    await page.goto(address);
    // What is drawn says so; what loads late is below the fold until it is scrolled to.
    await page.evaluate(async () => {
      for (let y = 0; y < document.body.scrollHeight; y += 400) {
        scrollTo(0, y);
        await new Promise(next => setTimeout(next, 100));
      }
      scrollTo(0, 0);
    });
    await page.waitForTimeout(1500);
    const full = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.screenshot({ path: path.join(here, `${name}-${look}.png`), fullPage: true, clip: { x: 0, y: 0, width, height: Math.min(full, tallest) } });
    await context.close();
  }
  console.log(name);
}
await browser.close();
