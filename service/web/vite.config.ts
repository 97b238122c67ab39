// Every file directly in src/ is an entry: what one page loads, named <entry>.ts or <entry>.css. What several share lies
// in folders below. The manifest tells service/assets.py under which hashed names they were built.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const sources = fileURLToPath(new URL("src/", import.meta.url));
const entries = readdirSync(sources)
  .filter((name) => /\.(ts|css)$/.test(name) && !name.endsWith(".d.ts"))
  .map((name) => sources + name);

export default defineConfig({
  base: "./", // files name each other relatively: the service may live below a path of a proxy
  publicDir: false,
  build: {
    outDir: "../static/built",
    emptyOutDir: true,
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0, // the content security policy takes no data: addresses
    target: "es2022",
    rollupOptions: { input: entries },
  },
});
