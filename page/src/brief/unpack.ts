/** The data of a brief as they stand in its file: gzipped JSON in base64. */
export async function unpacked(base64: string): Promise<unknown> {
  const binary = atob(base64.trim());
  const bytes = new Uint8Array(binary.length);
  for (let n = 0; n < binary.length; n++) bytes[n] = binary.charCodeAt(n);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).json();
}
