/** A scene as it lies in the file: JSON, compressed (RFC 1952, gzip), in base64. */

import type { Sent } from "../graph/types";

export async function packedScene(text: string): Promise<Sent> {
  const bytes = Uint8Array.from(atob(text.trim()), (character) => character.charCodeAt(0));
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return (await new Response(plain).json()) as Sent;
}
