/** Files to keep: what the server sends is saved under the name that it gives. */

/** The name of a file in a Content-Disposition header (RFC 6266); the encoded one before the plain one. */
export function fileName(header: string | null, otherwise: string): string {
  const coded = /filename\*=UTF-8''([^;]+)/i.exec(header ?? '')?.[1];
  if (coded) {
    try {
      return decodeURIComponent(coded);
    } catch {
      // a name that was coded badly: the plain one follows
    }
  }
  return /filename="([^"]+)"/i.exec(header ?? '')?.[1] ?? otherwise;
}

/** Save an answer as a file; returns its name and its size in bytes. */
export async function save(answer: Response, otherwise: string): Promise<{ name: string; bytes: number }> {
  const [name, body] = [fileName(answer.headers.get('Content-Disposition'), otherwise), await answer.blob()];
  const link = document.createElement('a');
  link.href = URL.createObjectURL(body);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return { name, bytes: body.size };
}

/** A size for a person. */
export function size(bytes: number): string {
  return bytes < 1024 ? `${bytes} B` : bytes < 1024 ** 2 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}
