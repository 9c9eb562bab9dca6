// Rebuilds ../wwwroot/lib and ../wwwroot/fonts from the pinned packages: npm ci && npm run build.
import { build } from 'esbuild';
import { copyFile, mkdir } from 'node:fs/promises';

const out = new URL('../wwwroot/', import.meta.url).pathname;
const modules = new URL('node_modules/', import.meta.url).pathname;

await mkdir(`${out}lib/echarts`, { recursive: true });
await build({
  entryPoints: ['charts.mjs'],
  outfile: `${out}lib/echarts/echarts.min.js`,
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['es2022'],
  define: { 'process.env.NODE_ENV': '"production"' },
  // zrender and tslib carry their own notices; they stay readable at the end of the bundle.
  legalComments: 'eof',
});
for (const name of ['LICENSE', 'NOTICE']) {
  await copyFile(`${modules}echarts/${name}`, `${out}lib/echarts/${name}`);
}
await copyFile(`${modules}zrender/LICENSE`, `${out}lib/echarts/LICENSE-zrender`);

await mkdir(`${out}fonts`, { recursive: true });
for (const font of ['inter', 'jetbrains-mono']) {
  const source = `${modules}@fontsource-variable/${font}`;
  await copyFile(`${source}/files/${font}-latin-wght-normal.woff2`, `${out}fonts/${font}-latin-wght-normal.woff2`);
  await copyFile(`${source}/LICENSE`, `${out}fonts/${font}-OFL.txt`);
}
