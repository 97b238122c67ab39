// Addresses of queries: as a parameter, which works without scripts too, or, where that would be too long for letters and
// chats, compressed behind the #.

const LONGEST = 2000; // characters of an address that everything takes
const COMPRESSED = "#q=";

/** The address of a query on this page. `page` are the parameters that stay, such as the language and the graphs. */
export async function linkTo(query: string, page: URL): Promise<string> {
  const link = new URL(page);
  link.hash = "";
  for (const name of ["example", "format"]) link.searchParams.delete(name);
  link.searchParams.set("query", query);
  link.searchParams.set("format", "html");
  if (link.href.length <= LONGEST) return link.href;
  for (const name of ["query", "format"]) link.searchParams.delete(name);
  return link.href + COMPRESSED + (await packed(query));
}

/** The query behind the # of an address; null where there is none, or none that can be read. */
export async function queryIn(address: Location): Promise<string | null> {
  if (!address.hash.startsWith(COMPRESSED)) return null;
  try {
    return await unpacked(address.hash.slice(COMPRESSED.length));
  } catch {
    return null;
  }
}

async function packed(text: string): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", ""); // base64url, RFC 4648, section 5
}

async function unpacked(letters: string): Promise<string> {
  const bytes = Uint8Array.from(atob(letters.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return await new Response(stream).text();
}
