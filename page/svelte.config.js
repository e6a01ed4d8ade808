export default {
  compilerOptions: {
    runes: true,
    css: 'external',
    // The same class names wherever the folder stands: a rebuild must give the same bytes.
    cssHash: ({ hash, css }) => `s-${hash(css)}`,
  },
};
