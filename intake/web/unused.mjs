// SPDX-License-Identifier: EUPL-1.2
/**
 * Keeps out of the bundles what the age library needs for other kinds of recipients than this format has (FORMAT.md
 * section 5): a tenth of the crypto worker, which every reporter would fetch. Whatever reached for it would throw.
 */

const MODULES = { "@noble/curves/nist.js": ["p256"], "@noble/hashes/scrypt.js": ["scrypt"], "@noble/post-quantum/hybrid.js": ["MLKEM768P256"] };
const NAMESPACE = "without";
const LIBRARY = /[\\/]node_modules[\\/]age-encryption[\\/]/;

/** @type {import("esbuild").Plugin} */
export const withoutOtherRecipients = {
  name: "without other recipients",
  setup(build) {
    build.onResolve({ filter: /^@noble\// }, ({ path, importer, resolveDir }) =>
      path in MODULES && LIBRARY.test(importer) ? { path, namespace: NAMESPACE, pluginData: resolveDir } : undefined,
    );
    build.onLoad({ filter: /./, namespace: NAMESPACE }, ({ path, pluginData }) => ({ contents: shortened(path), resolveDir: pluginData }));
  },
};

/** @param {string} path of a module @returns {string} the module as the library sees it: what is left out is undefined */
function shortened(path) {
  const names = MODULES[/** @type {keyof typeof MODULES} */ (path)];
  return `export * from "${path}";\nexport const ${names.map((name) => `${name} = undefined`).join(", ")};\n`;
}
