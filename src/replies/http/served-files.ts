/** A download under its name (RFC 6266), without what a header or a file system could take for something. */
export function dispositionOf(name: string | null): string {
  const clean = (name ?? 'file').replace(/[\p{C}/\\:*?"<>|]+/gu, '_') || 'file';
  const plain = clean.replace(/[^\x20-\x7e]|[%;]/g, '_');
  const encoded = encodeURIComponent(clean).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
